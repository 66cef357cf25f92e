"""The walks of docs/structure.md are what their tool followed."""

import sys

from handoff import sla
from handoff.policy.model import Policy
from tests.documents import HOME, text_of
from tests.makers import a_ticket
from tools.walks import DOCUMENT, WALKS, Follower, Walk, told, written


def test_the_table_is_the_one_that_the_tool_writes() -> None:
    document = text_of(DOCUMENT)

    assert list(told(document)) == [walk.name for walk in WALKS]
    assert written(document, told(document)) == document


def test_each_walk_has_its_door_and_its_test() -> None:
    for walk in WALKS:
        assert f"def {walk.entry}(" in text_of(HOME / walk.file), walk.name
        assert (HOME / walk.test).is_file(), walk.name


def test_what_lies_behind_the_door_is_counted_and_nothing_else(policy: Policy) -> None:
    ticket = a_ticket(policy)
    follower = Follower(Walk("", "handoff/sla.py", "clocks", "", (0, 0, 0, 0)))

    sys.setprofile(follower)
    a_ticket(policy)
    sla.clocks(policy, ticket)
    sys.setprofile(None)

    assert str(HOME / "handoff" / "sla.py") in follower.fullest.files
    assert str(HOME / "handoff" / "triage.py") not in follower.fullest.files
    assert {"clocks", "triage"} & {code.co_name for code in follower.fullest.functions} == {"clocks"}
    assert 1 < follower.fullest.depth <= len(follower.fullest.functions)
