"""One version of everything that understands and speaks; swapped as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.contextual_reading import ContextualReader
from bot.dialogue.conversation import Conversation
from bot.dialogue.hearing.several import ByWords
from bot.dialogue.script import Script
from bot.understanding.articles import Library
from bot.understanding.reading import Reading


@dataclass(frozen=True)
class Assistant:
    """Reads a message, and holds what may be said and shown."""

    script: Script
    read: Callable[[str], Reading]
    by_words: ByWords
    """What the words of texts alone name."""
    library: Library

    def in_context(self, known: Conversation, reading: Reading) -> Reading:
        """The reading of a message within its conversation: with what all that was said so far is surely about, and without what is
        not this user's."""
        reader = ContextualReader(self.script.catalog.intents, self.script.replies, self.read, self.by_words)
        return reader.in_context(known, reading)
