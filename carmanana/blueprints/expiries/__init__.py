"""Days on which customers become worth a call again."""
