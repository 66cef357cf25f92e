"""What a person is wanted for, told with the wish, before it or after it: it is not asked for, and names the request."""

from collections.abc import Iterator

from bot.dialogue.gathering.choices import CLAUSE, FEW
from bot.dialogue.reply import Reply
from bot.understanding.details import facts_of
from bot.understanding.intents.names import PERSON, UNKNOWN
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import DESCRIPTION
from handoff.ticket import SKIPPED

REACHES, NO_MATTER = {"contact_phone", "contact_wish", "contact_email"}, ("person", "thanks", "stop")
INTRODUCES, NAMES_MATTER, ANGRY = (PHRASES.phrases[name] for name in ("introduces", "names_matter", "angry"))
LIKE_A_TITLE, AHEAD = 0.58, 0.04
"""How like the title of an issue what was told must be, and how much more than any other: of 28 matters these two named 7 rightly and
none wrongly."""
AN_ISSUE = 0.5
"""From which chance on a clause tells a matter, as said after a step or to us who wait."""


def told(reply: Reply) -> str | None:
    """`please call me at …, my login does not work`; `my results are missing. can I talk to a human`."""
    known = reply.conversation
    if known.issue != PERSON:
        return None
    named = (NAMES_MATTER.expression.search(plain(words)) for words in known.words)
    if (matter := next((one[1].strip(" .!?") for one in named if one and telling_words(one[1])), None)) is not None:
        return matter
    return next((clause for clause in _clauses(reply) if _is_matter(reply, clause)), None)


def title(reply: Reply) -> str | None:
    """The title of the issue that it is about: the likest to what was told of it, else one told with the wish; None where none is."""
    known, catalog = reply.conversation, reply.script.catalog
    matter = next((one.value for one in known.gathered if one.id == DESCRIPTION and one.value != SKIPPED), None)
    titles = [one.title for one in catalog.intents.values() if one.tier is not None and one.id not in (PERSON, UNKNOWN)]
    place = reply.script.semantic_matcher.closest(matter, titles, LIKE_A_TITLE, AHEAD) if matter else None
    if place is not None:
        return titles[place]
    return catalog.title(known.also[0]) if known.also else None


def _clauses(reply: Reply) -> Iterator[str]:
    return (clause.strip() for words in reply.conversation.words for clause in CLAUSE.split(words) if clause.strip())


def _is_matter(reply: Reply, clause: str) -> bool:
    """It tells something, and neither how to reach somebody nor that people shall take it; where nothing is told of how to reach them,
    surely a matter."""
    tells = len(telling_words(plain(clause))) >= FEW and not REACHES & facts_of(clause).keys()
    if not tells or INTRODUCES.is_in(clause):
        return False
    ending, waits = reply.script.replies.to_ending(clause), reply.script.replies.to_question(clause, "waiting")
    if REACHES & reply.conversation.known.keys():
        return ending.act not in NO_MATTER
    surely = any(one.act == "issue" and one.chance >= AN_ISSUE for one in (ending, waits))
    return surely and ending.act not in NO_MATTER and not ANGRY.is_in(clause)
