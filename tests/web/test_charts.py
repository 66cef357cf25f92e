"""The axes of a report's charts: whole numbers, each once, from nothing to beyond the highest bar."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from bot.web.console.charts import Charts
from handoff.events import IssueRaised
from handoff.policy.model import Policy
from handoff.report.figures import Report
from tests.handoff.report_logs import event, opened, report_of, titles
from tests.makers import NINE

Chart = Callable[[Charts], bytes]
AXIS = {Charts.volume: "axis y", Charts.issues: "axis x"}


def numbers_on_the_axis(chart: Chart, policy: Policy, report: Report) -> list[int]:
    """What stands along the axis of counts, from the lowest up."""
    svg = chart(Charts(policy, report, titles)).decode()
    axis = re.search(rf'<g class="{AXIS[chart]}.*?</g></g>', svg)
    return sorted(int(said) for said in re.findall(r"<text[^>]*>(\d+)</text>", axis[0] if axis else ""))


@pytest.mark.parametrize("chart", AXIS)
@pytest.mark.parametrize("many", [1, 2, 3, 5, 8, 40, 260])
def test_an_axis_names_whole_numbers_each_once_and_in_even_steps(policy: Policy, chart: Chart, many: int) -> None:
    raised = [event(IssueRaised("account.locked"), NINE, number + 1) for number in range(many)]
    report = report_of(policy, raised, *(opened(number + 1) for number in range(many)))
    said = numbers_on_the_axis(chart, policy, report)

    steps = {after - before for before, after in pairwise(said)}
    assert len(steps) == 1 and 0 not in steps
    assert said[0] == 0 and said[-1] >= many and len(said) <= 8
