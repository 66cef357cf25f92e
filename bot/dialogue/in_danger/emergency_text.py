"""What is said first of all when somebody may be in danger, by what was told: the number that fits comes first, in few words."""

from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.in_danger import danger_kinds
from bot.dialogue.reply import Part, Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import is_afraid, would_end_it
from handoff.policy.names import MEDICINE_TAKEN

THREATENS, TOOK_WRONG = PHRASES.phrases["threatens_somebody"], PHRASES.phrases["took_wrong_medicine"]
SELF_HARM, POISON, BODY = ("wants_to_die",), ("poison", "overdose"), ("body_fails", "help_called_for")
"""Rules of danger beyond doubt, by what they hear."""
OF_THE_WRITER = ("self_harm", "violence")
"""What is told of whoever writes, and of nobody they wrote a prescription for: `I've written the letters`."""
LIKELY_BESIDE = 0.5
"""How likely an ordinary matter must be to stand on the request of an emergency."""
ASKED_ABOUT = 2
"""So many of the last words are these, and those that were asked about."""


def text_of(reply: Reply, emergency: str) -> Part:
    """In the user's own language where it has this text; else by the kind of danger, or the text for every kind."""
    unread = reply.script.lines.where_unread(reply.conversation.language)
    if (own := reply.local("emergency") or unread) is not None:
        return own
    kind = _kind(reply)
    if kind not in OF_THE_WRITER and wrong_prescription.is_by_writer(reply) and not reply.reading.heard.rules:
        return reply.line("numbers_of_other")
    intent = reply.intent(emergency)
    return reply.line(f"emergency_{kind}") if kind else reply.text_of(intent, "answer", intent.answer)


def _kind(reply: Reply) -> str | None:
    """Which danger the words tell, or those that were asked about, where a yes confirms them."""
    heard = {rule.rpartition("/")[2] for rule in reply.reading.heard.rules}
    words = (reply.message.text, *reply.conversation.words[-ASKED_ABOUT:])
    if heard & {*SELF_HARM} or any(would_end_it(one) for one in words):
        return "self_harm"
    if any(is_afraid(one) or THREATENS.is_in(one) for one in words):
        return "violence"
    taken = MEDICINE_TAKEN in reply.conversation.signals or any(TOOK_WRONG.is_in(one) for one in words)
    taken = taken or wrong_prescription.was_taken(reply)
    if heard & {*POISON} or taken:
        return "poison"
    if heard & {*BODY}:
        return "body"
    return danger_kinds.kind_of(words, reply.script.semantic_matcher)


def told_beside(reply: Reply) -> tuple[str, ...]:
    """What else the words name, or those that were asked about: `cancel my visit, i swallowed them all`."""
    known, reading = reply.conversation, reply.reading
    asked_about = known.plan if known.state == "checking" and len(known.plan) == 1 else ()
    likely = tuple(one.issue for one in reading.candidates if one.confidence >= LIKELY_BESIDE)
    told = (*asked_about, *reading.also, *likely)
    return tuple(one for one in told if reply.script.catalog.intents[one].tier is not None)
