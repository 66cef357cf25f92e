"""Words to a person who has answered: who sees them and by when, once; danger, a graver matter, what cannot wait: never silent."""

from dataclasses import replace

from bot.dialogue.answering import in_a_hurry
from bot.dialogue.gathering import answer_checks, questions, reached
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import unspoken_language, urgency, visit_now
from bot.dialogue.reply import Part, Reply
from bot.dialogue.small_talk import asides
from bot.dialogue.with_support import closing_abroad, request_status
from bot.understanding.text.phrases import PHRASES
from handoff.facts import CANNOT_WAIT
from handoff.policy.names import EMERGENCY_TOLD
from handoff.ticket import Matter

SOONER = PHRASES.phrases["wants_it_sooner"]
IS_URGENT, FEW = PHRASES.phrases["is_urgent"], 12
ABROAD = PHRASES.phrases["cannot_wait_abroad"]
"""So many words tell that it is urgent, and of no other matter."""


def thank(reply: Reply) -> None:
    """A thank-you is for the person, and nobody owes an answer to it."""
    reply.thanks = True


def is_emergency(reply: Reply) -> bool:
    """Somebody may be in danger, by what the request is about."""
    request = reply.message.request
    return reply.typed and request is not None and request.reason == EMERGENCY_TOLD


def keep_where(reply: Reply) -> None:
    """A number and a place that somebody in danger tells are on the request."""
    if {reached.PHONE, reached.PLACE} & reply.reading.heard.details.keys():
        keep_more(reply)


def keep_more(reply: Reply) -> None:
    """What the emergency's request says from now on: still in the words that told of danger."""
    if reply.conversation.issue not in reply.script.catalog.intents:
        return
    now, before = handover.request_of(reply, EMERGENCY_TOLD), reply.message.request
    reply.more = replace(now, summary=before.summary if before is not None and before.summary else now.summary)


def numbers_again(reply: Reply) -> None:
    """The numbers, in the user's own language, and that people know."""
    request = reply.message.request
    keep_where(reply)
    if request is not None:
        reply.say(reply.local("emergency") or reply.line("what_to_do", care=request.care), _who_sees(reply))


def _who_sees(reply: Reply) -> Part:
    request = reply.message.request
    owner, due = (request.owner, request.due) if request is not None else ("", "")
    return reply.with_our_team() or reply.line("person_sees", owner=owner, due=due)


def decline(reply: Reply) -> None:
    """A clinical question is declined, also beside a person, who sees it."""
    asides.decline_clinical(reply)
    if is_first(reply):
        tell_who_sees(reply)


def says_only_that_it_cannot_wait(reply: Reply) -> bool:
    """In the words that every card gives, `it can't wait`, that it is urgent, that the visit runs now, or by when it is needed, in any
    language that is read; in an emergency the numbers come before any mark."""
    text, request = reply.message.text, reply.message.request
    if not reply.typed or request is None or is_emergency(reply) or closing_abroad.tells_end(reply):
        return False
    if in_a_hurry.is_said_in(text) or ABROAD.is_in(text):
        return True
    hurries = IS_URGENT.is_in(text) or SOONER.is_in(text) or reply.script.replies.hurries(text)
    return len(text.split()) <= FEW and (hurries or bool(visit_now.facts_told(reply)))


def mark_and_ask_on(reply: Reply) -> None:
    """The same while a question of ours is before the user: it stays, unless it asks when, and this is the answer."""
    mark(reply)
    question = questions.asked_now(reply)
    if question is not None and question.id in answer_checks.TIMES and visit_now.facts_told(reply):
        handover.answer(reply, answer_checks.as_asked(reply, question))
    else:
        handover.ask_next(reply)


def is_asked_and_cannot_wait(reply: Reply) -> bool:
    """That it cannot wait, told to a question of ours."""
    return reply.conversation.state == "gathering" and says_only_that_it_cannot_wait(reply)


def cannot_wait(reply: Reply) -> bool:
    """The same, or what is learnt to mean it and was not heard before."""
    return says_only_that_it_cannot_wait(reply) or CANNOT_WAIT in reply.new_signals


def mark(reply: Reply) -> None:
    """The team sees the mark in its queue, and the user hears so; where it is marked already, who sees it and by when."""
    request = reply.message.request
    if request is None:
        return
    if request.marked:
        reply.say(*((_who_sees(reply),) if unspoken_language.holds(reply) else (_who_sees(reply), _phone(reply))))
        return
    reply.add_signals(CANNOT_WAIT)
    reply.new_signals = tuple(dict.fromkeys([*reply.new_signals, CANNOT_WAIT]))
    own = reply.local("marked", number=request.number)
    asked = visit_now.asks_in_time(reply) or request_status.asks_how_long(reply)
    due = (_who_sees(reply),) if asked else ()
    reply.say(*((own,) if own else (reply.line("marked_cannot_wait", number=request.number), *due, _phone(reply))))


def _phone(reply: Reply) -> Part:
    return reply.line("phone_urgent", phone=reply.script.phone_number)


def is_graver(reply: Reply) -> bool:
    """What would be Critical or High as a first message, and more than the request is."""
    request = reply.message.request
    if request is None or not reply.typed or not urgency.is_elsewhere(reply):
        return False
    intent, rank = reply.intent(reply.reading.issue), reply.script.policy.rank
    return intent.id != request.issue and rank(intent.priority) < rank(request.priority)


def make_graver(reply: Reply) -> None:
    """The request is raised to what was told; its letter tells the user."""
    intent = reply.intent(reply.reading.issue)
    told = (intent.reason,) if intent.reason in reply.script.policy.priorities.signals else ()
    reply.new_signals = tuple(dict.fromkeys([*reply.new_signals, *told]))
    reply.matter = Matter(intent.title, intent.priority)


def is_raised(reply: Reply) -> bool:
    """A fact was told that makes the request graver by itself."""
    request, policy = reply.message.request, reply.script.policy
    told = [policy.priorities.signals[name].priority for name in reply.new_signals if name in policy.priorities.signals]
    return request is not None and any(
        one is not None and (one == "critical" or policy.rank(one) < policy.rank(request.priority)) for one in told
    )


def is_first(reply: Reply) -> bool:
    """Nothing waits for an answer yet: the user hears once who sees what they write, and by when."""
    request = reply.message.request
    return reply.typed and request is not None and not request.owed


def tell_who_sees(reply: Reply) -> None:
    """Who sees it, and by when they answer."""
    reply.say(_who_sees(reply))
