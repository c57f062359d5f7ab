"""Quotations of deals: a page, their lines, what is sent and printed."""
