"""While people have a request in another language: a question is told to be theirs, the phone is named, and closing is heard."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("first", "then", "own"),
    [
        ("ciao, dove trovo le ricette?", "devo cliccare?", "non posso rispondere"),
        ("我刚收到短信说我的账号在广州登录,我人在北京", "我现在怎么办?能不能先冻结账号", "无法回答"),
        ("رأيت في حسابي وصفة طبية لشخص آخر", "طيب وهو يقدر يشوف ملفي انا؟", "لا أستطيع الإجابة"),
    ],
)
def test_a_question_is_not_only_added(chat: Chat, first: str, then: str, own: str) -> None:
    chat.says(first)
    chat.opens()
    said = chat.says(then)
    assert own in said and "1001" in said


def test_who_may_be_in_danger_is_asked_in_a_question_too(chat: Chat) -> None:
    chat.says("我刚收到短信说我的账号在广州登录,我人在北京")
    chat.opens()
    assert "911" in chat.says("我不想活了,能不能先冻结账号?")


def test_the_phone_is_named_to_who_asks_for_it(chat: Chat) -> None:
    chat.says("não consigo abrir a minha receita")
    chat.opens()
    assert "1-800" in chat.says("ah e qual o telefone de vocês")


@pytest.mark.parametrize("words", ["tamam anladım, sorun yok kapatabilirsiniz", "ya no hace falta, pueden cerrarla"])
def test_you_can_close_it_is_heard(chat: Chat, words: str) -> None:
    chat.says("No puedo entrar en mi cuenta")
    chat.opens()
    chat.says(words)
    asked = any(button.value == "close:yes" for button in chat.known.buttons)
    assert asked or chat.last.withdrawn


def test_where_somebody_is_now_makes_no_visit_urgent(chat: Chat) -> None:
    chat.says("randevum 15:30 da olması lazım ama uygulamada 18:30 yazıyor hangisi doğru")
    chat.opens()
    chat.says("ha pardon ben şu an almanyadayım, saat farkı mı acaba?")
    assert "visit_soon" not in chat.last.new_signals
