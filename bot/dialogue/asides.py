"""What is not an issue: hello and thanks, anger, other languages, what we cannot help with, and questions back."""

from bot.dialogue import handover, steps
from bot.dialogue.conversation import Button
from bot.dialogue.questions import UNKNOWN
from bot.dialogue.reply import Reply
from bot.understanding.intent_file import Intent

ORDINALS = (
    ("1", "first", "the first", "first one", "the first one", "a"),
    ("2", "second", "the second", "second one", "the second one", "b"),
    ("3", "third", "the third", "third one", "the third one", "last", "the last one", "c"),
)
MEDICAL = "safety.medical_advice"
BOOKING = "appointment.how_to_book"
MOST_OFFERED = 3


def ordinal(said: str, count: int) -> int | None:
    """0, 1 or 2 for `1`, `the second one` ...; None for anything else or beyond the choices."""
    return next((n for n, words in enumerate(ORDINALS[:count]) if said in words), None)


def offer(reply: Reply, issues: tuple[str, ...]) -> None:
    """Which of these is it? At most three, and a way out."""
    shown = [issue for issue in issues if issue in reply.script.catalog.intents and not issue.startswith("chat.")][
        :MOST_OFFERED
    ]
    buttons = [Button(reply.script.catalog.title(issue), f"issue:{issue}") for issue in shown]
    buttons.append(reply.button("none_of_these", "issue:none"))
    reply.know(state="choosing", choices=tuple(shown), asking=None)
    reply.say(reply.line("which_one"), buttons=tuple(buttons))


def anger(reply: Reply) -> bool:
    """Acknowledge anger first; the second angry turn is offered a person. True when that settles the turn."""
    known, reading = reply.conversation, reply.reading
    if reading.issue == "chat.frustration" and reading.sure and known.angry < 2:
        return False
    if "angry" not in reading.signals and not (reading.issue == "chat.frustration" and reading.sure):
        return False
    if known.angry < 2 or known.ticket is not None:
        reply.open_with("angry")
        return False
    reply.know(asking="person_offer", angry=0, state="answering" if known.step else "waiting")
    reply.say(reply.line("angry_again"), buttons=(reply.person_button(), reply.button("keep_going", "go_on")))
    return True


def go_on(reply: Reply) -> None:
    """The user would rather keep trying: the next step, or the question what it is about."""
    reply.know(asking=None)
    known = reply.conversation
    if known.step and known.issue:
        step = reply.intent().step(known.step)
        steps.choose_option(reply, steps.onward(step))
    else:
        reply.know(state="waiting")
        reply.say(reply.line("ask_issue"), buttons=(reply.person_button(),))


def decline_or_chat(reply: Reply) -> None:
    """The approved answer to what is no issue of ours."""
    known = reply.conversation
    intent = reply.intent(reply.reading.issue)
    pending = known.state in ("answering", "choosing", "gathering")
    if intent.id == "chat.thanks":
        _thanked(reply)
    elif known.ticket is not None and intent.route == "smalltalk":
        reply.say(reply.line("ticket_open", number=known.ticket))
    elif intent.id == MEDICAL:
        _answer(reply, intent, (reply.button("book_instead", f"issue:{BOOKING}"), reply.person_button()))
        if not pending:
            reply.know(state="waiting" if known.ticket is None else known.state)
    else:
        _answer(reply, intent, ())
        if not pending and known.ticket is None:
            reply.know(state="waiting")


def _answer(reply: Reply, intent: Intent, buttons: tuple[Button, ...]) -> None:
    reply.say(reply.text_of(intent, "answer", intent.answer), buttons=buttons)


def _thanked(reply: Reply) -> None:
    """Thanks after an answer means solved; at any other time it is only thanks."""
    known = reply.conversation
    reply.thanks = True
    if known.state == "answering" and known.step:
        steps.solved(reply)
    else:
        reply.say(reply.line("solved_quiet"))


def nothing_asked(reply: Reply) -> None:
    """A bare yes or no that answers no question: ask what is still needed."""
    known = reply.conversation
    if known.ticket is not None:
        reply.say(reply.line("ticket_open", number=known.ticket))
        return
    reply.know(state="waiting", choices=())
    reply.say(reply.line("ask_issue"), buttons=(reply.person_button(),))


def other_language(reply: Reply) -> None:
    """A short approved text in the user's language, and a person; never a guess."""
    known = reply.conversation
    local = reply.script.lines.in_language(reply.reading.heard.language, "handed_on")
    if known.ticket is not None:
        reply.say(local or reply.line("added_to_ticket", number=known.ticket))
        return
    steps.leave_step(reply)
    reply.say(*((local,) if local else ()), reply.line("handing_over_unclear"))
    reply.know(issue=UNKNOWN, reason="other_language", step=None)
    reply.happened("handing_over", reason="other_language", issue=UNKNOWN)
    handover.hand_over(reply)


def where_we_are(reply: Reply) -> None:
    """A button of an earlier question was pressed: say so, and put the present question once more."""
    known = reply.conversation
    if known.state == "answering" and known.step and known.asking is None:
        reply.open_with("stale_button")
        steps.ask_again(reply)
    else:
        reply.say(reply.line("stale_button"), buttons=known.buttons)
