"""What is beyond doubt: patterns, each with its sentences."""
