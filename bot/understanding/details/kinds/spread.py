"""Who is affected besides, and how many."""

from collections.abc import Mapping

from bot.understanding.details.fact import FAULT, Fact, Way

ONLY_ME, OTHERS_TOO = "only me", "others too"
_ONLY_SEEN = r"(?:see|list|number|show|filter|sort|<bookings>|add|for|tried|<says>)[^.!?]{0,12}‹|› (?:waiting|ago)"
_AT_FAULT = FAULT + r"|lahat|apektado|parada|sem acesso|blo[qc]|can|用不了|متوقف|बंद|down|arbeiten|has|have|see"
_NOT_AFFECTED = (
    r"(?:see|list <prep>|number <prep>|show|filter|sort|<bookings>|<call>|add|for|tried|<says>|"
    r"to) ‹(?!all|our|the|every|nobody|<everyone>|<whole>)|else|› (?:<is> )?(?:nice|fine|happy|"
    r"joined)|› (?:waiting|owns|knows|ever|in the (?:hall|corridor|waiting)|<prep> the (?:hall|"
    r"corridor|waiting))|(?:<able>|<imagined>) ‹|called <prep> ‹|‹(?:one|a|an) |"
    r"<need> ‹[^›]{0,24}›(?! (?:who|that|which|all|on|here|and))"
)

FACTS: Mapping[str, Fact] = {
    "affected": Fact(
        (
            Way(
                r"<only_me>|(?:works?|fine|ok|okay|good) (?:[^ .!?]{1,6} )?for (?:everyone else|<the_others>)|"
                r"<the_others> are (?:ok|fine|okay)",
                needs="only_me|the_others|veryone else",
                value=ONLY_ME,
                unless=r"(?:<deny>|or) ‹|(?:<need>|let|give|tell) ‹|› (?:to |question|<and> <my> )|‹others are|‹[^›]{0,40}› ?\?",
            ),
            Way(
                r"<the_others>(?:,? |<_>)(?:<prep> )?<too>|<s>(?:yes|yeah),? others(?! (?:<is>|<able>|<have>))|"
                r"<others_too>",
                needs="too|others_too|others",
                value=OTHERS_TOO,
                unless=(
                    r"(?:<imagined>|are|do|does|whether|if|ask|should|<able>|may) (?:[^ .]{1,10} ){0,3}‹|› (?:<able>|"
                    r"may|should|<need>)"
                ),
            ),
        ),
        imaginable=True,
    ),
    "how_many": Fact(
        (
            Way(
                r"((?:(?:<about> |at least )?(?:<s>\d{1,4}|"
                r"<numbers>)(?: <of>)?(?: us<e>| <member>|<_><people>)))",
                needs="people| us",
                only_if=_AT_FAULT,
                unless=_NOT_AFFECTED,
            ),
            Way(
                r"((?:<everyone>|<whole>[ ']?<workplaces>|(?:everyone|nobody) (?:in|at) (?:<det> )?(?:<workplaces>|\w{2,12})))",
                needs="everyone|whole|nobody|veryone",
                rank=2,
                only_if=_AT_FAULT,
                unless=_NOT_AFFECTED,
            ),
            Way(
                r"(?:affects?|affecting|affected|happens to|same for|down for|slow for|slow at|fails for|broken for|"
                r"problem for|(?:blank|hangs|freezes|stuck|fails|down) (?:on|"
                r"<prep>)) ((?:<about> )?(?:<det> )?(?:\d{1,4}|<numbers>|all)(?: <of>)?(?: <det>)? <people>|all of us|"
                r"<everyone>|everyone|everybody|<whole> \w{3,12}|<whole> <workplaces>)",
                needs="everyone|whole|people| us|everybody|veryone",
                unless=r"else",
            ),
            Way(
                r"((?:all|none|every one) (?:<of> )?(?:<my>|our) <people>)",
                needs="people",
                only_if=FAULT,
            ),
            Way(
                r"(?:all|alle|todos|todas|tous|los|as) ((?:\d{1,3}|<numbers>) <people>)",
                needs="people",
                unless=r"(?:see|show|list|<bookings>|add|<says>)[^.!?]{0,12}‹",
            ),
            Way(r"<we_are> ((?:\d{1,3}|<numbers>) <people>)", needs="people"),
            Way(
                r"(?:^|[.,;:!?] ?|<and> |<we_are> |there are |it's |just |only |all )((?:<about> )?(?:<s>\d{1,3}|"
                r"<numbers>)(?: <of> us<e>| <people>(?= ?(?:$|[.,;!?])| (?:here|altogether|<prep> <det> <workplaces>))))",
                needs="people| us",
                rank=1,
                unless=_ONLY_SEEN,
            ),
            Way(
                r"<workplaces>,? (?:<of>|with) ((?:<about> )?(?:\d{1,3}|<numbers>) <people>)",
                needs="workplaces",
                rank=1,
            ),
            Way(r"((?:just|only) (?:me|us) <and> <my> \w{2,14})", needs="just|only", rank=1),
            Way(
                r"(<we_are> (?:\d{1,3}|<numbers>|tous)|zu (?:zweit|dritt|viert|fünft|sechst|\d{1,3}))<e>(?! <units>)",
                needs="we_are|zu ",
                rank=1,
                unless=r"‹we",
            ),
        ),
        imaginable=True,
    ),
}
