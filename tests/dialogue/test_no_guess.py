"""What is grave, or with people already, is never begun, closed or let go by a guess."""

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import Candidate, Heard, Meant, Ranked
from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat
from tests.dialogue.turns import MFA, PDF, reading, text_of, turn
from tests.makers import MARIA

SECURITY, BILLING, LOST = "escalate.security", "billing.question", "escalate.data_loss"


def asked_of_a_request(mind: Mind, issue: str) -> Conversation:
    """People have the request, and a question of it is before Maria."""
    begun = turn(mind, Conversation(MARIA, "in_app_chat"), reading(issue, "handoff"), Meant("unclear", 0.1))
    return replace(begun.conversation, ticket=1001)


def test_a_request_that_people_have_is_not_closed_by_a_guess_while_questions_are_asked(mind: Mind) -> None:
    begun = turn(mind, Conversation(MARIA, "in_app_chat"), reading(MFA, "answer"), Meant("unclear", 0.1)).conversation
    asked = turn(mind, begun, reading("escalate.human", "handoff"), Meant("person", 0.9), text="get me a person")
    known = replace(asked.conversation, ticket=1001)
    told = turn(mind, known, reading(MFA, "choose", 0.3, sure=False), Meant("solved", 0.9), text="speed test perfect")
    assert not told.withdrawn and "Shall I close" in text_of(told)


def test_what_only_people_can_settle_is_not_taken_for_solved(mind: Mind) -> None:
    begun = turn(mind, Conversation(MARIA, "in_app_chat"), reading(BILLING, "handoff"), Meant("unclear", 0.1))
    told = turn(
        mind,
        begun.conversation,
        reading(BILLING, "choose", 0.3, sure=False),
        Meant("solved", 0.7),
        text="when you can, end of month is good",
    )
    assert told.conversation.state != "solved" and told.conversation.issue == BILLING


def test_what_answers_the_question_closes_nothing(mind: Mind) -> None:
    known = replace(asked_of_a_request(mind, LOST), asking="last_seen")
    read = replace(reading(LOST, "choose", 0.3, sure=False), heard=Heard(details={"last_seen": "friday"}, told=True))
    told = turn(mind, known, read, Meant("unclear", 0.3), text="they were there friday. I READ them friday")
    assert not told.withdrawn and "Shall I close" not in text_of(told)


@pytest.mark.parametrize(("sure", "begun"), [(False, False), (True, True)])
def test_a_grave_matter_among_a_choice_is_begun_only_when_it_is_certain(mind: Mind, sure: bool, begun: bool) -> None:
    known = Conversation(MARIA, "in_app_chat", state="choosing", turn=1, choices=(MFA, SECURITY), unclear=1)
    read = reading(SECURITY, "handoff" if sure else "choose", 0.9 if sure else 0.4, sure=sure)
    told = turn(mind, known, read, Meant("unclear", 0.3), text="no I never got an email, did you see one")
    assert (told.request is not None) is begun


def test_a_no_to_danger_with_another_matter_goes_on_with_that_matter(mind: Mind) -> None:
    start = Conversation(MARIA, "in_app_chat")
    asked = turn(mind, start, reading(MFA, "safety_check", 0.7, sure=False), Meant("unclear", 0.3)).conversation
    words = "no, I'm grand, but the PDF never opens"
    told = turn(mind, asked, replace(reading(PDF, "answer"), text=words), Meant("no", 0.9), text=words)
    assert told.conversation.issue == PDF


def test_an_unlikely_grave_matter_is_not_begun_after_a_no_to_danger(mind: Mind) -> None:
    start = Conversation(MARIA, "in_app_chat")
    few = (Candidate("safety.emergency", 0.5), Candidate(LOST, 0.1), Candidate(MFA, 0.09), Candidate(PDF, 0.08))
    read = replace(reading(LOST, "safety_check", 0.1, sure=False), candidates=few, ranked=Ranked(few, 0.1, 0.8, 0.05))
    asked = turn(mind, start, read, Meant("unclear", 0.3)).conversation
    told = turn(mind, asked, reading(MFA, "choose", 0.3, sure=False), Meant("no", 0.9), text="no")
    assert told.request is None and LOST not in told.conversation.plan


@pytest.mark.parametrize(("reason", "beside"), [("data_loss", False), ("not_resolved_by_documentation", True)])
def test_what_else_is_for_people_is_added_to_a_grave_request(mind: Mind, reason: str, beside: bool) -> None:
    open_one = OpenRequest(1001, LOST, reason, "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001, issue=LOST)
    told = turn(mind, known, reading("escalate.compliance", "handoff"), Meant("issue", 0.9), request=open_one)
    assert (told.conversation.issue == "escalate.compliance") is beside


def test_another_issue_beside_a_request_whose_own_is_not_known_is_begun(mind: Mind) -> None:
    open_one = OpenRequest(1001, "", "asked_for_person", "Triaged", "soon")
    known = Conversation(MARIA, "in_app_chat", state="with_support", ticket=1001)
    told = turn(mind, known, reading(PDF, "answer"), Meant("issue", 0.9), request=open_one)
    assert told.conversation.issue == PDF


def test_what_else_was_mentioned_and_is_for_people_is_asked_before_it_is_handed_over(mind: Mind) -> None:
    known = Conversation(
        MARIA, "in_app_chat", state="answering", issue=MFA, step="time_sync", also=("escalate.privacy",)
    )
    solved = turn(mind, known, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.9))
    assert solved.request is None and "Privacy concern" in text_of(solved)
    yes = turn(mind, solved.conversation, reading(MFA, "choose", 0.1, sure=False), Meant("yes", 0.9), text="yes please")
    no = turn(mind, solved.conversation, reading(MFA, "choose", 0.1, sure=False), Meant("no", 0.9), text="no thanks")
    assert yes.request is not None and yes.request.issue == "escalate.privacy"
    assert no.request is None and no.conversation.state == "solved"


@pytest.mark.parametrize(
    ("act", "state", "step"),
    [("details", "answering", "time_sync"), ("not_helped", "answering", "backup_code"), ("helped", "solved", None)],
)
def test_who_goes_on_after_it_was_told_to_be_solved_is_at_that_step_again(
    mind: Mind, act: str, state: str, step: str | None
) -> None:
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=MFA, step="time_sync", turn=2)
    solved = turn(mind, known, reading(MFA, "choose", 0.3, sure=False), Meant("helped", 0.9)).conversation
    again = turn(
        mind, solved, reading("chat.thanks", "choose", 0.1, sure=False), Meant(act, 0.9), text="it is the app one"
    )
    assert (again.conversation.state, again.conversation.step) == (state, step)


def test_a_fact_that_many_have_it_leads_out_of_an_issue_whose_file_names_that_way(mind: Mind) -> None:
    page = "technical.page_not_loading"
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=page, step="clear_cache")
    read = replace(reading(page, "choose", 0.3, sure=False), signals=("multiple_users_affected",))
    told = turn(mind, known, read, Meant("details", 0.9), text="not just me, all four desks")
    assert told.request is not None and told.request.issue == "escalate.outage"


@pytest.mark.parametrize(("issue", "heard"), [(PDF, False), ("account.cant_log_in", True)])
def test_no_access_is_a_fact_of_an_account_and_not_of_a_prescription(mind: Mind, issue: str, heard: bool) -> None:
    step = mind.catalog.intents[issue].steps[0].id
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=issue, step=step)
    read = replace(reading(issue, "choose", 0.3, sure=False), signals=("no_access_at_all",))
    told = turn(mind, known, read, Meant("not_helped", 0.9), text="logged out and in again, same thing")
    assert ("no_access_at_all" in told.conversation.signals) is heard


def test_surely_no_request_opens_none_though_words_of_it_sound_like_people(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="gathering", issue=MFA, asking="device", asked=("device",))
    read = reading("chat.close_request", "smalltalk", 0.91)
    told = turn(mind, known, read, Meant("person", 0.9), text="they restarted it and it's up, no ticket please")
    assert told.request is None and told.conversation.issue is None


def test_who_asks_that_people_pass_on_a_wish_is_handed_over_with_the_wish(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=MFA, step="time_sync")
    read = reading("escalate.feature_request", "handoff", 0.8)
    told = turn(mind, known, read, Meant("person", 0.9), text="could you tell whoever builds these things")
    assert told.conversation.issue == "escalate.feature_request"


def on_the_way(**known: object) -> Conversation:
    """A question on the way to a person is before Maria, and nobody has a request yet."""
    begun = Conversation(MARIA, "in_app_chat", state="gathering", issue=MFA, asking="device", asked=("device",))
    return replace(begun, **known)  # type: ignore[arg-type]


def test_what_may_mean_that_it_works_is_asked_before_people_are_spared(mind: Mind) -> None:
    told = turn(
        mind, on_the_way(), reading(MFA, "choose", 0.2, sure=False), Meant("solved", 0.93), text="so that's me in"
    )
    assert told.conversation.state == "gathering" and "Is it solved?" in text_of(told) and told.request is None


@pytest.mark.parametrize(("act", "state"), [("helped", "solved"), ("thanks", "solved"), ("not_helped", "gathering")])
def test_the_answer_to_whether_it_works_ends_it_or_goes_on_to_people(mind: Mind, act: str, state: str) -> None:
    asked = turn(
        mind, on_the_way(), reading(MFA, "choose", 0.2, sure=False), Meant("solved", 0.93), text="so that's me in"
    )
    told = turn(
        mind, asked.conversation, reading(MFA, "choose", 0.2, sure=False), Meant(act, 0.9), text="it is what I said"
    )
    assert told.conversation.state == state


@pytest.mark.parametrize("chance", [0.6, 0.95])
@pytest.mark.parametrize(("text", "closed"), [("we have restarted all", False), ("please close my request", True)])
def test_an_open_request_is_closed_only_when_it_is_said_and_asked_about_else(
    mind: Mind, chance: float, text: str, closed: bool
) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_support", issue=MFA, ticket=1001)
    told = turn(mind, known, reading(MFA, "choose", 0.2, sure=False), Meant("close", chance), text=text)
    assert told.withdrawn is closed and ("Shall I close" in text_of(told)) is not closed


def test_a_request_under_privacy_law_is_no_exposure_by_what_merely_lies_near_one(mind: Mind) -> None:
    privacy = "escalate.privacy"
    known = Conversation(
        MARIA, "in_app_chat", state="gathering", issue=privacy, asking="privacy_kind", signals=("privacy_request",)
    )
    near = replace(reading(privacy, "handoff", 0.7), signals=("phi_exposure",))
    named = replace(near, told=((privacy, "phi_exposure"),))
    for read, heard in ((near, False), (named, True)):
        told = turn(mind, known, read, Meant("answer", 0.9), text="all of it, the log of who opened my file too")
        assert ("phi_exposure" in told.conversation.signals) is heard


@pytest.mark.parametrize(
    ("told", "way"),
    [({"contact_wish": "phone", "contact_phone": "555 0142"}, "By phone"), ({"contact_wish": "email"}, "By e-mail")],
)
def test_the_way_to_be_answered_is_on_the_request_whatever_sentence_told_it(
    mind: Mind, told: dict[str, str], way: str
) -> None:
    known = on_the_way()
    read = replace(reading("escalate.human", "handoff", 0.97), heard=Heard(details=told, told=True))
    came = turn(mind, known, read, Meant("person", 0.95), text="somebody please ring me after 4 on 555 0142")
    assert came.request is not None
    details = {detail.id: detail.value for detail in came.request.details}
    assert details["answer_by"] == way and ("555 0142" in details.values()) is ("contact_phone" in told)


def test_the_way_to_be_answered_is_added_to_a_request_that_people_have(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="with_support", issue=MFA, ticket=1001)
    read = replace(reading(MFA, "choose", 0.2, sure=False), heard=Heard(details={"contact_wish": "phone"}, told=True))
    added = turn(mind, known, read, Meant("add", 0.9), text="and call me please, I can't type")
    assert added.more is not None and "By phone" in {detail.value for detail in added.more.details}


def test_who_asks_for_a_person_right_after_an_end_is_not_asked_what_it_is_about(mind: Mind) -> None:
    known = Conversation(MARIA, "in_app_chat", state="solved", solved=(MFA,), turn=5)
    told = turn(
        mind, known, reading("escalate.human", "handoff", 0.97), Meant("person", 0.95), text="scrap that, ring me"
    )
    assert told.conversation.issue == MFA and told.conversation.solved == ()


@pytest.mark.parametrize(
    ("day", "soon"), [("14th at 9", False), ("next week", False), ("today at 4", True), ("Monday at 9", True)]
)
def test_a_visit_of_another_day_is_not_due_soon(mind: Mind, day: str, soon: bool) -> None:
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=MFA, step="time_sync")
    heard = Heard(details={"appointment_date": day}, signals=("visit_soon",), told=True)
    read = replace(reading(MFA, "choose", 0.3, sure=False), heard=heard, signals=("visit_soon",))
    told = turn(mind, known, read, Meant("details", 0.9), text=f"my visit is {day}")
    assert ("visit_soon" in told.conversation.signals) is soon


@pytest.mark.parametrize(("act", "state"), [("unclear", "answering"), ("yes", "with_support")])
def test_a_sentence_without_a_trace_of_danger_goes_on_where_danger_was_asked_about(
    mind: Mind, act: str, state: str
) -> None:
    known = Conversation(
        MARIA, "in_app_chat", state="checking", before="answering", issue=MFA, step="time_sync", checked=1
    )
    ranked = Ranked((Candidate(MFA, 0.3),), 0.3, 0.8, 0.05, danger=0.001)
    words = "then kindly pass it to someone, it is the one from the third"
    read = replace(reading(MFA, "choose", 0.3, sure=False), ranked=ranked, text=words)
    assert turn(mind, known, read, Meant(act, 0.9), text=words).conversation.state == state


@pytest.mark.parametrize(
    "text", ["cant get into my account", "can't get into my account", "I can't get into my account"]
)
def test_few_plain_words_that_name_an_issue_get_its_steps(chat: Chat, text: str) -> None:
    chat.says(text)
    assert (chat.known.issue, chat.known.state) == ("account.cant_log_in", "answering")
