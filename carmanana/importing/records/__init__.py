"""Files of cases, quotations and assets."""
