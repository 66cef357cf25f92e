"""Charts of a report's figures as SVG, without scripts; each stands beside a table that says the same."""

from dataclasses import dataclass
from itertools import count

import pygal
from pygal.style import Style

from bot.web.language import ENGLISH, Language
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES
from handoff.report.figures import Report
from handoff.report.text import Titles
from handoff.weeks import monday_of

COLORS = ("#b3122e", "#d9772b", "#0b6e74", "#8fa3b5")
MOST_BARS = 8
MOST_STEPS = 6
CALM = ("#0b6e74", "#8fa3b5")
"""Where no colour means urgent."""
LOOK = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#17212b",
    foreground_strong="#17212b",
    foreground_subtle="#dfe5ea",
    opacity="1",
    opacity_hover="1",
    colors=COLORS,
    font_family="system-ui, sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
    value_font_size=12,
)
PLAIN: dict[str, object] = {
    "style": LOOK,
    "js": (),
    "width": 640,
    "height": 300,
    "margin": 10,
    "legend_at_bottom": True,
    "legend_box_size": 12,
    "show_minor_x_labels": True,
    "explicit_size": True,
    "pretty_print": False,
    "truncate_label": -1,
    "truncate_legend": -1,
}


@dataclass(frozen=True)
class Charts:
    """The charts of one week."""

    policy: Policy
    report: Report
    titles: Titles
    language: Language = ENGLISH

    def volume(self) -> bytes:
        """Tickets of the last weeks, stacked by priority (row ME4)."""
        steps = _steps(max((sum(found.values()) for _, found in self.report.volume), default=0))
        chart = pygal.StackedBar(**PLAIN, **steps, value_formatter=_whole)
        chart.x_labels = [self.language.short_day(monday_of(week)) for week, _ in self.report.volume]
        for priority in PRIORITIES:
            chart.add(
                self.language.said(self.policy.words.priorities[priority]),
                [found[priority] for _, found in self.report.volume],
            )
        return bytes(chart.render())

    def days(self) -> bytes:
        """How many promises were kept on each day, in percent (rows ME1 and ME2)."""
        words = self.policy.words.report
        look = {**PLAIN, "style": Style(**{**vars(LOOK), "colors": CALM})}
        chart = pygal.Bar(**look, range=(0, 100), value_formatter=lambda value: f"{value:.0f} %")
        chart.x_labels = [self.language.short_weekday(day.day) for day in self.report.days]
        for kind in ("first_response", "resolution"):
            shares = [getattr(day, kind).share for day in self.report.days]
            chart.add(
                self.language.said(words[kind]), [None if share is None else round(100 * share) for share in shares]
            )
        return bytes(chart.render())

    def issues(self) -> bytes:
        """What people came with most often."""
        top = self.report.issues[:MOST_BARS]
        look = Style(**{**vars(LOOK), "value_colors": ("#ffffff",)})
        plain = {**PLAIN, "style": look, "legend_at_bottom": False, "show_legend": False}
        steps = _steps(max((times for _, times in top), default=0))
        chart = pygal.HorizontalBar(**plain, **steps, value_formatter=_whole, print_values=True)
        chart.x_labels = [self.titles(issue) for issue, _ in reversed(top)]
        chart.add(
            self.language.said(self.policy.words.report["count"]),
            [{"value": times, "color": COLORS[2]} for _, times in reversed(top)],
        )
        return bytes(chart.render())


def _steps(most: int) -> dict[str, object]:
    """An axis of whole numbers from 0 to beyond `most`, each named once, in steps of 1, 2 or 5 times a power of ten."""
    step = next(n * 10**power for power in count() for n in (1, 2, 5) if n * 10**power * MOST_STEPS >= most)
    ticks = range(0, max(most, 1) + step, step)
    return {"y_labels": list(ticks), "range": (0, ticks[-1])}


def _whole(value: float) -> str:
    return f"{value:.0f}"


CHARTS = {"volume": Charts.volume, "days": Charts.days, "issues": Charts.issues}
