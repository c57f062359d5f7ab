"""Emails to clients, and the templates they begin with."""
