"""The language of the console: what its catalog says for an English text, and how it writes moments, days and figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.channel_files import of_channels
from handoff import notices
from handoff.hours import zone_name, zone_of

LOCALE = Path(__file__).with_name("locale")
SOURCE = "en"
"""The language in which everything is written first; it needs no catalog."""
_NARROW = "\u202f"
_FRACTION = re.compile(r"\d+\.(\d+)")


@dataclass(frozen=True, eq=False)
class Language:
    """A language of the console."""

    locale: Locale
    catalog: NullTranslations

    def said(self, text: str) -> str:
        """A text in this language; as it is where the catalog does not have it."""
        return self.catalog.gettext(text) if text else text

    def each_said(self, text: str) -> str:
        """Texts with commas between, each in this language."""
        return ", ".join(map(self.said, text.split(", ")))

    def table(self, words: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
        """Tables of words in this language."""
        return {part: {name: self.said(text) for name, text in table.items()} for part, table in words.items()}

    def moment(self, at: datetime, zone: str) -> str:
        """A moment in a zone: Tue, Nov 24, 3:40 PM EST."""
        local = at.astimezone(zone_of("", zone))
        time = format_time(local.time(), "short", locale=self.locale).replace(_NARROW, " ")
        return f"{self.weekday(local.date())}, {time} {zone_name(local)}"

    def weekday(self, on: date) -> str:
        """A day of a week: Tue, Nov 24."""
        return format_skeleton("MMMEd", on, locale=self.locale)

    def short_weekday(self, on: date) -> str:
        """The same where there is little room: Tue 24."""
        return f"{format_date(on, 'EEE', locale=self.locale)} {on.day}"

    def short_day(self, on: date) -> str:
        """A day within a year: Nov 24."""
        return format_skeleton("MMMd", on, locale=self.locale)

    def zone(self, name: str) -> str:
        """What people call a zone: Eastern Time."""
        return get_timezone_name(zone_of(name, name), locale=self.locale)

    def day(self, on: date) -> str:
        """A day of a year: Nov 24, 2026."""
        return format_date(on, "medium", locale=self.locale)

    def length(self, amount: timedelta) -> str:
        """A length of time in words, rounded up as in letters."""
        return notices.length(amount, self.locale)

    def figure(self, written: str) -> str:
        """A figure that is written out, with the decimal mark of this language: 4.20, 12.5 %."""
        return _FRACTION.sub(lambda found: self._decimal(found[0], len(found[1])), written)

    def _decimal(self, number: str, places: int) -> str:
        return format_decimal(number, f"0.{'0' * places}", locale=self.locale)


def catalogs(code: str) -> list[Path]:
    """Where the words of a language stand: our own catalog, and those that channels bring in `locale/` of their packages."""
    place = Path(code) / "LC_MESSAGES" / "console.po"
    return [LOCALE / place, *of_channels(Path("locale") / place)]


def read_catalog(code: str) -> Catalog:
    """All of them in one; raises OSError where there is none of our own, and ValueError for what is no catalog."""
    own, *brought = (read_po(BytesIO(path.read_bytes()), locale=code, abort_invalid=True) for path in catalogs(code))
    for message in (message for catalog in brought for message in catalog if message.id):
        own[message.id] = message
    return own


@cache
def load_language(code: str) -> Language:
    """The language with this code; its catalog is compiled here, in memory. Raises OSError where there is none."""
    if code == SOURCE:
        return Language(Locale.parse(code), NullTranslations())
    compiled = BytesIO()
    write_mo(compiled, read_catalog(code))
    compiled.seek(0)
    return Language(Locale.parse(code), GNUTranslations(compiled))


ENGLISH = load_language(SOURCE)
