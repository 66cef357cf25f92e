"""How far an outage reaches: what several clinics have is down for all, one clinic is several people; and what spreads grows."""

from dataclasses import replace

from bot.dialogue.conversation import UNDER_WAY
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import OUTAGE
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import HOW_MANY_AFFECTED, PAGE_OR_FEATURE

ALL = "system_unavailable"
SEVERAL, WHOLE = PHRASES.phrases["several_clinics"], PHRASES.phrases["whole_clinic"]
PART_WORKS, SPREADS, SIGN_IN = (PHRASES.phrases[name] for name in ("part_works", "spreads", "names_sign_in"))


def hold(reply: Reply) -> None:
    """The fact that it is down for all is on the request, where all that was told of it says so."""
    if reply.conversation.issue == OUTAGE and _is_for_all(reply):
        _state(reply, ALL)


def note(reply: Reply) -> None:
    """What was told in this turn makes an outage that people have graver, or tells that more have it."""
    known, request = reply.conversation, reply.message.request
    if known.ticket is None or request is None or OUTAGE not in (known.issue, request.issue):
        return
    if reply.typed and SPREADS.is_in(reply.message.text):
        told = reply.message.text.strip()
        reply.know(
            gathered=tuple(replace(one, value=told) if one.id == HOW_MANY_AFFECTED else one for one in known.gathered)
        )
    hold(reply)


def spreads(reply: Reply) -> bool:
    """`ok now it's three doctors`, where something of one person's is looked at: no result, whatever it sounds like."""
    known = reply.conversation
    return reply.typed and known.ticket is None and known.state in UNDER_WAY and SPREADS.is_in(reply.message.text)


def choice_told(text: str, question: str, choices: tuple[str, ...]) -> str | None:
    """Who is affected, as the words say it: `our sister site has the same`, `any of us, all 3 floors`; and that nobody gets in."""
    known = {HOW_MANY_AFFECTED: (SEVERAL, WHOLE), PAGE_OR_FEATURE: (SIGN_IN,)}.get(question, ())
    said = next((one for one in known if one.is_in(text)), None)
    return next((choice for choice in choices if said is not None and said.is_in(choice)), None)


def _is_for_all(reply: Reply) -> bool:
    known = reply.conversation
    gathered = {one.id: one.value for one in known.gathered}
    words = (
        *known.words,
        *known.so_far,
        *((reply.message.text,) if reply.typed else ()),
        gathered.get(HOW_MANY_AFFECTED, ""),
    )
    if any(PART_WORKS.is_in(one) for one in words):
        return False
    return any(SEVERAL.is_in(one) for one in words)


def _state(reply: Reply, signal: str) -> None:
    if signal in reply.conversation.signals:
        return
    reply.know(signals=(*reply.conversation.signals, signal))
    if reply.conversation.ticket is not None:
        reply.new_signals = (*reply.new_signals, signal)
