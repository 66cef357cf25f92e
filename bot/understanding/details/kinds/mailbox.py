"""Whose mailbox somebody uses."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

_NO_MAILBOX = (
    r"(?:from|calendar|with my|log(?:ged)? in with|sign(?:ed)? in with|<titles>|<people_say>) ‹|"
    r"sync\w* (?:[^ .!?]{1,12} ){0,4}‹|› (?:calendar|maps|finance)"
)
"""Somebody's name, or where a calendar or a sign-in is."""

FACTS: Mapping[str, Fact] = {
    "mail_provider": Fact(
        (
            Way(
                r"<s>(gmail|google ?mail|yahoo|hotmail|outlook|icloud|aol|proton ?mail|gmx|web\.d[e]|t-online|orange\.fr|"
                r"laposte|fre[e]\.fr|wp\.pl|onet|mail\.ru|yandex|zoho|rediff ?mail|163\.com|qq\.com|naver)<e>",
                needs="mail|yahoo|outlook|icloud|aol|gmx|web.de|t-online|orange.fr|laposte|free.fr|wp.pl|onet|yandex|zoho|"
                "rediff|163.com|qq.com|naver",
                reads="plain",
                unless=_NO_MAILBOX,
            ),
            Way(
                r"<s>(libero|uol|terra)(?:\.it|\.com|\.br)*<e>",
                needs="libero|uol|terra",
                reads="plain",
                only_if=r"mail|@|\.(?:it|com)|posta|correo|skrzynk",
                unless=_NO_MAILBOX,
            ),
        ),
        denied="near",
        imaginable=True,
    ),
}
