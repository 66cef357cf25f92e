"""Another matter, told in another language while a request is with people: no steps begin there."""

from bot.dialogue.handing_over import handover, in_another_language
from bot.dialogue.hearing import other_language, unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import beside
from bot.understanding.reading import LIKELY

SURE_OF_GRAVE = 0.8
"""From which chance on words by themselves are of a grave matter."""


def is_grave(reply: Reply) -> bool:
    """`quiero que borren todos mis datos`, told after a request was opened: people of another team must see it."""
    first = reply.reading.candidates[0]
    surely = first.confidence >= (LIKELY if other_language.is_borne_out(reply.reading) else SURE_OF_GRAVE)
    grave = reply.intent(first.issue).is_grave and surely
    return unspoken_language.holds(reply) and grave and beside.is_new(reply)


def begin_apart(reply: Reply) -> None:
    """A request of its own."""
    reply.for_ticket = False
    reply.know(previous=reply.conversation.ticket, ticket=None, beside=None, asked=())
    in_another_language.answer(reply)


def is_another(reply: Reply) -> bool:
    """`ah, e annullatemi pure la visita`: surely another calm matter."""
    request, calm = reply.message.request, not reply.intent(reply.reading.issue).is_grave
    new = unspoken_language.holds(reply) and beside.is_new(reply) and request is not None
    return new and calm and reply.intent(reply.reading.issue).tier is not None and not beside.adds_to_attack(reply)


def take(reply: Reply) -> None:
    """Who has the request sees it there by its name; what is for others than that team has a request of its own."""
    known, issue = reply.conversation, reply.reading.issue
    if is_for_others(reply):
        begin_apart(reply)
        return
    reply.note_also(issue)
    reply.more = handover.request_of(reply, known.reason or "other_language")


def is_for_others(reply: Reply) -> bool:
    """Another team than the one that has the request sees to it."""
    request = reply.message.request
    return request is not None and request.team != reply.intent(reply.reading.issue).team
