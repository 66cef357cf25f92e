"""What is told in another language after a request was opened makes it another or a graver one."""

import pytest

from handoff.desk_parts import fuller
from tests.dialogue.chat import Chat


def opened(chat: Chat, words: str) -> None:
    chat.says(words)
    if chat.last.request is None:
        chat.says(words)
    chat.opens()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("no me llega el codigo mfa", "me robaron el anterior ayer"),
        ("non mi arriva il codice mfa", "me l'hanno rubato in treno ieri"),
        ("je ne reçois pas le code de connexion", "on m'a volé l'ancien"),
        ("mein Konto ist gesperrt, zu viele Versuche", "das war aber nicht ich!! ich hab es nur 1x probiert"),
        ("konto zablokowane", "to nie ja probowalem sie zalogowac"),
    ],
)
def test_an_attack_on_the_account_is_for_its_team_at_once(chat: Chat, first: str, then: str) -> None:
    opened(chat, first)
    chat.says(then)
    made = chat.last.request
    assert made is not None and made.issue == "escalate.security"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        *(("我的账号被锁定了", "是不是我的密码错了"), ("我的账号被锁定了", "不是我的手机坏了")),
        *(("我的账号被锁定了", "是不是我输错了"), ("konto zablokowane", "restart maine nahi kiya abhi tak")),
        *(("hesabıma giremiyorum", "ben denemedim henüz"), ("no me llega el codigo mfa", "yo no lo hice todavía")),
        *(("hesabıma giremiyorum", "ben henüz denemedim"), ("لا أستطيع تسجيل الدخول", "انا ما عملت ريستارت")),
    ],
)
def test_not_done_yet_and_what_is_not_mine_are_no_attack(chat: Chat, first: str, then: str) -> None:
    opened(chat, first)
    chat.says(then)
    assert chat.last.request is None and chat.last.for_ticket and chat.known.ticket == 1001


def test_what_was_stolen_means_nothing_of_the_kind_for_a_bill(chat: Chat) -> None:
    opened(chat, "me cobraron dos veces la consulta")
    chat.says("me robaron la cartera ayer")
    assert chat.last.request is None and chat.last.for_ticket and chat.known.ticket == 1001


@pytest.mark.parametrize(
    ("first", "then"),
    [("页面打不开", "我同事的也打不开 好几个人"), ("trang web không mở được", "cả phòng khám đều vậy")],
)
def test_that_others_have_it_too_raises_the_request(chat: Chat, first: str, then: str) -> None:
    opened(chat, first)
    chat.says(then)
    assert "multiple_users_affected" in chat.last.new_signals


def test_a_request_of_which_nothing_was_known_takes_the_name_of_what_is_told(chat: Chat) -> None:
    opened(chat, "quisiera hablar con una persona")
    held = chat.last.request
    chat.says("es por la factura me cobraron 60 y eran 45")
    assert held is not None and chat.last.more is not None
    assert fuller(held, chat.last.more).issue == "billing.question"
