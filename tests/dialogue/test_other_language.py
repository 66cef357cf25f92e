"""A plain first message in another language is heard; what is vague is asked about; and nothing grave comes of a filler."""

import pytest

from tests.dialogue.chat import MFA, Chat

SIGN_IN = (
    *("hola, no puedo entrar en mi cuenta", "bonjour, je n'arrive pas à me connecter à mon compte"),
    *("olá, não consigo entrar na minha conta", "hallo, ich komme nicht in mein Konto"),
    *("ciao, non riesco ad entrare nel mio account", "dzień dobry, nie mogę zalogować się na konto"),
    *("merhaba hesabıma giremiyorum", "chào bạn, tôi không vào được tài khoản"),
    *(
        "नमस्ते, मैं अपने खाते में लॉग इन नहीं कर पा रहा",
        "مرحبا، لا أستطيع الدخول إلى حسابي",
        "hindi ako makapasok sa account ko",
    ),
)
FILLERS = ("hecho", "tamam", "c'est fait", "erledigt", "vale", "fatto", "gotowe", "好了", "تم", "xong rồi", "tapos na")


@pytest.mark.parametrize("words", SIGN_IN)
def test_a_plain_first_message_is_heard_in_every_language(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.issue == "account.cant_log_in"


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("words", ["hola, no puedo entrar en mi cuenta", "tengo un problema", "no funciona", "merhaba"])
def test_a_filler_raises_nothing_grave(chat: Chat, words: str, filler: str) -> None:
    chat.says(words)
    if chat.last.request is not None:
        chat.opens()
    assert chat.says(filler) != ""
    assert not (chat.known.issue and chat.mind.catalog.intents[chat.known.issue].is_grave)


@pytest.mark.parametrize("words", ["tengo un problema", "j'ai un problème", "ich habe ein Problem"])
def test_what_names_no_issue_is_asked_about_and_the_answer_is_heard(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is None and chat.known.state == "waiting"
    chat.says("no puedo entrar en mi cuenta")
    assert chat.last.request is not None and chat.last.request.issue == "account.cant_log_in"


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("mon compte est piraté", "escalate.security"),
        ("mein Konto wurde gehackt", "escalate.security"),
        ("我的账号被盗了", "escalate.security"),
        ("na-hack ang account ko", "escalate.security"),
        ("tôi thấy hồ sơ của bệnh nhân khác", "escalate.privacy"),
        ("başka bir hastanın bilgilerini görüyorum", "escalate.privacy"),
        ("la mia cartella clinica è sparita", "escalate.data_loss"),
        ("我的病历不见了", "escalate.data_loss"),
        ("mon compte est bloqué", "account.locked"),
        ("mein Konto ist gesperrt", "account.locked"),
    ],
)
def test_what_says_that_it_is_grave_goes_to_its_team_in_every_language(chat: Chat, words: str, issue: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.issue == issue


@pytest.mark.parametrize("before", [[], [MFA]])
def test_nothing_is_asked_in_english_of_who_writes_another_language(chat: Chat, before: list[str]) -> None:
    for said in before:
        chat.says(said)
    text = chat.says("mi cuenta está bloqueada")
    assert chat.known.state != "gathering" and not {"what", "you"} & set(text.lower().split())


def test_a_request_is_called_by_the_words_that_name_it(chat: Chat) -> None:
    chat.says("tengo un problema")
    chat.says("no puedo entrar")
    assert chat.last.request is not None and chat.last.request.summary == "no puedo entrar"


def test_a_turn_in_another_language_amid_english_asks_nothing_twice_and_english_is_answered_in_english(
    chat: Chat,
) -> None:
    chat.says(MFA)

    text = chat.says("no tengo el teléfono")

    assert chat.last.request is not None and chat.last.request.issue == "account.mfa_not_working"
    assert "¿Qué quería hacer" not in text
    chat.opens()
    assert "solicitud #1001" in chat.says("sigue sin funcionar")
    assert "your request #1001" in chat.says("ok, it still does not work for me")


def test_a_question_that_is_answered_in_another_language_is_the_last_in_english(chat: Chat) -> None:
    chat.says("i was charged twice")
    assert chat.known.state == "gathering"
    text = chat.says("me cobraron el lunes pasado")
    made = chat.last.request
    assert made is not None and made.language == "es" and not text
    assert any(detail.value == "me cobraron el lunes pasado" for detail in made.details)


def test_a_name_that_answers_a_question_is_no_other_language(chat: Chat) -> None:
    chat.says("i was charged twice")
    chat.says("Señor Ruiz")
    assert chat.known.language == "en" and chat.known.state == "gathering"


def test_what_words_before_make_grave_of_a_filler_is_not_believed(chat: Chat) -> None:
    chat.says("单位报销")
    chat.says("什么时候能好")
    made = chat.last.request
    assert made is not None and not chat.mind.catalog.intents[made.issue].is_grave


def test_thanks_alone_do_not_ask_whether_to_close(chat: Chat) -> None:
    chat.says("gusto ko ipa-cancel ang appointment ko bukas")
    chat.opens()
    chat.says("salamat po")
    assert not chat.known.buttons and chat.last.thanks


@pytest.mark.parametrize(
    ("told", "words", "own"),
    [
        ("我的处方打不开", "你是机器人吗？", "自动助手"),
        ("mein Konto ist gesperrt", "sind Sie ein Roboter?", "automatischer Assistent"),
        ("मेरे कार्ड से 12 नवंबर को 500 रुपये दो बार कटे", "क्या आप रोबोट हैं?", "स्वचालित सहायक"),
    ],
)
def test_who_answers_is_told_in_the_users_own_language(chat: Chat, told: str, words: str, own: str) -> None:
    chat.says(told)
    if chat.last.request is not None:
        chat.opens()
    said = chat.says(words)
    assert own in said and "assistant" not in said


def test_facts_of_a_universal_form_stand_on_a_request_in_another_language(chat: Chat) -> None:
    chat.says("मेरे कार्ड से 12 नवंबर को 500 रुपये दो बार कटे")
    chat.opens()
    chat.says("मैं Android पर Chrome इस्तेमाल करता हूँ, कल से")
    assert chat.last.more is not None
    told = {one.id: one.value for one in chat.last.more.details}
    assert (told["browser"], told["operating_system"]) == ("Chrome", "Android")


def test_a_closed_matter_that_is_not_well_is_with_people_again_in_its_own_language(chat: Chat) -> None:
    chat.says("Mir wurden am 14. November zweimal 39 Euro abgebucht")
    chat.opens()
    chat.says("Das hat sich erledigt, es wurde zurückgegeben")
    chat.presses("Ja, schließen")
    chat.request = None
    said = chat.says("Doch nicht, das Geld ist wieder weg")
    assert chat.last.closing_taken_back and chat.known.asking is None and "Where" not in said


@pytest.mark.parametrize(
    "words",
    [
        "पासवर्ड भूल गया, आज शाम विज़िट है",
        "passwort vergessen, termin ist heute abend",
        "olvidé la contraseña, tengo cita esta tarde",
    ],
)
def test_a_visit_today_is_high_in_every_language(chat: Chat, words: str) -> None:
    chat.says(words)
    assert "visit_soon" in chat.known.signals


@pytest.mark.parametrize(
    "words",
    [
        "رأيت في حسابي وصفة طبية لشخص آخر",
        "رأيت وصفة شخص آخر في حسابي",
        "मेरे खाते में किसी और का पर्चा दिख रहा है",
        "mere account me kisi aur ki report dikh rahi hai",
    ],
)
def test_another_persons_data_are_an_exposure_in_every_language(chat: Chat, words: str) -> None:
    chat.says(words)

    assert chat.last.request is not None and chat.last.request.issue == "escalate.privacy"
    assert "phi_exposure" in chat.last.request.signals
