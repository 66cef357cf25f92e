"""What is told in another language after a request was opened, and makes it another one or a graver one: an attack on the account, that
others have it too, and what it is about where nothing was known."""

from bot.dialogue.handing_over import apart, handover, in_another_language
from bot.dialogue.handing_over.fault import fault_told
from bot.dialogue.hearing import unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import another_abroad, closing_abroad
from bot.understanding.intents.names import OUTAGE, SECURITY
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import MULTIPLE_USERS_AFFECTED, NAMES_NOTHING
from handoff.ticket import Matter

STOLEN, NOT_ME = PHRASES.phrases["stolen_abroad"], PHRASES.phrases["not_me_abroad"]
OF_ACCOUNT, OF_FAULT = "account.", "technical."
LIKE, CLOSEST = 0.58, 2
"""So many of the closest examples are of an outage, and how like at least."""


def is_attack(reply: Reply) -> bool:
    """`me l'hanno rubato`, `das war aber nicht ich`, of a request about an account."""
    request, text = reply.message.request, reply.message.text
    told = STOLEN.is_in(text) or NOT_ME.is_in(text)
    about = request is not None and request.issue.startswith(OF_ACCOUNT) and SECURITY in reply.script.catalog.intents
    return unspoken_language.holds(reply) and reply.typed and told and about and not closing_abroad.is_over(reply)


def call_security(reply: Reply) -> None:
    """A request of its team, with the words of both."""
    apart.leave_open(reply)
    reply.add_signals(reply.intent(SECURITY).reason or "")
    in_another_language.to_people(reply, SECURITY)


def others_have_it(reply: Reply) -> bool:
    """`我同事的也打不开`: surely an outage, or most like those that tell of one, and not told before."""
    reading, request, known = reply.reading, reply.message.request, reply.conversation
    if (
        not unspoken_language.holds(reply)
        or not reply.typed
        or request is None
        or MULTIPLE_USERS_AFFECTED in known.signals
        or another_abroad.denies_danger(reply)
    ):
        return False
    closest = reading.ranked.closest[:CLOSEST] if reading.ranked is not None else ()
    alike = len(closest) == CLOSEST and all(one.phrase.label == OUTAGE and one.likeness >= LIKE for one in closest)
    return request.issue != OUTAGE and ((reading.sure and reading.issue == OUTAGE) or alike)


def others_have_fault(reply: Reply) -> bool:
    """The same of a fault that people have already: that one is graver, and no other is begun."""
    request = reply.message.request
    return request is not None and request.issue.startswith(OF_FAULT) and others_have_it(reply)


def raise_for_many(reply: Reply) -> None:
    """More people have it: a fact that sets the priority."""
    reply.know(signals=(*reply.conversation.signals, MULTIPLE_USERS_AFFECTED))
    reply.new_signals = tuple(dict.fromkeys([*reply.new_signals, MULTIPLE_USERS_AFFECTED]))
    reply.say(reply.added())


def names_it(reply: Reply) -> bool:
    """A request of which nothing was known, and now it is told what it is about."""
    request, issue = reply.message.request, reply.reading.issue
    unknown = request is not None and request.issue in NAMES_NOTHING and issue not in NAMES_NOTHING
    return unknown and another_abroad.is_another(reply) and not another_abroad.is_for_others(reply)


def take_name(reply: Reply) -> None:
    """The request is about it from now on, and no less urgent than it was."""
    fault = fault_told(reply, (reply.message.text,))
    reply.know(issue=reply.reading.issue, signals=tuple(dict.fromkeys([*reply.conversation.signals, *fault])))
    reply.new_signals = tuple(dict.fromkeys([*reply.new_signals, *fault]))
    intent = reply.intent()
    handover.tell_people(reply, "other_language")
    reply.matter = Matter(intent.title, intent.priority)
    reply.say(reply.added())
