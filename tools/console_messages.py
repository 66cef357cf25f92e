"""What the console says, for its catalogs: `python -m tools.console_messages` puts new messages into every console.po, without a
translation, and takes out what is said no more. What is translated stays as it is."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.web.language import LOCALE, catalogs
from handoff.data_files import read_yaml

HOME = Path(__file__).resolve().parents[1]
TEMPLATES = ("base.html", "error.html", "console/**/*.html")
OPTIONS = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
IN_REPORTS = (
    "first_response resolution tier_2 tier_3 bot_answers self_service bot people all count total other_issues met not_met not_measured "
    "first_response_time_told resolution_time_told customer_satisfaction_told escalation_rate_told"
)
ALERTS = ("ways.*", "faults.*", "works.*")
WORDS = {
    "bot/web/console_words.yml": ("words.*",),
    "bot/web/words.yml": ("words.*",),
    "bot/actions/ops_alerts.yml": ALERTS,
    **{path.relative_to(HOME).as_posix(): ALERTS for path in sorted(HOME.glob("bot/channels/*/alerts.yml"))},
    "handoff/guide/words.yml": (
        *("priorities.*", "outcomes.*", "flags.*", "clocks.*", "nobody", "skipped"),
        *(f"report.{name}" for name in IN_REPORTS.split()),
    ),
    "handoff/guide/tiers.yml": ("teams.*.name",),
    "handoff/guide/priorities.yml": ("signals.*.means",),
    "handoff/guide/escalation.yml": ("to_tier_?.*.means", "gather.*.label"),
    "handoff/guide/metrics.yml": ("metrics.*.name", "weekly_report.*"),
    "handoff/guide/reach.yml": ("staff.*", "wish.label", "wish.number_label"),
    "handoff/guide/kinds.yml": ("kinds.*.staff",),
}
"""The words that the console's pages show, by the file and the places in which they stand."""
Found = tuple[str | tuple[str, str], str | None, str, int]
"""A message, with its plural and its context where it has them, and where it stands."""


def main() -> None:
    """Bring every catalog up to what is said now."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/console.po")):
        with path.open("rb") as written:
            catalog = read_po(written, locale=path.parts[-3])
        catalog.update(
            _but_for(path.parts[-3]), no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True
        )
        catalog.obsolete.clear()
        for message in catalog:
            if "%(" not in str(message.id):
                message.flags.discard("python-format")
        with path.open("wb") as out:
            write_po(out, catalog, width=130, omit_header=False, include_lineno=False)


def messages() -> Catalog:
    """Everything that the console says, in English."""
    catalog = Catalog(domain="console")
    for message, context, file, line in (*_of_templates(), *_of_words()):
        catalog.add(message, locations=[(file, line)], context=context)
    return catalog


def _but_for(code: str) -> Catalog:
    """What our own catalog of a language holds: what no channel has brought a translation of."""
    wanted = messages()
    for path in catalogs(code)[1:]:
        for message in read_po(BytesIO(path.read_bytes()), locale=code):
            wanted.delete(message.id, message.context)
    return wanted


def _of_templates() -> Iterator[Found]:
    folder = HOME / "bot" / "web" / "templates"
    for path in (path for pattern in TEMPLATES for path in sorted(folder.glob(pattern))):
        for line, message, _, context in extract_from_file("jinja2", path, options=OPTIONS):
            yield message, context, path.relative_to(HOME).as_posix(), line


def _of_words() -> Iterator[Found]:
    for file, shown in WORDS.items():
        document = read_yaml(HOME / file, HOME)
        for place, text in sorted(document.strings, key=lambda one: document.line(*one[0])):
            if text and any(fnmatchcase(".".join(map(str, place)), pattern) for pattern in shown):
                yield text, None, file, document.line(*place)


if __name__ == "__main__":
    main()
