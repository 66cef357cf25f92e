"""Builds what understands and speaks from its files; knows no database and no web, so that `ask` starts quickly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from bot.dialogue.assistant import Assistant
from bot.dialogue.lines import HERE as LINES
from bot.dialogue.lines import load_lines
from bot.dialogue.script import Script
from bot.languages.loading import HERE as LANGUAGES
from bot.understanding.articles import Library, load_library
from bot.understanding.encoding.encoder import Encoder, EncoderFault, default_folder, open_encoder
from bot.understanding.intents.catalog import Catalog, load_catalog
from bot.understanding.matching.cache import cached_matcher
from bot.understanding.matching.semantic_match import SemanticMatcher
from bot.understanding.phrase_matcher import PhraseMatcher
from bot.understanding.reader import Reader
from bot.understanding.recognizer import Recognizer
from bot.understanding.redaction.privacy import load_excerpter
from bot.understanding.replying.replies import ReplyReader
from bot.understanding.rules.rulebook import Rulebook, load_rules
from bot.understanding.voices.cache import cached_voices
from bot.understanding.voices.models import VoiceModels
from bot.understanding.voices.rows import DEFAULT as VOICES
from handoff.data_files import DataFaults
from handoff.policy.model import Policy

RULES = Path(__file__).parent / "understanding" / "rules"
HELP = "https://help.smartmed.com"


@dataclass(frozen=True)
class Mind:
    """One version of what understands and speaks, with its parts at hand for the tools."""

    assistant: Assistant
    reader: Reader
    catalog: Catalog
    help_url: str
    ending: Callable[[str], str] = lambda _: ""
    """What stands behind the address of a page, as readers are given it."""

    def on(self, today: date, reviewed: Mapping[str, date]) -> "Mind":
        """The same as it is on that day: an article past its review date is left out, one signed off since is in again."""
        library = self.assistant.library.as_reviewed(reviewed)
        served = library.served(today)
        pages = {one.page: (one.about.title, f"{self.help_url}/{one.page}{self.ending(one.page)}") for one in served}
        reader = replace(self.reader, library=library)
        assistant = replace(
            self.assistant,
            script=replace(self.assistant.script, pages=pages),
            read=partial(reader.read, today=today),
            library=library,
        )
        return replace(self, assistant=assistant, reader=reader)


def open_the_encoder(environ: Mapping[str, str]) -> tuple[Encoder | None, str]:
    """The sentence encoder and a word on it; without it the assistant works on words alone."""
    opened = open_encoder(default_folder(environ))
    if isinstance(opened, EncoderFault):
        return None, f"missing: {opened}"
    return opened, opened.name


def build_mind(
    policy: Policy,
    intents: Path,
    articles: Path,
    encoder: Encoder | None,
    cache: Path | None,
    help_url: str,
    today: date,
    *,
    rules: Path = RULES,
    lines: Path = LINES,
    languages: Path = LANGUAGES,
) -> Mind:
    """Everything that understands and speaks, from its files; raises DataFaults with every fault of all of them."""
    faults = []
    catalog = library = rulebook = approved = None
    try:
        catalog = load_catalog(intents, cache)
    except DataFaults as error:
        faults += error.faults
    try:
        library = load_library(policy.knowledge_base, articles)
    except DataFaults as error:
        faults += error.faults
    try:
        rulebook = load_rules(rules, cache)
        approved = load_lines(lines, languages)
    except DataFaults as error:
        faults += error.faults
    if faults or catalog is None or library is None or rulebook is None or approved is None:
        raise DataFaults(faults)
    voices = cached_voices(VOICES, cache)
    reader = build_reader(catalog, library, rulebook, encoder, voices, cache)
    replies = ReplyReader(voices, encoder)
    script = Script(
        catalog, approved, policy, {}, load_excerpter(), SemanticMatcher(encoder), replies, reader.phrase_matcher
    )
    return Mind(Assistant(script, reader.read, reader.recognizer.by_words, library), reader, catalog, help_url).on(
        today, {}
    )


def build_reader(
    catalog: Catalog,
    library: Library,
    rules: Rulebook,
    encoder: Encoder | None,
    voices: VoiceModels | None,
    cache: Path | None,
) -> Reader:
    """The reader of one version of the intents; trained, or taken from the cache when nothing changed."""
    keywords = {issue: intent.keywords for issue, intent in catalog.intents.items()}
    matcher = cached_matcher(catalog.phrases, encoder, cache, keywords=keywords)
    return Reader(catalog, rules, Recognizer(matcher, voices), library, PhraseMatcher(catalog, encoder, cache))
