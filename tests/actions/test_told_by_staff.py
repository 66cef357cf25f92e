"""What staff do is told to the user: a lower priority, no secret by mistake, and that good news may end the request."""

import pytest

from bot.actions import staff
from bot.actions.deps import Deps
from bot.storage import conversations, tickets
from handoff.lifecycle import NotAllowed
from handoff.ticket import Resolution
from tests.actions.talks import a_ticket, says
from tests.actions.test_clock_stories import opened
from tests.makers import ALEX, NINE, minutes


def told(deps: Deps, number: int) -> list[str]:
    """The kinds of what the user was told of the request."""
    with deps.reading.begin() as db:
        ticket = tickets.ticket_of(tickets.get(db, number))
        lines = conversations.transcript(db, ticket.request.conversation_id)
        return [line.kind for line in lines if line.visible_to_user]


@pytest.mark.parametrize(("before", "to"), [("high", "low"), ("medium", "low")])
def test_who_waits_is_told_once_of_a_lower_priority(deps: Deps, before: str, to: str) -> None:
    number = opened(deps, before, NINE)

    staff.set_priority(staff.Command(deps, number, ALEX, NINE + minutes(5)), to, "a way around is there")

    assert told(deps, number).count("promise_moved") == 1


def test_a_secret_in_a_resolution_is_sent_only_when_it_is_sent_again(deps: Deps) -> None:
    number = opened(deps, "high", NINE)
    command = staff.Command(deps, number, ALEX, NINE + minutes(5))
    done = Resolution("Your password is hunter2", root_cause="reset")

    with pytest.raises(NotAllowed) as refused:
        staff.resolve(command, done)

    assert refused.value.code == "holds_secret"
    assert staff.resolve(command, done).status == "resolved"


def test_good_news_to_a_person_offers_to_close(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(5)), "Please try again.")

    answers = says(deps, "thanks, works now", NINE + minutes(9)).answers

    assert any("close" in button["label"] for line in answers for button in line.buttons)
