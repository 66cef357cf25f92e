"""How far a request is: in words that users know, never twice the same, and the number to whoever asks for it."""

import pytest

from bot.mind import Mind
from handoff.facts import open_request
from handoff.policy.model import Policy
from tests.dialogue.chat import Chat
from tests.makers import NINE, a_ticket, hours


def with_request(mind: Mind) -> Chat:
    """A conversation whose request is with people."""
    chat = Chat(mind)
    chat.says("someone hacked my account")
    chat.opens()
    return chat


def test_asked_three_times_how_far_it_is_the_answer_is_put_in_three_ways(mind: Mind) -> None:
    chat = with_request(mind)

    told = [chat.says("any news?"), chat.says("any news?"), chat.says("is there any news on my request?")]

    assert len(set(told)) == 3
    assert all("1001" in one and "soon" in one for one in told)


@pytest.mark.parametrize("words", ["what is my ticket number", "hi, whats the number of my request?"])
def test_who_asks_for_the_number_gets_the_number(mind: Mind, words: str) -> None:
    told = with_request(mind).says(words)

    assert "number **#1001**" in told and "soon" in told


def test_a_user_reads_what_a_state_means_and_not_what_we_call_it(policy: Policy) -> None:
    told = open_request(policy, a_ticket(policy), NINE)

    assert told.state == "waiting for a person"


def test_beside_a_time_in_the_night_nobody_reads_that_we_are_closed(policy: Policy) -> None:
    evening = NINE + hours(24 * 9 + 10)
    soon = open_request(policy, a_ticket(policy, evening, starts_at="high"), evening)
    counted = open_request(policy, a_ticket(policy, evening, starts_at="low"), evening)

    assert "closed" not in soon.away and "outside our opening hours too" in soon.away
    assert "closed now and open again" in counted.away
