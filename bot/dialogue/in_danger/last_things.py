"""What somebody may put in order who does not want to live: after words of despair it is never taken for calm."""

from bot.dialogue.in_danger import danger_kinds
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import CANCEL_VISIT, CLOSE_REQUEST, PRIVACY, THANKS
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import would_end_it

NO_POINT = PHRASES.phrases["sees_no_point"]
LEAVES, GOODBYES, MAY_LEAVE, LATELY = (PRIVACY, CANCEL_VISIT, CLOSE_REQUEST), (THANKS, CLOSE_REQUEST), 0.2, 3
"""What it is, and how a goodbye is read, from which chance on; and in so many of the last words despair is looked for."""

OF_OTHERS, DESPAIR = ("body", "violence"), "self_harm"
"""The kinds of danger beside which a goodbye is only one, and the kind beside which it is none."""


def are_put_in_order(reply: Reply) -> bool:
    """After words of despair, with no `No`: an account to be deleted, a visit to be cancelled, a request to be closed."""
    return is_low(reply) and may_be(reply) and bare_beginning(reply.message.text) != "not_helped"


def is_goodbye(reply: Reply) -> bool:
    """`tschüss, danke für alles`, after words of despair, or of which nobody knows that they tell of a body or of somebody else."""
    leave = any(one.issue in GOODBYES and one.confidence >= MAY_LEAVE for one in reply.reading.candidates)
    return reply.typed and leave and (is_low(reply) or not _is_of_others(reply))


def _is_of_others(reply: Reply) -> bool:
    """Despair is told in more ways, and languages, than any list holds: what is likest to other danger, and to no despair, is none."""
    alike = reply.script.semantic_matcher
    kinds = {danger_kinds.kind_of((words,), alike) for words in reply.conversation.words[-LATELY:]}
    return not kinds.isdisjoint(OF_OTHERS) and DESPAIR not in kinds


def is_low(reply: Reply) -> bool:
    """Words of despair stand among the last ones."""
    return any(would_end_it(words) or NO_POINT.is_in(words) for words in reply.conversation.words[-LATELY:])


def may_be(reply: Reply) -> bool:
    """The words are likely of such a thing, whatever was told before."""
    return any(one.issue in LEAVES and one.confidence >= MAY_LEAVE for one in reply.reading.candidates)
