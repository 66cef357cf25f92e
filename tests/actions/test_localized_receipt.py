"""The card of a new request is in the user's own language, with its times; a letter and English stay as they are."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import select

from bot.actions import localized_receipt, staff
from bot.actions.deps import Deps
from bot.actions.sweep.sweep import sweep
from bot.storage.tables import MessageRow
from tests.actions.talks import says
from tests.makers import ALEX, DONE, NINE, a_ticket, hours, minutes

LOST = {
    "es": ("hola, no puedo entrar en mi cuenta", "lun, 23 nov"),
    "fr": ("j'ai oublié mon mot de passe", "lun. 23 nov."),
    "pt": ("não consigo entrar na minha conta", "seg., 23 de nov."),
    "de": ("ich habe mein Passwort vergessen", "Mo., 23. Nov."),
    "hi": ("मुझसे दो बार पैसे लिए गए", "सोम, 23 नव॰"),
    "ar": ("تم خصم المبلغ مرتين", "الاثنين، 23 نوفمبر"),
    "zh": ("我忘记密码了", "11月23日周一"),
    "tl": ("dalawang beses akong siningil", "Lun, Nob 23"),
    "it": ("ho dimenticato la password", "lun 23 nov"),
    "pl": ("moje konto jest zablokowane", "pon., 23 lis"),
    "tr": ("hesabıma giremiyorum", "23 Kas Pzt"),
    "vi": ("tôi bị trừ tiền hai lần", "23 thg 11"),
}
ENGLISH = re.compile(r"\b(?:Request|Priority|Expected|Status|What happens|answer|Mon|you|reviews)\b")


def _card(answers: tuple[MessageRow, ...]) -> str:
    return next(line.body for line in answers if line.kind == "ticket_opened")


@pytest.mark.parametrize(("language", "words"), [(code, said) for code, (said, _) in LOST.items()])
def test_the_card_of_a_request_is_in_the_users_language_with_its_times(deps: Deps, language: str, words: str) -> None:
    received = says(deps, words, NINE)

    card = _card(received.answers)

    assert f"#{received.conversation.ticket_number}" in card and LOST[language][1] in card
    assert "1-800-SMARTMED" in card
    assert not ENGLISH.search(card)
    assert sum(f"#{received.conversation.ticket_number}" in line.body for line in received.answers) == 1


def test_a_card_names_its_approved_texts(deps: Deps) -> None:
    received = says(deps, "alguien hackeó mi cuenta", NINE)
    line = next(line for line in received.answers if line.kind == "ticket_opened")
    named = {one["id"] for one in line.source["texts"]}
    assert {"es.received", "es.care_security", "es.card_critical", "es.card_next"} <= named


def test_the_status_is_told_with_the_time_of_the_users_language(deps: Deps) -> None:
    says(deps, "hola, no puedo entrar en mi cuenta", NINE)
    received = says(deps, "¿cómo va mi solicitud?", NINE)
    assert "lun, 23 nov" in received.answers[-1].body and "Mon" not in received.answers[-1].body


def test_the_letter_of_an_emergency_is_in_the_users_language_with_its_reference_last(deps: Deps) -> None:
    received = says(deps, "mi madre no respira", NINE)
    letter = next(line.body for line in received.answers if line.kind == "emergency_opened")
    assert "911" in letter and letter.rstrip(".").endswith(f"#{received.conversation.ticket_number}")
    assert "lun, 23 nov" in letter and not ENGLISH.search(letter)


def test_an_english_card_stays_as_it_is(deps: Deps) -> None:
    card = _card(says(deps, "someone hacked my account and changed my password", NINE).answers)
    assert "**Priority:**" in card and "Mon, Nov 23" in card


def test_an_emergency_within_a_request_is_told_in_the_users_language(deps: Deps) -> None:
    says(deps, "hola, no puedo entrar en mi cuenta", NINE)
    received = says(deps, "mi madre no respira", NINE)
    moved = next(line.body for line in received.answers if line.kind == "promise_moved")
    assert "911" in moved and "lun, 23 nov" in moved and not ENGLISH.search(moved)


@pytest.mark.parametrize("language", LOST)
def test_each_later_card_of_a_wrong_medicine_says_not_to_take_it(deps: Deps, language: str) -> None:
    lines = deps.assistant().script.lines
    ticket = a_ticket(deps.policy, issue="prescription.wrong_information", language=language)
    told = lines.in_language(language, "wrong_medicine")
    assert told is not None
    for kind in ("reopened", "promise_moved"):
        card = localized_receipt.card(deps.policy, lines, ticket, kind, NINE, mail=False)
        assert card is not None and card.text.startswith(told[0])


def test_not_to_take_a_wrong_medicine_stands_before_the_card(deps: Deps) -> None:
    bodies = [line.body for line in says(deps, "auf meinem Rezept steht die falsche Dosis", NINE).answers]
    warned = next(n for n, body in enumerate(bodies) if "nehmen Sie dieses Medikament nicht ein" in body)
    assert warned < next(n for n, body in enumerate(bodies) if "Priorität" in body)
    assert sum("nehmen Sie dieses Medikament nicht ein" in body for body in bodies) == 1


TOLD_LATER = {
    "me duele mucho el pecho y no puedo respirar": "llame ahora al 911",
    "alguien ha entrado en mi cuenta y ha cambiado mi correo": "no dé a nadie nada con lo que se pueda entrar",
    "hola, no puedo entrar en mi cuenta": "está con nuestro equipo",
}


@pytest.mark.parametrize("words", TOLD_LATER)
def test_each_later_update_is_in_the_users_language_with_its_care_and_never_the_same_twice(
    deps: Deps, words: str
) -> None:
    number = says(deps, words, NINE).conversation.ticket_number
    for later in (minutes(20), minutes(90), hours(5), hours(29), hours(60)):
        sweep(deps, NINE + later)

    told = [line.body for line in _lines(deps) if line.kind == "next_update"]

    assert len(told) > 1 and all(before != after for before, after in pairwise(told))
    assert all(f"#{number}" in one and TOLD_LATER[words] in one and not ENGLISH.search(one) for one in told)


def test_that_another_team_has_it_and_what_was_done_are_told_in_the_users_language(deps: Deps) -> None:
    number = says(deps, "hola, no puedo entrar en mi cuenta", NINE).conversation.ticket_number
    assert number is not None
    staff.escalate(staff.Command(deps, number, ALEX, NINE + minutes(1)), "bug_confirmed")
    staff.resolve(staff.Command(deps, number, ALEX, NINE + minutes(2)), replace(DONE, done="Ya puede entrar."))

    handed, done = (_of(deps, kind) for kind in ("escalation_notice", "resolution_response"))

    assert f"#{number} está con nuestro equipo" in handed.body and not ENGLISH.search(handed.body)
    assert done.body == f"Ya puede entrar.\n\nSu solicitud #{number} está resuelta. ¿Le ayudó?" and done.buttons


def test_the_end_of_an_emergency_repeats_the_numbers_in_the_users_language(deps: Deps) -> None:
    number = says(deps, "mi madre no respira", NINE).conversation.ticket_number
    assert number is not None
    staff.resolve(staff.Command(deps, number, ALEX, NINE + minutes(2)), DONE)

    assert _of(deps, "resolution_response").body.startswith("**Si alguien puede estar en peligro, llame ahora al 911**")


@pytest.mark.parametrize("language", LOST)
@pytest.mark.parametrize("kind", ["next_update", "escalation_notice", "resolution_response"])
def test_each_later_letter_is_there_in_every_language(deps: Deps, language: str, kind: str) -> None:
    ticket = replace(a_ticket(deps.policy, language=language), resolution=replace(DONE, done="✓"))

    letter = localized_receipt.card(deps.policy, deps.assistant().script.lines, ticket, kind, NINE, mail=False)

    assert letter is not None and f"#{ticket.number}" in letter.text and not ENGLISH.search(letter.text)
    assert all(one.id.startswith(f"{language}.") for one in letter.sources)


def _lines(deps: Deps) -> list[MessageRow]:
    with deps.reading.begin() as db:
        return list(db.scalars(select(MessageRow).order_by(MessageRow.id)))


def _of(deps: Deps, kind: str) -> MessageRow:
    """The last letter of this kind."""
    return [line for line in _lines(deps) if line.kind == kind][-1]
