"""In a matter of security what cannot wait for people is said at once, and a question is answered."""

import pytest

from tests.dialogue.chat import Chat

BANK, CHAT = "call the number on your card now", "can't tell from here whether somebody else can read this chat"
SAFE = "only when it is safe for you"


@pytest.mark.parametrize(
    "words",
    [
        'got a text "SmartMed: verify your card or lose your appointment" with a link and i... put my card in',
        "i got a scam text with a link and typed my card number in",
        "a man called from smartmed security and i gave him my visa details, it was a fraud",
    ],
)
def test_whoever_gave_card_details_away_is_told_to_call_the_bank_first(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert said.startswith("**Please call the number on your card now**") and said.count(BANK) == 1
    assert chat.last.request is not None and chat.last.request.team == "security"


@pytest.mark.parametrize(
    "words",
    ["should i ring the bank", "ten minutes ago. and its my visa, should i ring the bank", "do i have to block it?"],
)
def test_whether_to_call_the_bank_is_answered_and_our_question_goes_on(chat: Chat, words: str) -> None:
    chat.says("i got a scam text with a link and typed my card number in")
    said = chat.says(words)
    assert BANK in said and "can't answer that" not in said and chat.known.state == "gathering"


def test_an_answer_beside_the_question_is_taken(chat: Chat) -> None:
    chat.says("i got a scam text with a link and typed my card number in")
    chat.says("this morning")
    chat.presses("Yes")
    chat.says("android. did you tell me to ring the bank or not?")
    assert ("device", "Android phone or tablet") in {(one.id, one.value) for one in chat.known.gathered}


@pytest.mark.parametrize(
    "words",
    [
        "my ex still has my login and he reads my visit notes",
        "someone i know is reading my messages, can he see this chat?",
        "my husband keeps reading my messages in the app",
    ],
)
def test_somebody_close_who_gets_in_is_for_security_with_advice_that_is_safe(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert SAFE in said and said.index(SAFE) < said.index("security team")
    assert chat.last.request is not None and chat.last.request.team == "security"


def test_whether_such_a_person_sees_this_chat_is_answered_honestly(chat: Chat) -> None:
    chat.says("my ex still has my login and he reads my visit notes")
    assert CHAT in chat.says("is it safe to write here, can he read this chat")
    assert chat.known.state == "gathering"


def test_since_when_is_heard_in_passing(chat: Chat) -> None:
    chat.says("my ex still has my login and he reads my visit notes")
    chat.says("since we split, october. if i change the password he'll see the mail, he has my mail too")
    told = {one.id: one.value for one in chat.known.gathered}
    assert "october" in told["when_started"]


@pytest.mark.parametrize(
    "words",
    ["my card was declined when i paid for the visit", "my mother reads the letters for me, they are too small"],
)
def test_ordinary_words_of_cards_and_of_those_who_are_close_get_none_of_it(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert BANK not in said and SAFE not in said
