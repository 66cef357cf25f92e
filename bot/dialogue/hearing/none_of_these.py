"""To which of these it is: none, and what it is instead (`nothing of this. her profile is gone`). What was offered is not meant,
however like it the words are."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.understanding.reading import DANGEROUS, Meant, Read, Reading
from bot.understanding.text.cuts import CLAUSES_APART

MOST, TELLS, SURELY = 5, 3, 0.9
"""So many words refuse what was offered, so many tell something else; and from which chance on none is meant, or one of these all the
same."""


def fitted(known: Conversation, text: str, reading: Reading, to_choice: Callable[[str], Meant], read: Read) -> Reading:
    """The reading of what stands behind the refusal, without what was offered; the same reading where nothing is refused."""
    first, *behind = CLAUSES_APART.split(text.strip(), maxsplit=1)
    rest = behind[0] if behind else ""
    if known.state != "choosing" or reading.decision in DANGEROUS or len(rest.split()) < TELLS or not known.choices:
        return reading
    refuses = to_choice(first)
    if len(first.split()) > MOST or refuses.act != "none" or refuses.chance < SURELY:
        return reading
    alone = read(rest)
    left = tuple(one for one in alone.candidates if one.issue not in known.choices or one.confidence >= SURELY)
    sure = alone.sure and left[:1] == alone.candidates[:1]
    if alone.decision in DANGEROUS or not left:
        return replace(reading, sure=False, decision="choose") if alone.decision not in DANGEROUS else reading
    decision = alone.decision if sure else "choose"
    return replace(alone, text=text, heard=reading.heard, candidates=left, decision=decision, sure=sure)
