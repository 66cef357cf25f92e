"""Example phrases that must not teach: the same sentence twice, a test among them, words that say nothing, another's words."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.authoring.content_paths import ContentPaths
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import EMERGENCY
from bot.understanding.reading import Phrase
from bot.understanding.rules.rulebook import Rulebook
from bot.understanding.text import plain as text_plain
from bot.understanding.text.cuts import WORD_OR_SHORT
from handoff.data_files import Document, Fault, read_yaml
from handoff.kept import keep, recall

TOO_ALIKE = 96.0
MOST_OF_OTHERS = 2
"""So many examples of other issues may be heard by one rule: sentences that lie on a border."""
HIDDEN = "[…]"
HIDDEN_TOLD = "a word was hidden where […] stands: write the sentence anew, as anybody could say it"
SAY_LITTLE = ("smalltalk", "facts", "decline", "handoff", "emergency")
"""Ways of issues that are about little words: greetings, thanks, "call me back"."""
CHAT = "chat."
"""Issues that are about the talk itself: there a yes, a thank you and a hello are the matter."""
plain = lru_cache(maxsize=20_000)(text_plain.plain)
"""The sentences of the files are few, and nearly all of them are looked through after every edit."""
EMPTY_WORDS = Path(__file__).with_name("empty_words.yml")
_TOGETHER = re.compile(r"\bget(?:ting)? (?:in|on|into|out)\b|\blog(?:ged|ging)? (?:in|on|out)\b")


def phrase_faults(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """What is wrong with phrases without any learning."""
    examples = {plain(phrase.text): phrase for phrase in catalog.phrases}
    for issue, intent in catalog.intents.items():
        yield from tests_apart(intent, documents[issue], examples)
    yield from twins(catalog.phrases)
    yield from nothing_said(catalog)
    for phrase in catalog.phrases:
        if HIDDEN in phrase.text:
            yield Fault(phrase.file, phrase.line, f"`{phrase.text}`: {HIDDEN_TOLD}")


def tests_apart(intent: Intent, document: Document, examples: Mapping[str, Phrase]) -> Iterator[Fault]:
    """A test sentence that is also an example proves nothing."""
    sentences = [(text, ("tests", "match", n)) for n, text in enumerate(intent.tests.match)]
    sentences += [(miss.text, ("tests", "near_miss", n)) for n, miss in enumerate(intent.tests.near_miss)]
    for text, place in sentences:
        twin = examples.get(plain(text))
        if twin is not None:
            told = f"`{text}` is also an example ({twin.file}:{twin.line}): a test must not train"
            yield document.fault(told, *place)


def twins(phrases: Iterable[Phrase]) -> Iterator[Fault]:
    """The same sentence under two issues pulls both the wrong way."""
    seen: dict[str, Phrase] = {}
    by_length: dict[int, list[tuple[str, Phrase]]] = {}
    for phrase in phrases:
        text = plain(phrase.text)
        key = " ".join(sorted(text.split()))
        twin = seen.setdefault(key, phrase)
        if twin is not phrase:
            yield Fault(
                phrase.file,
                phrase.line,
                f"`{phrase.text}` also stands in {twin.file}:{twin.line} ({twin.label}): keep one",
            )
        by_length.setdefault(len(text) // 8, []).append((text, phrase))
    for group in by_length.values():
        yield from _nearly_the_same(group)


def _nearly_the_same(group: list[tuple[str, Phrase]]) -> Iterator[Fault]:
    texts = [text for text, _ in group]
    alike = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=TOO_ALIKE)
    for one, other in zip(*alike.nonzero(), strict=True):
        if one >= other:
            continue
        (text, phrase), (other_text, later) = group[one], group[other]
        if text != other_text and phrase.label != later.label:
            told = f"`{other_text}` is nearly `{text}` in {phrase.file}:{phrase.line} ({phrase.label}): keep one"
            yield Fault(later.file, later.line, told)


def nothing_said(catalog: Catalog) -> Iterator[Fault]:
    """An example made of words that fit every issue would draw everything to its own."""
    document = read_yaml(EMPTY_WORDS, EMPTY_WORDS.parents[2])
    alone, more = (frozenset(str(document.at(name)).split()) for name in ("alone", "words"))
    for phrase in catalog.phrases:
        if phrase.label.startswith(CHAT):
            continue
        text = _TOGETHER.sub("entering", plain(phrase.text).replace("’", "'"))
        words = WORD_OR_SHORT.findall(text)
        empty = alone if catalog.intents[phrase.label].route in SAY_LITTLE else alone | more
        if all(word in empty for word in words):
            told = f"`{phrase.text}` fits every issue: say what the trouble is about, or take it out"
            yield Fault(phrase.file, phrase.line, told)


def rule_faults(
    catalog: Catalog, rulebook: Rulebook, documents: Mapping[str, Document], places: ContentPaths, cache: Path | None
) -> Iterator[Fault]:
    """Rules that take the examples of other issues, and examples of an issue that a rule hears as an emergency."""
    taken: dict[str, list[tuple[Phrase, str]]] = {}
    key = rules_key(places)
    for issue, file in sorted(catalog.files.items()):
        for phrase, rule in _heard(catalog, rulebook, issue, cache, key):
            taken.setdefault(rule, []).append((phrase, file))
    for rule, found in taken.items():
        if len(found) > MOST_OF_OTHERS:
            yield _overfires(rule, [phrase for phrase, _ in found], documents)
            continue
        for phrase, file in found:
            told = f"`{phrase.text}` is heard as an emergency ({rule}): it cannot be an example of {phrase.label}"
            yield Fault(file, phrase.line, told)


def _overfires(rule: str, found: list[Phrase], documents: Mapping[str, Document]) -> Fault:
    file, _, name = rule.partition("/")
    document = documents[file]
    rules = range(len(document.entries("rules")))
    index = next((number for number in rules if document.at("rules", number, "id") == name), 0)
    issues = {phrase.label for phrase in found}
    first = found[0]
    told = f"the rule `{name}` takes {len(found)} examples of {len(issues)} other issues, as `{first.text}` ({first.file}:{first.line})"
    return document.fault(f"{told}: make its patterns narrower, or excuse them in `unless`", "rules", index)


def _heard(
    catalog: Catalog, rulebook: Rulebook, issue: str, cache: Path | None, key: str
) -> Iterator[tuple[Phrase, str]]:
    """The examples of a harmless issue that a rule hears, with the rule. Kept by content: most files do not change."""
    if issue == EMERGENCY:
        return
    phrases = [phrase for phrase in catalog.phrases if phrase.label == issue]
    texts = [phrase.text for phrase in phrases]
    name = sha256(json.dumps([key, issue, texts]).encode()).hexdigest()[:32]
    kept = cache / f"heard-{name}.json" if cache else None
    if kept and (content := recall(kept)) is not None:
        hits: dict[str, str] = json.loads(content)
    else:
        fired = {text: rulebook.fired(text) for text in texts}
        hits = {text: names[0] for text, names in fired.items() if names}
        if kept:
            keep(kept, json.dumps(hits).encode())
    yield from ((phrase, hits[phrase.text]) for phrase in phrases if phrase.text in hits)


def rules_key(places: ContentPaths) -> str:
    """A word that changes with the rules of danger and with the code that hears by them."""
    code = Path(__file__).resolve().parents[1] / "understanding"
    paths = [*sorted(places.rules.glob("*.yml")), *sorted((code / "rules").glob("*.py")), code / "text" / "plain.py"]
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
