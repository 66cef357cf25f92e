"""What is put right wins: the fact in its field, the matter with its own steps, in a step, in a question and while a request waits."""

import pytest

from tests.dialogue.chat import Chat


def fields(chat: Chat) -> dict[str, str]:
    """The fields, by id."""
    return {detail.id: detail.value for detail in chat.known.gathered}


@pytest.mark.parametrize(
    ("told", "words", "issue"),
    [
        ("i forgot my password", "not the password, the code", "account.mfa_not_working"),
        ("my prescription pdf wont open", "not the pdf, the share link", "prescription.share_link"),
        ("my visit needs to be moved", "cancel it, not change it", "appointment.cancel"),
    ],
)
def test_the_matter_that_is_meant_begins_in_place_of_the_other(chat: Chat, told: str, words: str, issue: str) -> None:
    chat.says(told)
    assert chat.known.issue != issue
    chat.says(words)
    assert chat.known.issue == issue and chat.known.state == "answering"


@pytest.mark.parametrize(
    "words",
    [
        "no I meant the tablet, the phone is fine",
        "only on my phone, the tablet crashes",
        "it's the tablet, not the phone",
    ],
)
def test_the_device_that_is_meant_is_the_one_that_counts(chat: Chat, words: str) -> None:
    chat.says("the app crashes on my phone")
    chat.says(words)
    assert chat.known.known["device"] == "tablet"
    assert chat.known.issue == "technical.mobile_app" and chat.known.state == "answering"


@pytest.mark.parametrize(
    ("before", "words", "field", "value"),
    [
        (("june 3",), "no wait june 4", "appointment_date", "june 4"),
        (("june 12",), "sorry, june 1", "appointment_date", "june 1"),
        (("june 3",), "it was june 4, not june 3", "appointment_date", "june 4"),
        (("june 3", "45 dollars"), "not 45, 54", "amount", "54 dollars"),
        (("june 3", "45 dollars"), "sorry 54 dollars not 45", "amount", "54 dollars"),
    ],
)
def test_a_fact_put_right_to_the_next_question_goes_into_its_own_field(
    chat: Chat, before: tuple[str, ...], words: str, field: str, value: str
) -> None:
    chat.says("i was charged twice")
    for one in before:
        chat.says(one)
    asked = chat.known.asking
    chat.says(words)
    assert fields(chat)[field] == value and chat.known.asking == asked
    assert words not in fields(chat).values()


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("it was june 4, not june 3", "appointment_date", "june 4"),
        ("sorry 54 dollars not 45", "amount", "54 dollars"),
        ("no i meant june 4", "appointment_date", "june 4"),
    ],
)
def test_it_is_put_right_on_a_request_that_waits(chat: Chat, words: str, field: str, value: str) -> None:
    for one in ("i was charged twice", "june 3", "45 dollars", "skip"):
        chat.says(one)
    chat.opens()
    chat.says(words)
    assert fields(chat)[field] == value
    assert chat.last.more is not None


def test_another_matter_than_the_requests_is_looked_at_beside_it(chat: Chat) -> None:
    for one in ("my lab results never came",):
        chat.says(one)
    chat.opens()
    chat.says("not the lab results, the invoice")
    assert chat.known.issue == "billing.question" and chat.known.previous == 1001


@pytest.mark.parametrize(
    "words",
    [
        "it says the link is not valid",
        "it is not my fault",
        "not yet",
        "I did not get it, the page was blank",
        "why not",
    ],
)
def test_what_puts_nothing_right_changes_nothing(chat: Chat, words: str) -> None:
    for one in ("i was charged twice", "june 3"):
        chat.says(one)
    before = fields(chat)
    chat.says(words)
    assert before.items() <= fields(chat).items()


@pytest.mark.parametrize(
    "words",
    ["sorry, 45", "45, sorry", "oops, 45", "wait, 45 dollars", "no, sorry, it was 45", "perdón, 45", "scusa, 45"],
)
def test_a_value_alone_puts_the_one_before_it_right_and_answers_no_question(chat: Chat, words: str) -> None:
    chat.says("i was charged twice, 40 dollars")
    asked = chat.known.asking
    chat.says(words)
    assert fields(chat)["amount"] == "45 dollars" and chat.known.asking == asked
    assert words not in fields(chat).values()


def test_of_two_numbers_the_one_of_its_length_is_meant(chat: Chat) -> None:
    chat.says("we were billed 300 dollars for the license on march 3")
    chat.says("sorry make that 330")
    assert fields(chat)["amount"] == "330 dollars" and fields(chat)["appointment_date"] == "march 3"
    chat.says("march 5 i mean")
    assert fields(chat)["appointment_date"] == "march 5"


@pytest.mark.parametrize(
    "words",
    [
        "sorry other way round. it says 2 and should be 3",
        "sorry, i mean says 2 should be 3",
        "oh, the other way around: it shows 2, it should be 3",
    ],
)
def test_values_told_in_each_others_place_are_exchanged_and_the_step_stays(chat: Chat, words: str) -> None:
    chat.says("my appointment says 3pm but should be 2pm")
    step = chat.known.step
    chat.says(words)
    assert chat.known.known["expected_time"].startswith("3")
    assert (chat.known.state, chat.known.step) == ("answering", step)
    assert "2pm" not in chat.known.known.values()


@pytest.mark.parametrize(
    ("turns", "told", "wrong"),
    [
        (("my appointment says 3pm should be 2pm", "sorry, the other way round"), "says 2pm should be 3pm", "says 3pm"),
        (("i was charged twice, 40 dollars", "sorry, 45"), "45 dollars", "40"),
        (("me cobraron dos veces 40 dólares", "perdón, fueron 45"), "45", "40"),
    ],
)
def test_the_line_of_the_request_never_states_what_was_put_right(
    chat: Chat, turns: tuple[str, ...], told: str, wrong: str
) -> None:
    for one in turns:
        chat.says(one)
        if chat.last.request is not None:
            chat.opens()
    if chat.known.ticket is None:
        chat.says("give me a person please")
    request = chat.last.more or chat.last.request
    while request is None:
        chat.presses("Skip")
        request = chat.last.request
    assert told in request.summary and wrong not in request.summary


@pytest.mark.parametrize(
    "words",
    [
        "Korrektur: der Termin ist am 5. Dezember, nicht am 4.",
        "Entschuldigung, nicht am 4., am 5. Dezember",
        "ich meinte am 5. Dezember",
    ],
)
def test_a_day_is_put_right_in_another_language(chat: Chat, words: str) -> None:
    chat.says("Mein Termin am 4. Dezember wird mit falscher Uhrzeit angezeigt")
    chat.opens()
    chat.says(words)
    assert fields(chat)["appointment_date"] == "5. Dezember"


@pytest.mark.parametrize(
    ("told", "words", "field", "value"),
    [
        (
            "j'ai été débité deux fois le 3 novembre, 60 euros",
            "non pardon, c'était le 4 novembre",
            "appointment_date",
            "4 novembre",
        ),
        ("j'ai été débité deux fois le 3 novembre, 60 euros", "c'est 65 euros, pas 60", "amount", "65 euros"),
        ("我被重复扣款了，40美元，11月3日", "不对，是11月4日", "appointment_date", "11月4日"),
    ],
)
def test_a_value_put_right_closes_nothing_and_changes_no_language(
    chat: Chat, told: str, words: str, field: str, value: str
) -> None:
    chat.says(told)
    chat.opens()
    language = chat.known.language
    chat.says(words)
    assert fields(chat)[field] == value
    assert (chat.known.language, chat.known.asking, chat.known.state) == (language, None, "with_support")


def test_a_value_put_right_chooses_no_issue(chat: Chat) -> None:
    chat.says("my visit with dr kim on friday doesn't show")
    assert chat.known.state == "choosing"
    chat.says("sorry, dr kimura, on thursday")
    assert chat.known.state == "choosing" and chat.known.known["doctor_name"] == "kimura"


def test_a_day_put_right_in_a_step_is_the_day_on_the_request(chat: Chat) -> None:
    for words in (
        "my prescription is missing from the list, dr lopez wrote it on monday",
        "i meant tuesday",
        "i want a person",
    ):
        chat.says(words)
    assert fields(chat)["appointment_date"] == "tuesday"
