"""Typed facts heard in any sentence: what a ticket needs, in the user's own words; nothing that is denied or only imagined."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from phonenumbers import NumberParseException, is_valid_number, parse
from pydantic import RootModel

from bot.understanding.text import COMMON, neat
from handoff.data_files import read_yaml, validated

HERE = Path(__file__).parent
_QUOTES = str.maketrans("「」『』〝〞‹›", '""""""  ')
_FIRST_TAG, _REST = 0xE001, "\ue000"
_COMPOSED_TAGS = "\uf8f1\uf8f2\uf8f3"
_SENTENCE_ENDS = ".!?।。"
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_TITLE_DOT = re.compile(r"\b(dra?|prof|doc|med|d|no|nr|tel|डॉ|د)\.", re.IGNORECASE)
_LETTERS = r"[A-Za-z\u00c0-\u0605\u0620-\u065f\u066e-\u06d3\u0710-\u0963\u0970-\u1fff\u3040-\u30ff\uac00-\ud7a3]+"
_WORD = re.compile(_LETTERS)
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAMED = re.compile(r"<([a-z_]{1,20})>")
_LITERAL = re.compile(
    r"\\.|\[[^\]]*\]|\{[^}]*\}|<[a-z_]+>|\(\?(?:<[!=]|[:!=])|"
    rf"({_LETTERS}(?:'[a-z]+)?)(?![\w?*{{\\\[])"
)
LONGEST = 4000
"""Characters of a message that are read."""
MOST_HITS = 12
"""Places at which one finder is tried in a message."""
BEFORE, AFTER = 60, 50
"""Characters around a hit in which its excuses are sought; the hit stands between ‹ and › there."""
CAPITALS = frozenset({"titles", "i_am", "weekdays", "near_days", "now", "visits"})
"""Lists whose words are known in capitals too where names are read."""
SHORT = 3
"""A word of so few letters beside a hyphen is part of another word: sign-in, follow-up."""
LOOKED_UP = frozenset({"places", "no_place", "not_a_name", "surnames", "phone_regions"})
"""Lists of the vocabulary that no pattern names."""


Form = Literal["tagged", "cased", "plain"]
ONLY_ME, OTHERS_TOO = "only me", "others too"


@dataclass(frozen=True)
class Way:
    """One way in which a fact is said: the group that matched is the value, unless the value is fixed.

    It is tried only where a message has a word of one of the lists in `needs`, one of its texts, or as many digits as it has noughts.
    `unless` is sought around the hit, which stands between ‹ and ›; `only_if` in the words of its sentence.
    """

    pattern: str
    needs: str
    value: str | None = None
    reads: Form = "tagged"
    rank: int = 0
    accepts: Callable[[str], bool] | None = None
    only_if: str = ""
    unless: str = ""


class _Words(RootModel[dict[str, list[str]]]):
    """Lists of words by name."""


@cache
def _vocabulary() -> Mapping[str, tuple[str, ...]]:
    words = validated(_Words, read_yaml(HERE / "details.yml", HERE.parents[1])).root
    return {name: tuple(form for word in found for form in _forms(word)) for name, found in words.items()}


def _forms(word: str) -> tuple[str, ...]:
    """A word as it is written, and as it is typed without accents."""
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", word)))
    return (word,) if bare == word or len(bare) == 1 else (word, bare)


# ---------------------------------------------------------------- what may be a value
def _a_name(value: str) -> bool:
    first, *rest = value.lower().split()
    if value.islower() and (first.endswith(("ed", "ing")) or any(word in COMMON for word in rest)):
        return False
    named = value[:1].isupper() or not value.isascii() or first not in COMMON
    return named and first not in _vocabulary()["not_a_name"]


def _a_place(value: str) -> bool:
    known, first = _vocabulary(), value.split()[0].strip(",").lower()
    return not any(first in known[name] for name in ("no_place", "browsers", "pages", "makes"))


def _a_known_place(value: str) -> bool:
    return value.lower() in _places()


def _a_joined_place(value: str) -> bool:
    return value not in _vocabulary()["no_place"] and not value.startswith("ال")


@cache
def _places() -> frozenset[str]:
    """Countries and cities in lower case: those of the time zone tables, and more."""
    countries = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8").splitlines()
    zones = (files("tzdata") / "zones").read_text("utf-8").splitlines()
    names = [line.split("\t")[1] for line in countries if not line.startswith("#")]
    names += [zone.rsplit("/", 1)[1].replace("_", " ") for zone in zones if "/" in zone]
    return frozenset(name.lower() for name in (*names, *_vocabulary()["places"]))


def _a_phone(value: str) -> bool:
    """True for a number that some country gives out."""
    regions = (None,) if value.startswith("+") else _vocabulary()["phone_regions"]
    return any(_valid(value, region) for region in regions)


def _a_phone_by_form(value: str) -> bool:
    """True for a number that is plainly a phone number without any word about it."""
    plain_form = "." not in value and not value.isdigit()
    return plain_form and _valid(value, None if value.startswith("+") else "US")


def _valid(value: str, region: str | None) -> bool:
    try:
        return bool(is_valid_number(parse(value, region)))
    except NumberParseException:
        return False


# ---------------------------------------------------------------- patterns; <name> is a word of that list or a part below
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'-]{1,20}"
_PARTICLES = r"(?:(?:van|de|von|der|den|al|el|bin|da|di|la|le|del|dos|du) ){0,3}"
_PLACE = rf"{_NAME}(?: (?:de |do |of |am |la )?{_NAME}){{0,2}}(?:, {_NAME}(?: {_NAME})?)?"
COMPOSED = {
    "date": (
        r"\d{4}-\d{2}-\d{2}|<s>\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])|<s>\d{1,2}\.\d{1,2}\.\d{2,4}(?![\d.])|"
        r"<s>\d{1,2}(?:st|nd|rd|th|er|\.)?(?: <prep>)? ?<months>\.?(?:,? (?:<prep> )?\d{4})?|"
        r"<months>\.? \d{1,2}(?:st|nd|rd|th)?<e>(?:, \d{4})?|\d{1,2}月\d{1,2}[日号]|<s>\d{1,2}(?:st|nd|rd|th)<e>"
    ),
    "clock": (
        r"<s>(?:0?[1-9]|1[0-2])(?:[:.]\d{2})?<_><half_days>|<s>\d{1,2}(?:[:.]\d{2})?<_><clock_units>|"
        r"<s>\d{1,2} ?h(?:\d{2})?<e>|<s>\d{1,2}:\d{2}(?!\d)|<clock_words>|(?:<day_parts>)?\d{1,2}[点时]半?"
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
    "place": _PLACE,
    "word_browsers": r"(?:(?:edge|opera|brave)<e>)",
    "numbered_makes": r"(?:<s>(?:pixel|vivo|honor|moto g))",
    "mac_names": r"(?:sonoma|ventura|monterey|big sur|sequoia|tahoe|catalina|mojave)<e>",
    "ago": r"ago<e>",
    "from_after": r"(?:से|se<e>)",
    "linked": r",? ?(?:<at> |@ ?)?",
    "day": r"(?:(?:<next> )?<days>(?:,? (?:<det> )?<date>)?)",
    "timed_day": r"<day>(?:<_><day_parts>)?(?:<linked><clock>| at \d{1,2}<e>(?![:/.%]| <units>))?",
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
FAULT = (
    r"n't|cannot|unable|crash|stop|fail|error|broke|gone|disappear|missing|\bnot\b|\bdown\b|lock|freez|"
    r"frozen|hang|blank|problem|issue|never|slow|affected|wrong|\bno\b|same|stuck|gr[ea]y|black|não|nao|"
    r"\bne\b|\bpas\b|nicht|kein|नहीं|nahi|ला |لم |لا |不|没|hindi|apektado|problema|fehler|erreur|erro\b|"
    r"falla|trava|plante|bloqu|gesperrt"
)
RATHER = (
    r"\b(?:please|pls|prefer\w{0,3}|better|rather|reply|answer|respond|contact|fine|best|only|instead|"
    r"talk|stay|keep|bitte|lieber|mejor|prefier\w{1,2}|prefiro|plutôt|por favor|s'il|na lang)\b|@|聊|请|"
    r"कृपया"
)
_NOT_AN_ENTRY = r"<entries>[^.!?]{0,24}‹|‹[^›]{0,40}<entries>[^›]{0,30}›"
_FAULT_BETWEEN = r"‹[^›]{0,80}(?:<since>|<began>|<before>|<deny>|<update>|worked|broke|crash|stopp|fail|error|gone|n't|以来)[^›]{0,40}›"
_ANOTHERS = r"(?:neighbou?r|friend|sister|brother|someone|colleague) (?:has|<have>|owns) (?:<det> )?‹"
_SPOKEN = r"(?:<people_say>|<titles>[. ]{0,2}\w{1,14}) (?:[^ .!?]{1,8} )?‹"

FACTS: Mapping[str, tuple[Way, ...]] = {
    "device": (
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
                r"half (?:<prep> )?(?:<det> )?‹|(?:speak|talk|<call>|contact|<phone_cue>|help|spoke|talked|"
                r"someone|over|waiting)[^.!?]{0,24}‹(?:on|via|over|by) [^›]{0,20}›|‹(?:by|of|for|to) "
            ),
        ),
        Way(r"(<kinds>)(?= <postposition>)", needs="postposition", rank=1),
        Way(r"(<own_kinds>)", needs="own_kinds", rank=1, unless=r"رقم ‹"),
    ),
    "operating_system": (
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
    "browser": (
        Way(
            r"(<browsers>(?:(?: (?:browser|<version>|v\.?))? ?\d{1,3}(?:\.\d{1,5}){0,3}(?![\w.]|,?\d| (?:times|"
            r"<units>)))?)",
            needs="browsers",
            unless=r"› (?:park|holiday|trip|tour)|› (?:os|extension)|<version> <prep> ‹",
        ),
        Way(
            r"(?:(?:<prep>|<and>|nor|<put_right>) |, ?|^)(<word_browsers>(?: \d{2,3}(?:\.\d{1,4}){0,3})?)<e>(?! "
            r"of| house)",
            needs="edge|opera|brave",
            unless=r"‹of|‹is ",
        ),
    ),
    "app_version": (
        Way(
            r"(?:<app>|<version>|<s>v)(?: <prep>(?: <det>)? ?'?<app>)?(?:[ -]?<version>)?(?: <is>|"
            r"[:,])?<_>v?(\d{1,3}(?:\.\d{1,4}){1,3})",
            needs="app|version| v",
            unless=(
                r"(?:<systems>|<maker_systems>|<windows>|<browsers>|<word_browsers>|os|system)(?: <version>)? ‹|"
                r"(?:<systems>|<maker_systems>|<windows>|<browsers>|<word_browsers>) ‹<version>|"
                r"› ?(?:<clock_units>|mg|ml|%|€|\$|stars?|gb|mb)"
            ),
        ),
    ),
    "error_message": (
        Way(
            r'(?:<says>|<error>|with|<tells>)[^"]{0,40}"([^"]{3,200})\"',
            needs='"',
            unless=(_SPOKEN + r'|‹called me|‹[^›"]{0,40}<people_say> <says>'),
        ),
        Way(
            r"""(?:<says>|<error>|<tells>)[^"']{0,24} '([^']{3,60}(?:'[a-z]{1,2} [^']{0,80})?)'(?!\w)""",
            needs="'",
            unless=_SPOKEN,
        ),
        Way(
            r'^"([^"]{3,200})"(?= (?:<is>|<says>|<prep>|was|that|all|comes|keeps|when|after|every|<error>|pops))',
            needs='"',
        ),
        Way(
            r"(?:<screens>(?: (?:<now>|then|always|only|keeps?|i get)){0,2} <told>|<s>keeps? <told>)(?: that|:|"
            r" me)?:? ((?! ?(?:that|to) )(?:<too>|<det>|<starters>|<deny>|<prep>|<error>|<visits>|<update>|"
            r"<screens>|<kinds>|<app>|<please>|<able>|<need>|no(?= (?!error|message|reason|"
            r"more)))(?: [^ .!?;\"]{1,30}){1,14}?)(?=[.!?;\"]|$| (?:when|whenever|every time|all the time|after i|"
            r"and then|but|if i|each time|so)<e>)",
            needs="told",
            rank=1,
            unless=(
                _SPOKEN + r"|prescription (?:\w{1,8} )?‹|‹[^›]{0,20}(?:says|said|say|<says>) (?:<det>) (?:<people_say>|"
                r"<titles>|name|dose|dosage|<visits>|medicine|prescription|pharmacy)|‹(?:it|that|which|site|app|"
                r"page|system|portal|smartmed|button|this|<screens>) (?:[^ .!?]{1,6} )?(?:is|<is>)"
            ),
        ),
        Way(
            r"(?:message|error) <is>:? ?([^\s.!?;\"][^.!?;\"]{5,120})",
            needs="error|says",
            rank=1,
            unless=r"‹[^›]{0,24}(?:gone|new|<deny>)",
        ),
        Way(
            r"<error>(?: message| <says>)?(?: (?:that says|saying|says|reading|which says|<is>|"
            r"was))?:? ((?:<starters>|<deny>|<visits>|<kinds>|<please>|<able>|"
            r"<phone_cue>)(?: [^ .!?;\"]{1,30}){1,12}?)(?=[.!?;\"]|$| (?:when|whenever|every time|after i|but)<e>)",
            needs="error",
            rank=1,
            unless=(_SPOKEN + r"|(?:no|<deny>|any) ‹"),
        ),
        Way(
            r"<tells>(?: ?:|,)? ?([^\s.!?;,:\"][^.!?;\"]{5,120})",
            needs="tells",
            rank=1,
            unless=(_SPOKEN + r"|‹[^›]{0,30}(?:nada|rien|nichts|<deny>)|(?:<people_say>|<titles>) [^.!?]{0,16}‹"),
        ),
        Way(
            r"""(?:^|[ ,:])['"]((?=[^'"]{0,80}(?:fail|error|denied|locked|expired|invalid|unable|attempt|permission|"""
            r"not found|try again|went wrong|timed out|required|declined|"
            r"""rejected))[^'"]{3,200}(?:'[a-z]{1,2} [^'"]{0,80})?)['"](?!\w)""",
            needs="\"|'",
            reads="plain",
            rank=1,
            unless=_SPOKEN,
        ),
        Way(
            r"((?:http )?(?:401|403|404|500|502|503|504) (?:not found|bad gateway|forbidden|service unavailable|"
            r"internal server error|unauthorized|gateway timeout))",
            needs="40|50",
            rank=1,
        ),
    ),
    "error_code": (
        Way(
            r"<error>(?: ?(?:code|código|number|número|<entries>|<phone_cue>|no\.?|message|<says>|nr\.?|"
            r"codes?))?(?: (?:<is>|was|<says>))?[:#,]? ?[#\"]?((?:[a-z]{1,8}[-_ ]?){0,2}?\d{2,6}[a-z]?)(?![\w.]|"
            r"-\d| (?:times|<units>|<clock_units>|mg|ml|<people>|mal|veces|vezes|fois))",
            needs="00",
            unless=r"<deny> ‹|‹[^›]{0,20} (?:in|at|since|on|for|after|and|of|the|is|a|an|to|from|with|about) \d",
        ),
        Way(
            r"(?:code|<says>|<error>|with|failed|gives|gave|received)[ :]{1,2}(?:(?:me|<det>|<error>|code|with|"
            r"<prep>) ){0,3}([a-z]{1,6}[-_]\d{2,6}[a-z]?)<e>",
            needs="00",
            unless=r"covid|(?:pass|sign-in) ?‹|<entries>[^.!?]{0,12}‹",
        ),
        Way(
            r"(?<![\w-])([A-Z]{2,4}-\d{3,4})(?![\w-])",
            needs="000",
            reads="cased",
            unless=r"<entries> (?:[^ .!?]{1,8} )?‹|covid",
        ),
        Way(r"(err_[a-z0-9_]{3,40}|0x[0-9a-f]{4,10})", needs="err_|0x", reads="plain"),
        Way(
            r"(<s>(?:401|403|404|500|502|503|504)(?= (?:<error>|not found|bad gateway|forbidden|<deny> found|"
            r"<workplaces> unavailable|service|internal|unauthorized|gateway)))",
            needs="40|50",
        ),
    ),
    "when_started": (
        Way(
            r"<since><_>(<change>|<det> (?:\w{1,14} ){0,2}(?:outage|change)(?: (?:<next>|<prep>) (?:<units>|"
            r"<weekdays>|\w{1,12}))?)",
            needs="since",
            rank=-1,
        ),
        Way(
            r"<since>(?:<_>(?:<det>|<about>))?<_>(<past>|<span>)(?![\w/])",
            needs="since",
            unless=(
                r"<visits>[^.!?]{0,20}‹|(?:user|<entries>|<people_say>|customer|member|with you|waiting|"
                r"subscribed|seen|paciente|cliente|patiente?|मरीज|مريض) (?:[^ .]{1,10} ){0,3}‹"
            ),
        ),
        Way(r"<began>(?: (?:<began_more>|<prep>|<at>|<about>)){0,3} (<span> <ago>|<past>)", needs="began"),
        Way(r"(?:for|over|in|during|within) (?:the )?(?:last|past) (<span>|<units>)", needs="next|past"),
        Way(r"(after (?:<det> )?(?:(?:<next>|<kind_adjectives>|latest|recent) ){0,2}<update>)", needs="update"),
        Way(
            r"(?:for|<prep>|it's been|been) (<span>)(?! (?:<visits>|old|<call>|<events>|in advance|before|"
            r"<ago>))<e>",
            needs="span",
            only_if=r"(?<![a-z])(?:for|been) ",
            unless=(
                r"(?:<visits>|booked|scheduled|user|<entries>|customer|member|with you|waiting|subscribed|"
                r"<people_say>|seen|been on|waited) (?:[^ .]{1,10} ){0,6}‹|(?:<bookings>|book|open|log|wait|valid|"
                r"closed|available|only|taking|take|stay|rest|pills?|tablets?|prescribed|on leave|away|paid|"
                r"typing|using|<kinds>) (?:[^ .]{1,10} ){0,3}‹|been ‹|‹(?!for|it's been|been)"
            ),
        ),
        Way(
            r"(<span> <ago>)",
            needs="ago",
            rank=1,
            only_if=FAULT,
            unless=(
                r"(?:<visits>|paid|bought|<call>|called|wrote|emailed|asked|registered|joined|ordered|surgery|"
                r"operation|tests?|taken|issued|filed|sent|booked)[^.!?]{0,20}‹"
            ),
        ),
        Way(
            r"(<before_ago> (?:unos |cerca de |environ |etwa )?<span>(?! ?ال))",
            needs="before_ago",
            unless=r"(?:<visits>|paciente|patiente?) (?:[^ .]{1,8} ){0,2}‹",
        ),
        Way(r"(<past_days>|<bare_past>|<span>) <from_after>", needs="past_days|bare_past|span"),
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
    "affected": (
        Way(
            r"<only_me>|(?:works?|fine|ok|okay|good) (?:[^ .!?]{1,6} )?for (?:everyone else|<the_others>)|"
            r"<the_others> are (?:ok|fine|okay)",
            needs="only_me|the_others|veryone else",
            value=ONLY_ME,
            unless=r"(?:<deny>|or) ‹|(?:<need>|let|give|tell) ‹|› (?:to |question)|‹others are|‹[^›]{0,40}› ?\?",
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
    "how_many": (
        Way(
            r"((?:<everyone>|<whole>[ ']?<workplaces>|(?:<about> |at least )?(?:<s>\d{1,4}|"
            r"<numbers>)(?: <of>)?(?: us<e>| <member>|<_><people>)|(?:everyone|nobody) (?:in|"
            r"at) (?:<det> )?(?:<workplaces>|\w{2,12})))",
            needs="everyone|whole|people| us|nobody|veryone",
            only_if=(
                FAULT + r"|lahat|apektado|parada|sem acesso|blo[qc]|can|用不了|متوقف|बंद|down|arbeiten|has|have|see"
            ),
            unless=(
                r"(?:see|list <prep>|number <prep>|show|filter|sort|<bookings>|<call>|add|for|tried|<says>|"
                r"to) ‹(?!all|our|the|every|nobody|<everyone>|<whole>)|else|› (?:<is> )?(?:nice|fine|happy|"
                r"joined)|› (?:waiting|owns|knows|ever|in the (?:hall|corridor|waiting)|<prep> the (?:hall|"
                r"corridor|waiting))|(?:<able>|<imagined>) ‹|called <prep> ‹|‹(?:one|a|an) "
            ),
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
            r"(?:all|alle|todos|todas|tous|los|as) ((?:\d{1,3}|<numbers>) <people>)",
            needs="people",
            unless=r"(?:see|show|list|<bookings>|add|<says>)[^.!?]{0,12}‹",
        ),
        Way(r"<we_are> ((?:\d{1,3}|<numbers>) <people>)", needs="people"),
        Way(
            r"(<we_are> (?:\d{1,3}|<numbers>|tous)|zu (?:zweit|dritt|viert|fünft|sechst|\d{1,3}))<e>(?! <units>)",
            needs="we_are|zu ",
            rank=1,
            unless=r"‹we",
        ),
    ),
    "doctor_name": (
        Way(
            r"<titles> {0,2}(?:med {1,2})?(?:<titles> {0,2})?(<particles><name>(?: <particles><name>){0,2})",
            needs="titles",
            reads="cased",
            accepts=_a_name,
            unless=r"(?:<i_am_doctor>|<call> me) (?:<det> )?‹|› (?:drive|street|road|avenue|here|speaking)",
        ),
        Way(
            r"<titles> {1,2}(<particles>[a-z\u00df-\u00ff][a-z\u00df-\u00ff'-]{1,20}(?: [a-z]{3,20}(?=[,.;]|"
            r"$))?)<e>",
            needs="titles",
            reads="cased",
            accepts=_a_name,
            unless=r"(?:<i_am_doctor>|<call> me) (?:<det> )?‹|‹(?!dr|dra)",
        ),
        Way(
            r"(?:<titles>|physician|provider|therapist|<people_say>) (?:called|named|llamado|nommé|"
            r"namens) (<name>(?: <name>)?)",
            needs="called|named|llamado|nommé|namens",
            reads="cased",
            accepts=_a_name,
        ),
        Way(r"<titles> {0,2}([\u0900-\u097f]{2,20})", needs="titles", accepts=_a_name),
        Way(r"<titles> {0,2}([\u0621-\u064a]{2,20})", needs="titles", accepts=_a_name),
        Way(r"(<surnames>[\u4e00-\u9fff]{0,2}?)(?:<people_say>|大夫|医师|主任)", needs="医|大夫|主任"),
    ),
    "appointment_date": (
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
    ),
    "expected_time": (
        Way(
            r"(?:booked|chose|picked|selected|agreed|scheduled|made|asked|wanted|reservé|marquei|réservé|"
            r"gebucht|<bookings>|book|asked|want)(?: (?:it|<det> <visits>|<prep>|was|<visits>)){0,2} (?:<prep>|"
            r"<at>) (?:<at> )?(?:<day>,? )?(?:<at> )?(<clock>)",
            needs="booked|chose|picked|selected|agreed|scheduled|made|asked|want|reserv|marquei|réserv|gebucht|bookings|book",
            unless=r"<since> ‹|‹[^›]{0,10}(?:change|cancel)",
        ),
        Way(
            r"(?:should be|supposed to be|meant to be|was for|<is> really|is really|really at|confirmed for|"
            r"confirmation (?:<says>|mail <says>|email <says>)|(?:<titles>|<workplaces>|<people_say>) <says>|"
            r"it was|debería ser|deveria ser|devrait être|sollte)(?: (?:<prep>|<at>|it|<screens>|"
            r"<is>)){0,2} (<clock>)",
            needs="should be|supposed to be|meant to be|was for|really|confirm|says|it was|debería|deveria|devrait|sollte",
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
                r"<before>)[^›]{0,16}›"
            ),
        ),
        Way(
            r"(<clock>)(?:'s)?<_>的?(?:video )?(?:<visits>|<features>)",
            needs="visits|features",
            rank=1,
            unless=r"(?:<says>|<since>|until) (?:<det> )?‹",
        ),
    ),
    "pharmacy": (
        Way(r"(<pharmacies>(?: pharmacy)?)<e>", needs="pharmacies", unless=r"› (?:card|<entries>|bank|street|gift)"),
        Way(
            r"(?<!\w)[Pp]harmacy(?: (?:<is>|named|<says>)|:)(?: (?:named|<says>))? (<name>(?: <name>)?)",
            needs="harmacy",
            reads="cased",
        ),
        Way(
            r"(?<![\w'])([A-Z][\w'&-]{3,20}) [Pp]harmacy",
            needs="harmacy",
            reads="cased",
            unless=r"‹(?:the|this|that|which|your|another|local|wrong|any|their|every) |› (?:field|list|page|setting)",
        ),
        Way(
            r"(?:[Ff]armacia|[Ff]armácia|[Pp]harmacie|[Bb]otika) (<name>(?: (?:del? |da |do |du )?<name>){0,2})",
            needs="farmac|farmác|pharmacie|botika",
            reads="cased",
        ),
        Way(
            r"(?<![\w-])([A-ZÄÖÜ][\wäöüß]{1,20}-[Aa]potheke|[Aa]potheke (?:am|zum|zur|im|"
            r"<prep>) [A-ZÄÖÜ][\wäöüß]{2,20})",
            needs="potheke",
            reads="cased",
        ),
        Way(r"صيدلية ([\u0621-\u064a]{3,20})", needs="صيدلية"),
        Way(r"([^\W\d_的发给把在去到我你他哪那这附近个家\ue000-\uf8ff]{2,6}药房)", needs="药房"),
    ),
    "page_or_feature": (
        Way(
            r"(?:<prep>|open|opening|opens|<says>|load|loading|<det>)(?: <det>)? ((?:(?!(?:is|was|it|of|and|to|i|"
            r"for)<e>)(?:[a-z-]{3,14}|<visits>|<kinds>|<entries>|<people>|<call>|<pages>|"
            r"<screens>) ){0,2}<pages>)(?! (?:<is> down for|<prep> <my> (?:<kinds>)))",
            needs="pages",
            unless=(
                r"(?:<not_a_page>)[^›]{0,2}› ?<pages>|‹[^›]{0,60}(?:<not_a_page>) (?:<pages>)|"
                r"‹[^› ]{0,14}(?: <det>)? (?:page|screen|tab|section|form|menu)›"
            ),
        ),
        Way(r"(<features>)", needs="features"),
        Way(
            r"(?:during|join|start|joining|starting) (?:<det> )?(check-?in|sign-?up|checkout|payment|messaging)<e>",
            needs="check|sign|payment|messaging",
        ),
        Way(r"(<pages_first> <of>(?: <det>)?[ ']?(?:<visits>|[a-zà-ÿ-]{4,18}))<e>", needs="pages_first"),
        Way(
            r"<s>((?!diese|start|home|haupt|ganze|eine|die|der|deine|web)[a-zäöüß]{5,16}(?:seite|ansicht|formular|"
            r"kalender|liste)|[a-zäöüß]{4,14}-(?:seite|tab|bereich|fenster))<e>",
            needs="seite|ansicht|formular|kalender|liste|-tab|-bereich|-fenster",
        ),
        Way(
            r"(?:everything|(?:<whole>|entire) (?:site|system|app|platform|portal|thing|<screens>)|<app>|(?:the |"
            r"<det> )(?:site|system|<screens>)) (?:<is>|is|seems|appears|<says>|was|went|has gone|has been|"
            r"<have> been) (?:completely |totally |all |entirely )?(?:down|dead|offline|unavailable|not working|"
            r"<deny> working)<e>|<s>nothing (?:<is> )?(?:works?|working|loads?|loading|"
            r"opens?)(?: at all)?(?:[.,!]|$)|geht nichts mehr|nichts (?:geht|funktioniert)(?: mehr)?(?:[.,!]|$)|"
            r"no funciona nada|nada funciona|rien ne (?:marche|fonctionne)",
            needs="everything|nothing|nichts|nada|rien|down|dead|offline|unavailable|working",
            value="Everything",
            rank=1,
        ),
    ),
    "place_now": (
        Way(
            r"<i_am>(?: <now>| <i_am>){0,2} <place_in> (?:<det> )?(<place>)",
            needs="i_am",
            reads="cased",
            accepts=_a_place,
            unless=(
                r"(?:<titles>|<people_say>) ‹|‹[^›]{0,30}<titles>|‹(?:i am|i'm|im|we're|we are)[^›]{0,24} (?:from|"
                r"at|with|on|for|of|by|using|to) "
            ),
        ),
        Way(
            r"(?:<i_am>|<s>here)(?: <now>){0,2} in (?:(the [a-z]{2,14}|[a-z]{2,14} [a-z]{2,14})<e>)",
            needs="i_am|here ",
            accepts=_a_known_place,
        ),
        Way(
            r"(?:<i_am>|<s>here)(?: <now>){0,2} <place_in> (?:<det> )?([a-z]{2,14}(?: [a-z]{2,14})?)<e>",
            needs="i_am|here ",
            rank=1,
            accepts=_a_known_place,
        ),
        Way(
            r"(?:<i_am>|<s>here)(?: <now>){0,2} <place_in> (?:<det> )?([a-z]{2,14})<e>",
            needs="i_am|here ",
            rank=2,
            accepts=_a_known_place,
        ),
        Way(r"(?:estou|moro|moramos) (?:<now> )?(?:no|na) (<place>)", needs="i_am", reads="cased", accepts=_a_place),
        Way(r"<i_am> (?:<now> )?(<place>)(?= (?:ako|kami|<now>))", needs="i_am", reads="cased", accepts=_a_place),
        Way(
            r"<i_am> (?:<now> )?([\u0900-\u097f]{2,20}|[a-z]{3,14}) <postposition> (?:हूँ|हूं|हैं|रहता|रहती|hu|"
            r"hoon|hun|rehta|rehti)",
            needs="i_am",
            accepts=_a_joined_place,
        ),
        Way(r"<i_am>(?: <now>| موجود| موجودة)? في ([\u0621-\u064a]{2,20})", needs="i_am", accepts=_a_joined_place),
        Way(r"<i_am>(?:<now>)?<place_in>(<joined_places>)", needs="joined_places"),
        Way(
            r"time ?zone (?:<is>|is|:) ?([A-Z]{3,4}<e>|(?:UTC|GMT) ?[+-]\d{1,2}(?::\d{2})?|[A-Z]\w+/[A-Z]\w+)",
            needs="zone",
            reads="cased",
        ),
    ),
    "amount": (
        Way(
            r"((?:[$€£₹₱¥]|<s>(?:us|r)\$|<money>\.?) ?\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{1,2})?(?!\d)"
            r"(?: ?(?:usd|eur|gbp)<e>)?|<s>(?<![.,])\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{1,2})? ?(?:[€£₹₱¥$]|"
            r"<money>))",
            needs="money|$|€|£|₹|₱|¥",
            unless=r"(?:lost|<lost>|gained|weigh\w{0,2}|lose) (?:<about> )?‹",
        ),
    ),
    "contact_email": (
        Way(
            r"(?<![\w.+%-])([\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})",
            needs="@",
            reads="plain",
            unless=r"(?:<deny>|wrong|old|sent to|went to|from|mail from) ‹|‹(?:support|no-?reply|info)@",
        ),
    ),
    "contact_phone": (
        Way(
            r"(?:<phone_cue>|<call>|<call_me>)[^.!?@]{0,30}?(<phoneish>)",
            needs="0000000",
            accepts=_a_phone,
            unless=(_NOT_AN_ENTRY + r"|tried to ‹|‹[^›]{0,50}1-800"),
        ),
        Way(
            r"(<phoneish>)(?= (?:<postposition>|<phone_cue>|<call_me>|par|pe))",
            needs="0000000",
            rank=1,
            accepts=_a_phone,
            unless=_NOT_AN_ENTRY,
        ),
        Way(
            r"(<phoneish>)",
            needs="0000000",
            rank=2,
            accepts=_a_phone_by_form,
            unless=(_NOT_AN_ENTRY + r"|(?:<error>|code|called) (?:[^ .!?]{1,8} ){0,4}‹|‹1-8"),
        ),
    ),
    "contact_wish": (
        Way(
            r"(?:(?:^|[.!?;,] ?|<please>,? |<and> )<call> (?:me<e>|us<e>|back|<my> <kinds>|<now>)|<call> me<e>|"
            r"<call_me>|(?:^|<please> )<call> \(?\+?\d)",
            needs="call|call_me",
            value="phone",
            unless=(
                r"<deny_wish> (?:<please> )?‹|(?:<people_say>|<titles> \w{1,14}|they|<workplaces>|nobody|to|"
                r"<the_others>) (?:[^ .!?]{1,8} ){0,2}‹|<imagined> ‹|(?:told|asked|had|tried|<entries>) ‹|"
                r"me› (?!<rather>|back|on|at|when|if|as|<please>|<near_days>|<next>|after|before|<before>|<now>|"
                r"later|and|<and>|about|or|<prep>|in|\d|\+|\(|under|any)[\w\ue000-\uf8ff]|‹call us"
            ),
        ),
        Way(
            r"(<by_mail>)",
            needs="by_mail",
            value="email",
            only_if=RATHER,
            unless=(
                r"(?:<deny_wish>|<deny>) (?:<please> )?‹|(?:comes?|sent|came|received|arrives?|code|link|got|"
                r"log in|sign in|reset|told|asked) (?:[^ .!?]{1,10} ){0,4}‹"
            ),
        ),
        Way(
            r"(<by_phone>)",
            needs="by_phone",
            value="phone",
            only_if=RATHER,
            unless=r"(?:<deny_wish>|<deny>) (?:<please> )?‹",
        ),
        Way(
            r"(<mail_me>)",
            needs="mail_me",
            value="email",
            unless=(
                r"(?:<deny_wish>|<deny>) (?:<please> )?‹|› (?:<det>|<my>) (?:code|link|receipt|invoice|pdf|report|"
                r"prescription|<entries>|results?|certificate)|(?:comes?|sent|came|received|arrives?|code|link|"
                r"got|log in|sign in|reset) (?:[^ .!?]{1,10} ){0,3}‹|‹by mail› address"
            ),
        ),
        Way(
            r"(<chat_me>)",
            needs="chat_me",
            value="chat",
            only_if=RATHER,
            unless=r"<deny_wish> (?:[^ .!?]{1,8} )?‹|› (?:window|button|history|page|bot)",
        ),
    ),
    "deadline": (
        Way(
            r"(<before>[ -]?(?:<until>))(?![\w:/])",
            needs="before",
            only_if=(
                r"need|have to|must|want|please|pls|asap|urgent|fix|sort|call|reply|we have|i have|help|can you|"
                r"could you|deadline|due|latest|necesito|necesit|preciso|il me|besoin|brauche|أحتاج|kailangan|"
                r"bitte|por favor|s'il|tengo|tenho|tiene|muss|falta|faut|habe|j'ai"
            ),
            unless=(
                r"(?:<deny>|n't|locked|blocked|closed|<visits>|<bookings>|leave|away|free|available|worked|work|"
                r"opened|used to|waited|booked|was|open|cancel\w{0,3}|move|<call>|prescription|valid|bloquead[ao]|"
                r"gesperrt|geschlossen|bloqué\w{0,2}|fermé\w{0,2}|مغلق) (?:[^ .]{1,9} ){0,2}‹|"
                r"‹<before> (?:the )?(?:today|now)›"
            ),
        ),
        Way(
            r"(within (?:the next )?<span>|in the next <span>)",
            needs="within|in the next",
            only_if=r"need|must|please|fix|answer|reply|help|call",
        ),
        Way(
            r"((?:(?:[a-z]{3,12}|<visits>|<events>|<people>) )?(?:opens?|starts?|begins?|<began>|are|"
            r"<is>) in (?:less than )?<span>)",
            needs="opens in|open in|starts in|start in|begins in|begin in|is in|are in|started in",
            unless=r"‹(?:there|it|what|which|<screens>) |<since>",
        ),
        Way(
            r"((?:<day>|<clock>)(?:<_><day_parts>)?(?:<_><clock>)?<_><until_after>)",
            needs="until_after",
            unless=r"बंद ‹|<since>‹|›[^.!?।]{0,40}(?:थी|था|थे|<s>tha<e>|<s>thi<e>)",
        ),
    ),
}


# ---------------------------------------------------------------- what does not count, and what is put right
ENVIRONMENT = frozenset({"device", "browser", "operating_system", "app_version", "place_now"})
DENIABLE = frozenset({"doctor_name", "appointment_date", "pharmacy", "amount", "contact_email", "contact_phone"})
IMAGINABLE = ENVIRONMENT | {"affected", "how_many", "error_message", "error_code", "when_started"}
PUT_RIGHT = {
    "appointment_date": r"(<timed_day>)",
    "expected_time": r"(<clock>)",
    "when_started": r"(<past>|<span> <ago>)",
}
"""Facts whose value alone puts an earlier one right: `on Monday, sorry, Tuesday`."""
MARKS = {
    "denied": r"(?:<deny>|(?:do|did|does)n't)(?: ?(?:<have>|<prep>|<at>|<det>|<is>|any)){0,4} ?['\"]?$",
    "denied_next": r"<deny> ?(?:with |bei |con )?(?:<det> )?['\"]?$",
    "denied_after": r" ?(?:नहीं|nahi|nahin)(?=[,।.]| बल्कि|$)",
    "imagined": (
        r"(?:(?:^|[,.;:!?¿] ?|<and> |so |but |hi |hello |<please> )<imagined>(?! (?:normal|possible that))|<wish>)"
        r"[^.!?。]{0,200}"
    ),
    "asked": r"[^.!?。]{0,60}<ask>",
    "mine": r"<my> ?$",
    "turn": r"<put_right> ?|(?:^|[.!?,;] ?)<sorry>[,.:!-] ?|(?:^|[.!?,;] )(?:actually )?no,? ",
} | {name: rf"(?:(?:<prep>|<at>|<det>|<since>) ){{0,2}}{value}" for name, value in PUT_RIGHT.items()}

MARKED_BY = {"imagined": ("imagined", "wish"), "asked": ("ask",), "turn": ("put_right", "sorry")}
"""Lists of which a message has a word where these marks can stand."""


@dataclass(frozen=True)
class _Reader:
    """The vocabulary made ready: a tag for each word, how long a phrase can be, and the parts of patterns."""

    tags: Mapping[str, str]
    capitals: frozenset[str]
    longest: Mapping[str, int]
    joined: re.Pattern[str]
    parts: dict[str, str]

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern with its names filled in; a known word in it stands for its own tag."""
        tagged = _LITERAL.sub(self._tagged, pattern)
        return re.compile(_NAMED.sub(lambda found: self.parts[found[1]], tagged))

    def tags_of(self, name: str) -> str:
        """The tags that the words of a list can have."""
        return self.parts[name].removeprefix("(?:").lstrip("[").partition("]")[0].partition(_REST)[0]

    def _tagged(self, found: re.Match[str]) -> str:
        word = found[1]
        return self.tags[word] + _REST * (len(word) - 1) if word in self.tags else found[0]


@dataclass(frozen=True)
class _Ready:
    """A way ready to be tried."""

    fact: str
    way: Way
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    only_if: re.Pattern[str] | None
    tags: frozenset[str]
    texts: tuple[str, ...]
    digits: int

    def may_hold(self, said: "_Said") -> bool:
        """True when the message has what the way needs."""
        if not said.tags.isdisjoint(self.tags) or said.digits >= self.digits:
            return True
        return any(text in said.low for text in self.texts)


@dataclass(frozen=True)
class _Said:
    """A message as it is read; all its forms have the same length. `turn` is where it was last put right."""

    shown: str
    low: str
    tagged: str
    cased: str
    tags: frozenset[str]
    digits: int
    imagined: tuple[tuple[int, int], ...]
    turn: int

    def read_as(self, form: Form) -> str:
        """Words as tags, the same with the case of names kept, or no tags at all."""
        return {"tagged": self.tagged, "cased": self.cased, "plain": self.low}[form]


@dataclass(frozen=True)
class _Hit:
    """A fact found: the best rank wins, then the first place."""

    rank: int
    start: int
    value: str


@cache
def _reader() -> _Reader:
    heard = {name: words for name, words in _vocabulary().items() if name not in LOOKED_UP}
    lists = _lists_of_words(heard)
    kinds = {kind: chr(_FIRST_TAG + number) for number, kind in enumerate(dict.fromkeys(lists.values()))}
    parts = {name: _any_of(tag for kind, tag in kinds.items() if name in kind) for name in heard}
    parts |= {name: _any_of(tag) for name, tag in zip(COMPOSED, _COMPOSED_TAGS, strict=True)}
    parts["surnames"] = f"[{_vocabulary()['surnames'][0]}]"
    han = sorted((word for word in lists if _HAN.match(word)), key=len, reverse=True)
    reader = _Reader(
        {word: kinds[names] for word, names in lists.items()},
        frozenset(tag for kind, tag in kinds.items() if not CAPITALS.isdisjoint(kind)),
        _longest(lists),
        re.compile("|".join(han)),
        parts,
    )
    parts["days"] = _any_of(tag for name in ("weekdays", "near_days", "date") for tag in reader.tags_of(name))
    for name, pattern in PARTS.items():
        parts[name] = reader.compiled(pattern).pattern
    return reader


def _lists_of_words(heard: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The lists in which each word stands; a word that stands in a pattern itself is a list of its own too."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, words in heard.items():
        lists |= {word: (*lists.get(word, ()), name) for word in words}
    ways = (way for ways in FACTS.values() for way in ways)
    patterns = (*COMPOSED.values(), *PARTS.values(), *MARKS.values(), *(f"{way.pattern} {way.unless}" for way in ways))
    literals = {found[1] for pattern in patterns for found in _LITERAL.finditer(pattern)}
    return {word: (*names, f"={word}") if word in literals else names for word, names in lists.items()}


def _any_of(tags: Iterable[str]) -> str:
    return f"(?:[{''.join(tags)}]{_REST}*+)"


def _longest(words: Iterable[str]) -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for parts in filter(None, map(_WORD.findall, words)):
        longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
    return longest


@cache
def _ready() -> tuple[_Ready, ...]:
    return tuple(
        _made_ready(fact, way) for fact, ways in FACTS.items() for way in sorted(ways, key=lambda way: way.rank)
    )


def _made_ready(fact: str, way: Way) -> _Ready:
    reader, needs = _reader(), way.needs.split("|")
    lists = [need for need in needs if need in _vocabulary() or need in COMPOSED]
    noughts = [len(need) for need in needs if not need.strip("0")]
    return _Ready(
        fact,
        way,
        reader.compiled(way.pattern),
        reader.compiled(way.unless) if way.unless else None,
        re.compile(way.only_if) if way.only_if else None,
        frozenset(tag for need in lists for tag in reader.tags_of(need)),
        tuple(need for need in needs if need not in lists and need.strip("0")),
        min(noughts, default=LONGEST + 1),
    )


@cache
def _marks() -> Mapping[str, re.Pattern[str]]:
    return {name: _reader().compiled(pattern) for name, pattern in MARKS.items()}


@cache
def _composed() -> re.Pattern[str]:
    """Dates, times of day and lengths of time in a tagged text, each in its own group."""
    reader, kinds = _reader(), "|".join(f"({pattern})" for pattern in COMPOSED.values())
    first = "".join(reader.tags_of(name) for name in ("months", "numbers", "one", "pairs", "clock_words", "day_parts"))
    return reader.compiled(rf"(?=[\d{first}])(?:{kinds})")


# ---------------------------------------------------------------- reading a message
def facts_of(text: str) -> Mapping[str, str]:
    """What a message tells, by name: the first mention of each fact, or what it was put right to; never raises."""
    said = _said(text)
    hits: dict[str, list[_Hit]] = {}
    for ready in _ready():
        had = hits.setdefault(ready.fact, [])
        better = not said.turn and any(hit.rank < ready.way.rank for hit in had)
        if ready.may_hold(said) and not better:
            had.extend(_heard(ready, said))
    facts = {fact: _chosen(found, said, fact) for fact, found in hits.items() if found}
    if "how_many" in facts:
        facts.setdefault("affected", OTHERS_TOO)
    return facts


def _said(text: str) -> _Said:
    shown = neat(text[:LONGEST]).translate(_QUOTES)
    dotless = _TITLE_DOT.sub(r"\1 ", shown)
    low = dotless.lower() if len(dotless.lower()) == len(shown) else "".join(letter.lower()[:1] for letter in dotless)
    words = tuple(_tags_of(low))
    tagged = _with(words, low)
    composed = [(*found.span(), _COMPOSED_TAGS[(found.lastindex or 1) - 1]) for found in _composed().finditer(tagged)]
    tagged, keep = _with(composed, tagged), _reader().capitals
    tags = frozenset(tag for _, _, tag in (*words, *composed))
    turns = [found.end() for found in _marked("turn", tagged, tags)]
    return _Said(
        shown,
        low,
        tagged,
        _with((word for word in words if word[2] in keep or not shown[word[0]].isupper()), dotless),
        tags,
        sum(map(str.isdigit, low)),
        tuple(found.span() for name in ("imagined", "asked") for found in _marked(name, tagged, tags)),
        turns[-1] if turns else 0,
    )


def _marked(name: str, tagged: str, tags: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where a mark stands in a text that has a word of those it begins with."""
    if tags.isdisjoint(tag for word in MARKED_BY[name] for tag in _reader().tags_of(word)):
        return iter(())
    return _marks()[name].finditer(tagged)


def _tags_of(low: str) -> Iterator[tuple[int, int, str]]:
    """Where known words and phrases stand, the longest first, and their tags."""
    reader = _reader()
    words = [found.span() for found in _WORD.finditer(low)]
    at = 0
    while at < len(words):
        start, end = words[at]
        for size in range(min(reader.longest.get(low[start:end], 0), len(words) - at), 0, -1):
            end = words[at + size - 1][1]
            tag = reader.tags.get(low[start:end])
            if tag is not None and not _is_part(low, start, end):
                yield start, end, tag
                at += size - 1
                break
        at += 1
    if _HAN.search(low):
        yield from ((*found.span(), reader.tags[found[0]]) for found in reader.joined.finditer(low))


def _is_part(low: str, start: int, end: int) -> bool:
    """True for a short word that is part of another: the in of sign-in, the a of a54."""
    after = low[end : end + 1]
    return end - start <= SHORT and ("-" in (low[start - 1 : start], after) or after.isdigit())


def _with(tags: Iterable[tuple[int, int, str]], text: str) -> str:
    """A text in which each known word is its tag and fillers, as long as the word."""
    letters = list(text)
    for start, end, tag in tags:
        letters[start:end] = [tag, *(_REST * (end - start - 1))]
    return "".join(letters)


def _heard(ready: _Ready, said: _Said) -> Iterator[_Hit]:
    """The places at which a way holds: the first, and the first after the message was last put right."""
    text, place, had = said.read_as(ready.way.reads), 0, False
    for _ in range(MOST_HITS):
        found = ready.pattern.search(text, place)
        if found is None:
            return
        hit = _hit(ready, found, said)
        if hit is not None and (not had or hit.start >= said.turn):
            yield hit
            if hit.start >= said.turn:
                return
            had = True
        place = max(found.start() + 1, found.end() if hit else 0)


def _hit(ready: _Ready, found: re.Match[str], said: _Said) -> _Hit | None:
    """What a match tells, or None where it is excused, denied or imagined."""
    start, end = found.span(found.lastindex or 0)
    value = said.shown[start:end].strip(" .,;:!?'\"").removesuffix("'s")
    if not value or (ready.unless and ready.unless.search(_around(found, said.tagged))):
        return None
    if _is_denied(ready.fact, start, end, said) or (ready.way.accepts and not ready.way.accepts(value)):
        return None
    if ready.only_if and not ready.only_if.search(_sentence(said.low, start)):
        return None
    return _Hit(ready.way.rank, start, ready.way.value or value)


def _around(found: re.Match[str], text: str) -> str:
    """A hit between ‹ and ›, with the words around it."""
    start, end = found.span()
    return f"{text[max(0, start - BEFORE) : start]}‹{text[start:end]}›{text[end : end + AFTER]}"


def _sentence(low: str, place: int) -> str:
    """The sentence around a place."""
    start = max(low.rfind(mark, 0, place) for mark in _SENTENCE_ENDS) + 1
    ends = [end for mark in _SENTENCE_ENDS if (end := low.find(mark, place)) >= 0]
    return low[start : min(ends, default=len(low))]


def _is_denied(fact: str, start: int, end: int, said: _Said) -> bool:
    """True when the words before or after it take it back, or when it is only thought of."""
    before, marks = said.tagged[max(0, start - BEFORE) : start], _marks()
    imagined = fact in IMAGINABLE and any(first <= start < last for first, last in said.imagined)
    if imagined and not marks["mine"].search(before):
        return True
    if fact in ENVIRONMENT:
        return bool(marks["denied"].search(before) or marks["denied_after"].match(said.tagged, end))
    return fact in DENIABLE and bool(marks["denied_next"].search(before))


def _chosen(hits: list[_Hit], said: _Said, fact: str) -> str:
    """The value that counts: the best rank's first, unless a later one puts it right."""
    first = min(hits, key=lambda hit: (hit.rank, hit.start))
    later = [hit for hit in hits if hit.start >= said.turn]
    if later:
        return min(later, key=lambda hit: (hit.rank, hit.start)).value
    again = _marks()[fact].match(said.tagged, said.turn) if fact in PUT_RIGHT else None
    return said.shown[again.start(1) : again.end(1)] if again else first.value
