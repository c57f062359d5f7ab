"""Approved wording, the phrases of the guard, and what it found."""
