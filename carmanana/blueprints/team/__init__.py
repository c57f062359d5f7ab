"""The people who work here: joining, changing, being away, leaving, and one's own settings."""
