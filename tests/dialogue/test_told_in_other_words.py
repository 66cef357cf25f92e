"""What was told in whatever words is kept, is never asked, and is heard for what it says of the step."""

import pytest

from bot.understanding.details import day_in, day_told, facts_of
from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat
from tests.dialogue.test_told_already import fields


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("my video visit shows a black screen since 9 days ago", "9 days ago"),
        ("it began a few weeks back", "a few weeks back"),
        ("happened the day before yesterday", "the day before yesterday"),
        ("this has been going on since spring", "spring"),
        ("ever since I moved it does not load", "I moved it does not load"),
        ("as of Tuesday it is slow", "Tuesday"),
    ],
)
def test_since_when_is_heard_however_it_is_told(words: str, since: str) -> None:
    assert facts_of(words)["when_started"] == since


@pytest.mark.parametrize(
    "words", ["9 days ago", "about two weeks ago", "last month already", "the day before yesterday"]
)
def test_a_day_told_from_today_is_a_day(words: str) -> None:
    assert day_told(words) is not None and day_in(words) is not None


@pytest.mark.parametrize("words", ["I want my 40 dollars back", "since I am a doctor I need it", "two of them"])
def test_what_only_looks_like_a_day_or_a_number_of_people_is_none(words: str) -> None:
    assert not {"when_started", "how_many"} & facts_of(words).keys() and day_in(words) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("I was charged 40 dollars twice 9 days ago", "9 days ago"),
        ("last month you took 85 euros twice", "last month"),
        ("you billed me two weeks ago for a visit that never was", "two weeks ago"),
    ],
)
def test_the_day_of_a_charge_is_kept_and_not_asked(chat: Chat, words: str, day: str) -> None:
    chat.says(words)
    assert chat.known.issue == "billing.question"
    assert fields(chat)["appointment_date"] == day and chat.known.asking != "appointment_date"


def test_what_was_passed_over_and_is_told_later_does_not_stand_as_skipped(chat: Chat) -> None:
    chat.says("please somebody look at a wrong charge on my card")
    while chat.last.request is None:
        chat.says("skip")
    chat.opens()
    chat.says("by the way, it was the payment from last Tuesday, 45 dollars")

    told = {detail.id: detail.value for detail in chat.known.gathered}
    assert told["appointment_date"] == "last Tuesday" and SKIPPED not in (told["appointment_date"], told["amount"])
    assert chat.last.more is not None


def test_a_day_is_no_answer_to_which_of_these(chat: Chat) -> None:
    chat.says("I was charged 40 dollars twice last Thursday")
    assert chat.known.asking == "where_charged"
    chat.says("last month already")
    assert "where_charged" not in fields(chat)


@pytest.mark.parametrize(
    "words", ["we are a small clinic, three of us", "it's six of us here", "a practice with four doctors"]
)
def test_how_many_they_are_answers_who_is_affected_and_nothing_else(chat: Chat, words: str) -> None:
    chat.says("SmartMed is down for our clinic, nothing opens")
    chat.says(words)
    told = fields(chat)
    assert told["how_many_affected"] == "Our whole clinic" and told["page_or_feature"] == "Everything"


@pytest.mark.parametrize(
    "words", ["other sites load just fine", "youtube and gmail are ok", "everything else opens quickly"]
)
def test_that_other_sites_work_is_the_button_that_says_so(chat: Chat, words: str) -> None:
    chat.says("smartmed is so slow, every page takes forever")
    chat.says(words)
    assert (chat.known.issue, chat.known.step) == ("technical.slow_performance", "fresh_start")


@pytest.mark.parametrize("words", ["every other site works fine", "the rest of the internet works"])
def test_that_other_sites_work_is_never_a_result(chat: Chat, words: str) -> None:
    chat.says("the page with my prescriptions stays blank")
    chat.says("no")
    chat.says("no")
    assert chat.known.state == "gathering"
    assert "works now" not in chat.says(words) and chat.known.state != "solved"


@pytest.mark.parametrize("words", ["it printed from Edge", "Firefox opened it", "it came up in Safari"])
def test_what_another_browser_did_is_the_result_of_trying_another(chat: Chat, words: str) -> None:
    chat.says("the pdf of my prescription does not open")
    chat.says(words)
    assert chat.known.state == "solved"


@pytest.mark.parametrize("words", ["I'm on Safari", "Chrome", "I have only Firefox"])
def test_which_browser_somebody_has_is_no_result(chat: Chat, words: str) -> None:
    chat.says("the pdf of my prescription does not open")
    chat.says(words)
    assert chat.known.state == "answering"


@pytest.mark.parametrize(
    "words",
    [
        "my neighbour knew about my diagnosis and I told nobody",
        "I think a colleague at my job has been in my records",
        "my boss knows things about me that only my doctor could know",
    ],
)
def test_which_concern_it_is_is_not_asked_of_who_has_said_it(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert chat.last.request is not None and chat.last.request.team == "security"
    assert "Which of these is closest" not in said and chat.known.asking != "privacy_kind"


def test_which_concern_it_is_is_asked_of_who_only_names_one(chat: Chat) -> None:
    chat.says("gdpr request")
    assert chat.known.issue == "escalate.privacy" and chat.known.asking == "privacy_kind"


def test_a_question_behind_a_deed_is_answered_where_the_file_answers_it(chat: Chat) -> None:
    chat.goes_on(issue="account.registration", step="sign_up", state="answering")
    answer = chat.says("he did sign up, how do i give him the doctor role")
    assert "administrator of your clinic" in answer
    assert chat.known.step == "sign_up"
