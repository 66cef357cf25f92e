"""The lead's examples: learnt in seconds, and compared with a message."""
