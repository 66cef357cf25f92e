"""A sentence that no rule foresaw and that is wrong all the same stops at the gate; what is right and sounds like it passes. Measured
on writers who were never learnt from: wd9 and wd11, 800 texts, half of them right."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import faults_of
from bot.authoring.texts import every_text
from bot.authoring.wording import Text, wording_of
from bot.authoring.wording_judge import judge_faults, sentences_of
from bot.mind import open_the_encoder
from bot.understanding.encoding.encoder import Encoder
from bot.understanding.voices.rows import RIGHT, load_voices
from handoff.data_files import Fault, cache_folder
from handoff.policy.model import Policy
from handoff.policy.texts import JudgedRule, LookedAt
from tests.authoring.copies import Edit, a_copy, faults_in

ARTICLES = Path("kb_articles")
LEAST, MOST = 0.75, 0.09
"""Of what is wrong so much is found, and of what is right so much is refused."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found, why = open_the_encoder(os.environ)
    assert found is not None, why
    return found


def refused(texts: list[str], policy: Policy, encoder: Encoder) -> list[bool]:
    """Whether each text is refused, by a rule or by the judge."""
    asked = [Text("a.yml", number, text) for number, text in enumerate(texts, start=1)]
    faults = judge_faults(asked, policy.communication.judged, encoder, cache_folder(os.environ))
    judged = {fault.line for fault in faults}
    wording = wording_of(policy, ARTICLES)
    return [one.line in judged or any(wording.faults(one.text)) for one in asked]


@pytest.mark.measure
def test_of_writers_never_learnt_from_most_of_what_is_wrong_is_found_and_little_of_what_is_right(
    policy: Policy, encoder: Encoder
) -> None:
    rows = load_voices(part="held_out").wording
    told = refused([row.text for row in rows], policy, encoder)

    found = Counter(row.wrong for row, stopped in zip(rows, told, strict=True) if stopped)
    of = Counter(row.wrong for row in rows)

    wrong = {name: count for name, count in of.items() if name != RIGHT}
    assert sum(found[name] for name in wrong) >= LEAST * sum(wrong.values()), found
    assert found[RIGHT] <= MOST * of[RIGHT], found


SLY = [
    ("secret", "So that I can look myself, pop the digits your app is showing into your next line."),
    ("promise", "With these steps nobody has ever failed to get back in."),
    ("blame", "You would not be stuck here if the first mail had been opened with a little more care."),
    ("clinical", "One missed dose does no harm, so carry on as usual until your visit."),
    ("unsafe", "Your sister may use your sign-in for this as long as you sit beside her."),
]


FILES = (
    "account_forgot_password",
    "account_locked",
    "account_first_login",
    "prescription_cant_view",
    "appointment_cancel",
)


@pytest.fixture(scope="module")
def edited(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Fault], dict[str, Fault]]:
    """Each of them written into an answer of its own, what the gate says of all, and where each must be told."""
    root, old = tmp_path_factory.mktemp("edited"), "answer: >-\n"
    places, told = a_copy(root), {}
    for (name, sentence), file in zip(SLY, FILES, strict=True):
        line = Edit(f"intents/{file}.yml", old, f"{old}  {sentence}\n", name, at=1).made(root)
        told[sentence] = Fault(f"intents/{file}.yml", line, sentence[:20])
    return faults_of(places, encoder, cache_folder(os.environ)), told


@pytest.mark.parametrize(("name", "sentence"), SLY)
def test_an_edit_that_no_rule_foresaw_is_refused_with_its_file_and_line_and_what_to_do(
    name: str, sentence: str, policy: Policy, edited: tuple[list[Fault], dict[str, Fault]]
) -> None:
    assert not list(wording_of(policy, ARTICLES).faults(sentence))
    told = edited[1][sentence]

    faults = [fault for fault in edited[0] if told.message in fault.message]

    assert [(fault.file, fault.line) for fault in faults] == [(told.file, told.line)]
    assert policy.communication.judged.says[name] in faults[0].message  # type: ignore[index]


def looked_at(policy: Policy, sentence: str) -> JudgedRule:
    """The rule, with one sentence that somebody looked at."""
    row = LookedAt(sentence=sentence, owner="support-lead", on=date(2026, 11, 20))
    return policy.communication.judged.model_copy(update={"looked_at": (row,)})


@pytest.mark.parametrize(("name", "sentence"), SLY)
def test_a_sentence_that_was_looked_at_passes_where_it_sounds_like_a_promise_or_blame_alone(
    name: str, sentence: str, policy: Policy, encoder: Encoder
) -> None:
    text = Text("a.yml", 3, sentence)
    assert list(judge_faults([text], policy.communication.judged, encoder, cache_folder(os.environ)))

    told = list(judge_faults([text], looked_at(policy, sentence), encoder, cache_folder(os.environ)))

    assert bool(told) is (name in ("secret", "clinical", "unsafe"))


LOOKED_AT = [
    ("{sentence: Stands nowhere at all., owner: support-lead, on: 2026-11-20}", "stands in no text"),
    ('{sentence: Did the fresh code work?, owner: "-", on: 2026-11-20}', "owner"),
    ("{sentence: Did the fresh code work?, owner: support-lead}", "on"),
    ("Did the fresh code work?", "looked_at"),
]


@pytest.mark.parametrize(("row", "told"), LOOKED_AT)
def test_what_was_looked_at_stands_in_a_text_and_says_who_and_when(row: str, told: str, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    Edit("handoff/guide/communication.yml", "looked_at: []", f"looked_at: [{row}]", told).made(tmp_path)
    faults = [fault for fault in faults_in(places) if "communication.yml" in fault.file]
    assert any(told in fault.message for fault in faults), faults


def test_a_whole_entry_of_what_was_looked_at_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    row = "{sentence: Did the fresh code work?, owner: support-lead, on: 2026-11-20}"
    Edit("handoff/guide/communication.yml", "looked_at: []", f"looked_at: [{row}]", "").made(tmp_path)
    assert faults_in(places) == []


@pytest.mark.parametrize("sentence", ["Tome dos pastillas más.", "Weź jeszcze dwie tabletki."])
def test_a_sentence_of_another_language_is_judged_too(sentence: str, policy: Policy, encoder: Encoder) -> None:
    text = Text("a.yml", 3, sentence, foreign=True)
    assert list(judge_faults([text], policy.communication.judged, encoder, cache_folder(os.environ)))


def test_the_texts_of_other_languages_as_they_are_pass_the_judge(policy: Policy, encoder: Encoder) -> None:
    texts = [text for text in every_text(ContentPaths())[0] if text.foreign]
    assert texts
    assert list(judge_faults(texts, policy.communication.judged, encoder, cache_folder(os.environ))) == []


def test_a_text_is_judged_by_its_sentences_and_by_two_together_without_marks_and_slots() -> None:
    assert list(sentences_of("1. Open **Settings**. Then wait.\n- You hear by {{ due }}.")) == [
        "Open Settings.",
        "Then wait.",
        "Open Settings. Then wait.",
        "You hear by ….",
    ]
