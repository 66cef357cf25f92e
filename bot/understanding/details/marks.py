"""Marks in a message by which facts are taken back: what is denied, what is only imagined, and what is put right."""

from bot.understanding.details.facts import FACTS

MARKS = {
    "denied": r"(?:<deny>|(?:do|did|does)n't)(?: ?(?:<have>|<prep>|<at>|<det>|<is>|any)){0,4} ?['\"]?$",
    "deed_denied": (
        r"(?:marche|fonctionne|ouvre|geht|funktioniert|läuft|klappt|lädt|tut) <deny>(?: ?(?:<prep>|<at>|<det>|<is>)){0,4} ?$"
    ),
    "denied_next": r"<deny> ?(?:with |bei |con )?(?:<det> )?['\"]?$",
    "denied_after": r" ?(?:नहीं|nahi|nahin)(?=[,।.]| बल्कि|$)",
    "imagined": (
        r"(?:(?:^|[,.;:!?¿] ?|<and> |so |but |hi |hello |<please> )<imagined>(?! (?:normal|possible that))|<wish>)"
        r"[^.!?。]{0,200}"
    ),
    "asked": r"[^.!?。]{0,60}<ask>",
    "mine": r"<my> ?$",
    "turn": r"<put_right> ?|(?:^|[.!?,;] ?)<sorry>[,.:!-] ?|(?:^|[.!?,;] )(?:actually )?no,? ",
} | {
    name: rf"(?:(?:<prep>|<at>|<det>|<since>) ){{0,2}}{fact.put_right}"
    for name, fact in FACTS.items()
    if fact.put_right
}

MARKED_BY = {"imagined": ("imagined", "wish"), "asked": ("ask",), "turn": ("put_right", "sorry")}
"""Lists of which a message has a word where these marks can stand."""
