"""Everything that must be true of the files people edit before a word of them goes live; `gate.py` asks all of it."""
