"""What customers hold."""
