"""The gate tries all sentences and walks again only when what is meant has changed, and not for new wording.

A verdict outlives the test in the cache, so the example is one that nobody ever tried.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import pytest

from bot.authoring import content_paths as where
from bot.authoring import phrases
from bot.authoring.gate import faults_of
from bot.mind import open_the_encoder
from handoff.data_files import cache_folder
from tests.authoring.copies import a_copy

LOCKED = "intents/account_locked.yml"


class Enough(BaseException):
    """What the gate began to look at tells what is asked: the rest of the look is left out."""


def looked_at(tmp_path: Path, edit: tuple[str, str], until: str = "") -> list[str]:
    """What the gate looked at, with an edit of one file; `until`: the last of it that matters."""
    places = a_copy(tmp_path)
    path = places.intents / Path(LOCKED).name
    old, new = edit
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    encoder, _ = open_the_encoder(os.environ)
    seen: list[str] = []

    def told(what: str, _part: float) -> None:
        seen.append(what)
        if what == until:
            raise Enough

    with suppress(Enough):
        assert faults_of(places, encoder, cache_folder(os.environ), told) == []
    return seen


def test_a_changed_answer_is_tried_by_the_words_alone_and_a_changed_example_by_everything(tmp_path: Path) -> None:
    nothing = ("I'm sorry the account can't be opened", "I'm sorry the account can't be opened")
    looked_at(tmp_path / "as it is", nothing)
    worded = looked_at(
        tmp_path / "worded", ("I'm sorry the account can't be opened", "I'm sorry that the account can't be opened")
    )
    new = f"my account has been locked since the weekend, reference {secrets.randbelow(10**9)}, help"
    meant = looked_at(tmp_path / "meant", ("examples:\n", f"examples:\n  - {new}\n"), until="sentences and walks")

    assert "learning" not in worded and "sentences and walks" in meant


def test_examples_are_heard_anew_when_the_rules_or_the_code_that_hears_by_them_are_other_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = a_copy(tmp_path)
    monkeypatch.setattr(phrases, "__file__", str(tmp_path / "bot" / "authoring" / "phrases.py"))
    plain = tmp_path / "bot" / "understanding" / "text" / "plain.py"
    plain.parent.mkdir(parents=True)
    seen = []
    for path in (plain, plain.parents[1] / "rules" / "rulebook.py", next(places.rules.glob("*.yml"))):
        path.touch()
        plain.touch()
        before = phrases.rules_key(places)
        path.write_bytes(path.read_bytes() + b"\n")
        seen.append(phrases.rules_key(places) != before)

    assert seen == [True, True, True]


def test_what_was_taught_anew_is_judged_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taught = tmp_path / "bot" / "understanding" / "voices" / "taught.npz"
    taught.parent.mkdir(parents=True)
    (tmp_path / "bot" / "mind.py").touch()
    monkeypatch.setattr(where, "ROOT", tmp_path)
    monkeypatch.setattr(where, "BOT", tmp_path / "bot")
    monkeypatch.setattr(where, "HANDOFF", tmp_path / "handoff")

    taught.write_bytes(b"once")
    before = where._code.__wrapped__()
    taught.write_bytes(b"anew")

    assert where._code.__wrapped__() != before
