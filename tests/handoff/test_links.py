"""A link to logs is an address of a page, or it is refused."""

from dataclasses import replace

import pytest

from handoff import desk
from handoff.lifecycle import CommandContext, NotAllowed
from handoff.policy.model import Policy
from tests.makers import ALEX, DONE, NINE, a_ticket

NO_LINKS = ["not a link", "javascript:alert(1)", "data:text/html,x", "https://", "http://[1", "https://a b", "//host/x"]


@pytest.mark.parametrize("logs", NO_LINKS)
def test_a_resolution_with_a_link_that_is_none_is_refused(policy: Policy, logs: str) -> None:
    with pytest.raises(NotAllowed, match="logs_no_link"):
        desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), replace(DONE, logs=logs))


@pytest.mark.parametrize("logs", ["", "https://logs.test/1?q=a%20b", "http://10.0.0.1:5601/app"])
def test_a_resolution_with_a_link_or_without_one_is_taken(policy: Policy, logs: str) -> None:
    handled = desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), replace(DONE, logs=logs))

    assert handled.ticket.resolution == replace(DONE, logs=logs)
