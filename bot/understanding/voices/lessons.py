"""What a reply teaches besides its act: whether somebody is in danger, a fact, an issue."""

from bot.understanding.intents.names import WRONG_INFORMATION
from bot.understanding.voices.rows import Answered, Asked

PLAIN_ACTS = frozenset(("helped", "later", "stop", "unclear", "question", "did_before", "skip", "unsure", "thanks"))


def tells_of_danger(reply: Answered | Asked) -> bool | None:
    """Whether somebody may be in danger, by what the reply means; None where that does not follow from it."""
    if reply.act in ("medical", "yes", "no") or (isinstance(reply, Answered) and reply.issue == WRONG_INFORMATION):
        return None
    return reply.act == "emergency"


def states_nothing(reply: Answered | Asked) -> bool:
    """True for what states no fact that could set a priority."""
    return reply.act in PLAIN_ACTS


ONLY_ANSWERS = frozenset(("helped", "details", "did_before", "later", "answer", "add", "skip", "unsure"))


def makes_sense_alone(reply: Answered | Asked) -> bool:
    """False for what only answers us ("the blue one", "all four of them"): of such words no issue may be guessed."""
    return reply.act not in ONLY_ANSWERS
