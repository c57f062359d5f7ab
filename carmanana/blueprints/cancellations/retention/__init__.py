"""Saving an order: the desk of those who try, and the plan that they work by."""
