"""What is said of a request that people have, in whatever language: to be called, when, that it is over, anger."""

from dataclasses import replace

import pytest

from bot.dialogue.button_values import CloseRequest
from bot.dialogue.conversation import Message
from bot.dialogue.respond import respond
from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat
from tests.dialogue.test_closing_abroad import opened
from tests.makers import NINE

TAGALOG, VIETNAMESE = "dalawang beses po akong siningil sa konsulta", "tôi không tải được đơn thuốc file pdf"
CHARGED = "I was charged twice for one visit, 60 euro"


def begun(chat: Chat, language: str) -> None:
    """A request that people have, of a calm matter."""
    own = {"tl": TAGALOG, "vi": VIETNAMESE, "en": CHARGED}
    if language not in own:
        opened(chat, language)
        return
    chat.says(own[language])
    while chat.last.request is None:
        chat.says("skip")
    chat.opens()


def told(chat: Chat) -> str:
    """The name of the last line that was said."""
    return chat.last.says[-1].sources[-1].id.rpartition(".")[2]


def kept(chat: Chat) -> str:
    """The number that stands on the request."""
    details = chat.last.more.details if chat.last.more else ()
    return next((one.value for one in details if one.id == "phone_number"), "")


def is_asked_to_close(chat: Chat) -> bool:
    return CloseRequest(yes=True) in [button.does for button in chat.known.buttons]


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [
        ("es", "me pueden llamar mejor? 809-555-0142, despues de las 5", "809-555-0142, despues de las 5"),
        ("it", "vi prego fatemi chiamare da una persona, 340 555 0199", "340 555 0199"),
        ("it", "mi chiamate al 340 555 0199?", "340 555 0199"),
        ("hi", "koi call kar sakta hai kya? 98765 43210", "98765 43210"),
        ("tl", "tawagan nyo na lang po ako 0917 555 0134", "0917 555 0134"),
        ("de", "geht nicht. ich geb auf, ruf mich bitte an 0151 555 0177 ab 18 uhr", "0151 555 0177 ab 18 uhr"),
        ("fr", "rappelez moi plutôt, 06 12 55 01 23", "06 12 55 01 23"),
        ("fr", "je veux qu'on me rappelle, 06 44 55 01 87, le matin", "06 44 55 01 87, le matin"),
        ("pl", "zadzwońcie do mnie 601 555 019", "601 555 019"),
        ("vi", "gọi lại cho em số 0903 555 012 nhé", "0903 555 012"),
        ("tr", "beni arayın 0532 555 01 99", "0532 555 01 99"),
        ("pt", "podem me ligar? 11 98765 4321", "11 98765 4321"),
        ("zh", "打电话给我 138 0013 8000", "138 0013 8000"),
        ("en", "can somebody ring me +421 905 555 012 after 17h", "+421 905 555 012 after 17h"),
        (
            "en",
            "ring me back pls? 207 555 0144, afternoons after 2 are best",
            "207 555 0144, afternoons after 2 are best",
        ),
    ],
)
def test_a_number_to_call_is_kept_with_its_hours_and_said_back(
    chat: Chat, language: str, words: str, number: str
) -> None:
    if language == "zh":
        chat.says("我的账单错了，扣了两次款")
        chat.opens()
    else:
        begun(chat, language)
    said = chat.says(words)
    assert told(chat) == "reach_noted" and f"**{number}**" in said
    assert kept(chat) == number


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("es", "prefiero que me llamen"), ("fr", "qu'on m'appelle le matin"), ("tr", "beni arayabilir misiniz")),
        *(("de", "ruf mich an ab 18 uhr"), ("it", "preferisco essere richiamata"), ("vi", "gọi lại giúp em")),
    ],
)
def test_a_call_without_a_number_is_noted_and_the_number_asked_for(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert told(chat) == "call_noted"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("es", "quien me llamo ayer desde el 809-555-0142?"), ("es", "el doctor nunca me llamo")),
        *(("es", "no me llamen por favor"), ("es", "mi numero de tarjeta termina en 4411")),
        *(("de", "meine Krankenversicherungsnummer ist 0151 555 0177"), ("es", "necesito ayuda")),
        *(("de", "die Praxis hat mich angerufen um 18 Uhr"), ("fr", "je veux parler à quelqu'un")),
    ],
)
def test_other_calls_and_other_numbers_are_no_wish_to_be_called(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert told(chat) not in ("reach_noted", "call_noted") and not kept(chat)


@pytest.mark.parametrize("words", ["did you get my phone number", "do you have my number?"])
def test_whether_the_number_was_noted_is_answered_with_it(chat: Chat, words: str) -> None:
    begun(chat, "en")
    chat.says("call me on 207 555 0144")
    assert "207 555 0144" in chat.says(words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("tr", "ne zaman cevap verirsiniz"), ("tr", "ne zaman dönersiniz"), ("hi", "paise wapas kab milenge")),
        *(("es", "hola sigo esperando, ya paso media hora"), ("es", "ya pasó una hora y nada")),
        *(
            ("pl", "kiedy ktoś odpisze"),
            ("pl", "jak długo czekać"),
            ("de", "noch was neues?"),
            ("it", "quanto ci vuole"),
        ),
        *(("pt", "quando vcs respondem?"), ("vi", "bao giờ có kết quả"), ("tl", "gaano katagal pa")),
        ("en", "ok thanks, when you answer"),
    ],
)
def test_when_is_answered_with_the_time(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    said = chat.says(words)
    assert told(chat).startswith("status") and "soon" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "cuando es mi cita"),
        ("de", "wann ist mein Termin"),
        ("es", "ayer estaban todavia"),
        ("es", "desde hace una hora"),
    ],
)
def test_when_something_else_is_asks_nothing_of_the_request(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert told(chat) != "status"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("es", "perdon, ya aparecieron. dejelo asi"), ("es", "ya quedó, déjelo asi"), ("es", "ya salió, olvídelo")),
        *(
            ("it", "ho chiuso zoom e adesso va. grazie mille"),
            ("it", "risolto, grazie mille"),
            ("tr", "tamam hallettim, kapatabilirsiniz"),
        ),
        *(("fr", "c'est réglé merci"), ("pt", "entrei, não precisa mais"), ("de", "hat sich erledigt, danke")),
        *(("en", "forget it i used another email"), ("en", "false alarm, my son had it")),
    ],
)
def test_that_it_is_over_brings_the_question_whether_to_close(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert is_asked_to_close(chat) and not chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", "all good now, works for everybody. you can close"), ("en", "all fixed pls close")),
        *(("en", "oh its loading now! all good, u can close that"), ("pl", "juz dziala, prosze zamknac zgloszenie")),
    ],
)
def test_that_it_can_be_closed_is_done_at_once(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", "close it when it works"), ("en", "the app closes by itself")),
        *(("es", "hayır, daha içmedim"), ("tr", "peki tamam o zaman randevuyu komple iptal edin")),
        *(("es", "si ya cerre sesion y volvi a entrar"), ("de", "nein, das war alles, danke"), ("es", "no gracias")),
        *(("fr", "c'est bon laissez tomber pour le mail"), ("hi", "theek hai dhanyavaad")),
    ],
)
def test_what_ends_nothing_closes_nothing_and_brings_no_question(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert not is_asked_to_close(chat) and not chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("pt", "que porcaria de aplicativo, sempre a mesma coisa"), ("de", "das ist eine Frechheit")),
        *(("tl", "ang bagal nyo naman sumagot, nakakainis na"), ("ar", "خدمتكم سيئة جدا")),
        *(
            ("vi", "lâu quá vậy, bực mình ghê"),
            ("it", "che schifo di servizio"),
            ("fr", "c'est n'importe quoi votre service"),
        ),
    ],
)
def test_anger_gets_a_word_of_care_in_its_language(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert chat.last.says[0].sources[0].id == f"{language}.angry"
    chat.says(words)
    assert f"{language}.angry" not in [one.id for one in chat.last.says[0].sources], "an apology made twice is none"


@pytest.mark.parametrize(
    ("language", "words"), [("de", "seit gestern abend"), ("it", "era amoxicillina"), ("hi", "kal se")]
)
def test_calm_words_get_no_apology(chat: Chat, language: str, words: str) -> None:
    begun(chat, language)
    chat.says(words)
    assert "angry" not in chat.last.says[0].sources[0].id


TWO = (
    OpenRequest(
        1064, "technical.mobile_app", "other_language", "Triaged", "at 14:38", priority="medium", summary="não abre"
    ),
    OpenRequest(
        1065, "escalate.security", "other_language", "Triaged", "at 10:54", priority="critical", summary="roubaram"
    ),
)


def _of_two(chat: Chat, words: str) -> str:
    assistant = chat.mind.assistant
    message = replace(Message(words), request=TWO[0], others=TWO[1:])
    chat.goes_on(ticket=1064, state="with_support", language="pt", issue=TWO[0].issue)
    chat.last = respond(
        chat.known, assistant.in_context(chat.known, assistant.read(words)), message, assistant.script, NINE
    )
    return "\n".join(say.text for say in chat.last.says)


def test_of_two_requests_the_times_of_both_are_told_the_graver_first(chat: Chat) -> None:
    said = _of_two(chat, "quando vcs respondem?")
    assert -1 < said.index("10:54") < said.index("14:38") and "You have" not in said


def test_of_two_requests_none_is_closed_by_a_guess(chat: Chat) -> None:
    said = _of_two(chat, "tudo certo, obrigado, fechem o pedido por favor")
    assert not chat.last.withdrawn and "1064" in said and "1065" in said


def test_a_number_of_somebody_else_to_call_is_no_wish_to_be_called(chat: Chat) -> None:
    chat.says("the two-step code never works for me")
    chat.says("talk to a person")
    for _ in range(8):
        if chat.last.request is not None:
            break
        chat.says("skip")
    chat.opens()
    said = chat.says("please call the pharmacy at 202-555-0142")
    assert "By phone" not in said and chat.known.known.get("contact_wish") != "phone"


def test_a_correction_to_less_is_heard(chat: Chat) -> None:
    chat.says("i need a visit next monday")
    told = dict(chat.known.known)
    chat.says("sorry, monday")
    assert chat.known.known != told
