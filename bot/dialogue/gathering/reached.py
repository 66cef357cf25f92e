"""How the user wants to be answered, and where somebody in danger can be reached, heard in passing."""

from bot.dialogue.hearing import call_wish
from bot.dialogue.reply import Part, Reply
from bot.understanding.text.plain import plain, telling_words
from handoff.ticket import Gathered

PHONE, EMAIL, PLACE = "contact_phone", "contact_email", "place_now"
FEW_BESIDE = 4
"""So many telling words at most stand beside a number or an address that is all somebody tells: `call me there after three`."""


def is_for_people(reply: Reply) -> bool:
    """A fact was heard that no question asks for and that stands on the request all the same; where somebody is, in an emergency."""
    fields = {"contact_wish", PHONE, EMAIL, *reply.script.policy.escalation.besides}
    danger = {PLACE} if reply.intent().route == "emergency" else set()
    return call_wish.is_told(reply) or bool((fields | danger) & reply.reading.heard.details.keys())


def is_told(reply: Reply) -> bool:
    """A number or an address, with next to nothing beside it."""
    heard, left = reply.reading.heard.details, reply.message.text
    told = [heard[name] for name in (PHONE, EMAIL) if name in heard]
    for value in told:
        left = left.replace(value, " ")
    few = len(telling_words(plain(left))) <= FEW_BESIDE
    alone = reply.typed and bool(told) and few and not left.rstrip().endswith("?")
    return alone or call_wish.is_told(reply)


def noted(reply: Reply) -> Part | None:
    """That it is on the request, and which way was noted; None where nothing of it was told."""
    heard, wish = reply.reading.heard.details, reply.script.policy.reach.wish
    name = next((one for one in (PHONE, EMAIL) if one in heard), PHONE if call_wish.is_told(reply) else None)
    if name is None or not is_told(reply):
        return None
    number, value = reply.conversation.ticket, reply.conversation.known.get(name)
    if value is None:
        return reply.local("call_noted", number=number) or reply.line("call_noted", number=number)
    way = wish.by_phone[0] if name == PHONE else wish.by_email[0]
    own = reply.local("reach_noted", number=number, value=value)
    return own or reply.line("reach_noted", number=number, way=way, value=value)


def _in_danger(reply: Reply) -> tuple[Gathered, ...]:
    """The number and the place of somebody in danger, in whatever sentence they stood."""
    known, wish = reply.conversation.known, reply.script.policy.reach.wish
    given = any(detail.id in wish.number_in for detail in reply.conversation.gathered)
    number, place = None if given else known.get(PHONE), known.get(PLACE)
    called = (Gathered(wish.number_in[0], wish.number_label, number),) if number else ()
    return (*called, Gathered(PLACE, wish.place_label, place)) if place else called


def told(reply: Reply) -> tuple[Gathered, ...]:
    """How the user wants to be answered, heard in any sentence of theirs, and the number to call; a pressed answer goes before. In
    an emergency, whatever was heard of where and how they can be reached."""
    if reply.intent().route == "emergency":
        return _in_danger(reply)
    known, wish = reply.conversation, reply.script.policy.reach.wish
    ways = {"phone": wish.by_phone[0], "email": wish.by_email[0]}
    way, number = ways.get(known.known.get("contact_wish", "")), known.known.get(PHONE)
    chosen = next((detail.value for detail in known.gathered if detail.id == wish.detail), None)
    if way is None or chosen not in (None, way):
        return ()
    wished = () if chosen else (Gathered(wish.detail, wish.label, way),)
    given = any(detail.id in wish.number_in for detail in known.gathered)
    return (*wished, Gathered(wish.number_in[0], wish.number_label, number)) if number and not given else wished
