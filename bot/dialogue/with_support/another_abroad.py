"""Another matter, told in another language while a request is with people: no steps begin there."""

from bot.dialogue.handing_over import apart, handover, in_another_language
from bot.dialogue.hearing import other_language, unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import beside
from bot.understanding.intents.names import OUTAGE
from bot.understanding.reading import LIKELY

CLOSEST, HALF_SURE = 3, 0.4
"""So many of the closest examples are of an issue that is likely at least so far."""
SURELY_NO, FEW = 0.9, 8
"""From which chance on so few words are a no to whether somebody is in danger."""


def is_grave(reply: Reply) -> bool:
    """`quiero que borren todos mis datos`, told after a request was opened: people of another team must see it."""
    first = reply.reading.candidates[0]
    borne_out = other_language.is_borne_out(reply.reading)
    surely = first.confidence >= (LIKELY if borne_out else other_language.GRAVE_ENOUGH)
    grave = reply.intent(first.issue).is_grave and surely and not denies_danger(reply)
    return unspoken_language.holds(reply) and grave and beside.is_new(reply)


def denies_danger(reply: Reply) -> bool:
    """`no, nadie está en peligro`, said once more after it was asked: nothing is down for anybody."""
    text = reply.message.text
    if reply.reading.issue != OUTAGE or len(text.split()) > FEW:
        return False
    said = reply.script.replies.to_question(text, "safety")
    return said.act == "no" and said.chance >= SURELY_NO


def begin_apart(reply: Reply) -> None:
    """A request of its own."""
    apart.leave_open(reply)
    in_another_language.answer(reply)


def is_another(reply: Reply) -> bool:
    """`ah, e annullatemi pure la visita`: another calm matter, surely or as all of the closest examples say."""
    request, calm = reply.message.request, not reply.intent(reply.reading.issue).is_grave
    told = beside.is_new(reply) or _is_likely(reply)
    new = unspoken_language.holds(reply) and told and request is not None
    return new and calm and reply.intent(reply.reading.issue).tier is not None and not beside.adds_to_attack(reply)


def _is_likely(reply: Reply) -> bool:
    """Not surely: it is only named on the request that people have."""
    request, reading = reply.message.request, reply.reading
    first, closest = reading.candidates[0], reading.ranked.closest[:CLOSEST] if reading.ranked is not None else ()
    alike = len(closest) == CLOSEST and all(one.phrase.label == first.issue for one in closest)
    about = (reply.conversation.issue, request.issue if request else None)
    return reply.typed and alike and first.confidence >= HALF_SURE and first.issue not in about


def take(reply: Reply) -> None:
    """Who has the request sees it there by its name; what is for others than that team has a request of its own."""
    issue = reply.reading.issue
    if is_for_others(reply) and beside.is_new(reply):
        begin_apart(reply)
        return
    reply.note_also(issue)
    handover.tell_people(reply, "other_language")


def is_for_others(reply: Reply) -> bool:
    """Another team than the one that has the request sees to it."""
    request = reply.message.request
    return request is not None and request.team != reply.intent(reply.reading.issue).team
