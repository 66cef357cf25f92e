"""In another language a grave team is called only where the matter is named; what is only likely is asked first, and a correction
afterwards takes it back."""

import pytest

from tests.dialogue.chat import Chat

GRAVE = ("escalate.security", "escalate.privacy", "escalate.data_loss")


@pytest.mark.parametrize(
    "words",
    [
        "quelqu'un a peut-être utilisé mon mot de passe, je ne sais pas",
    ],
)
def test_what_is_only_likely_grave_is_asked_first(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is None and chat.known.state == "waiting"
    assert not {"security_breach_suspected", "phi_exposure"} & {*chat.known.signals}


@pytest.mark.parametrize(
    "words",
    [
        "alguien entró en mi cuenta",
        "mein Konto wurde gehackt",
        "tài khoản của tôi bị hack",
        "mera account hack ho gaya",
        "ktos zalogowal sie na moje konto",
        "有人登录了我的账号",
        "je vois l'ordonnance de quelqu'un d'autre",
        "mes résultats ont disparu",
    ],
)
def test_what_is_named_goes_to_its_team_at_once(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.issue in GRAVE


def test_the_answer_to_the_question_is_no_grave_matter(chat: Chat) -> None:
    chat.says("boa tarde, minha neta instalou isso no meu celular mas nao lembro a senha de jeito nenhum")
    chat.says("nao, ninguem entrou em nada, eu so esqueci a senha mesmo")
    made = chat.last.request
    assert made is not None and made.issue == "account.forgot_password"
    assert "security_breach_suspected" not in made.signals


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("alguien entró en mi cuenta", "no, nadie entró, solo olvidé la contraseña"),
        (
            "jemand hat sich in mein konto eingeloggt, ich war das nicht",
            "nein, niemand war drin, ich habe nur das passwort vergessen",
        ),
        ("有人登录了我的账号", "不是,没人登录,我只是忘了密码"),
    ],
)
def test_a_correction_is_noted_there_and_what_is_meant_has_its_own_request(chat: Chat, first: str, then: str) -> None:
    chat.says(first)
    chat.opens()
    chat.says(then)
    made, more = chat.last.request, chat.last.more
    assert made is not None and made.issue == "account.forgot_password" and made.previous == 1001
    assert "security_breach_suspected" not in made.signals
    assert more is not None and more.issue == "escalate.security"
    assert any(one.id == "not_so" and one.value == then for one in more.details)


@pytest.mark.parametrize(
    "then",
    ["perdón, era la cuenta de mi hijo", "perdón, era mi hijo quien entró", "no, perdon, fue mi hija con mi permiso"],
)
def test_a_correction_that_means_nothing_else_is_noted(chat: Chat, then: str) -> None:
    chat.says("alguien entró en mi cuenta")
    chat.opens()
    chat.says(then)
    assert chat.last.request is None and chat.last.more is not None
    assert any(one.id == "not_so" for one in chat.last.more.details)


@pytest.mark.parametrize(
    "then",
    [
        "no fui yo quien cambió la contraseña",
        "no, alguien cambió mi correo también",
        "perdón, también entraron en la cuenta de mi hijo",
    ],
)
def test_what_tells_more_of_it_is_no_correction(chat: Chat, then: str) -> None:
    chat.says("alguien entró en mi cuenta")
    chat.opens()
    chat.says(then)
    assert not any(one.id == "not_so" for one in chat.known.gathered)


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        (
            "boa tarde, minha neta instalou isso no meu celular mas nao lembro a senha de jeito nenhum",
            "account.forgot_password",
        ),
        ("me manda a otra pagina cuando abro mis citas", "technical.page_not_loading"),
    ],
)
def test_what_only_sounds_grave_is_taken_for_what_it_is(chat: Chat, words: str, issue: str) -> None:
    chat.says(words)
    assert chat.known.issue == issue
    assert not {"security_breach_suspected", "phi_exposure"} & {*chat.known.signals}
