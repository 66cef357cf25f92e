"""With the part of a_report_part.yml: text, table and page tell it, and every other part keeps its figures."""

from handoff.policy.model import Policy
from handoff.report.table import table
from handoff.report.text import report_text, values
from tests.handoff.report_logs import AFTER, opened, report_of, titles


def test_text_and_table_tell_it_under_its_heading(policy: Policy) -> None:
    report = report_of(policy, opened(1), opened(2), channel="slack")

    shown = values(policy, report, titles, (), "", AFTER)

    text = report_text(shown).body
    assert "1. Total tickets received\n2 tickets" in text and "2. Tickets by channel\n- slack: 2\n" in text
    assert ("Tickets by channel", "slack", "number", "2") in table(policy, shown)
