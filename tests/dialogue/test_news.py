"""News of an emergency that people have is heard, in every language, and new danger rings as the first time."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat

ALARM = {
    "en": "my husband collapsed and is unconscious",
    "es": "mi madre no respira",
    "fr": "ma mère ne respire plus",
    "pt": "minha mãe não respira",
    "de": "meine Frau ist bewusstlos",
    "it": "mio padre non respira",
    "pl": "tata jest nieprzytomny",
    "tr": "babam nefes almıyor",
    "vi": "ba tôi không thở được",
    "hi": "पापा को सांस नहीं आ रही",
    "ar": "أبي لا يتنفس",
    "zh": "我妈妈没有呼吸了",
    "tl": "hindi na siya humihinga",
}
NEWS = (
    *(("en", said) for said in ("she's breathing fine now", "ambulance is here", "he's awake now", "it was a film")),
    *(("en", said) for said in ("hes agreed, his daughter is driving him in", "my brother took her in, they're off")),
    *(("en", said) for said in ("wrong chat, sorry, that was for my sister", "we're with him at the hospital")),
    *(("es", said) for said in ("ya estamos en camino al hospital", "ahora respira bien", "era una broma", "gracias")),
    *(("fr", said) for said in ("l'ambulance est là", "il va mieux", "c'était un film")),
    *(("pt", said) for said in ("a ambulância chegou", "ele já está melhor", "já liguei para o 192")),
    *(("de", said) for said in ("der Krankenwagen ist da", "es geht ihm besser", "falscher Chat, sorry")),
    *(("it", said) for said in ("grazie, sto meglio", "ho chiamato il 118", "mio padre respira di nuovo")),
    *(("pl", said) for said in ("karetka już jest", "czuję się lepiej", "zadzwoniłam na 112")),
    *(("tr", said) for said in ("112yi aradım", "şimdi daha iyi", "ambulans geldi")),
    *(("vi", said) for said in ("xe cấp cứu đến rồi", "ba tôi đỡ rồi")),
    *(("hi", said) for said in ("एम्बुलेंस आ गई है", "वह अब ठीक है")),
    *(("ar", said) for said in ("الإسعاف وصل", "هو بخير الآن")),
    *(("zh", said) for said in ("救护车来了", "他现在好多了")),
    *(("tl", said) for said in ("dumating na ang ambulansya", "mabuti na siya ngayon")),
)
WORSE = (
    *(("en", said) for said in ("she's not breathing now", "he fell again", "she's getting worse")),
    *(
        ("en", said)
        for said in ("ambulance is here but he stopped breathing", "he's bleeding a lot, but the ambulance is here")
    ),
    *(("es", said) for said in ("está peor", "se cayó otra vez", "ahora respira bien pero le duele mucho el pecho")),
    *(("fr", "ça recommence"), ("pt", "ele piorou"), ("de", "er ist wieder umgefallen"), ("it", "è peggio di prima")),
    *(("pl", "znowu upadł"), ("tr", "kötüleşti"), ("vi", "nặng hơn rồi"), ("hi", "वह फिर गिर गया")),
    *(("ar", "حالته تسوء"), ("zh", "更严重了"), ("tl", "lumala siya")),
)


def _alarmed(chat: Chat, language: str) -> str:
    """An emergency is with people; the beginning of the alarm."""
    alarm = chat.says(ALARM[language])
    chat.opens()
    return alarm.partition("\n")[0]


@pytest.mark.parametrize(("language", "news"), NEWS)
def test_news_of_an_emergency_is_heard_with_the_numbers_once_and_no_second_alarm(
    chat: Chat, language: str, news: str
) -> None:
    alarm = _alarmed(chat, language)

    text = chat.says(news)

    assert alarm not in text and text.count("911") == 1 and text.count("988") == 1
    assert chat.last.for_ticket and chat.known.state == "with_support" and chat.last.request is None


@pytest.mark.parametrize(("language", "worse"), WORSE)
def test_new_or_worse_danger_rings_as_the_first_time(chat: Chat, language: str, worse: str) -> None:
    alarm = _alarmed(chat, language)
    chat.says(next(said for one, said in NEWS if one == language))

    text = chat.says(worse)

    rings = (alarm, "please call 911 now", "please get help now")
    assert any(one in text for one in rings) and chat.last.for_ticket


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "i called but they don't come"),
        ("en", "nobody answers at 911"),
        *(("en", "nobody is coming"), ("es", "nadie viene"), ("pl", "nikt nie przyjeżdża"), ("zh", "救护车还没来")),
        ("es", "llamé pero no vienen"),
        ("it", "ho paura"),
        ("tr", "aradım ama gelmediler"),
        ("de", "ich bin allein"),
    ],
)
def test_who_still_needs_help_is_told_whom_to_ask(chat: Chat, language: str, words: str) -> None:
    _alarmed(chat, language)
    chat.says(words)
    said = {source.id.rpartition(".")[2] for say in chat.last.says for source in say.sources}
    assert said & {"no_phone", "numbers_again", "numbers_once_more"}


@pytest.mark.parametrize("words", ["l'ambulanza è arrivata", "the ambulance is here", "he fell again"])
def test_help_that_came_before_it_was_asked_says_that_there_was_danger(chat: Chat, words: str) -> None:
    chat.known = replace(chat.known, state="checking", checked=1, turn=1, so_far=("my dad is not himself today",))
    chat.says(words)
    assert chat.last.request is not None and chat.known.issue == "safety.emergency"


def test_a_no_stays_a_no_whatever_drives_them_to_the_hospital(chat: Chat) -> None:
    chat.known = replace(chat.known, state="checking", checked=1, turn=1, so_far=("my dad is not himself today",))
    chat.says("no, we're on our way to the hospital for his usual visit")
    assert chat.known.issue != "safety.emergency"
