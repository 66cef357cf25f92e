"""With the language of a_language.yml: the gate lets it in, it is told, people are answered in it, and an excerpt shows its words."""

import os
from datetime import UTC, datetime

from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import written_faults
from bot.authoring.other_languages import meaning_faults
from bot.authoring.safety_lines import safety_faults
from bot.dialogue.lines import load_lines
from bot.mind import open_the_encoder
from bot.understanding.redaction.privacy import load_excerpter
from bot.understanding.text.language import language_of
from handoff.data_files import cache_folder
from handoff.notices import clock_time


def test_the_gate_has_nothing_against_it() -> None:
    encoder, why = open_the_encoder(os.environ)
    assert encoder is not None, why

    assert written_faults(ContentPaths(), cache_folder(os.environ)) == []
    assert list(safety_faults(ContentPaths())) == []
    assert list(meaning_faults(ContentPaths(), encoder, cache_folder(os.environ))) == []


def test_who_writes_it_is_answered_in_it() -> None:
    language = language_of("ik kan niet inloggen, mijn wachtwoord werkt niet")
    told = load_lines().in_language(language, "added", number=1001)

    assert language == "nl"
    assert told is not None and told[0] == "Dank u, ik heb het toegevoegd aan uw aanvraag #1001."
    assert told[1].file == "bot/languages/nl.yml"


def test_an_excerpt_shows_its_words_and_no_name() -> None:
    excerpt = load_excerpter()("mijn wachtwoord werkt niet, ik heet Joost Verbruggen")

    assert "mijn wachtwoord werkt niet" in str(excerpt) and "Verbruggen" not in str(excerpt)


def test_a_moment_is_written_as_there() -> None:
    assert clock_time(datetime(2026, 11, 24, 20, 40, tzinfo=UTC), "UTC", "UTC", "nl") == "di 24 nov, 20:40 UTC"
