"""In another language a request is closed only after words that say it is well, or over; and a protest opens it again."""

import pytest

from bot.dialogue.button_values import CloseRequest
from tests.dialogue.chat import Chat

OPENINGS = {
    "ar": "لا أستطيع الدخول إلى حسابي",
    "zh": "我的账单错了，扣了两次款",
    "es": "no puedo entrar en mi cuenta",
    "fr": "je n'arrive pas à me connecter à mon compte",
    "de": "ich komme nicht in mein Konto",
    "pt": "não consigo entrar na minha conta",
    "it": "non riesco ad entrare nel mio account",
    "pl": "nie mogę zalogować się na konto",
    "tr": "hesabıma giremiyorum",
    "hi": "मैं अपने खाते में लॉग इन नहीं कर पा रहा",
}
THANKS = {
    "es": "vale gracias",
    "fr": "merci",
    "de": "ok danke",
    "pt": "obrigado",
    "it": "grazie mille",
    "pl": "dzięki",
    "tr": "teşekkürler",
    "hi": "शुक्रिया",
}


def opened(chat: Chat, language: str) -> None:
    chat.says(OPENINGS[language])
    chat.opens()
    assert chat.known.language == language


def is_asked_to_close(chat: Chat) -> bool:
    return CloseRequest(yes=True) in [button.does for button in chat.known.buttons]


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
    chat.says(THANKS[language])
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
    ("language", "told"),
    [
        *(("es", "la app se cierra sola"), ("es", "es que la app se cierra sola"), ("es", "la app se cierra")),
        *(("zh", "页面自动关闭"), ("ar", "التطبيق اغلق نفسه"), ("de", "die App lässt sich nicht schließen")),
        *(("fr", "on ne peut pas fermer la fenêtre"), ("hi", "app band kar do to bhi"), ("pt", "o app fecha sozinho")),
        *(
            ("it", "la finestra si chiude sempre"),
            ("pt", "o aplicativo fecha"),
            ("tr", "uygulama kendini kapatın diyor"),
        ),
        *(("it", "non ho più la ricevuta"), ("it", "non ho più accesso al mio account")),
        *(("it", "non ho più ricevuto il codice"), ("ar", "لا داعي للعجلة"), ("hi", "jaldi ki zarurat nahi")),
        *(
            ("de", "Rückruf ist nicht nötig"),
            ("zh", "不用了解"),
        ),
        *(("it", "non ho più il vecchio telefono"), ("de", "Eile ist nicht nötig")),
        *(("hi", "भुगतान दो बार हो गया"), ("es", "ahora me aparece un error"), ("es", "ya me salió error otra vez")),
        *(("es", "ahora va peor"), ("pl", "teraz mam błąd 403"), ("pl", "już mam dość"), ("tr", "dün oldu")),
        *(("tr", "Pazartesi oldu"), ("it", "ora va peggio"), ("fr", "j'ai trouvé une erreur")),
        *(("pt", "agora abre uma tela branca"), ("es", "ayer funcionó"), ("it", "è arrivata la fattura sbagliata")),
        *(("zh", "收到了错误的账单"), ("ar", "وجدت خطأ"), ("ar", "دخلت المستشفى"), ("hi", "bukhar ho gaya")),
        *(
            ("de", "jetzt geht gar die App zu"),
            ("fr", "j'ai reçu le mauvais code"),
            ("pt", "chegou agora a conta errada"),
        ),
    ],
)
def test_a_complaint_that_holds_such_a_word_is_added_and_told_twice_closes_nothing(
    chat: Chat, language: str, told: str
) -> None:
    opened(chat, language)
    for _ in range(2):
        chat.says(told)
        assert not is_asked_to_close(chat) and not chat.last.withdrawn
    assert chat.known.ticket is not None or chat.last.request is not None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        *(("es", "ya no hace falta gracias"), ("de", "jetzt geht es wieder"), ("tr", "gerek kalmadı")),
        ("fr", "ça marche maintenant"),
    ],
)
def test_the_same_told_again_is_asked_again_and_a_yes_closes(chat: Chat, language: str, told: str) -> None:
    opened(chat, language)
    for _ in range(2):
        chat.says(told)
        assert is_asked_to_close(chat) and not chat.last.withdrawn
    chat.presses(chat.known.buttons[0].label)
    assert chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "told"),
    [
        *(("it", "non ho più medicine, è urgente"), ("it", "non ho più insulina, è urgente")),
        *(("es", "ya no me hace efecto, es urgente"), ("fr", "je n'ai plus de comprimés, c'est urgent")),
    ],
)
def test_that_something_is_used_up_and_urgent_is_marked(chat: Chat, language: str, told: str) -> None:
    opened(chat, language)
    chat.says(told)
    assert "urgent" in chat.last.new_signals and not is_asked_to_close(chat)


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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("es", "ibuprofeno y alcohol"), ("es", "qué tomo"), ("de", "darf ich ibuprofen")),
        *(("pt", "posso tomar ibuprofeno"), ("it", "ibuprofene e alcol")),
    ],
)
def test_a_short_clinical_question_is_declined_and_not_only_added(chat: Chat, language: str, words: str) -> None:
    opened(chat, language)
    chat.says(words)
    assert chat.last.says[0].sources[0].id == f"{language}.medical"
