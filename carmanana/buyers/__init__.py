"""What buyers want, and which of them a vehicle suits (domain 10)."""
