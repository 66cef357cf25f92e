"""What wins over what in a turn, rule by rule: the reading and the meaning of the reply are given, the outcome is asked."""

from dataclasses import dataclass, replace

import pytest

from bot.dialogue import gathering, in_step, respond, unclear, waiting
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.reply import Script
from bot.dialogue.rules import Rule, always
from bot.mind import Mind
from bot.understanding.reading import Candidate, Decision, Heard, Meant, Ranked, Reading
from handoff.facts import OpenRequest
from tests.makers import MARIA, NINE

TABLES = {
    "turn": respond.TURN,
    "fresh": respond.FRESH,
    "step": in_step.STEP,
    "question": gathering.QUESTION,
    "choice": unclear.CHOICE,
    "open": waiting.OPEN,
    "resolved": waiting.RESOLVED,
    "taken": waiting.TAKEN,
}
MFA = "account.mfa_not_working"
PDF = "prescription.pdf_download"


@dataclass(frozen=True)
class Given:
    """A reader of replies that has read what the test says."""

    meant: Meant

    def to_step(self, *_: object) -> Meant:
        return self.meant

    def to_question(self, *_: object) -> Meant:
        return self.meant

    def to_ending(self, *_: object) -> Meant:
        return self.meant

    def wants_people(self, *_: object) -> bool:
        return False


def reading(
    issue: str, decision: Decision, chance: float = 0.95, *, sure: bool = True, language: str = "en"
) -> Reading:
    """A reading of some words."""
    others = (Candidate("technical.page_not_loading", 0.03), Candidate(PDF, 0.02))
    heard = Heard(language=language, told=True)
    return Reading("words", decision, (Candidate(issue, chance), *others), chance, heard=heard, sure=sure)


def turn(mind: Mind, known: Conversation, read: Reading, meant: Meant, **message: object) -> Outcome:
    """One turn with these words."""
    script: Script = replace(mind.assistant.script, replies=Given(meant))  # type: ignore[arg-type]
    text = str(message.pop("text", "some words here"))
    return respond.respond(known, read, Message(text, **message), script, NINE)  # type: ignore[arg-type]


@pytest.fixture
def before_step(mind: Mind) -> Conversation:
    """The first step of the sign-in codes is before Maria."""
    started = turn(mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "answer"), Meant("unclear", 0.1))
    assert started.conversation.step == "time_sync"
    return started.conversation


def text_of(outcome: Outcome) -> str:
    return "\n".join(say.text for say in (*outcome.says, *outcome.then))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_in_words_when_a_rule_holds_and_its_last_rule_always_does(name: str) -> None:
    table: tuple[Rule, ...] = TABLES[name]
    words = [rule.when for rule in table]
    assert len(set(words)) == len(words) and all(len(when) > 3 for when in words)
    assert table[-1].holds is always


@pytest.mark.parametrize("act", ["helped", "not_helped", "question", "later", "stop", "person"])
def test_certain_danger_wins_over_whatever_a_reply_means(mind: Mind, before_step: Conversation, act: str) -> None:
    outcome = turn(mind, before_step, reading("safety.emergency", "emergency"), Meant(act, 0.99))  # type: ignore[arg-type]
    assert "911" in text_of(outcome) and outcome.request is not None and outcome.request.issue == "safety.emergency"


def test_possible_danger_names_the_numbers_asks_once_and_opens_no_ticket(mind: Mind) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3))
    assert "911" in text_of(asked) and "988" in text_of(asked) and "?" in text_of(asked)
    assert asked.request is None and asked.conversation.state == "checking"
    assert [button.value for button in asked.conversation.buttons] == ["danger:yes", "danger:no"]


def test_no_danger_goes_on_with_the_issue_that_was_read(mind: Mind) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3)).conversation
    for outcome in (
        turn(mind, asked, reading(MFA, "choose", 0.3, sure=False), Meant("no", 0.9)),
        turn(mind, asked, reading(MFA, "choose", 0.3, sure=False), Meant("unclear", 0.9), pressed="danger:no"),
    ):
        assert outcome.conversation.step == "time_sync" and outcome.request is None


@pytest.mark.parametrize(("decision", "act"), [("choose", "yes"), ("safety_check", "unclear"), ("emergency", "no")])
def test_a_yes_or_a_second_sign_is_danger(mind: Mind, decision: Decision, act: str) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3)).conversation
    outcome = turn(mind, asked, reading(MFA, decision, 0.4, sure=False), Meant(act, 0.9))  # type: ignore[arg-type]
    assert outcome.request is not None and outcome.request.issue == "safety.emergency"


def test_only_a_result_closes_an_issue(mind: Mind, before_step: Conversation) -> None:
    for act in ("unclear", "thanks", "details", "later", "question", "cannot", "did_before"):
        outcome = turn(mind, before_step, reading("chat.thanks", "smalltalk", 0.6, sure=False), Meant(act, 0.9))  # type: ignore[arg-type]
        assert outcome.conversation.state != "solved", act
    helped = turn(mind, before_step, reading("chat.thanks", "smalltalk", 0.6, sure=False), Meant("helped", 0.9))
    assert helped.conversation.state == "solved" and helped.says[0].rating == "bot"


@pytest.mark.parametrize(
    ("act", "outcome"), [("not_helped", "did_not_help"), ("cannot", "not_possible"), ("did_before", "tried_before")]
)
def test_what_did_not_help_leads_on_with_what_came_of_it(
    mind: Mind, before_step: Conversation, act: str, outcome: str
) -> None:
    came = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant(act, 0.9))  # type: ignore[arg-type]
    assert came.conversation.step == "backup_code"
    assert [(t.step, t.outcome) for t in came.conversation.tried] == [("time_sync", outcome)]


def test_words_that_mean_a_button_do_what_the_button_does(mind: Mind, before_step: Conversation) -> None:
    meant = Meant("button", 0.9, "I don't have that phone")
    typed = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), meant)
    pressed = next(b.value for b in before_step.buttons if b.label == "I don't have that phone")
    by_button = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), meant, pressed=pressed)
    assert text_of(typed) == text_of(by_button)
    assert "account_access_needed" in typed.conversation.signals


def test_what_is_not_understood_is_asked_in_fewer_words_then_with_a_person_then_is_for_a_person(
    mind: Mind, before_step: Conversation
) -> None:
    nothing = reading("chat.out_of_scope", "choose", 0.1, sure=False)
    said: list[str] = []
    known = before_step
    for _ in range(3):
        outcome = turn(mind, known, nothing, Meant("unclear", 0.4))
        known = outcome.conversation
        said.append(text_of(outcome))
    assert len(set(said)) == 3 and said[0] == "Did the fresh code work?"
    assert known.state == "gathering"


def test_a_question_about_a_step_is_answered_from_approved_text_or_honestly_not(
    mind: Mind, before_step: Conversation
) -> None:
    second = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("not_helped", 0.9)).conversation
    glossary = mind.catalog.intents[MFA].glossary
    script: Script = replace(mind.assistant.script, replies=Given(Meant("question", 0.9)))  # type: ignore[arg-type]
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


def test_what_is_critical_is_with_people_before_anything_is_asked(mind: Mind) -> None:
    outcome = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("escalate.security", "handoff"), Meant("unclear", 0.2)
    )
    assert outcome.request is not None and outcome.request.issue == "escalate.security"
    assert outcome.conversation.state == "gathering" and outcome.then and "?" in outcome.then[-1].text


def test_what_is_told_after_the_ticket_is_added_to_it(mind: Mind) -> None:
    opened = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("escalate.security", "handoff"), Meant("unclear", 0.2)
    )
    known = replace(opened.conversation, ticket=1001)
    told = turn(mind, known, reading("escalate.security", "handoff", 0.3, sure=False), Meant("answer", 0.9))
    assert told.request is None and told.more is not None and told.for_ticket
    assert "some words here" in {detail.value for detail in told.more.details}


@pytest.mark.parametrize(
    ("issue", "act", "said"),
    [
        ("chat.status", "status", "1001"),
        ("chat.close_request", "close", "closed your request"),
        ("chat.contact", "contact", "1-800-SMARTMED"),
        ("chat.thanks", "thanks", "welcome"),
        ("escalate.human", "person", "1-800-SMARTMED"),
    ],
)
def test_while_a_request_waits_its_user_is_understood(mind: Mind, issue: str, act: str, said: str) -> None:
    open_one = OpenRequest(1001, MFA, "not_resolved_by_documentation", "Triaged", "Tue, Nov 24, 3:40 PM EST")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue=MFA)
    facts = {
        "phone": "1-800-SMARTMED",
        "email": "e",
        "help_center": "h",
        "hours": "x",
        "chat_wait": "4",
        "email_wait": "2",
    }
    read = reading(issue, "handoff" if issue == "escalate.human" else "smalltalk")
    outcome = turn(mind, known, read, Meant(act, 0.9), request=open_one, facts=facts)  # type: ignore[arg-type]
    assert said in text_of(outcome)
    assert outcome.withdrawn is (act == "close")


@pytest.mark.parametrize("reason", waiting.KEPT_OPEN)
def test_a_matter_of_safety_is_not_closed_by_a_word_in_the_chat(mind: Mind, reason: str) -> None:
    open_one = OpenRequest(1001, "escalate.security", reason, "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue="escalate.security")
    outcome = turn(mind, known, reading("chat.close_request", "smalltalk"), Meant("close", 0.9), request=open_one)
    assert not outcome.withdrawn and "still look" in text_of(outcome)


def test_another_issue_beside_an_open_request_has_its_own_steps(mind: Mind) -> None:
    open_one = OpenRequest(1001, PDF, "not_resolved_by_documentation", "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue=PDF)
    begun = turn(mind, known, reading(MFA, "answer"), Meant("issue", 0.9), request=open_one)
    assert begun.conversation.step == "time_sync" and not begun.for_ticket
    solved = turn(mind, begun.conversation, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.9))
    assert solved.conversation.state == "with_support" and solved.conversation.ticket == 1001


def test_once_a_person_answers_the_assistant_is_silent_but_for_danger_status_and_closing(mind: Mind) -> None:
    open_one = OpenRequest(1001, MFA, "not_resolved_by_documentation", "In Progress", "soon", "Sam")
    known = Conversation(MARIA, "in_app_chat", state="with_staff", ticket=1001, issue=MFA)
    assert not turn(mind, known, reading(PDF, "answer"), Meant("add", 0.9), request=open_one).says
    assert "Sam" in text_of(
        turn(mind, known, reading("chat.status", "smalltalk"), Meant("status", 0.9), request=open_one)
    )
    assert "911" in text_of(
        turn(mind, known, reading("safety.emergency", "emergency"), Meant("add", 0.9), request=open_one)
    )


@pytest.mark.parametrize("language", ["es", "pt", "fr", "de", "hi", "ar", "zh", "tl"])
def test_another_language_is_passed_on_with_the_issue_that_was_read(mind: Mind, language: str) -> None:
    read = reading("account.forgot_password", "answer", language=language)
    outcome = turn(mind, Conversation(MARIA, "in_app_chat"), read, Meant("unclear", 0.2))
    assert outcome.request is not None and outcome.request.issue == "account.forgot_password"
    assert outcome.request.language == language
    own = mind.assistant.script.lines.in_language(language, "question")
    assert own is not None and own[0] in text_of(outcome)


@pytest.mark.parametrize("act", ["details", "not_helped", "question"])
@pytest.mark.parametrize(
    ("urgent", "likely_at"),
    [("escalate.security", 0.85), ("escalate.privacy", 0.85), ("escalate.data_loss", 0.85), ("escalate.outage", 0.75)],
)
def test_an_answer_to_a_step_is_about_an_urgent_matter_only_when_it_is_surely_so(
    mind: Mind, before_step: Conversation, act: str, urgent: str, likely_at: float
) -> None:
    likely = turn(
        mind, before_step, reading(urgent, "handoff", likely_at), Meant(act, 0.8), text="these are some more words here"
    )  # type: ignore[arg-type]
    assert likely.request is None and likely.conversation.issue == MFA
    surely = turn(
        mind, before_step, reading(urgent, "handoff", 0.97), Meant(act, 0.8), text="these are some more words here"
    )  # type: ignore[arg-type]
    assert surely.conversation.issue == urgent and surely.request is not None


def test_that_many_others_have_it_too_counts_sooner_than_what_is_grave(mind: Mind, before_step: Conversation) -> None:
    read = reading("escalate.outage", "handoff", 0.85)
    told = turn(mind, before_step, read, Meant("details", 0.8), text="all four desks and the doctors upstairs")
    assert told.conversation.issue == "escalate.outage" and told.request is not None


def test_a_grave_fact_in_an_answer_counts_only_where_the_whole_message_is_about_it(
    mind: Mind, before_step: Conversation
) -> None:
    grave = replace(reading(MFA, "answer", 0.4, sure=False), signals=("data_loss", "account_access_needed"))
    told = turn(mind, before_step, grave, Meant("details", 0.9), text="these are some more words here").conversation
    assert "data_loss" not in told.signals and "account_access_needed" in told.signals
    first = turn(mind, Conversation(MARIA, "in_app_chat"), replace(grave, sure=True), Meant("unclear", 0.1))
    assert "data_loss" in first.conversation.signals


def test_a_privacy_concern_that_turns_out_to_be_an_exposure_is_one(mind: Mind) -> None:
    asked = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("escalate.privacy", "handoff"), Meant("unclear", 0.1)
    )
    seen = replace(reading("escalate.privacy", "handoff", 0.5, sure=False), signals=("phi_exposure",))
    told = turn(
        mind,
        replace(asked.conversation, ticket=1001),
        seen,
        Meant("answer", 0.9),
        text="these are some more words here",
    )
    assert told.new_signals == ("phi_exposure",)


def test_what_is_solved_and_then_is_not_goes_on_with_its_next_step(mind: Mind, before_step: Conversation) -> None:
    solved = turn(mind, before_step, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.95)).conversation
    again = turn(mind, solved, reading(MFA, "choose", 0.3, sure=False), Meant("not_helped", 0.9))
    assert again.conversation.step == "backup_code" and again.conversation.solved == ()
    assert [tried.outcome for tried in again.conversation.tried] == ["did_not_help"]


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


def test_what_becomes_urgent_while_we_ask_is_with_people_before_the_next_question(
    mind: Mind, before_step: Conversation
) -> None:
    asked = turn(mind, before_step, reading("escalate.human", "handoff"), Meant("person", 0.95))
    assert asked.request is None and asked.conversation.state == "gathering"
    worse = replace(reading(MFA, "answer", 0.4, sure=False), signals=("no_access_at_all",))
    told = turn(mind, asked.conversation, worse, Meant("answer", 0.8), text="these are some more words here")
    assert told.request is not None and told.conversation.state == "gathering"


def test_an_address_alone_answers_no_other_question(mind: Mind) -> None:
    asked = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading("billing.question", "handoff"), Meant("unclear", 0.1)
    )
    question = asked.conversation.asking
    heard = Heard(details={"contact_email": "ana@mail.example"}, told=True)
    address = replace(reading("chat.contact", "smalltalk"), heard=heard)
    script: Script = replace(mind.assistant.script, replies=Given(Meant("answer", 0.9)))  # type: ignore[arg-type]
    told = respond.respond(asked.conversation, address, Message("ana@mail.example"), script, NINE)
    assert told.conversation.asking == question and not told.conversation.gathered


def test_danger_that_is_told_in_two_messages_is_heard(mind: Mind) -> None:
    first, second = "idk if ill be here in 3 wks", "like i mean i dont want to be"
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=MFA, step="time_sync", said_last=first)
    read = mind.assistant.in_context(known, mind.assistant.read(second))
    assert read.decision in ("emergency", "safety_check")


def at_a_question(mind: Mind, **known: object) -> Conversation:
    """A person is on the way, and one question is still before the user."""
    begun = turn(mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "answer"), Meant("unclear", 0.1)).conversation
    asked = turn(mind, begun, reading("escalate.human", "handoff"), Meant("person", 0.9), text="get me a person")
    return replace(asked.conversation, **known)  # type: ignore[arg-type]


def test_who_only_may_want_to_leave_it_is_not_let_go(mind: Mind) -> None:
    unsure = turn(
        mind, at_a_question(mind), reading(MFA, "choose", 0.2, sure=False), Meant("stop", 0.45), text="well then"
    )
    surely = turn(
        mind, at_a_question(mind), reading(MFA, "choose", 0.2, sure=False), Meant("stop", 0.8), text="leave it"
    )
    assert unsure.conversation.issue == MFA
    assert surely.conversation.issue is None and surely.request is None


def test_a_wish_for_a_person_in_the_answer_to_a_question_brings_the_person(mind: Mind) -> None:
    read = reading("escalate.human", "handoff", 0.74)
    told = turn(mind, at_a_question(mind), read, Meant("stop", 0.31), text="Yes please let somebody look at it.")
    assert told.request is not None


def test_a_plain_story_about_an_issue_is_no_yes_to_whether_somebody_is_in_danger(mind: Mind) -> None:
    asked = turn(
        mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "safety_check", 0.5, sure=False), Meant("unclear", 0.1)
    )
    said = "well I did all that and the code is still refused"
    calm = replace(
        reading(MFA, "answer"), text=said, ranked=Ranked((Candidate(MFA, 0.95),), 0.95, 0.5, 0.2, danger=0.05)
    )
    story = turn(mind, asked.conversation, calm, Meant("yes", 0.53), text=said)
    plain_yes = turn(mind, asked.conversation, calm, Meant("yes", 0.95), text="yes she cannot breathe")
    assert story.request is None and story.conversation.issue == MFA
    assert plain_yes.request is not None and plain_yes.request.issue == "safety.emergency"
