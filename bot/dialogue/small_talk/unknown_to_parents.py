"""A young person wants to talk without their parents knowing: a kind word, who listens, and people in writing; what they cannot say is
asked about as danger."""

from bot.dialogue.answering import steps
from bot.dialogue.conversation import NOTHING_BEGINS
from bot.dialogue.in_danger import safety
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import DESCRIPTION

WITHOUT, CANNOT_SAY, LINE = PHRASES.phrases["without_parents"], PHRASES.phrases["cannot_say_it"], "without_parents"


def _may_be_met(reply: Reply) -> bool:
    known = reply.conversation
    return reply.typed and known.in_english and known.state not in NOTHING_BEGINS


def is_told(reply: Reply) -> bool:
    """`is there a person who'd talk to me without my parents finding out`, once, before people have anything."""
    known, met = reply.conversation, _may_be_met(reply)
    return met and known.ticket is None and LINE not in known.unsaid and WITHOUT.is_in(reply.message.text)


def answer(reply: Reply) -> None:
    """Nothing is passed on, and nothing asked, before they want it; what they want to do begins with it."""
    reading = reply.reading
    if reading.sure and reading.decision == "answer":
        reply.open_with(LINE)
        steps.start(reply, reading.issue)
        return
    steps.leave_step(reply)
    reply.know(state="waiting", step=None, asking=None, choices=())
    reply.say(reply.line(LINE), buttons=(reply.person_button(),))


def cannot_be_said(reply: Reply) -> bool:
    """`it's about something I can't say here`, after that."""
    known = reply.conversation
    return _may_be_met(reply) and LINE in known.unsaid and not known.checked and CANNOT_SAY.is_in(reply.message.text)


def ask(reply: Reply) -> None:
    """Nobody has to say it here, nor is asked for it later; whether somebody is in danger is asked."""
    reply.know(asked=(*reply.conversation.asked, DESCRIPTION))
    reply.open_with("need_not_say")
    safety.ask(reply)
