"""What is written in a language that the assistant reads and does not speak: short approved texts in it, and people; and letters
that it cannot read."""

from collections.abc import Mapping

from bot.dialogue.answering import steps, tried
from bot.dialogue.gathering import questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import other_language, unspoken_language, wrong_prescription
from bot.dialogue.hearing.language_wish import is_asked_besides
from bot.dialogue.reply import Part, Reply
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import (
    ABOUT_BOT,
    CONTACT,
    EMERGENCY,
    GREETING,
    MEDICAL,
    OUTAGE,
    THANKS,
    UNKNOWN,
    WRONG_INFORMATION,
)
from bot.understanding.reading import LIKELY, NO_MATTER, Candidate
from bot.understanding.text.language import UNREAD
from bot.understanding.text.phrases import PHRASES
from handoff.events import HandoverBegun, IssueRaised
from handoff.policy.names import GRAVE_FACTS, StepOutcome
from handoff.ticket import Gathered

STEP_STAYS, SURELY_TO_STEP = ("helped", "later", "question"), 0.9
NO_HELP: Mapping[str, StepOutcome] = {
    "not_helped": "did_not_help",
    "did_before": "did_not_help",
    "cannot": "not_possible",
}
"""How a step of ours is answered so that it goes on as by its button, how surely; and what becomes of it where people go on."""
LONGEST_ANSWER = 400
"""So much of an answer is kept."""
SHORT = {GREETING: "hello", THANKS: "thanks", MEDICAL: "medical", ABOUT_BOT: "robot", CONTACT: "card_phone"}
"""The short texts that answer what is no matter for people."""
NOT_READ, MORE, IN_DANGER = (
    "unread_language",
    ("unread_added", "unread_added_again"),
    ("unread_added", "unread"),
)
OUTAGE_UNREAD = PHRASES.phrases["outage_unread"]
ENOUGH, NAMED, HINTED = 0.4, 0.3, 0.15
"""How likely an issue must be to be passed on in another language without an open question first, where it is for people, and after the
question."""


def cannot_be_read(reply: Reply) -> bool:
    """Written in letters that the assistant does not know: whether anybody is in danger cannot be told either. A person who is
    answering can read it."""
    return reply.typed and reply.conversation.state != "with_staff" and reply.reading.heard.language in UNREAD


def unread(reply: Reply) -> None:
    """The numbers the first time, in English where we have no such text, and people, soon, who get the words as they are; later that
    it is on the request."""
    known, lines = reply.conversation, reply.script.lines
    if known.ticket is not None:
        reply.for_ticket, reply.new_signals = True, (NOT_READ,)
        reply.say(*_unread_more(reply))
        return
    reply.say(lines.where_unread(reply.reading.heard.language) or reply.line("unread"))
    steps.leave_step(reply)
    issue = OUTAGE if OUTAGE_UNREAD.is_in(reply.message.text) else UNKNOWN
    reason = reply.intent(issue).reason if issue == OUTAGE else None
    reply.know(issue=issue, reason=reason or "other_language", step=None, signals=(NOT_READ,))
    reply.happened(IssueRaised(issue))
    reply.happened(HandoverBegun("other_language", issue))
    handover.hand_over(reply)


def _unread_more(reply: Reply) -> tuple[Part, ...]:
    """What is said when they write more, in other words each time; the numbers too, where we have no text of the language."""
    language, number = reply.reading.heard.language, reply.conversation.ticket
    names = IN_DANGER if reply.conversation.issue == EMERGENCY else MORE
    own = [reply.script.lines.where_unread(language, name, number=number) for name in names]
    told = {one[1].id: one for one in own if one is not None}
    if not told:
        return (reply.line("unread"), reply.line("added_to_ticket", number=number))
    return (told[reply.longest_unsaid(*told)],)


def answer(reply: Reply) -> None:
    """Short approved texts in the user's language, and a person, who gets the issue that was read; never a guess."""
    reading = reply.reading
    intent = reply.intent(reading.issue)
    short = SHORT.get(intent.id)
    phone = reply.script.phone_number
    chats = reading.decision in NO_MATTER and not _tells_no_help(reply)
    if short and chats and (local := reply.local(short, phone=phone)):
        reply.know(state="waiting", topic=intent.id)
        reply.say(local)
        return
    if _is_vague(reply, intent) and (local := reply.local("ask_issue")):
        reply.know(state="waiting", unclear=1, signals=_without_grave(reply))
        reply.say(local)
        return
    steps.leave_step(reply)
    to_people(reply, _likeliest(reply))


def _without_grave(reply: Reply) -> tuple[str, ...]:
    """No grave fact of words that are asked about first is kept: it would make the next matter one."""
    return tuple(one for one in reply.conversation.signals if one not in GRAVE_FACTS)


def take_over(reply: Reply, issues: tuple[str, ...]) -> None:
    """What was read besides a danger that is none, in the user's language: people where it is one issue, else an open question."""
    if len(issues) == 1 and reply.intent(issues[0]).tier is not None:
        to_people(reply, issues[0])
    else:
        reply.know(state="waiting", unclear=1)
        reply.say(reply.local("ask_issue") or reply.line("ask_issue"))


def to_people(reply: Reply, issue: str) -> None:
    """What protects first of all, and the request; else whether there is more to tell."""
    known, protects = reply.conversation, issue == WRONG_INFORMATION
    if known.issue not in (None, issue):
        reply.know(words=known.words[-1:], so_far=known.so_far[-1:])
    also = tuple(one for one in (*known.also, *reply.reading.also) if one != issue)
    reply.know(issue=issue, reason=reply.intent(issue).reason or "other_language", step=None, also=also)
    reply.know(signals=other_language.facts_that_hold(reply.intent(), reply.conversation.signals))
    reply.happened(IssueRaised(issue))
    reply.happened(HandoverBegun("other_language", issue))
    questions.keep_what_was_heard(reply)
    if tried.are_told_abroad(reply):
        tried.note(reply)
    wrong_prescription.block(reply)
    if protects and (local := reply.local("wrong_medicine")):
        reply.say(local)
    handover.hand_over(reply)
    if not protects and (local := reply.local("question")):
        reply.say(local)


def answers_abroad(reply: Reply) -> bool:
    """A question of ours in English is answered in another language, with more than a name or a number."""
    return (
        reply.typed and unspoken_language.holds(reply) and len(reply.message.text.split()) >= unspoken_language.A_NAME
    )


def answers_step(reply: Reply) -> bool:
    """`o, w edge poszło!`, `wo finde ich das`: surely that it helped, will be tried later, or a question about the step."""
    surely = reply.meant.act in STEP_STAYS and reply.meant.chance >= SURELY_TO_STEP
    return _has_step(reply) and surely and not reply.intent(reply.reading.issue).is_grave


def mark_result(reply: Reply) -> None:
    """That the step before the user did not help is told to people, who have the matter from now on."""
    if _tells_no_help(reply):
        reply.mark(reply.conversation.step or "", NO_HELP[reply.meant.act])


def _tells_no_help(reply: Reply) -> bool:
    tells = reply.meant.act in NO_HELP and reply.meant.chance >= SURELY_TO_STEP
    return _has_step(reply) and tells and not is_asked_besides(reply.message.text)


def _has_step(reply: Reply) -> bool:
    known = reply.conversation
    return reply.typed and unspoken_language.holds(reply) and known.state == "answering" and known.step is not None


def end_questions(reply: Reply) -> None:
    """The answer is kept, and nothing more is asked in English: people have it, in the short texts of the language."""
    question, known = questions.asked_now(reply), reply.conversation
    if question is not None:
        kept = tuple(detail for detail in known.gathered if detail.id != question.id)
        told = Gathered(question.id, question.label, reply.message.text.strip()[:LONGEST_ANSWER])
        reply.know(gathered=(*kept, told), asking=None)
    questions.keep_what_was_heard(reply)
    if known.ticket is None:
        handover.hand_over(reply)
        return
    reply.for_ticket = True
    handover.tell_people(reply, "other_language")
    handover.enough(reply)


def _is_vague(reply: Reply, intent: Intent) -> bool:
    """Too little to go by, and not asked about yet; a grave matter wakes people up, and must be likelier."""
    reading = reply.reading
    if reply.conversation.unclear > 0 or unspoken_language.is_known(reply):
        return False
    first = reading.candidates[0].confidence
    if intent.is_grave and reading.decision == "handoff":
        return not other_language.is_named(reading)
    if reading.decision == "handoff":
        return not reading.sure and (intent.tier is None or first < NAMED)
    return reading.decision == "choose" and first < (LIKELY if intent.route == "handoff" else ENOUGH)


def _likeliest(reply: Reply) -> str:
    """What it is about by these words, or by all that was said since it was asked, whichever is likelier; what was looked at, where
    the words are not surely of anything else."""
    reading, issue = reply.reading, reply.conversation.issue
    if (
        issue is not None
        and unspoken_language.is_known(reply)
        and not (reading.sure or reply.intent(reading.issue).is_grave)
    ):
        return issue
    read = sorted([*reading.candidates[:1], *reading.matter], key=lambda one: -one.confidence)
    likely = (one.issue for one in read if reply.intent(one.issue).tier is not None and _may_be_meant(reply, one))
    return next(likely, UNKNOWN)


def _may_be_meant(reply: Reply, one: Candidate) -> bool:
    """Where little was told in another language, a grave matter is called for only by words that say so, and no other by chance."""
    here = reply.reading.candidates[0] == one
    if reply.intent(one.issue).is_grave:
        return other_language.says_so(reply.reading) if here else one.confidence >= other_language.NEARLY_CERTAIN
    return one.confidence >= HINTED or (here and reply.reading.sure)
