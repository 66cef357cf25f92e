"""What is not clear yet: one open question, then the nearest issues."""
