"""What a button does, by the first word of its value."""

from dataclasses import replace

from bot.dialogue import catalog_migration
from bot.dialogue.answering import left_over, steps
from bot.dialogue.choosing import choice_rules
from bot.dialogue.conversation import Conversation, Message
from bot.dialogue.gathering import ending
from bot.dialogue.handing_over import handover
from bot.dialogue.in_danger import safety
from bot.dialogue.reply import Reply
from bot.dialogue.small_talk import asides
from bot.dialogue.with_support import next_matter, request_rules
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.ticket import SKIPPED

GOES_ON, CARRY_ON = "go_on", PHRASES.phrases["carry_on"]


def as_pressed(known: Conversation, message: Message) -> Message:
    """Who types what a live button says, presses it; `carry on` is the button by which we keep going."""
    said = plain(message.text).strip(" .!")
    live = (button.value for button in known.buttons if plain(button.label).strip(" .!") == said)
    goes_on = GOES_ON if GOES_ON in {button.value for button in known.buttons} and CARRY_ON.is_in(said) else None
    value = next(live, goes_on)
    return message if message.pressed is not None or value is None else replace(message, pressed=value)


def press(reply: Reply) -> None:
    known, value = reply.conversation, reply.message.pressed or ""
    if value not in {button.value for button in known.buttons}:
        asides.where_we_are(reply)
        return
    kind, _, rest = value.partition(":")
    PRESSES[kind](reply, rest)


def _person(reply: Reply, _: str) -> None:
    if reply.conversation.ticket is not None:
        request_rules.person(reply)
        return
    handover.begin(reply, "repeated_anger" if reply.conversation.asking == "person_offer" else "asked_for_person")


def _step(reply: Reply, rest: str) -> None:
    """The live buttons are those of the step before the user, whatever it is called by now."""
    known, (go, label) = reply.conversation, catalog_migration.what_it_does(rest.split("/", 2)[2])
    if known.state != "answering":
        asides.where_we_are(reply)
        return
    intent = reply.script.catalog.intents.get(known.issue or "")
    if intent is None or known.step is None:
        left_over.pressed(reply, go)
        return
    places = (*(step.id for step in intent.steps), *reply.script.catalog.intents)
    option = catalog_migration.option_of(intent.step(known.step), go, label, places)
    if option is None:
        left_over.pressed(reply, go)
    else:
        steps.choose_option(reply, option)


def _issue(reply: Reply, rest: str) -> None:
    if rest == "none":
        choice_rules.say_more(reply)
        return
    titled = [one.id for one in reply.script.catalog.intents.values() if one.title == reply.message.text]
    issue = rest if rest in reply.script.catalog.intents else next(iter(titled), None)
    if issue is None:
        left_over.offer_people(reply)
    else:
        next_matter.take_up(reply, issue)


def _detail(reply: Reply, rest: str) -> None:
    _, _, choice = rest.partition("/")
    handover.answer(reply, SKIPPED if choice == "skip" else reply.message.text)


PRESSES = {
    "person": _person,
    "go_on": lambda reply, _: asides.go_on(reply),
    "step": _step,
    "issue": _issue,
    "also": lambda reply, _: next_matter.leave_next(reply),
    "area": choice_rules.in_area,
    "detail": _detail,
    "danger": safety.pressed,
    "close": request_rules.pressed_close,
    "works": ending.pressed,
}
"""What a button does, by the first word of its value."""
