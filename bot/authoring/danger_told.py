"""Who may be in danger is told whom to call, in every text that is shown then, and never to wait or to do something else first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.authoring.content_paths import ContentPaths
from bot.authoring.must_tell import MUST_TELL, flat
from bot.authoring.wording import Text
from bot.understanding.intents.catalog import Catalog
from handoff.data_files import Document, Fault, read_yaml
from handoff.policy.model import Policy

MOST_KEPT = 8000
"""So many texts are at hand with what they say too late: all of ours, and some that were edited."""


def number_faults(places: ContentPaths, policy: Policy) -> Iterator[Fault]:
    """Lines of the assistant that no longer tell a number that they must tell."""
    own = read_yaml(MUST_TELL, MUST_TELL.parents[2])
    lines = read_yaml(places.lines / "lines.yml", places.lines.parents[1])
    words = policy.words
    for named, number in (("emergency", words.emergency_number), ("crisis", words.crisis_number)):
        for name in map(str, own.entries("numbers", named)):
            text = lines.at("lines", name)
            if text is not None and number not in str(text):
                yield lines.fault(f"`{name}` must tell people to call {number}", "lines", name)


def late_faults(texts: Iterable[Text]) -> Iterator[Fault]:
    """Paragraphs with a number for an emergency that have people wait, or do something else, before they call it."""
    own = read_yaml(MUST_TELL, MUST_TELL.parents[2])
    numbers, late = (re.compile(str(own.at("call_now", name))) for name in ("numbers", "late"))
    always = frozenset(map(str, own.entries("call_now", "always")))
    for text in texts:
        whole = numbers if text.file not in always else None
        for paragraph, late_word in () if text.foreign else _late(text.text, whole, late):
            told = f"`{late_word}`: who is in danger calls at once: have nobody wait or do something else first"
            yield Fault(text.file, text.line_of(paragraph.strip()), told)


@lru_cache(maxsize=MOST_KEPT)
def _late(text: str, numbers: re.Pattern[str] | None, late: re.Pattern[str]) -> tuple[tuple[str, str], ...]:
    """The paragraphs of a text in which something comes before a number for an emergency (before anything, where none is asked for),
    and the words for it."""
    said = ((paragraph, flat(paragraph)) for paragraph in text.split("\n"))
    hits = ((paragraph, late.search(flatly)) for paragraph, flatly in said if numbers is None or numbers.search(flatly))
    return tuple((paragraph, hit[0]) for paragraph, hit in hits if hit)


def step_faults(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Answers and steps of which some reader is no longer told what keeps people safe, also what stays on the screen."""
    own = read_yaml(MUST_TELL, MUST_TELL.parents[2])
    for issue, intent in catalog.intents.items():
        for what, pattern in own.table("answers", issue).items():
            if not re.search(str(pattern), flat(intent.answer)):
                yield documents[issue].fault(f"the answer must tell people {what}: put that sentence back", "answer")
        for number, step in enumerate(intent.steps):
            wanted = own.table("steps", issue, step.id)
            told = {"always": (step.always or "",), "say": (step.say, *step.say_for.values())}
            for field, patterns in wanted.items():
                for what, pattern in patterns.items() if isinstance(patterns, dict) else ():
                    if not all(re.search(str(pattern), flat(text)) for text in told[str(field)]):
                        message = f"`{field}` must tell every reader of this step {what}: put that sentence back"
                        yield documents[issue].fault(message, "steps", number, str(field))
