"""Facts that were told and that no question of the issue asks for: they stand on the request all the same."""

from collections.abc import Sequence

from bot.dialogue.hearing.person_concerned import person_concerned
from bot.dialogue.reply import Reply
from bot.understanding.text.plain import plain
from handoff.ticket import Gathered

CONCERNED = "person_concerned"
"""Who it is about, where somebody else writes."""


def told(reply: Reply, details: Sequence[Gathered]) -> tuple[Gathered, ...]:
    """Those heard in the words on this matter that none of these details holds; an emergency asks for nothing of the kind."""
    if reply.intent().route == "emergency":
        return ()
    known, have = reply.conversation, {detail.id for detail in details}
    said = plain(" ".join((*known.words, *known.so_far)))
    held = plain(" ".join(detail.value for detail in details))
    labels = reply.script.policy.escalation.besides
    person = person_concerned((*known.words, *known.so_far), known.user.role)
    concerned = (Gathered(CONCERNED, labels[CONCERNED], person),) if person and CONCERNED in labels else ()
    return concerned + tuple(
        Gathered(fact, label, known.known[fact])
        for fact, label in labels.items()
        if fact in known.known and fact not in have
        if plain(known.known[fact]) in said and plain(known.known[fact]) not in held
    )
