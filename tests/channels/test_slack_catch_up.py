"""After a gap we read for ourselves what Slack has given up to deliver: each message once, answered late and honestly."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.channels.slack.users.backfill import BUSY, LOOK_SECONDS, SEEN, Backfill
from bot.storage import put_off
from bot.storage.tables import ConversationRow, HeartbeatRow, MessageRow
from bot.wiring import utc_now
from tests.channels.slack_double import BOT_USER
from tests.channels.slack_workspace import ALEX, BO, DM, GENERAL, MARIA, TIER2, Workspace, buttons, words_of
from tests.waiting import until

ISSUE, MISSED = "my authenticator code is refused", "I still cannot sign in"
LATE = "only now read what you wrote"
GONE_FOR = timedelta(hours=2)


def after_a_gap(workspace: Workspace, gone_for: timedelta = GONE_FOR) -> Backfill:
    """A process that is started when nobody has listened for so long."""
    parts = workspace.channel.intake.catch_up.parts
    workspace.late = gone_for.total_seconds() + 60
    return Backfill(replace(parts, now=lambda: utc_now() + gone_for), pause=0)


def said(workspace: Workspace) -> list[str]:
    """What users said, by the transcripts."""
    with workspace.deps.reading.begin() as db:
        found = select(MessageRow).where(MessageRow.said_by == "user").order_by(MessageRow.id)
        return [row.body for row in db.scalars(found)]


def mark(workspace: Workspace) -> datetime:
    """Up to when everything has been heard."""
    with workspace.deps.reading.begin() as db:
        return db.get(HeartbeatRow, SEEN).at


def asked(workspace: Workspace) -> list[str]:
    """The places that were read."""
    methods = ("conversations.history", "conversations.replies")
    return [str(fields["channel"]) for method, fields in workspace.double.calls if method in methods]


@pytest.mark.guide("CX5")
def test_what_was_written_while_nobody_listened_is_answered_late_honestly_and_once(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, ISSUE)
    before = len(workspace.posts(DM))
    event = workspace.message(MARIA, DM, MISSED)
    catching_up = after_a_gap(workspace)

    assert catching_up.catch_up() == 1

    late, *answers = [words_of(message) for message in workspace.posts(DM)[before:]]
    assert LATE in late and "911" in late and answers
    assert said(workspace) == [ISSUE, MISSED]
    for again in range(2):
        assert after_a_gap(workspace, GONE_FOR * (again + 2)).catch_up() == 0
    assert workspace.event(event).status_code == 200
    assert said(workspace) == [ISSUE, MISSED] and len(workspace.posts(DM)) == before + 1 + len(answers)
    assert workspace.double.refused == [] and workspace.double.doubled() == []


def test_a_thread_is_read_too_and_only_for_who_asked_there(workspace: Workspace) -> None:
    thread = workspace.mentions(MARIA, GENERAL, ISSUE)["ts"]
    before = len(workspace.posts(GENERAL, thread))
    workspace.message(BO, GENERAL, "same here", thread_ts=thread)
    workspace.message(MARIA, GENERAL, MISSED, thread_ts=thread)

    assert after_a_gap(workspace).catch_up() == 1

    late, *answers = [words_of(message) for message in workspace.posts(GENERAL, thread)[before:]]
    assert LATE in late and answers and said(workspace) == [ISSUE, MISSED]


def test_several_missed_messages_are_taken_in_as_they_were_written_with_one_word_about_the_delay(
    workspace: Workspace,
) -> None:
    workspace.types(MARIA, DM, ISSUE)
    lines = [MISSED, "that did not help", "please let me talk to a person"]
    for line in lines:
        workspace.message(MARIA, DM, line)
    workspace.double.channels[DM]["messages"].reverse()

    assert after_a_gap(workspace).catch_up() == 3

    assert said(workspace) == [ISSUE, *lines]
    assert sum(LATE in words_of(message) for message in workspace.posts(DM)) == 1


def test_what_programs_posted_and_edits_is_passed_over_on_every_page(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE)
    office.message(MARIA, DM, MISSED)
    for n in range(230):
        office.message("U0BEEP", DM, f"beep {n}", bot_id="B1")
        office.double.channels[DM]["messages"][-1]["bot_id"] = "B1"
    office.message(MARIA, DM, "joined")
    office.double.channels[DM]["messages"][-1]["subtype"] = "channel_join"

    assert after_a_gap(office).catch_up() == 1

    assert said(office) == [ISSUE, MISSED] and asked(office) == [DM, DM]


def test_a_message_that_is_on_its_way_right_now_gets_no_word_about_a_delay(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE)
    just_now = (utc_now() + GONE_FOR - timedelta(seconds=20)).timestamp()
    office.message(MARIA, DM, MISSED, ts=f"{just_now:.6f}")

    assert after_a_gap(office).catch_up() == 1

    assert said(office) == [ISSUE, MISSED] and not any(LATE in words_of(message) for message in office.posts(DM))


def test_where_a_person_has_taken_over_the_missed_words_reach_that_person_and_the_bot_says_so_once(
    workspace: Workspace,
) -> None:
    workspace.types(MARIA, DM, ISSUE)
    workspace.types(MARIA, DM, "please let me talk to a person")
    while "Skip" in buttons(last := workspace.posts(DM)[-1]):
        workspace.presses(MARIA, DM, last, buttons(last)["Skip"])
    (card,) = workspace.posts(TIER2)
    workspace.presses(ALEX, TIER2, card, buttons(card)["Reply to user"])
    workspace.submits(ALEX, workspace.view(), text="What do you see?")
    before = len(workspace.posts(DM))
    workspace.message(MARIA, DM, "it says please try again later")

    assert after_a_gap(workspace).catch_up() == 1

    (told,) = workspace.posts(DM)[before:]
    assert "can see what you wrote" in words_of(told)
    assert "please try again later" in words_of(workspace.posts(TIER2, card["ts"])[-1])


def test_of_several_processes_one_reads(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, ISSUE)
    workspace.message(MARIA, DM, MISSED)
    processes = [after_a_gap(workspace) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda process: process.catch_up(), processes))

    assert sorted(found) == [0, 0, 0, 1] and asked(workspace) == [DM]


def test_being_told_to_wait_loses_nothing(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE)
    office.message(MARIA, DM, MISSED)
    office.double.fail("conversations.history", "429", seconds=1)

    assert after_a_gap(office).catch_up() == 1

    assert said(office) == [ISSUE, MISSED]


@pytest.mark.parametrize("fault", ["500", "lost", "invalid_auth"])
def test_what_cannot_be_read_now_is_read_later(office: Workspace, fault: str) -> None:
    office.types(MARIA, DM, ISSUE)
    office.message(MARIA, DM, MISSED)
    heard = mark(office)
    office.double.fail("conversations.history", *[fault] * 3)

    assert after_a_gap(office).catch_up() == 0 and mark(office) == heard
    assert after_a_gap(office).catch_up() == 0, "another process is not asked at once again"
    assert after_a_gap(office, GONE_FOR + BUSY).catch_up() == 1

    assert said(office) == [ISSUE, MISSED] and mark(office) > heard


def test_a_place_that_is_not_there_any_more_does_not_keep_the_others_waiting(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE)
    office.types(BO, f"D{BO}", ISSUE)
    office.message(MARIA, DM, MISSED)
    heard = mark(office)
    del office.double.channels[f"D{BO}"]

    assert after_a_gap(office).catch_up() == 1 and mark(office) > heard


def test_a_conversation_and_a_message_that_raise_do_not_keep_the_others_waiting(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (ALEX, BO, MARIA):
        office.types(user, f"D{user}", ISSUE)
        office.message(user, f"D{user}", MISSED)
    with office.deps.sessions.begin() as db:
        broken = select(ConversationRow.id).where(ConversationRow.user_id.endswith(ALEX))
        values = {"id": db.scalars(broken).one(), "it": b"not ours"}
        db.execute(text("UPDATE conversations SET memory = :it WHERE id = :id"), values)
    catching_up = after_a_gap(office)
    say = catching_up.say

    def raises_for_bo(person: Any, address: dict[str, Any], words: str, key: str) -> None:
        if person.user.id.endswith(BO):
            raise KeyError(words)
        say(person, address, words, key)

    monkeypatch.setattr(catching_up, "say", raises_for_bo)

    assert catching_up.catch_up() == 1
    assert said(office).count(MISSED) == 1
    with office.deps.reading.begin() as db:
        assert [(row.kind, row.error) for row in put_off.everything(db)] == [("slack_message", "KeyError")]


def test_only_places_that_were_used_lately_are_read(office: Workspace) -> None:
    office.types(MARIA, DM, ISSUE)
    office.types(BO, f"D{BO}", ISSUE)
    with office.deps.sessions.begin() as db:
        row = db.scalars(select(ConversationRow).where(ConversationRow.place == f"D{BO}")).one()
        row.closed_at, row.last_at = utc_now(), utc_now() - timedelta(days=8)

    after_a_gap(office).catch_up()

    assert asked(office) == [DM]


def test_an_event_after_a_gap_is_answered_at_once_and_starts_the_reading(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, ISSUE)
    heard = mark(workspace)
    workspace.message(MARIA, DM, MISSED)
    process = after_a_gap(workspace)
    event = workspace.message(BO, f"D{BO}", ISSUE)

    process.on_message(event)
    assert said(workspace) == [ISSUE, ISSUE] and mark(workspace) == heard
    process.catch_up()

    assert said(workspace) == [ISSUE, ISSUE, MISSED] and mark(workspace) > heard


def test_the_mark_is_moved_at_most_once_a_minute(office: Workspace) -> None:
    event: dict[str, Any] = {"type": "message", "channel": GENERAL, "channel_type": "channel", "user": BO}
    clock, process, marks = utc_now(), office.channel.intake.catch_up, []
    for seconds in (0, 30, 59, 61, 100, 130):
        at = clock + timedelta(seconds=seconds)
        process.parts = replace(process.parts, now=lambda at=at: at)
        process.on_message({**event, "text": "lunch?", "ts": office.double.ts()})
        marks.append(round((mark(office) - clock).total_seconds()))

    assert marks == [0, 0, 0, 61, 61, 130]


def test_a_process_reads_when_it_starts_and_stops_without_its_next_look(workspace: Workspace) -> None:
    workspace.types(MARIA, DM, ISSUE)
    workspace.message(MARIA, DM, MISSED)
    process = after_a_gap(workspace)

    process.start()
    until(lambda: said(workspace) == [ISSUE, MISSED])
    until(lambda: mark(workspace) > utc_now() + GONE_FOR / 2)
    process.stop()

    until(lambda: not process._thread.is_alive(), LOOK_SECONDS / 2)
    assert BOT_USER in {message["user"] for message in workspace.posts(DM)}
