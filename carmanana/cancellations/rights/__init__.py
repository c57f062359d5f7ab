"""The right to cancel that the law gives a customer, beside the review (domain 4)."""
