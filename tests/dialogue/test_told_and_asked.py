"""What was told already is an answer, is no answer to something else, and is not asked a third time."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat


def fields(chat: Chat) -> dict[str, str]:
    """The fields, by id."""
    return {detail.id: detail.value for detail in chat.known.gathered}


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("i think 62.50. insurance paid it and so did i. afternoons after 2 are best, 207 555 0144", "62.50"),
        ("12.99, on the 1st as every month, since I cancelled in october", "12.99"),
        ("war glaub ich 45,90 und zweimal dasselbe von der karte", "45,90"),
    ],
)
def test_a_sum_without_a_sign_is_the_amount_in_whatever_sentence(chat: Chat, words: str, amount: str) -> None:
    chat.is_asked("billing.question", "amount")
    chat.says(words)
    assert fields(chat)["amount"] == amount and chat.known.asking != "amount"


@pytest.mark.parametrize(
    "words",
    ["the visit was at 10.30 pm and after it i saw it", "somewhere between 12.50 and 13.50, i can not see it now"],
)
def test_a_time_or_two_sums_are_not_taken_for_the_amount(chat: Chat, words: str) -> None:
    chat.is_asked("billing.question", "amount")
    chat.says(words)
    assert fields(chat).get("amount") not in ("10.30", "12.50", "13.50")


def test_a_sum_told_before_is_no_answer_to_where_it_shows(chat: Chat) -> None:
    chat.says("why did u take 12.99 on the 1st, i cancelled in october")
    assert chat.known.asking == "where_charged"
    chat.says("12.99 like i said. should be zero")
    assert chat.known.asking == "where_charged" and "where_charged" not in fields(chat)


def test_a_mailbox_told_first_is_not_asked_for(chat: Chat) -> None:
    for words in ("verification email never came. signed up twice now. yahoo", "its a typo in my email!!"):
        chat.says(words)
    assert fields(chat)["mail_provider"] == "yahoo" and chat.known.asking != "mail_provider"


@pytest.mark.parametrize(
    "words", ["yahoo. first thing i said. how long will this take", "gmail, already told you that"]
)
def test_of_a_mailbox_its_name_alone_is_kept(chat: Chat, words: str) -> None:
    chat.is_asked("account.cant_verify_email", "mail_provider")
    chat.says(words)
    assert fields(chat)["mail_provider"] in ("yahoo", "gmail")


def test_a_message_quoted_by_itself_is_what_the_screen_says(chat: Chat) -> None:
    chat.says("Locked out. 'Account suspended, contact administrator'. I have 11 patients this afternoon.")
    assert fields(chat)["lock_message"] == "Account suspended, contact administrator"


def test_no_question_is_put_a_third_time(chat: Chat) -> None:
    chat.says("Locked out. 'Account suspended, contact administrator'. I have 11 patients this afternoon.")
    asked = chat.known.asking
    for words in ("Already quoted it above. First patient is 1pm.", "any update", "It can't wait."):
        chat.says(words)
    assert asked == "when_started" and chat.known.asked.count("when_started") <= 2
    assert fields(chat)["when_started"] == SKIPPED


@pytest.mark.parametrize(
    ("words", "still"),
    [
        ("2:10 am first one. and there's a login from Denver, i live in Maine. i cant get in anymore", "No"),
        ("this morning. i can still sign in on my computer", "Yes"),
        ("this morning. i changed the password at once", None),
    ],
)
def test_whether_they_can_still_sign_in_told_with_an_answer_is_not_asked(
    chat: Chat, words: str, still: str | None
) -> None:
    chat.says("someone got into my account, i got 5 texts saying my password was reset")
    assert chat.known.asking == "when_started"
    chat.says(words)
    assert fields(chat).get("still_has_access") == still


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("my entire visit history is gone. 3 years. was all there on sunday", "Appointments or visits"),
        ("my whole message history is gone since sunday", "Messages"),
        ("half of my data is gone since sunday", None),
    ],
)
def test_what_is_gone_is_not_asked_of_who_told_it(chat: Chat, words: str, missing: str | None) -> None:
    chat.says(words)
    assert chat.known.issue == "escalate.data_loss" and fields(chat).get("what_is_missing") == missing


def test_a_doctors_name_is_no_yes(chat: Chat) -> None:
    chat.is_asked("prescription.wrong_information", "pharmacy")
    chat.says("dr ahmed, told you already")
    assert fields(chat).get("pharmacy") in (None, SKIPPED)


@pytest.mark.parametrize("words", ["sch-221 conflict", "BK-409", "room 12"])
def test_what_has_digits_is_no_doctors_name(chat: Chat, words: str) -> None:
    chat.is_asked("prescription.wrong_information", "doctor_name")
    chat.says(words)
    assert fields(chat).get("doctor_name") in (None, SKIPPED)


@pytest.mark.parametrize("words", ["nein auch am handy nicht", "nein, im anderen browser auch nicht"])
def test_one_more_thing_that_fails_takes_nothing_back(chat: Chat, words: str) -> None:
    chat.says("Hallo, bei uns in der Praxis geht seit 8 uhr gar nichts mehr, alle Kollegen sehen nur weisse seite")
    chat.opens()
    chat.says(words)
    assert "not_so" not in fields(chat)


def test_a_poorer_word_does_not_take_a_fuller_ones_place(chat: Chat) -> None:
    for words in (
        "Hello, the app crash every time when I open since the update yesterday",
        "ja maj ist schon drauf, hab ich gestern gemacht. pixel 7",
        "Sorry, I mean: update is already done. Still crash",
    ):
        chat.says(words)
    assert fields(chat)["when_started"] == "the update yesterday"
