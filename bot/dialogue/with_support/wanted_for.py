"""What a person is wanted for, told after they were called: it stands on the request, whatever was said to our questions."""

from bot.dialogue.gathering import questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import unspoken_language
from bot.dialogue.in_danger import runs_out
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import told_with_it
from bot.understanding.intents.names import ABOUT_BOT, PERSON, UNKNOWN
from bot.understanding.matching.semantic_match import denies
from bot.understanding.reading import NO_MATTER
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import ASKED_FOR_PERSON, CRITICAL_WORKFLOW_BLOCKED, DESCRIPTION
from handoff.ticket import SKIPPED, Gathered, Matter

TELLS = 3
"""So many telling words tell a matter."""
ACTS_OF_NO_MATTER = (
    "person",
    "thanks",
    "stop",
    "close",
    "status",
    "contact",
    "about_bot",
    "question",
    "frustration",
    "answer",
)


def is_insisted(reply: Reply) -> bool:
    """`no bot`, to a question of ours: the wish once more, and no answer; with anything told beside it, it may be one."""
    reading, said = reply.reading, plain(reply.message.text)
    wished = reply.conversation.issue == PERSON and reply.typed and reading.issue in (ABOUT_BOT, PERSON)
    return wished and reading.sure and denies(said) and len(telling_words(said)) < TELLS


def is_told(reply: Reply) -> bool:
    """Nothing of it was told before, and these words tell it, to whichever question; steps of ours begin by themselves."""
    known, reading = reply.conversation, reply.reading
    if known.issue != PERSON or not reply.typed or _is_known(reply) or unspoken_language.holds(reply):
        return False
    begins = reading.sure and reading.decision == "answer"
    if (
        begins
        or reply.intent(reading.issue).is_grave
        or reading.issue == PERSON
        or reading.decision in NO_MATTER
        or reply.meant.act in ACTS_OF_NO_MATTER
    ):
        return False
    asked = questions.asked_now(reply)
    return (asked is None or asked.id != DESCRIPTION) and len(telling_words(plain(reply.message.text))) >= TELLS


def is_added(reply: Reply) -> bool:
    """`it's about the app crashing`, told to the person who was asked for: no steps begin, whatever we could do about it."""
    return reply.conversation.issue == PERSON and not _is_known(reply) and told_with_it.is_told(reply)


def keep(reply: Reply) -> None:
    """As the answer to what it is about, and of its own issue where that is sure; what was asked stays."""
    known = reply.conversation
    _describe(reply, reply.message.text)
    if reply.reading.sure and reply.reading.decision == "handoff" and reply.reading.issue != UNKNOWN:
        _is_about(reply, reply.reading.issue)
    if known.ticket is not None:
        handover.tell_people(reply, ASKED_FOR_PERSON)
    if known.state == "gathering":
        reply.lead.append(reply.line("thanks_noted"))
        handover.ask_next(reply)
    else:
        reply.say(reply.added())


def _describe(reply: Reply, words: str) -> None:
    label = next((one.label for one in questions.all_questions(reply) if one.id == DESCRIPTION), DESCRIPTION)
    kept = tuple(one for one in reply.conversation.gathered if one.id != DESCRIPTION)
    reply.know(gathered=(*kept, Gathered(DESCRIPTION, label, words.strip())))


def _is_about(reply: Reply, issue: str) -> None:
    """Who has the request sees what it is about; before one is made, it is told beside the wish."""
    if reply.conversation.ticket is None or reply.conversation.state == "gathering":
        reply.note_also(issue)
        return
    reply.know(issue=issue)
    intent = reply.intent()
    reply.matter = Matter(intent.title, intent.priority)


def keep_after_check(reply: Reply) -> None:
    """What was told when we asked whether somebody is in danger is what the person is wanted for; a medicine that runs out makes it
    urgent."""
    known = reply.conversation
    told = [one for one in known.words if len(telling_words(plain(one))) >= TELLS]
    if known.ticket is None or not told:
        return
    if any(runs_out.RUNS_OUT.is_in(one) for one in told):
        reply.add_signals(CRITICAL_WORKFLOW_BLOCKED)
        reply.new_signals = tuple(dict.fromkeys([*reply.new_signals, CRITICAL_WORKFLOW_BLOCKED]))
    if known.issue == PERSON and not _is_known(reply):
        _describe(reply, max(told, key=lambda one: len(telling_words(plain(one)))))
    reply.for_ticket = True
    handover.tell_people(reply, ASKED_FOR_PERSON)


def _is_known(reply: Reply) -> bool:
    return any(one.id == DESCRIPTION and one.value != SKIPPED for one in reply.conversation.gathered)
