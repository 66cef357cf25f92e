"""Text made plain, and the language it is in."""
