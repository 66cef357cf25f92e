"""What is told in another language after the first message: in that language, never taken for an end, and as urgent as in English."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("first", "then", "language"),
    [
        ("Não recebo o código por SMS", "o número está certo", "pt"),
        ("No puedo entrar en mi cuenta", "el número está bien", "es"),
        ("Je n'arrive pas à me connecter à mon compte", "no", "fr"),
    ],
)
def test_words_of_two_languages_are_of_the_one_that_is_spoken(chat: Chat, first: str, then: str, language: str) -> None:
    chat.says(first)
    chat.opens()
    chat.says(then)
    assert chat.known.language == language


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("No puedo entrar en la cita, me pone error de conexión", "ya lo hice y nada"),
        ("tengo un problema", "ya lo intenté y no funciona"),
    ],
)
def test_a_try_that_failed_is_no_leave(chat: Chat, first: str, then: str) -> None:
    chat.says(first)
    chat.says(then)
    assert chat.last.request is not None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Je ne trouve pas mon ordonnance", "merci, et mon ordonnance ?"),
        ("el video se queda en negro y no puedo entrar en la videollamada", "si pero the sound works"),
        ("mein Video geht nicht im Videotermin", "ja aber das Bild fehlt"),
    ],
)
def test_a_question_or_a_but_ends_nothing_and_closes_nothing(chat: Chat, first: str, then: str) -> None:
    chat.says(first)
    chat.opens()
    chat.says(then)
    assert not chat.known.buttons and not chat.last.says[-1].text.startswith(("De nada", "Je vous en prie", "Gern"))


@pytest.mark.parametrize(
    "words",
    [
        "Mein Video geht nicht, der Arzt wartet schon",
        "mi video no funciona y el médico me está esperando",
        "मेरा वीडियो नहीं चल रहा है, डॉक्टर इंतज़ार कर रहे हैं",
        "我的视频打不开，医生在等我",
    ],
)
def test_a_doctor_who_waits_is_a_visit_that_runs(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals


def test_a_visit_in_five_minutes_marks_the_request(chat: Chat) -> None:
    chat.says("No puedo entrar en mi cuenta")
    chat.opens()
    chat.says("La cita es a las 10 y son las 9:55")
    assert "visit_soon" in chat.last.new_signals and "expected_time" not in chat.known.known


@pytest.mark.parametrize("words", ["ich warte auf den Arzt", "el médico está esperando los resultados"])
def test_who_waits_for_a_doctor_or_a_doctor_for_results_runs_no_visit(chat: Chat, words: str) -> None:
    chat.says(words)
    assert "visit_soon" not in chat.known.signals


def test_results_that_cannot_be_seen_are_no_exposure(chat: Chat) -> None:
    chat.says("我看不到我的检查结果")
    assert chat.last.request is None or "phi_exposure" not in chat.last.request.signals


def test_the_question_about_danger_keeps_its_buttons_where_a_letter_goes_out_too(chat: Chat) -> None:
    chat.says("No puedo ver mi receta")
    chat.opens()
    chat.says("por cierto mi marido se ha desmayado dos veces hoy")
    if chat.known.state == "checking" and "emergency" in chat.last.new_signals:
        assert chat.last.then and chat.last.then[-1].buttons


@pytest.mark.parametrize(
    "words",
    [
        "मेरा पर्चा गलत है, डॉक्टर ने दोगुनी खुराक लिखी है",
        "mi receta está mal, dice el doble de dosis",
        "mein Rezept ist falsch, die doppelte Dosis steht darauf",
    ],
)
def test_a_wrong_dose_is_urgent_in_every_language(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and "critical_workflow_blocked" in chat.last.request.signals


@pytest.mark.parametrize(
    ("taken", "unwell"), [("मैंने दो बार खा लिया", "अब चक्कर आ रहा है"), ("ya me las he tomado", "ahora estoy mareado")]
)
def test_who_is_unwell_after_a_wrong_dose_hears_the_numbers_again(chat: Chat, taken: str, unwell: str) -> None:
    chat.says(
        "मेरा पर्चा गलत है, डॉक्टर ने दोगुनी खुराक लिखी है" if "मैं" in taken else "mi receta está mal, dice el doble de dosis"
    )
    chat.opens()
    chat.goes_on(state="with_support")
    chat.says(taken)
    if chat.known.state == "checking":
        chat.presses(chat.known.buttons[0].label)
    assert chat.known.issue == "safety.emergency"
    chat.goes_on(state="with_support", ticket=1001)
    assert "911" in chat.says(unwell).split("\n")[0]
