"""Slack's users: the same conversation as in the app, each message once, nobody else's."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.storage.tables import ConversationRow, MessageRow, RatingRow, TicketRow
from tests.channels.slack_checks import view_faults
from tests.channels.slack_workspace import BO, DM, GENERAL, MARIA, TIER2, Workspace, buttons, words_of

ISSUE = "my authenticator code is refused"
PERSON = "please let me talk to a person"


def said(workspace: Workspace, by: str = "user") -> list[str]:
    """What stands in the transcripts."""
    with workspace.deps.reading.begin() as db:
        return [row.body for row in db.scalars(select(MessageRow).order_by(MessageRow.id)) if row.said_by == by]


def mrkdwn_of(value: Any) -> Iterator[str]:
    """Every text that Slack would read as markup."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for inner in value.values():
            yield from mrkdwn_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mrkdwn_of(inner)


def test_a_direct_message_gets_the_same_answer_as_in_the_app_with_buttons(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, ISSUE)

    greeting, answer = workspace.posts(DM)
    assert "Maria Lopez" in words_of(greeting) and "911" in words_of(greeting)
    assert buttons(answer) and answer["unfurl_links"] is False
    assert said(workspace) == [ISSUE]
    assert workspace.double.refused == []


def test_a_direct_message_becomes_a_ticket_with_its_card(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, ISSUE)
    workspace.types(MARIA, DM, PERSON)
    for _ in range(8):
        last = workspace.posts(DM)[-1]
        if "Skip" not in buttons(last):
            break
        assert workspace.presses(MARIA, DM, last, buttons(last)["Skip"]).status_code == 200

    (card,) = workspace.posts(TIER2)
    assert "#1001" in words_of(card) and "<!date^" in words_of(card) and "Maria Lopez" not in words_of(card)
    assert {"Take", "Reply to user", "Ask for info", "Priority", "Escalate", "Resolve"} <= set(buttons(card))
    assert workspace.double.refused == [] and workspace.double.doubled() == []


def test_a_mention_is_answered_in_its_thread_once_although_slack_tells_it_twice(workspace: Workspace) -> None:
    event = workspace.mentions(MARIA, GENERAL, ISSUE)

    assert len(workspace.posts(GENERAL, event["ts"])) == 2 and workspace.posts(GENERAL) == []
    assert said(workspace) == [ISSUE]


def test_a_further_message_in_the_thread_goes_on_without_a_mention_and_only_for_who_asked(office: Workspace) -> None:
    thread = office.mentions(MARIA, GENERAL, ISSUE)["ts"]
    before = len(office.posts(GENERAL, thread))

    office.types(BO, GENERAL, "I have that too, by the way", thread_ts=thread)
    assert len(office.posts(GENERAL, thread)) == before
    office.types(MARIA, GENERAL, "that did not help", thread_ts=thread)

    assert len(office.posts(GENERAL, thread)) == before + 1
    assert said(office) == [ISSUE, "that did not help"]


def test_two_threads_and_a_direct_message_are_three_conversations(workspace: Workspace) -> None:
    one = workspace.mentions(MARIA, GENERAL, ISSUE)["ts"]
    two = workspace.mentions(MARIA, GENERAL, "how do I book an appointment?")["ts"]
    workspace.types(MARIA, DM, "my video call has no sound")

    with workspace.deps.reading.begin() as db:
        rows = db.scalars(select(ConversationRow).order_by(ConversationRow.id)).all()
    assert [row.place for row in rows] == [f"{GENERAL}:{one}", f"{GENERAL}:{two}", DM]
    assert all(len(workspace.posts(GENERAL, thread)) == 2 for thread in (one, two))


def test_messages_of_bots_edits_of_old_ones_deletions_and_chatter_are_acknowledged_and_passed_over(
    office: Workspace,
) -> None:
    ts = office.double.ts()
    old = f"{float(ts) - timedelta(days=2).total_seconds():.6f}"
    common = {"type": "message", "channel": DM, "channel_type": "im", "ts": ts}
    edited = {"message": {"user": MARIA, "text": "edited", "ts": old}, "hidden": True}
    for event in (
        {**common, "subtype": "message_changed", **edited},
        {**common, "subtype": "message_deleted", "deleted_ts": ts, "hidden": True},
        {**common, "subtype": "bot_message", "bot_id": "B1", "text": "beep"},
        {**common, "user": "U0X", "bot_id": "B1", "text": "beep"},
        {**common, "subtype": "channel_join", "user": MARIA, "text": "joined"},
        {**common, "channel": GENERAL, "channel_type": "channel", "user": MARIA, "text": "lunch?"},
        {"type": "app_home_opened", "user": MARIA, "tab": "messages", "channel": DM, "event_ts": ts},
        {"type": "file_shared", "file_id": "F1", "user_id": MARIA, "event_ts": ts},
        {"type": "something_new", "event_ts": ts},
    ):
        assert office.event(event).status_code == 200
    assert office.posts(DM) == []


def test_each_event_four_times_out_of_order_and_an_edit_before_its_original_have_one_effect_each(
    workspace: Workspace,
) -> None:
    first, second = workspace.message(MARIA, DM, ISSUE), workspace.message(MARIA, DM, "that did not help")
    edit = {"type": "message", "subtype": "message_changed", "channel": DM, "channel_type": "im", "hidden": True}
    edit |= {"ts": workspace.double.ts(), "message": {"user": MARIA, "text": "other", "ts": first["ts"]}}

    for event, event_id in ((edit, "Ev-e"), (second, "Ev-2"), (first, "Ev-1")) * 4:
        assert workspace.event(event, event_id).status_code == 200

    assert sorted(said(workspace)) == ["other", "that did not help"], "the edit is what the record holds"
    posted = workspace.posts(DM)
    assert len(posted) == len(said(workspace, "bot")) and workspace.double.doubled() == []


def test_four_deliveries_at_the_same_moment_have_one_effect(workspace: Workspace) -> None:
    events = [workspace.message(MARIA, DM, text) for text in (ISSUE, "that did not help")]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: workspace.event(events[n % 2], f"Ev-{n}").status_code, range(8)))

    assert set(answers) == {200} and sorted(said(workspace)) == sorted([ISSUE, "that did not help"])
    with workspace.deps.reading.begin() as db:
        assert len(db.scalars(select(ConversationRow)).all()) == 1


def test_a_message_that_could_not_be_stored_is_not_acknowledged_and_its_retry_counts(office: Workspace) -> None:
    office.double.fail("users.info", "500", "429")
    event = office.message(MARIA, DM, ISSUE)

    assert [office.event(event, "Ev-1").status_code for _ in range(3)] == [500, 500, 200]
    assert said(office) == [ISSUE]


def test_nothing_is_acknowledged_before_we_know_who_we_are(office: Workspace) -> None:
    office.double.fail("auth.test", "500", "invalid_auth", "html")
    event = office.message(MARIA, DM, ISSUE)

    assert [office.event(event).status_code for _ in range(4)] == [500, 500, 500, 200]
    assert said(office) == [ISSUE]


def test_a_button_counts_once_and_only_for_who_was_asked(workspace: Workspace) -> None:
    thread = workspace.mentions(MARIA, GENERAL, ISSUE)["ts"]
    answer = workspace.posts(GENERAL, thread)[-1]
    label, button = next(iter(buttons(answer).items()))

    assert workspace.presses(BO, GENERAL, answer, button).status_code == 200
    assert said(workspace) == [ISSUE] and workspace.double.ephemerals[-1]["user"] == BO
    for _ in range(3):
        assert workspace.presses(MARIA, GENERAL, answer, button).status_code == 200

    assert said(workspace) == [ISSUE, label]


def test_support_opens_a_window_that_first_says_one_moment_and_goes_on_in_the_messages(workspace: Workspace) -> None:
    assert workspace.commands(MARIA, "code &amp; phone").status_code == 200
    methods = [method for method, _ in workspace.double.calls if method.startswith(("views", "users"))]
    assert methods == ["views.open", "users.info", "views.update"]
    view = workspace.view()
    assert view["blocks"][0]["element"]["initial_value"] == "code & phone"

    answers = [workspace.submits(MARIA, view, text=ISSUE).json() for _ in range(3)]

    assert {answer["response_action"] for answer in answers} == {"update"} and said(workspace) == [ISSUE]
    assert not list(view_faults(answers[0]["view"]))
    assert len(workspace.posts(DM)) == 2


def test_an_empty_form_says_so_beside_the_question(office: Workspace) -> None:
    office.commands(MARIA)

    assert office.submits(MARIA, office.view(), text="  ").json()["errors"].keys() == {"text"}


def test_a_trigger_that_is_too_old_is_told_to_the_person(office: Workspace) -> None:
    office.double.fail("views.open", "expired_trigger_id")

    assert office.commands(MARIA).status_code == 200
    assert office.double.ephemerals[-1]["user"] == MARIA


def test_the_shortcut_carries_the_message_into_the_form(office: Workspace) -> None:
    payload = {
        "type": "message_action",
        "callback_id": "ask_support",
        "user": {"id": MARIA},
        "channel": {"id": GENERAL},
    }
    office.interacts({**payload, "message": {"text": "see <https://a.b|a.b> &lt;x&gt; <@U9>", "ts": "1.2"}})

    assert office.view()["blocks"][0]["element"]["initial_value"] == "see https://a.b <x> @U9"


def test_of_many_open_requests_the_home_tab_tells_how_many_there_are_and_leads_to_every_one(
    workspace: Workspace,
) -> None:
    workspace.types(MARIA, DM, "somebody else signed in to my account and changed my e-mail address")
    with workspace.deps.sessions.begin() as db:
        first = db.scalars(select(TicketRow)).one()
        kept = {column.key: getattr(first, column.key) for column in TicketRow.__mapper__.column_attrs}
        for n in range(1, 45):
            number = first.number + n
            db.add(TicketRow(**{**kept, "number": number, "facts": {**kept["facts"], "number": number}}))
    home = {"type": "app_home_opened", "tab": "home", "channel": DM, "event_ts": workspace.double.ts(), "user": MARIA}
    workspace.event(home)
    told, seen = [], set()
    while True:
        shown = workspace.double.homes[MARIA]
        told += re.findall(r"\d+ to \d+ of 45 open requests", words_of(shown))
        seen |= set(re.findall(r"#\d+", words_of(shown)))
        older = buttons(shown).get("Older requests")
        if older is None:
            break
        workspace.interacts({"type": "block_actions", "user": {"id": MARIA}, "view": shown, "actions": [older]})

    assert told == ["1 to 20 of 45 open requests", "21 to 40 of 45 open requests", "41 to 45 of 45 open requests"]
    assert len(seen) == 45
    newer = buttons(shown)["Newer requests"]
    workspace.interacts({"type": "block_actions", "user": {"id": MARIA}, "view": shown, "actions": [newer]})
    assert "21 to 40 of 45" in words_of(workspace.double.homes[MARIA])


def test_the_home_tab_shows_own_open_requests_and_starts_a_question(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, "somebody else signed in to my account and changed my e-mail address")
    with workspace.deps.reading.begin() as db:
        tickets = db.scalars(select(TicketRow)).all()
    home = {"type": "app_home_opened", "tab": "home", "channel": DM, "event_ts": workspace.double.ts()}

    assert workspace.event({**home, "user": MARIA}).status_code == 200
    assert workspace.event({**home, "user": BO}).status_code == 200

    shown = workspace.double.homes[MARIA]
    assert all(f"#{ticket.number}" in words_of(shown) for ticket in tickets) and tickets
    assert "#" not in words_of(workspace.double.homes[BO])
    workspace.interacts(
        {"type": "block_actions", "user": {"id": MARIA}, "view": shown, "actions": [buttons(shown)["Ask a question"]]}
    )
    assert workspace.view()["callback_id"] == "support"


def test_a_message_that_is_too_long_is_answered_with_words(office: Workspace) -> None:
    office.types(MARIA, DM, "word " * 1000)

    assert "longer than I can take" in words_of(office.posts(DM)[0]) and said(office) == []


def test_an_answer_that_helped_can_be_rated_in_slack(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE)
    office.types(MARIA, DM, "that helped, thank you")
    asked = office.posts(DM)[-1]
    for label in ("Yes", "No"):
        assert office.presses(MARIA, DM, asked, buttons(asked)[label]).status_code == 200

    with office.deps.reading.begin() as db:
        (vote,) = db.scalars(select(RatingRow)).all()
    assert vote.helpful is False


def test_text_of_users_never_becomes_a_mention_or_a_disguised_link(office: Workspace) -> None:
    office.double.person("U0EVE", "<!channel> [x](http://evil.example) *Eve*")
    office.double.channel("DU0EVE", "U0EVE")
    office.types("U0EVE", "DU0EVE", "&lt;!here&gt; <!channel> <@U0ALEX> <http://evil.example|http://bank.example>")
    office.types("U0EVE", "DU0EVE", PERSON + " about <!channel> and the clinic page that I can not open at all")
    for _ in range(8):
        last = office.posts("DU0EVE")[-1]
        if "Skip" not in buttons(last):
            break
        office.presses("U0EVE", "DU0EVE", last, buttons(last)["Skip"])

    for message in [*office.posts("DU0EVE"), *office.posts(TIER2)]:
        for text in [message["text"], *mrkdwn_of(message)]:
            assert not re.search(r"<[!@](?!date\^)", text), text
            assert "|http" not in text
    assert office.posts(TIER2)
