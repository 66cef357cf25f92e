"""Texts in languages that nobody at the desk reads hold and mean what the others hold and mean."""

import os
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.other_languages import meaning_faults
from bot.mind import open_the_encoder
from handoff.data_files import Fault, cache_folder
from tests.authoring.copies import Edit, a_copy, faults_in, told_of

ES, FR, IT, PL, TR, VI = (f"bot/languages/{language}.yml" for language in ("es", "fr", "it", "pl", "tr", "vi"))
LOST = [
    Edit(ES, " Le responderemos a más tardar: **{{ time }}**.", "", "`{{ time }}` stands in the other languages"),
    Edit(FR, " Si vous pensez à vous faire du mal, appelez le **988**.", "", "must tell people to call 988"),
    Edit(ES, "llame ahora al 911** (en EE. UU.)", "llame ahora al 900** (en EE. UU.)", "must tell people to call 911"),
    Edit(
        ES,
        "De nada. Si necesita algo más, escríbame aquí.",
        "Je vous en prie. S'il vous faut autre chose, écrivez-moi ici.",
        "written in another language (`fr`)",
    ),
    Edit(
        FR,
        "Merci de votre réponse.",
        "Vielen Dank für Ihre Antwort auf unsere Frage.",
        "written in another language (`de`)",
    ),
    Edit(ES, "lo verá una persona de nuestro equipo", "lo resolvemos hoy mismo", "`hoy` makes a promise"),
    Edit(IT, "thanks: Prego.", "thanks: Prego, Le rispondiamo subito.", "`subito` makes a promise"),
    Edit(PL, "thanks: Nie ma za co.", "thanks: Nie ma za co, odpowiemy jutro.", "`jutro` makes a promise"),
    Edit(TR, "thanks: Rica ederim.", "thanks: Rica ederim, hemen yanıt veriyoruz.", "`hemen` makes a promise"),
    Edit(VI, "thanks: Không có chi.", "thanks: Không có chi, hôm nay chúng tôi trả lời.", "`hôm nay` makes a promise"),
]
OTHERWISE = [
    Edit(FR, "Je ne peux pas répondre aux questions médicales.", "Prenez deux comprimés et reposez-vous.", "medical"),
    Edit(
        ES,
        "¿Quiere añadir algo? Puede escribirlo aquí en español.",
        "¿Cuál es la clave con la que entra?",
        "question",
    ),
    Edit(
        ES,
        "danger_yes: Sí, ahora mismo\n  danger_no: 'No'",
        "danger_yes: No\n  danger_no: Sí, ahora mismo",
        "danger_",
    ),
    Edit(
        ES,
        "'Sí, ciérrela'\n  close_no: 'No, déjela abierta'",
        "'No, déjela abierta'\n  close_no: 'Sí, ciérrela'",
        "close_",
    ),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of([LOST], lambda: tmp_path_factory.mktemp("lost"))


@pytest.mark.parametrize("edit", LOST, ids=lambda edit: edit.told[:24])
def test_a_slot_and_a_number_that_the_others_have_are_not_lost(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


def meant(places: ContentPaths) -> list[Fault]:
    """What is told of texts that mean something else than in the other languages."""
    encoder, why = open_the_encoder(os.environ)
    assert encoder is not None, why
    return list(meaning_faults(places, encoder, cache_folder(os.environ)))


@pytest.fixture(scope="module")
def otherwise(tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    root = tmp_path_factory.mktemp("otherwise")
    places = a_copy(root, *OTHERWISE)
    return meant(places)


@pytest.mark.parametrize("edit", OTHERWISE, ids=lambda edit: edit.new[:24])
def test_a_text_that_means_something_else_than_in_the_other_languages_is_refused(
    edit: Edit, otherwise: list[Fault]
) -> None:
    assert any(fault.message.startswith(edit.told) for fault in otherwise), otherwise


HONEST = [
    Edit(
        ES,
        "De nada. Si necesita algo más, escríbame aquí.",
        "De nada. Si necesita otra cosa, puede escribirme aquí.",
        "",
    ),
    Edit(ES, "hello: Hola. Cuénteme", "hello: Buenos días. Cuénteme", ""),
    Edit(FR, "Merci de votre réponse.", "Merci beaucoup de votre réponse.", ""),
]


def test_better_words_of_a_speaker_are_asked_for_who_read_them_and_nothing_else(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert meant(places) == []
    assert ["another than was read" in fault.message for fault in faults_in(places)] == [True] * len(HONEST)
