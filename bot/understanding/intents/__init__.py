"""The intents files: their model, and all of them as one catalogue."""
