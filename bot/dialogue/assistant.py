"""One version of everything that understands and speaks; swapped as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.reply import Script
from bot.understanding.articles import Library
from bot.understanding.reading import Reading


@dataclass(frozen=True)
class Assistant:
    """Reads a message, and holds what may be said and shown."""

    script: Script
    read: Callable[[str], Reading]
    library: Library
