"""Spreadsheets of every kind, read as rows of text."""
