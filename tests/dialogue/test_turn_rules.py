"""What wins over what in a turn, rule by rule: the reading and the meaning of the reply are given, the outcome is asked."""

import re
from dataclasses import replace
from inspect import getsource

import pytest

from bot.dialogue import respond
from bot.dialogue.answering import step_rules
from bot.dialogue.choosing import choice_rules, first_message
from bot.dialogue.conversation import Conversation, Message
from bot.dialogue.gathering import question_rules
from bot.dialogue.rule_table import Rule, always
from bot.dialogue.script import Script
from bot.dialogue.with_support import request_rules
from bot.mind import Mind
from bot.understanding.reading import Meant
from tests.dialogue.turns import MFA, PDF, Given, reading, text_of, turn
from tests.makers import MARIA, NINE

TABLES = {
    "turn": respond.TURN,
    "fresh": first_message.FRESH,
    "step": step_rules.STEP,
    "question": question_rules.QUESTION,
    "choice": choice_rules.CHOICE,
    "open": request_rules.OPEN,
    "resolved": request_rules.RESOLVED,
    "taken": request_rules.TAKEN,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_in_words_when_a_rule_holds_and_its_last_rule_always_does(name: str) -> None:
    table: tuple[Rule, ...] = TABLES[name]
    words = [rule.when for rule in table]
    assert len(set(words)) == len(words) and all(len(when) > 3 for when in words)
    assert table[-1].holds is always


@pytest.mark.parametrize("name", TABLES)
def test_the_test_of_a_rule_says_nothing_and_changes_nothing(name: str) -> None:
    acts = re.compile(r"\breply\.(?:say|know|open_with|happened)\(")

    assert [rule.when for rule in TABLES[name] if acts.search(getsource(rule.holds))] == []


def test_anger_is_named_first_and_the_rules_below_decide(mind: Mind, before_step: Conversation) -> None:
    angry = replace(reading(MFA, "choose", 0.3, sure=False), signals=("angry",))
    outcome = turn(mind, before_step, angry, Meant("not_helped", 0.9))

    assert "sorry" in text_of(outcome).lower() and outcome.conversation.step == "backup_code"


def test_only_a_result_closes_an_issue(mind: Mind, before_step: Conversation) -> None:
    for act in ("unclear", "thanks", "details", "later", "question", "cannot", "did_before"):
        outcome = turn(mind, before_step, reading("chat.thanks", "smalltalk", 0.6, sure=False), Meant(act, 0.9))
        assert outcome.conversation.state != "solved", act
    helped = turn(mind, before_step, reading("chat.thanks", "smalltalk", 0.6, sure=False), Meant("helped", 0.9))
    assert helped.conversation.state == "solved" and helped.says[0].rating == "bot"


@pytest.mark.parametrize(
    ("act", "outcome"), [("not_helped", "did_not_help"), ("cannot", "not_possible"), ("did_before", "tried_before")]
)
def test_what_did_not_help_leads_on_with_what_came_of_it(
    mind: Mind, before_step: Conversation, act: str, outcome: str
) -> None:
    came = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant(act, 0.9))
    assert came.conversation.step == "backup_code"
    assert [(t.step, t.outcome) for t in came.conversation.tried] == [("time_sync", outcome)]


def test_words_that_mean_a_button_do_what_the_button_does(mind: Mind, before_step: Conversation) -> None:
    meant = Meant("button", 0.9, "I don't have that phone")
    typed = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), meant)
    pressed = next(b.value for b in before_step.buttons if b.label == "I don't have that phone")
    by_button = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), meant, pressed=pressed)
    assert text_of(typed) == text_of(by_button)
    assert "account_access_needed" in typed.conversation.signals


def test_what_is_not_understood_is_asked_in_other_words_then_with_a_person_then_is_for_a_person(
    mind: Mind, before_step: Conversation
) -> None:
    nothing = reading("chat.out_of_scope", "choose", 0.1, sure=False)
    said: list[str] = []
    known = before_step
    for words in ("some such words", "and other words", "quite another thing"):
        outcome = turn(mind, known, nothing, Meant("unclear", 0.4), text=words)
        known = outcome.conversation
        said.append(text_of(outcome))
    assert len(set(said)) == 3 and "Did the fresh code work?" not in said[0] and "how it went" in said[0]
    assert known.state == "gathering"


def test_a_question_about_a_step_is_answered_from_approved_text_or_honestly_not(
    mind: Mind, before_step: Conversation
) -> None:
    second = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("not_helped", 0.9)).conversation
    glossary = mind.catalog.intents[MFA].glossary
    script: Script = replace(
        mind.assistant.script, replies=Given(Meant("question", 0.9), mind.assistant.script.replies)
    )
    for entry in glossary:
        outcome = respond.respond(second, reading(MFA, "choose", 0.3, sure=False), Message(entry.asks[0]), script, NINE)
        assert entry.say.strip() in text_of(outcome) and outcome.conversation.step == "backup_code"
    odd = respond.respond(
        second,
        reading(MFA, "choose", 0.3, sure=False),
        Message("who painted the ceiling of your chapel?"),
        script,
        NINE,
    )
    assert "can't say that from here" in text_of(odd) and odd.conversation.step == "backup_code"


def test_an_unclear_first_message_meets_an_open_question_with_the_four_areas(mind: Mind) -> None:
    nothing = reading("escalate.unknown_issue", "handoff", 0.1, sure=False)
    first = turn(mind, Conversation(MARIA, "in_app_chat"), nothing, Meant("unclear", 0.2))
    assert first.request is None and [b.value.partition(":")[0] for b in first.conversation.buttons].count("area") == 4
    second = turn(mind, first.conversation, nothing, Meant("unclear", 0.2))
    assert second.conversation.state == "choosing" and 2 <= len(second.conversation.choices) <= 3
    third = turn(mind, second.conversation, nothing, Meant("none", 0.9))
    assert third.conversation.reason == "not_understood"


@pytest.mark.parametrize("language", ["es", "pt", "fr", "de", "hi", "ar", "zh", "tl"])
def test_another_language_is_passed_on_with_the_issue_that_was_read(mind: Mind, language: str) -> None:
    read = reading("account.forgot_password", "answer", language=language)
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), read, Meant("unclear", 0.2))
    assert outcome.request is not None and outcome.request.issue == "account.forgot_password"
    assert outcome.request.language == language
    own = mind.assistant.script.lines.in_language(language, "question")
    assert own is not None and own[0] in text_of(outcome)


def test_what_is_solved_and_then_is_not_goes_on_with_its_next_step(mind: Mind, before_step: Conversation) -> None:
    solved = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.95)).conversation
    again = turn(mind, solved, reading(MFA, "choose", 0.3, sure=False), Meant("not_helped", 0.9))
    assert again.conversation.step == "backup_code" and again.conversation.solved == ()
    assert [tried.outcome for tried in again.conversation.tried] == ["did_not_help"]


def test_a_closing_word_after_the_end_is_thanked_for_and_asked_about_nothing(
    mind: Mind, before_step: Conversation
) -> None:
    solved = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.95)).conversation
    leaves = turn(mind, solved, reading(PDF, "choose", 0.3, sure=False), Meant("thanks", 0.8))
    assert leaves.conversation.state == "solved" and not leaves.conversation.buttons and leaves.thanks
    another = turn(mind, solved, reading(PDF, "answer"), Meant("thanks", 0.8))
    assert another.conversation.issue == PDF


@pytest.mark.parametrize(("act", "begun"), [("issue", True), ("none", False), ("unsure", False)])
def test_words_that_go_on_while_a_choice_is_open_begin_the_likeliest_offered_issue(
    mind: Mind, act: str, begun: bool
) -> None:
    known = Conversation(MARIA, "in_app_chat", state="choosing", turn=1, choices=(PDF, MFA), unclear=1)
    told = turn(mind, known, reading("chat.close_request", "choose", 0.4, sure=False), Meant(act, 0.9))
    assert (told.conversation.issue == PDF) is begun


def test_who_says_once_more_that_it_is_solved_opens_nothing(mind: Mind, before_step: Conversation) -> None:
    solved = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.95)).conversation
    again = turn(mind, solved, reading("escalate.security", "handoff", 0.96), Meant("helped", 0.95))
    assert again.request is None and again.conversation.state == "solved" and "welcome" in text_of(again)


def test_facts_that_are_asked_again_are_told_in_one_line_and_then_a_person_is_offered(mind: Mind) -> None:
    facts = {
        "phone": "1-800-SMARTMED",
        "email": "x@y.z",
        "hours": "Monday",
        "email_wait": "a day",
        "chat_wait": "4 hours",
    }
    facts |= {"help_center": "https://help.smartmed.com"}
    known, said = Conversation(MARIA, "in_app_chat"), []
    for _ in range(3):
        outcome = turn(mind, known, reading("chat.contact", "smalltalk"), Meant("unclear", 0.1), facts=facts)
        known, said = outcome.conversation, [*said, text_of(outcome)]
    assert len(set(said)) == 3 and len(said[1]) < len(said[0]) and "a person" in said[2]
