"""Customers and deals from a spreadsheet: read, mapped, tried, brought in, undone."""
