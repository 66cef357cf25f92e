"""One version of everything that understands and speaks; swapped as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.conversation import Conversation
from bot.dialogue.reply import Script
from bot.understanding.articles import Library
from bot.understanding.reading import Reading

ASKED_TO_SAY_MORE = ("waiting", "choosing")
SAYS_ENOUGH = frozenset(("none", "person", "thanks", "stop"))
"""What answers us by itself."""


@dataclass(frozen=True)
class Assistant:
    """Reads a message, and holds what may be said and shown."""

    script: Script
    read: Callable[[str], Reading]
    library: Library

    def in_context(self, known: Conversation, reading: Reading) -> Reading:
        """The reading of a message that we asked for: where it says too little by itself, together with the words before it."""
        asked = known.state in ASKED_TO_SAY_MORE and known.words and reading.text.strip()
        if not asked or reading.sure:
            return reading
        if self.script.replies.to_question(reading.text, "choose").act in SAYS_ENOUGH:
            return reading
        whole = self.read(f"{known.words[-1]}. {reading.text}")
        return whole if whole.sure and whole.decision in ("answer", "handoff", "emergency") else reading
