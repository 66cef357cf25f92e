"""What people read within two days when nobody answers for one: nothing contradicts or repeats itself, and every time is kept."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from bot.mind import Mind
from handoff.hours import zone_of
from handoff.policy.model import Policy
from tests.makers import NINE
from tools.letters import APP, CHANNELS, PEOPLE, REPLY, SETTLED, Person, TwoDays, two_days

BY_NAME = {person.name: person for person in PEOPLE}
TOLD = re.compile(r"(?:Next Update: |by )(\w{3}, \w{3} \d+, \d+:\d\d [AP]M) EST")
CARE: Mapping[str, str] = {
    "Chest pain": "call 911 now",
    "A hacked account": "change your password now",
    "A lost record": "do not delete anything",
}


def ours(lived: TwoDays) -> list[tuple[datetime, str, str]]:
    """What we said: when, under what name or subject, and the words."""
    return [(at, who, words) for at, _, who, words in lived.read if who != "Maria"]


def no_letter_is_the_same_as_the_one_before(person: Person, days: TwoDays, policy: Policy) -> None:
    said = [(who, words) for _, who, words in ours(days) if "You have an answer" not in who]
    mails = [one for one in said if "SmartMed" in one[0] or "Ticket" in one[0]]

    assert all(one != other for one, other in pairwise(said))
    assert all(one != other for one, other in pairwise(mails))


def what_to_do_in_such_a_case_is_in_everything_until_a_person_has_answered(
    person: Person, days: TwoDays, policy: Policy
) -> None:
    wanted = CARE.get(person.name)
    if wanted is None:
        return
    updates = [words for at, _, words in ours(days) if "Next Update" in words]

    assert updates and all(wanted in words.replace("**", "") for words in updates)
    assert not any("don't need to do anything" in words for _, _, words in ours(days))
    if person.name == "Chest pain":
        assert all("911" in words for at, _, words in ours(days) if REPLY not in words and at < NINE + SETTLED)


def every_time_that_is_told_is_kept(person: Person, days: TwoDays, policy: Policy) -> None:
    said = ours(days)
    zone = zone_of("America/New_York", policy.hours.zone)
    told = [(at, found) for at, _, words in said for found in TOLD.findall(words)]

    assert told
    for at, found in told:
        due = datetime.strptime(f"{found} 2026", "%a, %b %d, %I:%M %p %Y").replace(tzinfo=zone)
        assert any(at < later <= due for later, _, _ in said), (at, found)


def nobody_who_waits_is_written_to_each_hour(person: Person, days: TwoDays, policy: Policy) -> None:
    updates = [at for at, _, words in ours(days) if "Next Update" in words and "escalated" not in words]

    gaps = [later - earlier for earlier, later in pairwise(updates)]
    assert len(updates) <= 8 and gaps == sorted(gaps)


def a_letter_tells_of_an_answer_where_there_is_one_and_of_none_where_there_is_none(
    person: Person, days: TwoDays, policy: Policy
) -> None:
    mails = [(at, who) for at, way, who, _ in days.read if way == "mail" and days.channel == APP]

    for at, subject in mails:
        before = [words for when, way, _, words in days.read if way == "chat" and when <= at]
        answered = "Next Update" not in before[-1]
        assert subject.startswith("You have an answer" if answered else "Your request to SmartMed Support still waits")


def the_end_of_something_grave_is_not_told_as_great_news(person: Person, days: TwoDays, policy: Policy) -> None:
    (end,) = [words for at, _, words in ours(days) if person.settled in words]

    assert ("Great news" in end) == (person.name == "A plain question")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("name", BY_NAME)
def test_what_a_person_reads_within_two_days_can_be_read_aloud(
    name: str, channel: str, policy: Policy, mind: Mind, tmp_path: Path
) -> None:
    days = two_days(BY_NAME[name], channel, policy, mind, tmp_path)

    for holds in (
        no_letter_is_the_same_as_the_one_before,
        what_to_do_in_such_a_case_is_in_everything_until_a_person_has_answered,
        every_time_that_is_told_is_kept,
        nobody_who_waits_is_written_to_each_hour,
        a_letter_tells_of_an_answer_where_there_is_one_and_of_none_where_there_is_none,
        the_end_of_something_grave_is_not_told_as_great_news,
    ):
        holds(BY_NAME[name], days, policy)
