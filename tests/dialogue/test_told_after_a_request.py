"""What is told after a request is open is heard: it names the request, makes it graver, or has one of its own, which takes neither team
nor priority of the first one along."""

from dataclasses import replace

import pytest

from handoff.facts import CANNOT_WAIT, OpenRequest
from handoff.triage import triage
from tests.dialogue.chat import Chat

BILL = "I was charged twice on Monday, 40 euros"


def waiting_for_person(chat: Chat) -> None:
    chat.says("i want a person. no bots")
    chat.says("no. person.")
    chat.opens()


@pytest.fixture
def billed(chat: Chat) -> Chat:
    """A bill is with people."""
    chat.says(BILL)
    while chat.known.asking:
        chat.presses("Skip")
    chat.opens()
    return chat


def asked_about_danger(chat: Chat, words: str) -> None:
    chat.goes_on(state="checking", before="with_support", checked=1, words=(*chat.known.words, words))


@pytest.mark.parametrize(
    "words",
    [
        "ok fine. the thing is my insulin script from dr Hale never got to CVS on Main st. i have one pen left for tonight",
        "fine. my son's inhaler script never arrived at the pharmacy, he has one puff left",
    ],
)
def test_what_was_told_with_a_worry_is_what_the_person_is_wanted_for(chat: Chat, words: str) -> None:
    waiting_for_person(chat)
    asked_about_danger(chat, words)
    chat.says("no")
    more = chat.last.more
    assert chat.last.for_ticket and more is not None and words in [one.value for one in more.details]
    assert "critical_workflow_blocked" in chat.known.signals


def test_a_worry_told_with_a_bill_leaves_the_bill_what_it_is_about(billed: Chat) -> None:
    asked_about_danger(billed, "i have not slept at all because of this bill")
    billed.says("no")
    assert billed.known.issue == "billing.question" and "critical_workflow_blocked" not in billed.known.signals
    assert not any(one.id == "description" for one in billed.known.gathered)


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("it's about a charge of 90 dollars that i never made", "billing.question"),
        ("my refund of 80 dollars from october never came", "billing.question"),
    ],
)
def test_a_request_that_named_nothing_is_about_what_is_told_next(chat: Chat, words: str, issue: str) -> None:
    waiting_for_person(chat)
    chat.says(words)
    assert chat.known.issue == issue and chat.last.more is not None and chat.last.more.issue == issue


@pytest.mark.parametrize(
    "words",
    [
        "k. will it be done before 4, i cant chart without it",
        "need it before rounds",
        "i need it sorted before my 2pm patient",
    ],
)
def test_a_time_by_which_it_is_needed_marks_the_request(billed: Chat, words: str) -> None:
    billed.says(words)
    assert CANNOT_WAIT in billed.known.signals


@pytest.mark.parametrize("words", ["my shift starts at 4", "is it before or after 4", "i paid before friday"])
def test_a_time_that_is_only_told_marks_nothing(billed: Chat, words: str) -> None:
    billed.says(words)
    assert CANNOT_WAIT not in billed.known.signals


@pytest.mark.parametrize(
    "words",
    [
        "also while ur at it our whole floor's thermometer sync thing hasnt worked in a week, different story",
        "separately, the label printer at the front desk prints only blanks since monday",
    ],
)
def test_a_matter_told_apart_has_a_request_of_its_own(billed: Chat, words: str) -> None:
    billed.says(words)
    assert (billed.known.issue != "billing.question" and billed.known.previous == 1001) or billed.known.beside == 1001


@pytest.mark.parametrize(
    "words",
    [
        *("that is a different story", "it shows another amount on my statement"),
        "by the way, it was the payment from last Tuesday, 45 dollars",
    ],
)
def test_what_only_sounds_apart_is_added(billed: Chat, words: str) -> None:
    billed.says(words)
    assert billed.known.ticket == 1001 and billed.known.beside is None and billed.last.request is None


def test_a_request_under_the_law_moves_no_bill_to_another_team(billed: Chat) -> None:
    billed.says("i'm the legal guardian of my mother and i need a copy of all the personal data you hold about her")
    made = billed.last.request
    assert made is not None and made.issue == "escalate.privacy" and "privacy_request" not in billed.last.new_signals


@pytest.mark.parametrize("words", ["can you send me a copy of the invoice", "which card was it?"])
def test_a_question_about_the_bill_is_no_request_under_the_law(billed: Chat, words: str) -> None:
    billed.says(words)
    assert billed.last.request is None or billed.last.request.issue != "escalate.privacy"


def test_a_new_request_takes_neither_team_nor_priority_of_the_first(chat: Chat) -> None:
    chat.says("bom dia, queria saber como exclui minha conta e todos os meus dados, é meu direito pela LGPD")
    chat.opens()
    assert chat.request is not None
    chat.request = replace(chat.request, team="security", priority="high")
    chat.says("ah e tambem me cobraram 120 reais em outubro que nao reconheço")
    made = chat.last.request
    assert made is not None and made.issue == "billing.question"
    found = triage(chat.mind.assistant.script.policy, made)
    assert (found.priority, found.team) == ("medium", "support")


@pytest.mark.parametrize("words", ["e tem uma consulta marcada que não fui eu que marquei", "quando vcs respondem?"])
def test_what_is_added_belongs_to_the_request_spoken_of_last(chat: Chat, words: str) -> None:
    chat.says("não consigo abrir o app no celular novo")
    chat.opens()
    assert chat.request is not None
    first = replace(chat.request, summary="não consigo abrir o app no celular novo", title="Trouble with the phone app")
    chat.says("roubaram meu celular antigo ontem no ônibus, estava logado")
    assert chat.last.request is not None and chat.last.request.issue == "escalate.security"
    chat.goes_on(ticket=1002, state="with_support")
    security = OpenRequest(1002, "escalate.security", "security_breach_suspected", "Triaged", "soon", team="security")
    chat.request = replace(security, summary="Security concern", title="Security concern")
    chat.others = (first,)
    chat.says(words)
    assert chat.known.ticket == 1002


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            "Dzień dobry, chcę włączyć uwierzytelnianie dwuskładnikowe",
            "a czy to jest bezpieczne? bo ktoś się chyba logował u mnie z Rosji",
        ),
        ("chcę zmienić numer telefonu w profilu", "widzę logowanie z Moskwy, to nie ja"),
    ],
)
def test_an_attack_told_with_a_question_is_heard(chat: Chat, first: str, then: str) -> None:
    chat.says(first)
    chat.opens()
    chat.says(then)
    assert chat.last.request is not None and chat.last.request.issue == "escalate.security"


@pytest.mark.parametrize(
    "words", ["no nadie esta en peligro", "nadie está en peligro", "nie, nikt nie jest w niebezpieczeństwie"]
)
def test_that_nobody_is_in_danger_opens_no_outage(chat: Chat, words: str) -> None:
    chat.says("me cobraron dos veces la consulta")
    chat.opens()
    chat.says(words)
    assert chat.last.request is None


def test_that_nobody_gets_in_is_still_an_outage(chat: Chat) -> None:
    chat.says("me cobraron dos veces la consulta")
    chat.opens()
    chat.says("ahora está todo caído, nadie en la clínica puede entrar al sistema")
    assert chat.last.request is not None or "multiple_users_affected" in chat.known.signals


@pytest.mark.parametrize(
    "words",
    [
        "my lab integration with epic stopped syncing thurs. also can you add dark mode its blinding at night",
        "the quest feed broke monday, also a calendar export would be nice",
    ],
)
def test_a_fault_beside_a_wish_is_no_wish(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue != "escalate.feature_request" and "enhancement_request" not in chat.known.signals


@pytest.mark.parametrize(
    "words",
    [
        "I want dark mode. The screen is too bright at night.",
        "could you add a calendar export, it would help me with my work a lot",
    ],
)
def test_why_something_is_wished_for_is_no_fault(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.issue == "escalate.feature_request"
