"""What is no matter for support, and how feelings are met."""
