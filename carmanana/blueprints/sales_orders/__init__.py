"""Sales orders of deals that were won."""
