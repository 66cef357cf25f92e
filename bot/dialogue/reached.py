"""How the user wants to be answered, and where somebody in danger can be reached, heard in passing."""

from bot.dialogue.reply import Reply
from handoff.ticket import Gathered

PHONE, PLACE = "contact_phone", "place_now"


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
