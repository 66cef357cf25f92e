"""Parts of patterns: <name> in a pattern is a word of the list of that name, or a part of that name here."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'-]{1,20}"
_PARTICLES = r"(?:(?:van|de|von|der|den|al|el|bin|da|di|la|le|del|dos|du) ){0,3}"
_PLACE = rf"{_NAME}(?: (?:de |do |of |am |la )?{_NAME}){{0,2}}(?:, {_NAME}(?: {_NAME})?)?"
COMPOSED = {
    "date": (
        r"<months>\.? \d{1,2}(?:st|nd|rd|th)? ?(?:-|–|to|until|through|till) ?(?:<months>\.? )?\d{1,2}(?:st|nd|rd|th)?<e>(?!:)|"
        r"<s>\d{1,2}\.?(?:st|nd|rd|th)? ?(?:-|–|to|until|through|au|bis|al|ao|a|do|até|hasta) ?\d{1,2}\.?(?:st|nd|rd|th)?"
        r"(?: (?:de|of))? ?<months>|"
        r"\d{4}-\d{2}-\d{2}|<s>\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])|<s>\d{1,2}\.\d{1,2}\.\d{2,4}(?![\d.])|"
        r"<s>(?<![.,:])\d{1,2}(?:st|nd|rd|th|er|\.)?(?: <prep>(?! <months>\.? \d{1,2}<e>(?!:|<_><half_days>)))? ?<months>\.?"
        r"(?:,? (?:<prep> )?\d{4})?|"
        r"<months>\.? \d{1,2}(?:st|nd|rd|th)?<e>(?!:)(?:, \d{4})?|\d{1,2}月\d{1,2}[日号]|<s>\d{1,2}(?:st|nd|rd|th)<e>"
    ),
    "clock": (
        r"<s>(?:0?[1-9]|1[0-2])(?:[:.]\d{2})?<_><half_days>|<s>\d{1,2}(?:[:.]\d{2})?<_><clock_units>|"
        r"<s>\d{1,2} ?h(?:\d{2})?<e>|<s>\d{1,2}:\d{2}(?!\d)|<clock_words>|(?:<day_parts>)?(?:\d{1,2}|<numbers>)[点时]半?"
    ),
    "span": r"(?:<s>\d{1,4}|(?:<numbers> ?){1,2}|<one>)<_>(?:full |whole )?<units>(?: now<e>)?|<pairs>",
}
"""Dates, times of day and lengths of time: each is one tag where it stands, like a word."""
PARTS = {
    "_": r" ?",
    "s": r"(?<![a-z0-9\u00df-\u024f])",
    "e": r"(?![a-z0-9\u00df-\u024f])",
    "gap": r"[^.!?;\"。]{0,50}?",
    "name": _NAME,
    "particles": _PARTICLES,
    "in_hindi": r"[\u0900-\u097f]{2,20}",
    "in_arabic": r"[\u0621-\u064a]{2,20}",
    "place": _PLACE,
    "word_browsers": r"(?:(?:edge|opera|brave)<e>)",
    "numbered_makes": r"(?:<s>(?:pixel|vivo|honor|moto g))",
    "mac_names": r"(?:sonoma|ventura|monterey|big sur|sequoia|tahoe|catalina|mojave)<e>",
    "ago": r"(?:ago|back|fa|temu|önce|trước|pehle|पहले)<e>",
    "linked": r",? ?(?:<at> |@ ?)?",
    "day": r"(?:(?:<next> )?<days>(?:,? (?:<det> )?<date>)?)",
    "long": r"(?:<span>|(?:a |one )?fortnight|some <units>)",
    "past_day": (
        r"(?:(?:<about> )?<long> <ago>|the day before yesterday|the other day|<past_days>(?:,?<_><day_parts>)?|"
        r"(?:<det> )?<next> (?:<units>|weekend|<months>))"
    ),
    "season": r"(?:(?:<det>|<my>) )?(?:spring|summer|autumn|fall|winter|christmas|easter|new year|holidays?|birthday|weekend)<e>",
    "deed": r"(?:i|we) (?:\w{2,10}ed|got|bought|came|went|left)(?: [^ ,.;:!?]{1,10}){0,4}",
    "timed_day": (
        r"(?:(?:<clock>|at \d{1,2}(?![\w:/.%]| <units>))(?: <day_parts>)?,? (?:on )?<near_days>|mai(?= "
        r"<clock>)<linked><clock>(?: <day_parts>)?|"
        r"<day>(?:<_><day_parts>)?(?:<linked><clock>| at \d{1,2}<e>(?![:/.%]| <units>))?)"
    ),
    "change": (
        r"(?:(?:<det>|<next>|<kind_adjectives>|<weekdays>'s|latest|recent) ){0,3}<update>(?: (?:<past_days>|"
        r"(?:<next>|<prep>) (?:<units>|<weekdays>|\w{1,12})))?"
    ),
    "past": (
        r"(?:(?:<past_days>|<bare_past>)(?:,?<_><day_parts>)?|(?:early |"
        r"late )?(?:<next> )?<weekdays>(?: <day_parts>)?|<next> (?:<units>|<months>)|<day>|<change>|<months>|"
        r"(?:<about> )?<clock>)"
    ),
    "member": r"(?:(?:<det>|<of>) ){0,2}(?:(?:\d{1,3}|<numbers>) )?<people>",
    "phoneish": r"(?<![\d.-])(?:\+|\(|<s>)[\d(][\d ().-]{6,20}\d(?!\d)",
    "starters": (
        r"(?:invalid|incorrect|wrong|unable|access|something|failed|connection|network|user|account|password|"
        r"code|email|try|we|oops|server|unauthorized|forbidden|permission|token|link|file|payment|time|"
        r"already|unknown|expired|locked|denied|there|request|service|your)"
    ),
    "until": (
        r"(?:<day>|<clock>(?: <near_days>)?|<det> (?:(?:<clock>|<day>(?:'s)?) )?(?:<visits>|<events>)|"
        r"(?:<det> )?(?:end <prep> )?(?:<det> )?(?:<units>|weekend|lunch)<e>|lunch<e>|"
        r"<visits>(?: <prep>)?(?: <at>)? <clock>)(?:<linked>(?:<clock>|<day_parts>))?"
    ),
}
