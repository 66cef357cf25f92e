"""E-mail: letters out, and what people write back."""

from bot.actions.ways import MAIL

CHANNEL = MAIL
"""The channel by its name: a conversation held here is answered by the way of letters."""
