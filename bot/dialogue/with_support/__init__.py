"""A request lies with people: its state, more of it, another matter beside it, its end."""
