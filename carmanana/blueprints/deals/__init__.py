"""A deal's page, its steps, its owner, and what is known of it."""
