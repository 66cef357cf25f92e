"""Numbers in an excerpt: counts, times, versions and error codes may stand; what may belong to a person may not."""

import ipaddress
import re

from bot.understanding.redaction.allowed import MASK
from bot.understanding.redaction.patterns import STREET_IN_WORDS

HARMLESS_NUMBER = re.compile(
    r"\d{1,3}%?|(?:20[0-4]\d)|\d{1,2}[:.]\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)|\d{1,3}(?:\.\d{1,3}){1,3}|\d{1,3}(?:st|nd|rd|th|x|min|h|hrs|mb|gb|ms|s|kb|mg|ml)|"
    r"\d{1,2}-\d{1,2}|(?:ios|ipados|macos|android|windows|win|chrome|safari|firefox|edge|iphone|ipad|galaxy|pixel|note|redmi|mate|version|[samzgpxevfb])-?\d{1,2}|"
    r"(?:http|err|error)[-_]?\d{1,5}|v\d{1,2}(?:\.\d{1,3}){0,3}|24/7|0x[0-9a-f]{2,8}"
)
"""Counts, times, versions, years of this century, models, codes that say themselves that they are a fault's."""
FAULT_CODE = re.compile(r"[a-z]{1,5}[-_]?\d{1,5}[a-z]?|[a-z]{2,10}(?:[-_][a-z]{2,10}){0,4}[-_]\d{1,5}|\d{4,5}")
"""What an error code may look like; one where an error is told of."""
MOST_COLONS = 2

_UNITS = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|"
    "eighteenth|nineteenth|twentieth|thirtieth"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SPOKEN = f"{_UNITS}|{_TEENS}|{_TENS}|{_ORDINALS}|{_MONTHS}|hundred|thousand|double|triple"
_RUN = re.compile(
    rf"(?<![\w-])(?:the )?\b(?:{_SPOKEN})\b"
    rf"(?:(?:[ -]|, (?=\d{{4}}\b))(?:(?:of|the|and) ){{0,2}}(?:{_SPOKEN}|\d{{1,4}})\b){{0,14}}(?![\w-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\b(?:{_UNITS}|{_TEENS}|{_TENS}|hundred|thousand|double|triple|\d{{1,4}})\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b(?:{_ORDINALS})\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{_MONTHS})\b", re.IGNORECASE)
_OLD = re.compile(r"(?:the )?ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?", re.IGNORECASE)
_YEAR = re.compile(rf"(?:eighteen|nineteen|twenty)[ -](?:oh|{_TEENS}|{_TENS})", re.IGNORECASE)
_NOT_AN_AGE = re.compile(r"[ -]?(?:%|percent|minutes?|seconds?|days?|times?|degrees?|pages?)", re.IGNORECASE)
_AGE = re.compile(
    r"(?<=[ ’'m])(?:9\d|1[0-2]\d)\b(?![%.:/]\w| ?(?:%|percent|[kmg]b|min|hour|day|degree|bpm))", re.IGNORECASE
)
_IS = re.compile(
    r"(?:\b(?:am|turned)|['’]m|\b(?:he|she|who|mother|grandmother|father|grandfather|brother|sister|mum|mom|dad|gran|nan|grandma|grandpa|wife|"
    r"husband|aunt|uncle|patient)(?: is|['’]s)) $",
    re.IGNORECASE,
)
SPOKEN_DIGITS = 3
"""So many numbers in a row are dictated."""
_ANY_SPOKEN = re.compile(
    rf"\b(?:{_UNITS}|{_TEENS}|{_TENS}|{_MONTHS}|hundred)\b[ ,-]|\b(?:{_ORDINALS})\b[ -]|\bninety\b", re.IGNORECASE
)


def hide_spoken(text: str) -> str:
    """A text without dates, years, great ages, houses and numbers that are written as words."""
    if not _ANY_SPOKEN.search(text):
        return text
    return _RUN.sub(lambda found: MASK if _belongs(found) else found.group(), STREET_IN_WORDS.sub(MASK, text))


def hide_great_ages(text: str) -> str:
    """A text without the ages of 90 and more that follow `she is` or `turned`."""
    return _AGE.sub(
        lambda found: MASK if _IS.search(text, max(0, found.start() - 20), found.start()) else found.group(), text
    )


def _belongs(found: re.Match[str]) -> bool:
    run = found.group()
    numbers, ordinals = len(_NUMBER.findall(run)), len(_ORDINAL.findall(run))
    month = _MONTH.search(run)
    if month and (ordinals or numbers >= 1 + (month.group().lower() == "may")):
        return True
    if numbers >= SPOKEN_DIGITS or _YEAR.fullmatch(run):
        return True
    return bool(_OLD.fullmatch(run)) and not _NOT_AN_AGE.match(found.string, found.end())


def is_address(part: str) -> bool:
    """True for an address of the internet's sixth version, which looks like a time."""
    if part.count(":") < MOST_COLONS:
        return False
    try:
        ipaddress.ip_address(part)
    except ValueError:
        return False
    return True
