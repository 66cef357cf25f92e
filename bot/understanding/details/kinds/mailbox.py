"""Whose mailbox somebody uses."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

FACTS: Mapping[str, Fact] = {
    "mail_provider": Fact(
        (
            Way(
                r"<s>(gmail|google ?mail|yahoo|hotmail|outlook|icloud|aol|proton ?mail|gmx|web\.d[e]|t-online|libero|orange\.fr|"
                r"laposte|fre[e]\.fr|wp\.pl|onet|mail\.ru|yandex|zoho|rediff ?mail|163\.com|qq\.com|naver|uol|terra)<e>",
                needs="mail|yahoo|outlook|icloud|aol|gmx|web.de|t-online|libero|orange.fr|laposte|free.fr|wp.pl|onet|yandex|zoho|"
                "rediff|163.com|qq.com|naver|uol|terra",
                reads="plain",
                unless=r"(?:from|calendar|with my|log(?:ged)? in with|sign(?:ed)? in with) ‹|› (?:calendar|maps|finance)",
            ),
        ),
        denied="near",
        imaginable=True,
    ),
}
