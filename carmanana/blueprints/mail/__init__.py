"""Emails to customers, and the templates they begin with."""
