"""What stands in a cell: words, days, moments, numbers."""
