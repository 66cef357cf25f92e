"""How the user wants to be answered, heard in passing."""

from bot.dialogue.reply import Reply
from handoff.ticket import Gathered


def told(reply: Reply) -> tuple[Gathered, ...]:
    """How the user wants to be answered, heard in any sentence of theirs, and the number to call; a pressed answer goes before."""
    known, wish = reply.conversation, reply.script.policy.reach.wish
    ways = {"phone": wish.by_phone[0], "email": wish.by_email[0]}
    way, number = ways.get(known.known.get("contact_wish", "")), known.known.get("contact_phone")
    chosen = next((detail.value for detail in known.gathered if detail.id == wish.detail), None)
    if way is None or chosen not in (None, way):
        return ()
    wished = () if chosen else (Gathered(wish.detail, wish.label, way),)
    given = any(detail.id in wish.number_in for detail in known.gathered)
    return (*wished, Gathered(wish.number_in[0], wish.number_label, number)) if number and not given else wished
