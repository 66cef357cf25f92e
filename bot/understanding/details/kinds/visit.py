"""Day and time of a visit."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

_FAULT_BETWEEN = r"‹[^›]{0,80}(?:<since>|<began>|<before>|<deny>|<update>|worked|broke|crash|stopp|fail|error|gone|n't|以来)[^›]{0,40}›"
_SAID_THEN = (
    r"<since>|<began>|<deny>|n't|<says>|<people_say> ‹|‹[^›]{0,60}(?:call|told|wrote|sent|saw|prescrib|order|sign|note)"
)
"""A doctor's name beside a time tells of a visit, unless something was said, sent or broken then."""

FACTS: Mapping[str, Fact] = {
    "appointment_date": Fact(
        (
            Way(
                r"<visits>(?:'s)?<gap>(?<![\w/])(?:the )?(<timed_day>)(?![\w/])",
                needs="visits",
                unless=(_FAULT_BETWEEN + r"|<since> (?:<det> )?‹"),
            ),
            Way(
                r"(<timed_day>)(?:'s|的| को| ko| ka| ki)?,?<_>(?:<clock> ?)?(?:(?:<det>|<now>|"
                r"का) ?){0,2}(?:\w{0,10} )?<visits>",
                needs="visits",
                unless=r"(?:<since>|<began>|happened|noticed|<update>|<before>|last) (?:[^ .!?]{1,8} ){0,2}‹",
            ),
            Way(
                r"(?:<bookings>|<s>book|<s>see)(?: [^ .!?;,\"]{1,16}){0,7}? (?:<prep>|<at>|<before>|"
                r"<det>) (?:the )?(<timed_day>)(?![\w/])",
                needs="bookings|book|see ",
                unless=(_FAULT_BETWEEN + r"|(?:<able>|<deny>|password|n't) ‹|‹[^›]{0,20}(?:password|email|number)"),
            ),
            Way(
                r"(<timed_day>),? (?:<have>|hab|hatte|had) (?:i|ich|we|wir)? ?(?:<det> )?(?:video )?<visits>",
                needs="visits",
                unless=_FAULT_BETWEEN,
            ),
            Way(
                r"<titles> {0,2}\w{2,20}(?: [^ .!?;,]{1,10}){0,2},? (?:<at> "
                r")?(<day>(?:<_><day_parts>)?(?:<linked><clock>|,? <clock>)|saat <clock>)",
                needs="titles",
                unless=_SAID_THEN,
            ),
            Way(
                r"(mai(?= <clock>)<linked><clock>(?: <day_parts>)?|<day>(?:<_><day_parts>)?<linked><clock>)(?: [^ "
                r".!?;,]{1,8}){1,4} <titles>",
                needs="titles",
                unless=_SAID_THEN + r"|‹[^›]{0,60} (?:with|mit|avec|con|com) ",
            ),
        ),
        denied="next",
        put_right=r"(<timed_day>)",
    ),
    "expected_time": Fact(
        (
            Way(
                r"(?:booked|chose|picked|selected|agreed|scheduled|made|asked|wanted|reservé|marquei|réservé|"
                r"gebucht|<bookings>|book|asked|want)(?: (?:it|<det> <visits>|<prep>|was|<visits>)){0,2} (?:<prep>|"
                r"<at>) (?:<at> )?(?:<day>,? )?(?:<at> )?(<clock>)",
                needs="booked|chose|picked|selected|agreed|scheduled|made|asked|want|reserv|marquei|réserv|gebucht|bookings|book",
                unless=r"<since> ‹|‹[^›]{0,10}(?:change|cancel)",
            ),
            Way(
                r"(?:should be|supposed to be|meant to be|was for|<is> really|is really|really at|confirmed for|"
                r"(?:confirmation|e-?mail|mail|letter|sms)(?: that)? <says>|"
                r"(?:<titles>|<workplaces>|<people_say>)(?: secretary)? (?:<says>|tells?(?: me)?(?: it)?)(?: <is>)?|"
                r"it was|debería ser|deveria ser|devrait être|sollte)(?: (?:<prep>|<at>|it|<screens>|"
                r"<is>)){0,2} (<clock>)",
                needs="should be|supposed to be|meant to be|was for|really|confirm|mail|says|it was|debería|deveria|devrait|sollte",
            ),
            Way(
                r"(?:should be|supposed to be|meant to be)(?: <at>)? (\d{1,2})(?![\d.,:/%]\d| ?<units>| ?<money>| ?<people>|"
                r"<_><half_days>| <months>)<e>",
                needs="should be|supposed to be|meant to be",
                only_if=r"says|shows|show|displays|appears|time|appointment|visit",
            ),
            Way(
                r"(?:<is>|it's|its|c'est) (?:<at> |<prep> )?(<clock>),? (?:<and> )?<deny> (?:<at> |<prep> )?<clock>",
                needs="deny",
                rank=-1,
            ),
            Way(
                r"<deny> (?:<at> |<prep> )?(<clock>)",
                needs="deny",
                unless=(
                    r"(?:<says>|listed|moved to|changed to|<now>) (?:[^ .!?]{1,6} ){0,3}‹(?:not|<deny>)(?! than| of)|"
                    r"<deny> ‹"
                ),
            ),
            Way(
                r"<visits>[^.!?;\"]{0,40}?(?<![\w:.])(<clock>)",
                needs="visits",
                rank=1,
                unless=(
                    r"‹[^›]{0,70}(?:<says>|<since>|until|<began>|stopped|crashed|failed|moved|changed|wrong|"
                    r"<before>)[^›]{0,16}›|‹[^›]{0,70}(?:<and>|but|pero|,) (?:(?:ya )?son las|(?:já )?são|il <is>|"
                    r"it's|it <is>|es <is>|sono le)(?: <now>)? [^›]{0,8}›"
                ),
            ),
            Way(
                r"(<clock>)(?:'s)?<_>的?(?:video )?(?:<visits>|<features>)",
                needs="visits|features",
                rank=1,
                unless=r"(?:<says>|<since>|until) (?:<det> )?‹",
            ),
        ),
        put_right=r"(<clock>)",
    ),
}
