"""What was told is taken: a version by its number, and a time that somebody or something says."""

import pytest

from tests.dialogue.chat import Chat


def _told(chat: Chat) -> dict[str, str]:
    made = chat.last.request
    return {one.id: one.value for one in (made.details if made is not None else chat.known.gathered)}


def test_a_version_that_was_told_is_not_asked(chat: Chat) -> None:
    chat.says("app crashes every time i open it since the update, pixel 8")
    chat.says("already on the newest, 5.2.1, restarted twice")
    chat.says("reinstalled, still crashes right on the logo")
    assert chat.known.asking != "app_version" and _told(chat)["app_version"] == "5.2.1"


def test_of_a_version_its_number_is_kept(chat: Chat) -> None:
    for words in ("app crashes every time i open it since the update, pixel 8", "already did that, same"):
        chat.says(words)
    chat.says("reinstalled, still crashes right on the logo")
    assert chat.known.asking == "app_version"
    chat.says("5.2.1 like i said")
    assert _told(chat)["app_version"] == "5.2.1"


@pytest.mark.parametrize("words", ["the clinic says 1, my list says 3", "the mail from the clinic said 1 pm"])
def test_a_time_that_is_said_somewhere_answers_which_time_was_expected(chat: Chat, words: str) -> None:
    for before in ("My appointment shows 3pm but the clinic told me 1pm", "still says 3", "No", "Friday at 3"):
        chat.says(before)
    if chat.known.asking == "expected_time":
        chat.says(words)
    assert chat.known.asking != "expected_time" and "expected_time" in _told(chat)


def test_the_wanted_day_told_amid_the_steps_is_not_asked(chat: Chat) -> None:
    for words in ("booking fails with BK-409", "no", "Friday 10:15 was the one i wanted", "no, still not"):
        chat.says(words)
    assert chat.known.asking != "appointment_date" and "Friday" in _told(chat)["appointment_date"]
