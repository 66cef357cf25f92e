"""A ticket's page: all that was entered can be read again, and its history says what, from where to where, and why."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import httpx2
import pytest

from bot.storage import conversations, tickets
from bot.storage.conversations import Line
from bot.storage.tables import EventRow
from bot.storage.unit_of_work import UnitOfWork
from bot.web.console.history import History
from bot.web.words import load_console_words
from handoff import events, ticket_events
from handoff.policy.model import Policy
from handoff.ticket import BOT, CLOCK, Actor
from tests.makers import NINE
from tests.waiting import until
from tests.web.conftest import Server
from tests.web.test_queue import form_of, tickets_of

PAGE = "/console/tickets/5001"
FOUND = {
    "done": "We set it up again.",
    "instructions": "Sign in once more.",
    "findings": "An old phone.",
    "root_cause": "Its clock was wrong.",
    "reproduced": "yes",
    "logs": "https://logs.test/1?a=1&b=2",
    "known_issue": "yes",
}


@pytest.fixture
def desk_(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """Alex's browser, and one ticket."""
    tickets_of(sqlite_server, 1)
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        yield client


def press(client: httpx2.Client, action: str, **fields: str) -> httpx2.Response:
    """The form of this action, filled in and sent."""
    return client.post(f"{PAGE}/{action}", data={**form_of(client.get(PAGE).text, action), **fields})


def test_all_that_a_resolution_says_is_read_again(desk_: httpx2.Client) -> None:
    assert press(desk_, "resolve", **FOUND).status_code == 303

    page = desk_.get(PAGE).text

    card = page[page.index('aria-label="Resolution"') :].partition("</section>")[0]
    assert all(FOUND[name] in card for name in ("done", "instructions", "findings", "root_cause"))
    assert "<dt>Reproduced</dt><dd>Yes</dd>" in card and "This should become one" in card
    assert '<a href="https://logs.test/1?a=1&amp;b=2" rel="noopener noreferrer">' in card


@pytest.mark.parametrize("logs", ["not a link", "javascript:alert(1)"])
def test_logs_without_an_address_are_refused_in_words_and_nothing_is_lost(desk_: httpx2.Client, logs: str) -> None:
    refused = press(desk_, "resolve", **{**FOUND, "logs": logs})

    assert refused.status_code == 409 and "no address of a page" in refused.text
    assert all(said in refused.text for said in (logs, FOUND["root_cause"], FOUND["instructions"]))
    assert 'value="yes" selected' in refused.text and " checked" in refused.text


def test_what_stands_in_an_old_resolution_and_is_no_link_is_shown_as_words(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    press(desk_, "resolve", **FOUND)
    with sqlite_server.deps.sessions.begin() as db:
        row = tickets.get(db, 5001)
        row.facts = {**row.facts, "resolution": {**row.facts["resolution"], "logs": "javascript:alert(1)"}}

    page = desk_.get(PAGE).text

    assert "<dd>javascript:alert(1)</dd>" in page and 'href="javascript' not in page


def test_the_history_says_from_what_to_what_and_why(desk_: httpx2.Client) -> None:
    press(desk_, "priority", to="high", why="two clinics wait")
    press(desk_, "escalate", reason="bug_confirmed", finding="It fails for two clinics.")

    history = desk_.get(PAGE).text.partition("<summary>History")[2]

    assert 'priority changed from Medium to High: two clinics wait <small title="alex">· Alex Morgan</small>' in history
    assert "escalated from the Support Team to the Development Team: Bug confirmed" in history


def test_the_page_says_why_a_priority_was_set_without_the_number_of_a_row(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 1, first=5002, priority_rule="Somebody may be in danger now (O13)")

    page = desk_.get("/console/tickets/5002").text

    assert "Somebody may be in danger now" in page and "O13" not in page


def shown(policy: Policy, payload: events.Payload, by: Actor) -> tuple[str, str]:
    """What the history says of it."""
    data = {"actor": by.name, **events.written(payload)}
    return History(policy, load_console_words()).told(
        EventRow(kind=payload.kind, actor_kind=by.kind, at=NINE, data=data)
    )


def test_what_the_clock_did_is_told_as_time_that_passed(policy: Policy) -> None:
    assert shown(policy, events.LetterSent(3), CLOCK) == (
        "a letter told the user that an answer waits unread",
        "by itself, as time had passed",
    )
    assert shown(policy, ticket_events.Reviewed(), BOT)[1] == "the assistant"


def test_a_rule_of_the_guide_is_told_without_its_number_and_a_record_without_a_reason_says_so(policy: Policy) -> None:
    rule = "Somebody may be in danger now (O13)"

    said = shown(policy, ticket_events.PriorityChanged("medium", "critical", rule), BOT)[0]
    silent = shown(policy, ticket_events.PriorityChanged("low", "high"), BOT)[0]

    assert said == "priority changed from Medium to Critical: Somebody may be in danger now"
    assert silent.endswith("no reason was kept")


@pytest.mark.parametrize("form", get_args(events.Payload), ids=lambda form: form.kind)
def test_the_history_has_words_for_whatever_can_happen(form: type) -> None:
    names = load_console_words()["history"]

    assert any(name == form.kind or name.startswith(f"{form.kind}_") for name in names)


def test_a_record_that_is_not_understood_is_named_and_stops_nothing(policy: Policy) -> None:
    row = EventRow(kind="priority", actor_kind="staff", at=NINE, data={"actor": "Alex", "from": "purple"})

    assert History(policy, load_console_words()).told(row) == ("priority", "Alex")


def test_what_was_being_written_while_something_else_was_sent_from_the_same_page_is_never_taken_for_a_repeat(
    desk_: httpx2.Client,
) -> None:
    """A draft keeps the id of the page it was begun on, and the page renews itself around it: nothing was sent, and "Done" was told."""
    shown = desk_.get(PAGE).text
    forms = {action: form_of(shown, action) for action in ("reply", "note", "priority", "resolve")}
    sent = {
        "note": {"text": "An old phone, I think."},
        "priority": {"to": "high", "why": "two clinics wait"},
        "reply": {"text": "Please open Settings, then Devices."},
        "resolve": FOUND,
    }

    for action, words in sent.items():
        assert desk_.post(f"{PAGE}/{action}", data={**forms[action], **words}).status_code == 303

    page = desk_.get(PAGE).text
    for said in ("An old phone, I think.", "two clinics wait", "Please open Settings, then Devices.", FOUND["done"]):
        assert said in page


def test_the_same_press_of_the_same_words_counts_once_and_other_words_count_too(desk_: httpx2.Client) -> None:
    form = form_of(desk_.get(PAGE).text, "note")
    for text in ("Called the clinic.", "Called the clinic.", "Called them again."):
        assert desk_.post(f"{PAGE}/note", data={**form, "text": text}).status_code == 303

    page = desk_.get(PAGE).text

    assert page.count("Called the clinic.") == 1 and page.count("Called them again.") == 1


def test_a_call_that_reached_nobody_is_not_told_as_a_call(policy: Policy) -> None:
    nobody = ticket_events.Paged(2, ("on_call",))

    assert shown(policy, nobody, CLOCK)[0] == "nobody could be called, try number 2"
    assert shown(policy, replace(nobody, ways=("email",)), CLOCK)[0] == "people were called, call number 2"


def details_of(client: httpx2.Client) -> str:
    """The part of the page that holds what the user was asked and told."""
    page = client.get("/console/tickets/1001").text
    return page.partition(">Details<")[2].partition("</section>")[0]


def test_a_question_that_is_open_is_told_as_open_and_then_as_what_came_of_it(sqlite_server: Server) -> None:
    with sqlite_server.client() as chat, httpx2.Client(base_url=sqlite_server.base, timeout=30) as desk:
        sqlite_server.sign_in(desk)
        place = f"/api/v1/conversations/{chat.post('/api/v1/conversations').json()['id']}/messages"
        chat.post(place, json={"client_id": "1", "text": "someone hacked my account"})
        until(lambda: "Asked, not answered yet" in details_of(desk))
        asked = details_of(desk)
        chat.post(place, json={"client_id": "2", "text": "last night around 10"})
        until(lambda: "last night around 10" in details_of(desk))
        chat.post(place, json={"client_id": "3", "text": "I want to talk to a person"})
        until(lambda: "Asked, not answered yet" not in details_of(desk))

    assert "Nothing more" not in asked and asked.count("Asked, ") == 1


@pytest.mark.parametrize(
    ("action", "field", "text"),
    [
        ("reply", "text", "Please send me your password and the 6-digit code"),
        ("reply", "text", "What is the number on the back of your card?"),
        ("resolve", "done", "We changed it. Tell us your new password."),
        ("resolve", "instructions", "Send us a photo of your passport."),
    ],
)
def test_words_that_ask_for_a_secret_go_out_only_when_they_are_sent_a_second_time(
    desk_: httpx2.Client, action: str, field: str, text: str
) -> None:
    fields = {**(FOUND if action == "resolve" else {}), field: text}

    refused = press(desk_, action, **fields)
    again = press(desk_, action, **fields)

    assert refused.status_code == 409 and "Not sent yet" in refused.text and text in refused.text
    assert again.status_code == 303


@pytest.mark.parametrize("text", ["Please turn on Set automatically and tell me whether it works.", "Never share it."])
def test_an_ordinary_reply_goes_out_at_once(desk_: httpx2.Client, text: str) -> None:
    assert press(desk_, "reply", text=text).status_code == 303


def test_a_secret_that_a_user_typed_is_hidden_until_somebody_wants_to_see_it(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    with sqlite_server.deps.sessions.begin() as db:
        ticket = tickets.get(db, 5001)
        assert ticket is not None
        row = conversations.lock(db, ticket.conversation_id)
        words = "my password is Sommer2024 and nothing works"
        conversations.append(UnitOfWork(db, NINE), row, Line("user", "User", words, visible_to_user=True))

    page = desk_.get(PAGE).text

    assert '<div class="text typed">my password is […] and nothing works</div>' in page
    assert page.count("Sommer2024") == 1 and "hidden here. Show them</summary>" in page.partition("Sommer2024")[0]


def test_a_checklist_has_its_title_its_parts_and_its_numbers(desk_: httpx2.Client) -> None:
    page = desk_.get("/console/checklists/incident-response").text

    assert page.count("<h1") == 1 and page.count("<h2") == 3 and '<ol start="5">' in page and "10. " not in page


def test_the_users_last_words_are_their_own_and_no_answer_that_was_offered(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    place = tickets_of(sqlite_server, 1, first=5002)
    skip = ({"label": "Skip", "value": "skip"},)
    with sqlite_server.deps.sessions.begin() as db:
        row, work = conversations.lock(db, place), UnitOfWork(db, NINE)
        for who, words, buttons in (
            ("user", "it began on Monday", ()),
            ("bot", "Which phone?", skip),
            ("user", "skip", ()),
        ):
            conversations.append(work, row, Line(who, who, words, visible_to_user=True, buttons=buttons))
    page = desk_.get("/console/tickets/5002").text

    assert "it began on Monday" in page.partition("The user's last words")[2].partition("</section>")[0]


def test_what_is_refused_names_the_owner_only_where_that_is_somebody_else(desk_: httpx2.Client) -> None:
    press(desk_, "take")
    refused = press(desk_, "priority", to="medium", why="to see")

    assert refused.status_code == 409 and "Owner: Alex Morgan." not in refused.text
