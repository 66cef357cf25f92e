"""What code presses, shows and decides by says what it is: no state, no button and no news of a message says the opposite."""

from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.must_tell import told_faults
from bot.authoring.opposites import OPPOSITES, opposite_faults
from handoff.data_files import read_yaml
from tests.authoring.copies import Edit, a_copy

CONSOLE, WIDGET, WORDS = "bot/web/console_words.yml", "bot/web/static/widget/words.json", "handoff/guide/words.yml"
SLACK, MAIL, PO = (
    "bot/channels/slack/texts.yml",
    "bot/channels/email/texts.yml",
    "bot/web/locale/es/LC_MESSAGES/console.po",
)
TURNED = [
    Edit(WIDGET, '"refused": "Not sent"', '"refused": "Not sent, but all is well"', "refused"),
    Edit(WIDGET, '"failed": "Not sent yet"', '"failed": "Not sent by you. It is done."', "failed"),
    Edit(
        SLACK,
        '"Last answer to the user: **could not be delivered**. Please',
        '"It could not be delivered, and all is well. Please',
        "relay_dead",
    ),
    Edit(
        CONSOLE,
        "ticket_is_over: This ticket is already resolved or closed.",
        "ticket_is_over: This ticket is not closed.",
        "ticket_is_over",
    ),
    Edit(
        CONSOLE, "{confirmed: Confirm and tell everybody,", "{confirmed: Not an incident,", "incident_deeds.confirmed"
    ),
    Edit(CONSOLE, "resolved: Resolved, closed: Closed}", "resolved: Open, closed: Closed}", "statuses.resolved"),
    Edit(CONSOLE, "fine: Good,", "fine: No longer shown,", "article_states.fine"),
    Edit(CONSOLE, '"Not sent yet. This', '"Sent. This', "asks_for_secret"),
    Edit(CONSOLE, "done: Done. It is on the ticket", "done: Not done. Send it again", "kept.done"),
    Edit(CONSOLE, "closed: nobody said whether it helped,", "closed: the user says it is solved,", "closed_silent"),
    Edit(WIDGET, '"yes": "Yes"', '"yes": "No"', "yes"),
    Edit(WIDGET, '"failed": "Not sent yet"', '"failed": "Sent"', "failed"),
    Edit(WIDGET, '"sent": "Sent"', '"sent": "Read by a nurse"', "sent"),
    Edit(WIDGET, '"Did we solve this for you?"', '"Do you still have this?"', "rate_ticket"),
    Edit(WIDGET, '"close": "Close chat"', '"close": "Send"', "close"),
    Edit(WORDS, "low: Low}", "low: Critical}", "priorities.low"),
    Edit(WORDS, "Not urgent, taken after the others", "It goes before everything", "priority_means.low"),
    Edit(
        SLACK, "  incident_do_confirmed: Confirm", "  incident_do_confirmed: Not an incident", "incident_do_confirmed"
    ),
    Edit(SLACK, '"Last answer to the user: **could not be delivered**. Please', '"Delivered. Please', "relay_dead"),
    Edit(SLACK, "Replies in this thread stay with the team.", "Replies in this thread go to the user.", "thread_hint"),
    Edit(SLACK, "so I have only now read", "and a nurse has read", "late"),
    Edit(SLACK, "out of our record too", "out of every record there is", "told_deleted"),
    Edit(
        MAIL,
        'If you still need help, reply to our last email."\n  old',
        'Good that it is solved."\n  old',
        "thanks_no_closed",
    ),
    Edit(MAIL, "is yours to look after now, and", "is settled, and", "call_thanks"),
    Edit(MAIL, '"Re: Your message to SmartMed support"', '"Re: Your test results"', "subject"),
    Edit("handoff/guide/lifecycle.yml", "said: Waiting for a person", "said: In progress", "states.triaged.said"),
    Edit(
        "handoff/guide/reach.yml",
        "  phone: You asked to be called. If",
        "  phone: Stay near your phone. If",
        "routes.phone",
    ),
    Edit(PO, 'msgstr "No es un incidente"', 'msgstr "Es un incidente"', "no longer denies"),
    Edit("bot/web/words.yml", "We can't take your message this minute", "We have your message", "unavailable"),
]
LETTERS = [
    Edit("handoff/templates/edit_refused.j2", "and the change is not live", "and the change is live", "not live"),
    Edit("handoff/templates/clock_told.j2", "The time is over on ticket", "All is well on ticket", "the time is over"),
    Edit("handoff/templates/reopened.j2", "is open again", "stays closed", "open again"),
    Edit(
        "handoff/templates/page.j2",
        "If you can take care of it, press the button below.",
        "It is done.",
        "press the button",
    ),
]
HONEST = [
    Edit(
        WIDGET,
        '"refused": "Not sent"',
        '"refused": "Not sent: no network. It goes out when the connection works again."',
        "",
    ),
    Edit(CONSOLE, "refused: Not sent. What", "refused: Not sent, because the ticket was closed meanwhile. What", ""),
    Edit(
        CONSOLE,
        "This ticket is already resolved or closed.",
        '"This ticket is resolved or closed: nothing can be added."',
        "",
    ),
    Edit(
        SLACK,
        "could not be delivered ({kind}, {error}).",
        "could not be delivered ({kind}, {error}): the mailbox is closed or full.",
        "",
    ),
    Edit(CONSOLE, "{confirmed: Confirm and tell everybody,", "{confirmed: Confirm it and tell all,", ""),
    Edit(WIDGET, '"failed": "Not sent yet"', '"failed": "Could not be sent"', ""),
    Edit(WIDGET, '"retry": "Retry"', '"retry": "Try again"', ""),
    Edit(SLACK, '"Last answer to the user: on its way"', '"The last answer waits to go out"', ""),
    Edit(MAIL, "is yours to look after now", "is yours now", ""),
    Edit(WORDS, "low: Not urgent, taken after the others.", "low: Not urgent. It comes after the others.", ""),
]


def named(edit: Edit) -> str:
    return f"{Path(edit.file).stem} {edit.told}"


@pytest.mark.parametrize("edit", TURNED, ids=named)
def test_words_that_say_the_opposite_are_refused(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert edit.is_among(list(opposite_faults(places)))


@pytest.mark.parametrize("edit", LETTERS, ids=named)
def test_a_letter_goes_on_telling_what_its_reader_acts_on(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert edit.is_among(list(told_faults(places)))


def test_the_same_in_other_words_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert list(opposite_faults(places)) == []


def test_everything_that_is_pinned_is_there_and_passes() -> None:
    own, places = read_yaml(OPPOSITES, OPPOSITES.parents[2]), ContentPaths()
    gone = [
        f"{file} {name}"
        for file, labels in own.table("files").items()
        for name in (labels if isinstance(labels, dict) else ())
        if read_yaml(places.path_of(str(file)), OPPOSITES.parents[2]).at(*str(name).split(".")) is None
    ]
    assert gone == []
    assert list(opposite_faults(places)) == []
