"""What is done when a button is pressed, by what it does."""

from dataclasses import replace

from bot.dialogue import catalog_migration
from bot.dialogue.answering import left_over, steps
from bot.dialogue.button_values import (
    Answer,
    ButtonValue,
    ChooseOption,
    CloseRequest,
    GoOn,
    InArea,
    InDanger,
    NoneOfThese,
    NotAlso,
    TakeUp,
    TalkToPerson,
    Works,
)
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
from handoff.policy.names import ASKED_FOR_PERSON, REPEATED_ANGER
from handoff.ticket import SKIPPED

CARRY_ON = PHRASES.phrases["carry_on"]


def as_pressed(known: Conversation, message: Message) -> Message:
    """Who types what a live button says, presses it; `carry on` is the button by which we keep going."""
    said = plain(message.text).strip(" .!")
    live = (button.value for button in known.buttons if plain(button.label).strip(" .!") == said)
    onward = next((button.value for button in known.buttons if button.does == GoOn()), None)
    goes_on = onward if CARRY_ON.is_in(said) else None
    value = next(live, goes_on)
    return message if message.pressed is not None or value is None else replace(message, pressed=value)


def press(reply: Reply) -> None:
    known, value = reply.conversation, reply.message.pressed or ""
    if value not in {button.value for button in known.buttons}:
        asides.where_we_are(reply)
        return
    if (does := reply.message.presses) is not None:
        _do(reply, does)


def _do(reply: Reply, does: ButtonValue) -> None:
    match does:
        case TalkToPerson():
            _person(reply)
        case GoOn():
            asides.go_on(reply)
        case ChooseOption():
            _step(reply, does)
        case TakeUp(issue=issue):
            _issue(reply, issue)
        case NoneOfThese():
            choice_rules.say_more(reply)
        case NotAlso():
            next_matter.leave_next(reply)
        case InArea(area=area):
            choice_rules.in_area(reply, area)
        case Answer():
            handover.answer(reply, SKIPPED if does.passes else reply.message.text)
        case InDanger(yes=yes):
            safety.pressed(reply, yes=yes)
        case CloseRequest(yes=yes):
            request_rules.pressed_close(reply, yes=yes)
        case Works(yes=yes):
            ending.pressed(reply, yes=yes)


def _person(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        request_rules.person(reply)
        return
    handover.begin(reply, REPEATED_ANGER if reply.conversation.asking == "person_offer" else ASKED_FOR_PERSON)


def _step(reply: Reply, pressed: ChooseOption) -> None:
    """The live buttons are those of the step before the user, whatever it is called by now."""
    known, go = reply.conversation, pressed.go
    if known.state != "answering":
        asides.where_we_are(reply)
        return
    intent = reply.script.catalog.intents.get(known.issue or "")
    if intent is None or known.step is None:
        left_over.pressed(reply, go)
        return
    places = (*(step.id for step in intent.steps), *reply.script.catalog.intents)
    option = catalog_migration.option_of(intent.step(known.step), go, pressed.label, places)
    if option is None:
        left_over.pressed(reply, go)
    else:
        steps.choose_option(reply, option)


def _issue(reply: Reply, named: str) -> None:
    titled = [one.id for one in reply.script.catalog.intents.values() if one.title == reply.message.text]
    issue = named if named in reply.script.catalog.intents else next(iter(titled), None)
    if issue is None:
        left_over.offer_people(reply)
    else:
        next_matter.take_up(reply, issue)
