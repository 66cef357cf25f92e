"""An answer to our question is no new grave matter, and what is the user's own is no exposure; a grave result gets a kind word."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize("words", ["no I never got an email", "no, I never got one from you"])
def test_a_no_to_a_question_of_ours_is_no_new_grave_matter(chat: Chat, words: str) -> None:
    chat.says("I was charged twice")
    chat.says(words)
    assert chat.known.issue == "billing.question" and chat.last.request is None


def test_a_grave_matter_behind_a_no_is_one(chat: Chat) -> None:
    chat.says("I was charged twice")
    chat.says("no, and somebody has hacked my account and changed my password")
    assert chat.known.issue == "escalate.security"


def test_what_was_taken_for_anothers_data_and_is_their_own_need_not_stay_closed(chat: Chat) -> None:
    chat.says("I can see another patient's records")
    chat.opens()
    said = chat.says("no, they are MY results. I just want somebody to talk to me")
    assert "I misunderstood" in said and "ask them to explain" in said and chat.last.more is not None


@pytest.mark.parametrize("words", ["no, they are my neighbour's", "it is not mine"])
def test_what_is_anothers_stays_so(chat: Chat, words: str) -> None:
    chat.says("I can see another patient's records")
    chat.opens()
    assert "I misunderstood" not in chat.says(words)


@pytest.mark.parametrize("words", ["my results say i have cancer and no doctor calls me", "the biopsy shows a tumor"])
def test_who_reads_of_a_grave_illness_hears_a_kind_word_first(chat: Chat, words: str) -> None:
    assert chat.says(words).startswith("I'm sorry. That is hard to read")


@pytest.mark.parametrize(
    "words", ["my results say i have cancer and no doctor calls me", "hello my results say i have HIV"]
)
def test_who_reads_of_a_grave_illness_of_their_own_is_not_warned_about_a_stranger(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert chat.known.issue != "escalate.privacy" and "do not open" not in said and "hard to" in said
