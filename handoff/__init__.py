"""What support does with a ticket: pure rules and the guide's data. Imports nothing of the bot."""
