"""A language is one file: its parts are read by its code, and what is wrong in it is told with file, line and field."""

import shutil
from pathlib import Path

import pytest

from bot.dialogue.lines import load_lines
from bot.languages.loading import HERE, LAST, SAID, load_languages
from handoff.data_files import DataFaults


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(HERE, tmp_path / "bot" / "languages", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    )


def test_a_language_in_which_anything_is_said_has_every_short_text() -> None:
    spoken = [language for language in load_languages().values() if language.said]

    assert len(spoken) >= 12
    assert all(language.said.keys() == SAID for language in spoken)


def test_of_two_languages_one_is_believed_first() -> None:
    ranks = [language.told_by.rank for language in load_languages().values() if language.told_by.rank < LAST]

    assert ranks == sorted(set(ranks))


WRONG = [
    ("  hello: Hola.", "  helo: Hola.", "`said`: lacks hello; helo: nobody says this", "said:"),
    ("  vote: Gracias", "  vote: [Gracias]  # ", "said.vote", "  vote:"),
    ("  guessed: true", "  guesed: true", "did you mean `guessed`", "  guesed:"),
    ("review: {owner: support-lead", "review: {owner: 7", "review.owner", "review:"),
]


@pytest.mark.parametrize(("old", "new", "told", "at"), WRONG)
def test_what_is_wrong_is_told_with_file_line_and_field(old: str, new: str, told: str, at: str, folder: Path) -> None:
    path = folder / "es.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    line = next(n for n, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if row.startswith(at))

    with pytest.raises(DataFaults) as error:
        load_languages(folder)

    assert [(fault.file, fault.line, told in fault.message) for fault in error.value.faults] == [
        ("bot/languages/es.yml", line, True)
    ]


def test_the_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    (folder / "spanish.yml").write_text("review: {owner: support-lead, checked: 2026-11-30}\n", encoding="utf-8")
    (folder / "fr.yml").write_text("review: {owner: support-lead, checked: 2026-11-30}\nseid: {}\n", encoding="utf-8")

    with pytest.raises(DataFaults) as error:
        load_languages(folder)

    assert [fault.file for fault in error.value.faults] == ["bot/languages/fr.yml", "bot/languages/spanish.yml"]


def test_what_is_said_names_the_file_that_it_stands_in() -> None:
    told, unread = load_lines().in_language("fr", "vote"), load_lines().where_unread("ko")

    assert told is not None and told[1].file == "bot/languages/fr.yml"
    assert unread is not None and unread[1].file == "bot/languages/ko.yml"
