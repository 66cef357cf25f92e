"""Results that nobody has checked: no text says that all is safe, back, seen by nobody, or whose turn it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.authoring.must_tell import flat
from bot.authoring.wording import SLOT, Text
from handoff.data_files import Fault, read_yaml

RESULTS = Path(__file__).with_name("results.yml")
GOOD_END = ("outage", "usual")
"""Kinds whose end may be good news: that it works again is what people wait for."""
LETTERS = "handoff/templates/"
"""What our own people are told in a letter is held to the same."""
MOST_KEPT = 8000
"""So many texts are at hand with the results that they state: all of ours, and some that were edited."""
_SENTENCE = re.compile(r"[.!?] +")
_Named = tuple[tuple[str, str], ...]


def result_faults(texts: Iterable[Text]) -> Iterator[Fault]:
    """Texts that state such a result."""
    own = read_yaml(RESULTS, RESULTS.parents[2])
    rules = tuple((str(what), str(words)) for what, words in own.table("nowhere").items())
    left_open = tuple((str(name), str(words)) for name, words in own.table("left_open").items())
    for text in texts:
        told_to_users = not text.foreign and (text.reader == "user" or text.file.startswith(LETTERS))
        for what, hit in () if not told_to_users else _stated(text.text, rules, left_open):
            told = f"`{hit}`: no text may tell people {what}, because nobody has checked it: say what happens next"
            yield Fault(text.file, text.line_of(hit), told)


def kind_faults(places: ContentPaths) -> Iterator[Fault]:
    """Updates that do not say that there is no news, and ends of grave kinds that tell more than that a team has seen to it."""
    own = read_yaml(RESULTS, RESULTS.parents[2])
    kinds = read_yaml(places.guide / "kinds.yml", places.guide.parents[1])
    for kind in kinds.table("kinds"):
        for number, update in enumerate(kinds.entries("kinds", kind, "updates")):
            if not re.search(str(own.at("updates")), flat(str(update))):
                told = f"updates: `{update}` does not say that there is no answer yet: this stands in a letter without news"
                yield kinds.fault(told, "kinds", kind, "updates", number)
        solved = kinds.at("kinds", kind, "solved")
        if solved is not None and kind not in GOOD_END and not re.search(str(own.at("solved")), flat(str(solved))):
            told = f"solved: `{solved}` tells a result: begin as in `Our team has finished its work on your report.`"
            yield kinds.fault(told, "kinds", kind, "solved")


@lru_cache(maxsize=MOST_KEPT)
def _stated(text: str, rules: _Named, left_open: _Named) -> tuple[tuple[str, str], ...]:
    """Which results a text states, each with its words."""
    said, states = flat(SLOT.sub(" ", text)), dict(left_open)
    found = (
        (what, next((one for one in re.finditer(words, said) if not _is_open(one, states)), None))
        for what, words in rules
    )
    return tuple((what, hit[0]) for what, hit in found if hit)


def _is_open(hit: re.Match[str], left_open: Mapping[str, str]) -> bool:
    """Whether the words are said of what may be, or denied."""
    begun = _SENTENCE.split(hit.string[: hit.start()])[-1]
    return bool(
        re.search(left_open["before"], begun)
        or re.search(left_open["within"], hit[0])
        or (re.search(left_open["yet"], hit[0]) and re.search(left_open["behind"], hit.string[hit.end() :]))
        or ("ignore" in hit[0] and re.search(left_open["asked_nothing"], begun))
    )
