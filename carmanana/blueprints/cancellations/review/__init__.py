"""The review of one request: its page, its steps, its clock."""
