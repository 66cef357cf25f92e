"""The device somebody uses, and its system."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way

_ANOTHERS = r"(?:neighbou?r|friend|sister|brother|someone|colleague) (?:has|<have>|owns) (?:<det> )?‹"

FACTS: Mapping[str, Fact] = {
    "device": Fact(
        (
            Way(
                r"((?:<kinds> )?<makes>(?:[ -]?(?:<series>|[a-z]{0,2}\d{1,3}[a-z]?\+?)<e>| se(?=$|[.,;!?)]| (?:<is>|"
                r"<prep>|[23]|crash))){0,4}(?:<_><kinds>)?)",
                needs="makes",
                unless=(_ANOTHERS + r"|big ‹"),
            ),
            Way(
                r"((?:<maker_systems>|<windows>)(?: (?:\d{1,2}(?:\.\d)?|xp|vista))? (?:<kinds>|device|machine))",
                needs="maker_systems|windows",
            ),
            Way(
                r"(<numbered_makes> ?[a-z]?\d{1,3}[a-z]?<e>(?: <series>)?)",
                needs="pixel|vivo|honor|moto g",
                unless=_ANOTHERS,
            ),
            Way(
                r"(?:(?:(?:<prep>|<lost>|it's) (?:<det> ){0,2}|<my> )(?:<kind_adjectives> ){0,2}|<my>|<prep>)(<kinds>)",
                needs="kinds",
                rank=1,
                unless=(
                    r"‹[^›]{0,80}› ?(?:<phone_cue>|line|<app>|numbers|<deny>|bill|company|support|number|:? ?\+?\d|号|"
                    r"science)|tablet› of|› (?:with|to) (?:you|him|her|<people_say>|<det>)|"
                    r"half (?:<prep> )?(?:<det> )?‹|(?:numero|número|numéro) ‹(?:de|di|do|du) |(?:speak|talk|"
                    r"<call>|contact|<phone_cue>|help|spoke|talked|"
                    r"someone|over|waiting|<people_say>|patient|caller|customer|person|client|colleague)[^.!?]{0,24}"
                    r"‹(?:on|via|over|by) [^›]{0,20}›|‹(?:by|of|for|to) "
                ),
            ),
            Way(r"(<kinds>)(?= <postposition>)", needs="postposition", rank=1),
            Way(r"(<own_kinds>)", needs="own_kinds", rank=1, unless=r"رقم ‹"),
        ),
        denied="near",
        imaginable=True,
    ),
    "operating_system": Fact(
        (
            Way(
                r"(<systems>(?: (?:<version> )?(?:\d{1,2}(?:\.\d{1,2}){0,2}<e>|<mac_names>))?|"
                r"<maker_systems>(?: (?:<version> )?\d{1,2}(?:\.\d{1,2}){0,2}<e>)?|<windows> (?:\d{1,2}(?:\.\d)?|xp|"
                r"vista)<e>|<windows>(?= <kinds>))",
                needs="systems|maker_systems|windows",
            ),
            Way(
                r"(?:<prep> (?:<det> )?)(<windows>)",
                needs="windows",
                unless=r"<numbers> ‹|› (?:pop|open|close|keep|appear|<prep>)|‹of",
            ),
        ),
        denied="near",
        imaginable=True,
    ),
}
