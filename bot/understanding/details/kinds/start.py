"""Since when something is wrong."""

from collections.abc import Mapping

from bot.understanding.details.fact import FAULT, Fact, Way

FACTS: Mapping[str, Fact] = {
    "when_started": Fact(
        (
            Way(
                r"<since><_>(<change>|<det> (?:\w{1,14} ){0,2}(?:outage|change)(?: (?:<next>|<prep>) (?:<units>|"
                r"<weekdays>|\w{1,12}))?)",
                needs="since",
                rank=-1,
            ),
            Way(
                r"<since>(?:<_>(?:<det>|<about>))?<_>(<past_day>|<past>|<span>)(?![\w/])",
                needs="since",
                unless=(
                    r"(?:been|was|were|had) (?:there|here|fine|ok|okay|good|well) ‹|<phoneish>,? ‹|<call_me>[^.!?]{0,24}‹|"
                    r"<visits>[^.!?]{0,20}‹|(?:user|<entries>|<people_say>|customer|member|with you|waiting|"
                    r"subscribed|seen|paciente|cliente|patiente?|मरीज|مريض) (?:[^ .]{1,10} ){0,3}‹"
                ),
            ),
            Way(r"<since>(?:<_><det>)?<_>(<season>|<deed>)", needs="since", rank=1),
            Way(
                r"(?:as of|starting|beginning) (?:<prep> )?(<past_day>|<past>)|from (<past_day>|<past>) on(?:wards?)?<e>",
                needs="as of|starting|beginning|from",
                rank=1,
                only_if=FAULT,
                unless=r"<visits>[^.!?]{0,20}‹",
            ),
            Way(
                r"<began>(?: (?:<began_more>|<prep>|<at>|<about>)){0,3} (<past_day>|<past>)",
                needs="began",
                unless=r"(?:pills?|tablets|<kinds>|medicines?|medication|course) (?:(?:<is>|were) )?‹",
            ),
            Way(
                r"<since> (?:<at> |about )?(\d{1,2})(?![\w/:.%-]\d| ?<units>| ?<people>| ?<months>| ?<half_days>)<e>",
                needs="since",
                rank=1,
                only_if=FAULT,
            ),
            Way(r"(?:for|over|in|during|within) (?:the )?(?:last|past) (<span>|<units>)", needs="next|past"),
            Way(r"(after (?:<det> )?(?:(?:<next>|<kind_adjectives>|latest|recent) ){0,2}<update>)", needs="update"),
            Way(
                r"(?:for|<prep>|it's been|been) (<span>)(?! (?:<visits>|old|<call>|<events>|in advance|before|"
                r"<ago>))<e>",
                needs="span",
                only_if=FAULT + "|been",
                unless=(
                    r"(?:<visits>|booked|scheduled|user|<entries>|customer|member|with you|waiting|subscribed|"
                    r"<people_say>|seen|been on|waited) (?:[^ .]{1,10} ){0,6}‹|(?:<bookings>|book|open|log|wait|valid|"
                    r"closed|available|only|taking|take|stay|rest|pills?|tablets?|prescribed|on leave|away|paid|"
                    r"typing|using|<kinds>) (?:[^ .]{1,10} ){0,3}‹|been ‹|‹(?!for|it's been|been)"
                ),
            ),
            Way(
                r"(<long> <ago>)",
                needs="ago|back|fa|temu|önce|trước|pehle|पहले",
                rank=1,
                only_if=FAULT,
                unless=(
                    r"(?:<visits>|paid|bought|billed|charged|debited|deducted|<call>|called|wrote|emailed|asked|registered|joined|ordered|surgery|"
                    r"operation|tests?|taken|issued|filed|sent|booked)[^.!?]{0,20}‹"
                ),
            ),
            Way(
                r"(<before_ago> (?:unos |cerca de |environ |etwa )?<span>(?! ?ال))",
                needs="before_ago",
                unless=r"(?:<visits>|paciente|patiente?) (?:[^ .]{1,8} ){0,2}‹",
            ),
            Way(
                r"(<past_days>|<bare_past>|<span>) से|((?:kal|aaj|parso|subah)|<span>) se<e>",
                needs="past_days|bare_past|span",
            ),
            Way(r"(<past_days>|<date>)(?:开始|起|就)", needs="开始|起|就"),
            Way(r"(<span>之?<until_after>)(?!的?<visits>)", needs="until_after"),
            Way(r"(<span>) na<e>", needs="units"),
            Way(
                r"(?:^|[.!?,;] ?|<and> |but )(<bare_past>)|(<bare_past>)(?=$|[.!,;]| <and>)",
                needs="bare_past",
                rank=1,
                only_if=FAULT,
                unless=(
                    r"(?:from|<prep>|issued|filed|had|seen|sent|<is>|it's|its|made|tried|buried|"
                    r"visited) (?:[^ .!?]{1,8} )?‹|<visits>[^.!?,]{0,30}‹|›(?:'s)? [^.!?,]{0,12}<visits>|(?:worked|"
                    r"fine|<call>|called|wrote|paid|charged|took|billed|card|saw|spoke|talked|emailed|asked|"
                    r"funcionaba|llamé|marchait|ging es noch)[^.!?]{0,24}‹"
                ),
            ),
        ),
        imaginable=True,
        put_right=r"(<past_day>|<past>)",
    ),
}
