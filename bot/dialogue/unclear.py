"""When it is not clear what the user means: which of these is it, please say more, and a person rather than a third time."""

from bot.dialogue import asides, handover, steps
from bot.dialogue.reply import Reply
from bot.understanding.text import plain

MOST_UNCLEAR = 2
ENOUGH_WORDS, WORDS_OF_A_CHOICE = 5, 8
CHOICE_LIKE = (0.38, 0.08)
"""How like a title, and how much more than the next one, words are that choose it."""


def in_choice(reply: Reply) -> None:
    """Typed words while "which of these is it?" is before the user."""
    known, reading = reply.conversation, reply.reading
    said = plain(reply.message.text).rstrip(".!")
    titles = {plain(reply.script.catalog.title(issue)): issue for issue in known.choices}
    ordinal = asides.ordinal(said, len(known.choices))
    if asides.anger(reply):
        return
    if {"cancel", "thanks"} & set(reading.heard.acts) or (reading.issue == "chat.thanks" and reading.sure):
        steps.dropped(reply)
        return
    shown = [reply.script.catalog.title(issue) for issue in known.choices]
    meant = reply.script.likeness.closest(reply.message.text, shown, *CHOICE_LIKE)
    if "none_of_these" in reading.heard.acts:
        say_more(reply)
    elif said in titles:
        steps.start(reply, titles[said])
    elif ordinal is not None:
        steps.start(reply, known.choices[ordinal])
    elif (reading.sure and reading.decision in ("answer", "handoff")) or (
        reading.issue in known.choices and len(said.split()) > 1
    ):
        steps.start(reply, reading.issue)
    elif meant is not None and len(said.split()) <= WORDS_OF_A_CHOICE:
        steps.start(reply, known.choices[meant])
    elif reading.decision in ("decline", "smalltalk") and reading.sure:
        asides.decline_or_chat(reply)
        asides.offer(reply, known.choices)
    else:
        say_more(reply)


def offer(reply: Reply, issues: tuple[str, ...]) -> None:
    """Which of these is it? A person when it was asked often enough."""
    if reply.conversation.unclear >= MOST_UNCLEAR:
        handover.begin(reply, "not_understood")
        return
    reply.know(unclear=reply.conversation.unclear + 1)
    asides.offer(reply, issues)


def say_more(reply: Reply) -> None:
    """Too little told: ask for more, at most twice. Enough told and still not understood: a person."""
    known = reply.conversation
    told = len(reply.message.text.split()) >= ENOUGH_WORDS and reply.message.pressed is None
    if (
        known.unclear >= MOST_UNCLEAR
        or (told and known.state in ("choosing", "waiting"))
        or (told and reply.reading.decision == "handoff")
    ):
        reply.know(issue=None)
        handover.begin(reply, "not_understood")
        return
    reply.know(state="waiting", choices=(), unclear=known.unclear + 1)
    reply.say(reply.line("say_more_again" if known.unclear else "say_more"), buttons=(reply.person_button(),))
