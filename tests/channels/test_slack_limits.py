"""How much one person may send in Slack: as much as on the web, and who sends more is told so."""

import time

from tests.channels.slack_workspace import ALEX, BO, DM, MARIA, Workspace, words_of
from tests.channels.test_slack_intake import ISSUE, said

A_MINUTE = 20


def told_too_often(workspace: Workspace, channel: str = DM) -> list[str]:
    """What somebody was told of having sent too much."""
    return [words for message in workspace.posts(channel) if "a lot in a short time" in (words := words_of(message))]


def test_so_many_messages_a_minute_of_one_person_and_the_rest_is_told_once_with_the_number(office: Workspace) -> None:
    second = int(time.time())
    for n in range(A_MINUTE + 2):
        office.types(MARIA, DM, f"{ISSUE} {n}", ts=f"{second}.{n:06}")

    assert len(said(office)) == A_MINUTE
    told = told_too_often(office)
    assert 1 <= len(told) <= 2 and all("911" in words for words in told)  # once a minute, and a minute may begin here


def test_others_are_heard_meanwhile_and_the_same_person_a_minute_later(office: Workspace) -> None:
    second = int(time.time())
    for n in range(A_MINUTE + 1):
        office.types(MARIA, DM, f"{ISSUE} {n}", ts=f"{second}.{n:06}")
    office.types(BO, f"D{BO}", ISSUE, ts=f"{second}.900000")
    office.types(MARIA, DM, "and later", ts=f"{second + 61}.000000")

    assert len(said(office)) == A_MINUTE + 2 and told_too_often(office, f"D{BO}") == []


def test_what_is_delivered_again_counts_once_and_what_was_missed_for_hours_is_read_whole(office: Workspace) -> None:
    second = int(time.time())
    event = office.types(MARIA, DM, ISSUE, ts=f"{second}.000000")
    for _ in range(A_MINUTE + 2):
        assert office.event(event).status_code == 200
    for n in range(1, 25):
        office.types(ALEX, f"D{ALEX}", f"{ISSUE} {n}", ts=f"{second - 3600 + n * 60}.000000")

    assert len(said(office)) == 25 and told_too_often(office, f"D{ALEX}") == []
