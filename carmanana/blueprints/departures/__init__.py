"""The Customer Cancellation Tool."""
