"""In another language a request is closed only after words that say it is well, or over; and a protest opens it again."""

import pytest

from tests.dialogue.chat import Chat

OPENINGS = {
    "es": "no puedo entrar en mi cuenta",
    "fr": "je n'arrive pas à me connecter à mon compte",
    "de": "ich komme nicht in mein Konto",
    "pt": "não consigo entrar na minha conta",
    "it": "non riesco ad entrare nel mio account",
    "pl": "nie mogę zalogować się na konto",
    "tr": "hesabıma giremiyorum",
    "hi": "मैं अपने खाते में लॉग इन नहीं कर पा रहा",
}


def opened(chat: Chat, language: str) -> None:
    chat.says(OPENINGS[language])
    chat.opens()
    assert chat.known.language == language


def is_asked_to_close(chat: Chat) -> bool:
    return len(chat.known.buttons) == 2


@pytest.mark.parametrize(
    ("language", "told"),
    [
        *(("pt", "era amoxicilina"), ("de", "metformin war das"), ("es", "es de hoy mismo")),
        *(("fr", "j'ai déjà autorisé la caméra et redémarré"), ("hi", "restart bhi kiya")),
        *(("pl", "juz restartowalem"), ("hi", "ठीक है धन्यवाद"), ("it", "ho già riavviato tutto")),
        *(("tr", "dünkü olan"), ("de", "seit gestern abend"), ("fr", "celle de lundi")),
    ],
)
def test_what_is_only_told_is_added_and_thanks_close_nothing(chat: Chat, language: str, told: str) -> None:
    opened(chat, language)
    chat.says(told)
    assert not is_asked_to_close(chat)
    chat.says({"pt": "obrigado", "de": "ok danke", "es": "vale gracias", "fr": "merci"}.get(language, "thanks"))
    assert chat.known.ticket is not None and not chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "well", "thanks", "yes"),
    [
        ("es", "ya funciona", "gracias", "sí, gracias"),
        ("de", "jetzt geht es wieder", "ok danke", "ja bitte"),
        ("pt", "agora abriu", "obrigado", "sim"),
        ("tr", "tamam düzeldi", "teşekkürler", "evet"),
        ("pl", "już działa", "dzieki", "tak"),
    ],
)
def test_that_it_works_is_asked_about_and_only_a_yes_closes(
    chat: Chat, language: str, well: str, thanks: str, yes: str
) -> None:
    opened(chat, language)
    chat.says(well)
    assert is_asked_to_close(chat)
    chat.says(thanks)
    assert chat.known.ticket is not None and not chat.last.withdrawn
    chat.says(well)
    chat.says(yes)
    assert chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "over", "untrue"),
    [
        ("es", "ya no hace falta gracias", "ya funciona"),
        ("fr", "laissez tomber j'ai trouvé ailleurs", "marche"),
        ("tr", "gerek kalmadı", "çalışıyor"),
        ("de", "kann geschlossen werden", "ginge"),
    ],
)
def test_what_is_over_is_asked_about_without_a_word_that_it_works(
    chat: Chat, language: str, over: str, untrue: str
) -> None:
    opened(chat, language)
    said = chat.says(over)
    assert is_asked_to_close(chat) and untrue not in said


@pytest.mark.parametrize(
    ("language", "protest"),
    [
        ("es", "pero no esta arreglado!!"),
        ("de", "es ist aber nicht repariert!!"),
        ("pt", "nao, continua sem abrir"),
        ("fr", "mais ça ne marche toujours pas"),
    ],
)
def test_a_protest_opens_it_again(chat: Chat, language: str, protest: str) -> None:
    opened(chat, language)
    chat.says({"es": "ya funciona", "de": "jetzt geht es wieder", "pt": "agora abriu", "fr": "ça marche"}[language])
    chat.presses(chat.known.buttons[0].label)
    chat.request = None
    chat.says(protest)
    assert chat.last.closing_taken_back and chat.known.ticket == 1001


def test_a_grave_request_stays_open_and_its_user_hears_so_in_their_language(chat: Chat) -> None:
    chat.says("mi cuenta fue hackeada")
    chat.opens()
    assert "una persona mirará" in chat.says("ciérrelo por favor")
