"""Why and how a matter goes to people, and what they get of it."""
