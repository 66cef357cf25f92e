"""The texts of every channel are found where they lie, and each file says which of them only staff read."""

from pathlib import Path

import pytest

from bot.authoring.audience import audience_faults
from bot.authoring.button_labels import label_faults
from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import every_text, text_files
from tests.authoring.copies import Edit, a_copy, wording

TEXTS = """review: {owner: support-lead, checked: 2026-11-30}
for_staff: [texts.card_*]
texts:
  hello: "We guarantee a fix today."
  card_line: "Ticket #{number} is waiting."
  rate_yes: "No, nothing helped"
"""


def a_third(root: Path, texts: str = TEXTS) -> ContentPaths:
    """All files, and a channel that no code of the gate has ever heard of."""
    places = a_copy(root)
    (places.channels / "teams").mkdir()
    (places.channels / "teams" / "texts.yml").write_text(texts, encoding="utf-8")
    return places


def test_the_texts_of_a_third_channel_are_read_by_its_users_and_held_to_their_rules(tmp_path: Path) -> None:
    places = a_third(tmp_path)
    found = {text.text: text for text in every_text(places)[0] if "teams" in text.file}

    assert {text.reader for text in found.values()} == {"user", "staff"}
    assert found["Ticket #{number} is waiting."].reader == "staff"
    promise = found["We guarantee a fix today."]
    assert promise.reader == "user" and any(wording().of(promise))
    assert [Path(fault.file).parent.name for fault in label_faults(places)] == ["teams"]
    assert places.channels / "teams" / "texts.yml" in {path for path, _ in text_files(places)}


def test_a_name_that_names_no_text_is_refused(tmp_path: Path) -> None:
    places = a_third(tmp_path, TEXTS.replace("texts.card_*", "texts.cards"))

    assert ["`texts.cards`" in fault.message for fault in audience_faults(places)] == [True]


@pytest.mark.parametrize("name", ["texts", "texts.*", "texts.**", "texts.?*", "texts.[a-z]*", "texts.r*"])
def test_a_name_that_takes_a_whole_table_out_of_the_rules_is_refused(name: str, tmp_path: Path) -> None:
    places = a_third(tmp_path, TEXTS.replace("texts.card_*", f'"{name}"'))

    assert ["whatever its table holds" in fault.message for fault in audience_faults(places)] == [True]


def test_words_for_users_of_slack_are_held_to_the_rules_for_users(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    Edit("bot/channels/slack/texts.yml", "I've taken the message", "We guarantee I've taken the message", "").made(
        tmp_path
    )
    told = next(text for text in every_text(places)[0] if "We guarantee I've taken" in text.text)

    assert told.reader == "user"


def test_a_channel_whose_texts_are_missing_is_told_of(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    (places.channels / "email" / "texts.yml").unlink()

    assert any("email/texts.yml" in fault.file for fault in every_text(places)[1])


def test_the_texts_as_they_are_pass() -> None:
    assert list(audience_faults(ContentPaths())) == []
