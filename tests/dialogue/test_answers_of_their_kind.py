"""A field holds what its kind is, from whatever sentence; what was told in other words is not asked, and goes where it belongs."""

import pytest

from bot.dialogue.hearing.times import as_time
from bot.understanding.details import facts_of
from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat


def fields(chat: Chat) -> dict[str, str]:
    """The fields, by id, without those that were passed over."""
    return {detail.id: detail.value for detail in chat.known.gathered if detail.value != SKIPPED}


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("today 8:30 with dr kim. she rings me on the phone now", "today 8:30"),
        ("NOW. now now now", "NOW"),
        ("8 i said, since 8 this morning", "since 8 this morning"),
        ("i TOLD you sunday", "sunday"),
        ("shows 2pm, december 9, should be 3", "2pm, december 9"),
        ("since we split, october. if i change it he'll see the mail", "since we split, october"),
        ("october, i said. is it safe to write here", "october"),
        ("about half past three, the mail says so", "about half past three"),
        ("the week of the 7th, any morning", "the week of the 7th, any morning"),
        ("es ist ein Videotermin, am 4. Dezember.", "4. Dezember"),
        ("i already said so", None),
    ],
)
def test_of_a_sentence_a_time_is_what_tells_a_time(words: str, time: str | None) -> None:
    assert as_time(words) == time


@pytest.mark.parametrize(("words", "kept"), [("24 december", False), ("1", False), ("Dr Lund, since may", True)])
def test_a_day_or_a_number_is_no_doctors_name(chat: Chat, words: str, kept: bool) -> None:
    chat.says("i want to change my details")
    chat.is_asked("doctor.manage_schedule", "doctor_name")
    chat.says(words)
    assert ("doctor_name" in fields(chat)) == kept


def test_a_pharmacy_that_is_named_says_more_than_yes(chat: Chat) -> None:
    chat.says("my prescription has the wrong dose")
    chat.goes_on(
        issue="prescription.wrong_information",
        state="gathering",
        step=None,
        asking="pharmacy",
        reason="not_in_known_issues",
        ticket=None,
    )
    chat.says("yes walgreens. they're holding it")
    assert fields(chat)["pharmacy"] == "walgreens"


def test_a_guess_is_a_number_and_the_sum_told_later_takes_its_place(chat: Chat) -> None:
    for words in ("i was charged for a visit that the doctor cancelled", "nov 20", "how should i know. 120 maybe"):
        chat.says(words)
    assert fields(chat)["amount"] == "120"
    chat.says("skip")
    chat.opens()
    chat.says("oh and it WAS 129 dollars, found the letter")
    assert fields(chat)["amount"] == "129 dollars"


def test_a_call_for_help_is_not_what_the_screen_says(chat: Chat) -> None:
    chat.says("i can't log in, my account is locked, visit at 10")
    chat.opens()
    chat.goes_on(state="gathering", asking="lock_message", asked=("lock_message",))
    chat.says("please unlock it quickly, never mind about the visit")
    assert "lock_message" not in fields(chat)


@pytest.mark.parametrize(
    ("words", "fact", "value"),
    [
        ("Bin gerade in Portugal, falls das wichtig ist", "place_now", "Portugal"),
        ("3 of us at front desk cant open the queue since 8, error 502", "when_started", "8"),
        ("I don't care which doctor really just any skin doctor this year", "doctor_name", "any skin doctor"),
        ("the reset mail doesn't come", "reset_message", "reset mail doesn't come"),
        ("wrong password wrong password. i KNOW my password", "error_message", "wrong password"),
        ("it just says no permission, and its starting NOW", "error_message", "no permission"),
    ],
)
def test_a_fact_is_heard_in_any_sentence(words: str, fact: str, value: str) -> None:
    assert facts_of(words)[fact] == value


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("there isn't any doctor on the list", "doctor_name"),
        ("can I see any doctor", "doctor_name"),
        ("كيف أحجز موعد مع دكتورة جلدية؟", "doctor_name"),
        ("i typed the wrong password too often", "error_message"),
        ("its been there since march", "when_started"),
        ("since 8 people have it", "when_started"),
    ],
)
def test_what_only_sounds_like_a_fact_is_none(words: str, fact: str) -> None:
    assert fact not in facts_of(words)


@pytest.mark.parametrize(
    ("turns", "field", "value"),
    [
        (
            ("got married, need my surname changed", "i want a person please"),
            "what_to_change",
            "Name or date of birth",
        ),
        (("my blood pressure diary, all of 2025, poof. it was there on sunday",), "last_seen", "sunday"),
        (("3 of us at front desk cant open the queue since 8, error 502",), "page_or_feature", "queue"),
        (("visit w dr okafor in 5 min camera black", "it's starting now"), "page_or_feature", "No picture"),
        (("visit w dr okafor in 5 min camera black", "it's starting now"), "appointment_date", "in 5 min"),
    ],
)
def test_what_was_told_in_other_words_is_not_asked(chat: Chat, turns: tuple[str, ...], field: str, value: str) -> None:
    for words in turns:
        chat.says(words)
    assert fields(chat).get(field) == value and chat.known.asking != field


def test_what_is_looked_for_is_told_with_the_matter(chat: Chat) -> None:
    for words in ("i cant find where the bill is", "no", "no"):
        chat.says(words)
    assert fields(chat)["page_or_feature"] == "the bill"


def test_an_answer_to_the_question_before_goes_where_it_belongs(chat: Chat) -> None:
    chat.says("i want to change my details")
    chat.is_asked("doctor.manage_schedule", "page_or_feature")
    chat.says("working hours")
    asked = chat.known.asking
    chat.says("time off obviously")
    assert fields(chat)["page_or_feature"] == "Time off" and chat.known.asking == asked


def test_a_choice_before_a_question_of_theirs_is_taken_and_the_question_is_kept(chat: Chat) -> None:
    chat.says("got a text with a link and put my card in, it was a scam")
    chat.opens()
    chat.goes_on(state="gathering", asking="device", asked=("device",))
    chat.says("android. did you tell me to ring the bank or not?")
    assert fields(chat)["device"] == "Android phone or tablet" and chat.known.asking != "device"


@pytest.mark.parametrize("words", ["skip it. patient has left, pharmacy gave it on paper", "please skip this question"])
def test_who_says_to_skip_it_is_asked_the_next(chat: Chat, words: str) -> None:
    chat.says("the link to my prescription expired")
    chat.is_asked("prescription.share_link", "page_or_feature")
    chat.says(words)
    assert chat.known.asking != "page_or_feature"


@pytest.mark.parametrize(
    "turns",
    [
        (
            "my ex still has my login and he reads my visit notes",
            "signing in i suppose. i want him OUT. he has my password too",
        ),
        ("everybody in the clinic says it crawls since the update this morning", "internet's fine, other sites fly"),
        ("Need to block out two days in december. where?", "that's hours. i want those two days blocked"),
    ],
)
def test_the_first_words_that_tell_the_matter_are_its_line(chat: Chat, turns: tuple[str, ...]) -> None:
    for words in turns:
        chat.says(words)
    while chat.last.request is None and chat.last.more is None:
        chat.says("i want a person")
    request = chat.last.more or chat.last.request
    assert request is not None and request.summary == turns[0]


def test_nobody_is_thanked_for_a_try_that_they_did_not_tell(chat: Chat) -> None:
    assert "tried" not in chat.says("in a video visit right now, i can see her but there's no sound")


@pytest.mark.parametrize("words", ["the visit is gone since monday", "my appointment is black since yesterday"])
def test_since_when_a_visit_is_not_well_answers_since_when(chat: Chat, words: str) -> None:
    chat.is_asked("technical.page_not_loading", "when_started")
    chat.says(words)
    assert words.split()[-1] in fields(chat)["when_started"]
