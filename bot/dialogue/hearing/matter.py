"""What a conversation is about, read from all that was said of it: a first message may be understood wrongly, five seldom are."""

from collections.abc import Callable

from bot.dialogue.conversation import LOOKED_AT, Conversation
from bot.dialogue.hearing import vague
from bot.dialogue.reply import NEUTRAL, Reply
from bot.understanding.intents.names import CANT_FIND_FEATURE, ERROR_MESSAGE, FEATURE_MISSING, PERSON
from bot.understanding.reading import Candidate, Reading
from handoff.policy.names import URGENT

OF_A_STEP = ("not_helped", "did_before", "details", "unclear")
"""What such words look like that tell what came of a step."""
MOST_READ = 6
"""So many of the latest messages are read together."""
SURE, SURE_OF_URGENT, SURELY_ANSWERED = 0.6, 0.85, 0.8
"""How likely another issue must be by all that was said; one that is urgent; and a reply that settles the step all the same."""
LIKELY, FAR_LIKELIER = 0.35, 3.0
"""The same for an issue with steps; and how many times likelier than the one that is looked at it must be then."""
SURE_TOO, ALL_BUT_CERTAIN = 0.6, 0.95
"""How likely an issue must be by all that was said, to bear out what one message says, and to speak against it."""
ON_SCREEN = (CANT_FIND_FEATURE, FEATURE_MISSING)
"""What is not found, while something else is looked at, belongs to that: `there's no menu on the left`."""
NOT_FOUND, SURELY_NOT_FOUND = ("cannot", "question"), 0.9
PLAINLY_A_BUTTON = 0.98
"""From which chance on a reply presses a button in words: no other matter begins then, unless the whole reply names it."""
SETTLES = ("helped", "stop", "solved")


def of(known: Conversation, text: str, read: Callable[[str], Reading]) -> tuple[Candidate, ...]:
    """What all that was said may be about, the likeliest first, where an issue is being looked at, or where it was asked in another
    language what it is about."""
    asked_abroad = known.state == "waiting" and known.unclear > 0 and not known.in_english
    if (
        not (known.state in LOOKED_AT or asked_abroad)
        or known.ticket is not None
        or not known.so_far
        or not text.strip()
    ):
        return ()
    whole = read(". ".join([*known.so_far[1 - MOST_READ :], text]))
    return tuple(sorted(whole.candidates, key=lambda one: -one.confidence))


def speaks_for(reply: Reply, issue: str) -> bool:
    """All that was said is surely about this issue too: a second opinion on one message."""
    found = reply.reading.matter[:1]
    return bool(found) and found[0].issue == issue and found[0].confidence >= SURE_TOO


def speaks_for_this(reply: Reply) -> bool:
    """All that was said is all but certainly about what is looked at, whatever one message sounds like: `my colleagues can't see my
    list either` of somebody who cannot sign in."""
    found = reply.reading.matter[:1]
    return bool(found) and found[0].issue == reply.conversation.issue and found[0].confidence >= ALL_BUT_CERTAIN


def presses_in_words(reply: Reply) -> bool:
    """The reply all but surely means a button that tells something of its step: `been 10 mins and no email from you`."""
    return reply.meant.act == "button" and reply.meant.chance >= PLAINLY_A_BUTTON


def is_another(reply: Reply) -> bool:
    """It is about another issue than the one that is looked at, and the words settle nothing of that one."""
    known, meant = reply.conversation, reply.meant
    if not reply.reading.matter or not reply.typed or vague.is_piece(reply.message.text):
        return False
    first = reply.reading.matter[0]
    if first.issue in (PERSON, known.issue, *known.solved, *known.refused) or (
        reply.reading.sure and reply.reading.issue == known.issue
    ):
        return False
    if presses_in_words(reply) or (first.issue in known.also and not _names(reply, first.issue)):
        return False
    if meant.act in SETTLES and meant.chance >= SURELY_ANSWERED:
        return False
    if reply.tells_only(NEUTRAL) or (known.step and first.issue == ERROR_MESSAGE and meant.act in OF_A_STEP):
        return False  # `chrome`; `did it, now it says error 502` is what came of the step
    not_found = meant.act in NOT_FOUND and meant.chance >= SURELY_NOT_FOUND
    if known.step and not_found and first.issue in ON_SCREEN:
        return False
    intent = reply.intent(first.issue)
    if intent.tier is None:
        return False
    if intent.route == "handoff" and intent.priority in URGENT:
        return first.confidence >= SURE_OF_URGENT
    return first.confidence >= SURE or (intent.route == "answer" and _is_far_likelier(reply, first))


def _names(reply: Reply, issue: str) -> bool:
    """By itself surely of it: what waits its turn was told already, and all that was said is of it too."""
    return reply.reading.sure and reply.reading.issue == issue


def _is_far_likelier(reply: Reply, first: Candidate) -> bool:
    here = next((one.confidence for one in reply.reading.matter if one.issue == reply.conversation.issue), 0.0)
    return first.confidence >= LIKELY and first.confidence >= FAR_LIKELIER * here
