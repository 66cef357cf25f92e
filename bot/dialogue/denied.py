"""It is not what we look at: `nothing is slow, it signs me out` is read without that matter, with what was told before."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import Candidate, Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

DENIES_MATTER, TROUBLES, MOST_READ = PHRASES.phrases["denies_matter"], PHRASES.group("troubles"), 3
UNKNOWN = "escalate.unknown_issue"
OPEN = ("answer", "handoff")
Read = Callable[[str], Reading]


def read_without(known: Conversation, reading: Reading, intents: Mapping[str, Intent], read: Read) -> Reading | None:
    """The reading of all that was told, without the matter that is denied; of no issue of ours where nothing else is surely meant.
    None where no matter that we look at is denied, and where that is a result (`it is not slow any more`)."""
    found = DENIES_MATTER.expression.search(plain(reading.text))
    looked_at = known.choices if known.state == "choosing" else (known.issue or "",)
    denied = {one for one in looked_at if found and one in intents and _is_of(intents[one], found)}
    if found is None or not denied or known.ticket is not None:
        return None
    word = found[1] or found[2]
    left = plain(reading.text).replace(found[0], " ").strip(" .,;!")
    told = [one for one in (*known.so_far[-MOST_READ:], left) if telling_words(plain(one)) and not _has(one, word)]
    whole = read(". ".join(told) or left or reading.text)
    others = tuple(one for one in whole.candidates if one.issue not in denied and intents[one.issue].tier is not None)
    sure = whole.sure and whole.decision in OPEN and whole.issue not in denied
    nothing = (Candidate(UNKNOWN, 0.0),) if not sure else ()
    return replace(
        whole,
        text=reading.text,
        heard=reading.heard,
        matter=(),
        decision=whole.decision if sure else "handoff",
        candidates=(*nothing, *(others if not sure else whole.candidates)),
        sure=sure,
        put_right=True,
    )


def _is_of(intent: Intent, found: re.Match[str]) -> bool:
    """The issue's title or one of its keywords has the trouble that is denied, or the thing that it is not about."""
    trouble, thing = found.groups()
    words = {word for one in (intent.title, *intent.keywords) for word in telling_words(plain(one))}
    return (trouble in TROUBLES and trouble in words) or thing in words


def _has(text: str, word: str) -> bool:
    return word in plain(text).replace(",", " ").replace(".", " ").split()
