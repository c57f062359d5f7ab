"""What is held of people, and what is erased."""
