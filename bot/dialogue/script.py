"""What may be said, and by which rules: the same in every turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue.lines import Lines
from bot.understanding.intents.catalog import Catalog
from bot.understanding.matching.semantic_match import SemanticMatcher
from bot.understanding.phrase_matcher import PhraseMatcher
from bot.understanding.replying.replies import ReplyReader
from handoff.policy.model import Policy
from handoff.safe import Excerpt


@dataclass(frozen=True)
class Script:
    """Everything approved that the dialogue may say, and the rules it keeps."""

    catalog: Catalog
    lines: Lines
    policy: Policy
    pages: Mapping[str, tuple[str, str]]
    """Page -> title and address; a page past its review date is not in it."""
    excerpt: Callable[[str], Excerpt]
    """Makes a user's words safe to show outside the conversation."""
    semantic_matcher: SemanticMatcher
    """Which of a few approved sentences is meant."""
    replies: ReplyReader
    """What a reply does, read with the question before it."""
    phrase_matcher: PhraseMatcher
    """Which steps words say were done."""

    @property
    def phone_number(self) -> str:
        """The phone line of our people."""
        return self.policy.channels.channels["phone"].contact
