"""A deed without a thing, `how do I cancel`: it is asked of what is looked at, and no visit is meant by it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import OF_VISITS
from bot.understanding.reading import MAY_OPEN_MATTER, Candidate, Reading
from bot.understanding.text.phrases import PHRASES

NAMES_NOTHING, LIKELY = PHRASES.phrases["names_nothing"], 0.3


def fitted(known: Conversation, reading: Reading, intents: Mapping[str, Intent]) -> Reading:
    """The reading, not sure of a visit where something else is looked at and the words name no thing."""
    about = known.issue
    if about not in intents or about is None or about.startswith(OF_VISITS) or not NAMES_NOTHING.is_in(reading.text):
        return reading
    if reading.decision not in MAY_OPEN_MATTER or reading.issue == about:
        return reading
    others = tuple(one for one in reading.candidates if one.issue != about)
    return replace(reading, decision="choose", candidates=(Candidate(about, LIKELY), *others), sure=False)
