"""What is edited or deleted in Slack reaches the record, the card and its thread; emoji and people are read as people read them."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.actions import staff as staff_actions
from bot.actions.deps import Caller
from bot.storage.tables import AttachmentRow, ConversationRow, EventRow, MessageRow, TicketRow
from bot.wiring import utc_now
from handoff.ticket import Actor
from tests.channels.slack_workspace import ALEX, BO, DM, GENERAL, MARIA, TIER2, Workspace, buttons, words_of
from tests.channels.test_slack_guests_and_files import PNG, a_file
from tests.channels.test_slack_intake import ISSUE, PERSON, said

ZOE = Actor("staff", "zoe", "Zoe")
CODE = "my authenticator code is refused, it says Zorblatt"


def edits(office: Workspace, event: dict[str, Any], text: str, **more: Any) -> None:
    """Somebody changes a message of theirs."""
    before = {key: event[key] for key in ("user", "text", "ts")}
    after = {**before, "text": text, "edited": {"user": event["user"], "ts": office.double.ts()}}
    told = {"type": "message", "subtype": "message_changed", "channel": event["channel"], "ts": office.double.ts()}
    told |= {"channel_type": event["channel_type"], "message": after, "previous_message": before, **more}
    assert office.event(told).status_code == 200
    assert office.event(told).status_code == 200


def deletes(office: Workspace, event: dict[str, Any]) -> None:
    """Somebody deletes a message of theirs."""
    before = {key: event[key] for key in ("user", "text", "ts", "files") if key in event}
    told = {"type": "message", "subtype": "message_deleted", "channel": event["channel"], "ts": office.double.ts()}
    told |= {"channel_type": event["channel_type"], "deleted_ts": event["ts"], "previous_message": before}
    assert office.event(told).status_code == 200
    assert office.event(told).status_code == 200


def with_ticket(office: Workspace, first: str = ISSUE) -> tuple[dict[str, Any], dict[str, Any]]:
    """A ticket from a direct message: the event of its first words, and its card."""
    event = office.types(MARIA, DM, first)
    office.types(MARIA, DM, PERSON)
    for _ in range(8):
        last = office.posts(DM)[-1]
        if "Skip" not in buttons(last):
            break
        office.presses(MARIA, DM, last, buttons(last)["Skip"])
    (card,) = office.posts(TIER2)
    return event, card


def kinds(office: Workspace) -> list[str]:
    """What is on the record."""
    with office.deps.reading.begin() as db:
        return list(db.scalars(select(EventRow.kind)))


def test_an_edited_message_says_on_the_record_what_it_says_in_slack_and_the_user_is_told_once(
    office: Workspace,
) -> None:
    event = office.types(MARIA, DM, ISSUE)
    edits(office, event, f"{ISSUE} since Monday")

    assert said(office) == [f"{ISSUE} since Monday"]
    assert kinds(office).count("message_changed") == 1
    assert sum("into our record" in words_of(m) for m in office.posts(DM)) == 1


def test_a_deleted_message_leaves_no_word_in_the_record_on_the_card_or_in_its_thread(office: Workspace) -> None:
    event, card = with_ticket(office, CODE)
    later = office.types(MARIA, DM, "the authenticator app shows Zorblatt again")
    office.delivers()

    deletes(office, event)
    deletes(office, later)
    office.delivers()

    with office.deps.reading.begin() as db:
        assert "Zorblatt" not in str([row.body for row in db.scalars(select(MessageRow))])
        assert "Zorblatt" not in str([row.facts for row in db.scalars(select(TicketRow))])
    (card,) = office.posts(TIER2)
    thread = [words_of(m) for m in office.posts(TIER2, card["ts"])]
    assert "Zorblatt" not in words_of(card) and "Zorblatt" not in str(thread)
    assert any("deleted" in line for line in thread) and kinds(office).count("message_deleted") == 2


def test_an_edit_is_shown_in_the_thread_of_the_card(office: Workspace) -> None:
    _, card = with_ticket(office)
    later = office.types(MARIA, DM, "it also says the code is too old")
    office.delivers()

    edits(office, later, "it also says the code is wrong")

    thread = [words_of(m) for m in office.posts(TIER2, card["ts"])]
    assert any("changed an earlier message" in line and "code is wrong" in line for line in thread)
    assert not any("too old" in line for line in thread)


def test_an_edit_of_words_to_a_confined_team_is_shown_to_nobody_else(office: Workspace) -> None:
    _, card = with_ticket(office)
    told = office.types(MARIA, DM, "under the GDPR please erase all the data that you keep about me")
    office.types(MARIA, DM, "and what about request 1001, the code is refused again")
    office.delivers()

    edits(office, told, "under the GDPR please erase all the data that you keep about me, and about Zorblatt")
    deletes(office, told)
    office.delivers()

    with office.deps.reading.begin() as db:
        (place,) = db.scalars(select(ConversationRow))
        assert place.ticket_number == 1001 and db.get_one(TicketRow, 1002).team == "security"
        on_record = db.execute(select(EventRow.kind, EventRow.ticket_number).where(EventRow.kind.like("message_%")))
        assert set(on_record) == {("message_changed", 1002), ("message_deleted", 1002)}
    thread = [words_of(m) for m in office.posts(TIER2, card["ts"])]
    assert not any("earlier message" in line or "GDPR" in line or "deleted" in line for line in thread)


def test_what_may_be_danger_and_is_edited_in_is_asked_about(office: Workspace) -> None:
    event = office.types(MARIA, DM, ISSUE)
    edits(office, event, "I am scared of what I might do")

    assert "Is somebody in danger right now?" in words_of(office.posts(DM)[-1])


def test_an_emergency_that_is_edited_in_is_heard(office: Workspace) -> None:
    event = office.types(MARIA, DM, ISSUE)
    edits(office, event, "I have chest pain and can't breathe")

    assert any("911" in words_of(m) and "emergency" in words_of(m).lower() for m in office.posts(DM)[2:])
    with office.deps.reading.begin() as db:
        assert [row.priority for row in db.scalars(select(TicketRow))] == ["critical"]


def test_a_deleted_screenshot_is_gone(office: Workspace) -> None:
    event = office.message(
        MARIA, DM, "here", subtype="file_share", files=[a_file(office, "shot.png", "image/png", PNG)]
    )
    office.event(event)
    deletes(office, event)

    with office.deps.reading.begin() as db:
        assert db.scalars(select(AttachmentRow)).all() == []
        assert "shot.png" not in str([row.body for row in db.scalars(select(MessageRow))])


def test_an_edited_and_a_deleted_note_of_staff_follow(office: Workspace) -> None:
    _, card = with_ticket(office)
    note = office.types(ALEX, TIER2, "the vault is in Room 7", thread_ts=card["ts"])
    edits(office, note, "the vault is in Room 8")
    with office.deps.reading.begin() as db:
        assert [row.body for row in db.scalars(select(MessageRow)) if row.kind == "note"] == ["the vault is in Room 8"]
    deletes(office, note)
    with office.deps.reading.begin() as db:
        assert "Room" not in str([row.body for row in db.scalars(select(MessageRow)) if row.kind == "note"])


def test_a_change_that_comes_before_the_message_is_taken_in_once(office: Workspace) -> None:
    edited, gone = office.message(MARIA, DM, "first words"), office.message(MARIA, DM, "never mind this")
    edits(office, edited, ISSUE)
    deletes(office, gone)
    for event in (edited, gone):
        assert office.event(event).status_code == 200

    assert said(office) == [ISSUE]


def test_an_unfolded_link_and_our_own_updates_change_nothing(office: Workspace) -> None:
    event = office.types(MARIA, DM, ISSUE)
    answers = len(office.posts(DM))
    edits(office, event, ISSUE, hidden=True)
    edits(office, {**event, "user": "U0BOT", "ts": office.posts(DM)[0]["ts"]}, "something else")
    edits(office, office.message(MARIA, GENERAL, "chatter"), "other chatter")

    assert said(office) == [ISSUE] and len(office.posts(DM)) == answers


def test_emoji_names_are_read_as_emoji_and_people_by_name(office: Workspace) -> None:
    blocks = [{"type": "rich_text", "elements": [{"type": "emoji", "name": "odd_one", "unicode": "1f9ff"}]}]
    office.types(
        MARIA, DM, f"<@{BO}> said at 10:30:15 it is fine :cry: :odd_one: :+1::skin-tone-3: :our_own:", blocks=blocks
    )

    assert said(office) == ["@Bo Lind said at 10:30:15 it is fine 😢 🧿 👍🏼 :our_own:"]


def test_a_reply_with_emoji_names_reaches_users_as_emoji(office: Workspace) -> None:
    _, card = with_ticket(office)
    office.presses(ALEX, TIER2, card, buttons(card)["Reply to user"])
    assert office.submits(ALEX, office.view(), text="All fixed :tada:").status_code == 200

    assert "All fixed 🎉" in words_of(office.posts(DM)[-1])


def test_slash_me_is_a_message_and_an_answer_in_a_thread_under_a_direct_message_stays_there(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE, subtype="me_message")
    root = office.posts(DM)[-1]["ts"]
    office.types(MARIA, DM, "that did not help", thread_ts=root)

    assert said(office) == [ISSUE, "that did not help"]
    assert office.posts(DM, root) != []


@pytest.mark.parametrize("state", ["dismissed", "dead"])
def test_the_card_is_written_whatever_became_of_the_last_answer(office: Workspace, state: str) -> None:
    with_ticket(office)
    office.double.fail("chat.postMessage", "msg_too_long")
    staff_actions.reply(staff_actions.Command(office.deps, 1001, ZOE, utc_now()), "Hello")
    office.delivers()
    if state == "dismissed":
        from bot.actions import dead_letters
        from bot.storage import outbox

        with office.deps.reading.begin() as db:
            dead = [row.id for row in outbox.dead_letters(db)]
        assert all(dead_letters.dismiss(Caller(office.deps, ZOE, utc_now()), row) for row in dead)
        staff_actions.take(staff_actions.Command(office.deps, 1001, ZOE, utc_now()))

    assert "could not be delivered" in words_of(office.posts(TIER2)[0])
