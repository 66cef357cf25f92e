"""Typed facts heard in any sentence: what a ticket needs, in the user's own words; nothing that is denied or only imagined."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from phonenumbers import NumberParseException, is_valid_number, parse
from pydantic import RootModel

from bot.understanding.text import COMMON, neat
from handoff.data_files import read_yaml, validated

HERE = Path(__file__).parent
_QUOTES = str.maketrans({mark: '"' for mark in "「」『』〝〞"} | {mark: " " for mark in "‹›"})
_TAGS, _REST = 0xE001, "\ue000"
_COMPOSED_TAGS = "\uf8f0\uf8f1\uf8f2\uf8f3"
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_TITLE_DOT = re.compile(r"\b(dra?|prof|doc|med|d|डॉ|د)\.", re.IGNORECASE)
_WORD = re.compile(r"(?:[^\W\d_\u3400-\u9fff]|[\u0900-\u0963\u0970-\u097f])+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAMED = re.compile(r"<([a-z_]{1,20})>")
_LITERAL = re.compile(
    r"\\.|\[[^\]]*\]|\{[^}]*\}|<[a-z_]+>|\(\?(?:<[!=]|[:!=])|"
    r"((?:[^\W\d_\u3400-\u9fff]|[\u0900-\u0963\u0970-\u097f])+(?:'[a-z]+)?)(?![\w?*{\\\[])"
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


@dataclass(frozen=True)
class Finder:
    """One way in which a fact is said: the group that matched is the value, unless the value is fixed.

    It is tried only where the message has a word of one of the lists in `needs`, one of its texts, or as many digits as it has noughts.
    """

    id: str
    pattern: str
    unless: str = ""
    only_if: str = ""
    value: str | None = None
    reads: str = "tagged"
    rank: int = 0
    accepts: Callable[[str], bool] | None = None
    needs: str = ""


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
    return not any(first in known[name] for name in ("no_place", "browsers", "word_browsers", "pages", "makes"))


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
        r"<s>(?:0?[1-9]|1[0-2])(?:[:.]\d{2})?<_><half_days>|<s>\d{1,2}(?:[:.]\d{2})?<_><clock_units>|<s>\d{1,2} ?h(?:\d{2})?<e>|<s>\d{1,2}:\d{2}(?!\d)|"
        r"<clock_words>|(?:<day_parts>)?\d{1,2}[点时]半?"
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
    "linked": r",? ?(?:<at> |@ ?)?",
    "day": r"(?:(?:<next> )?<days>(?:,? (?:<det> )?<date>)?)",
    "timed_day": r"<day>(?:<_><day_parts>)?(?:<linked><clock>| at \d{1,2}<e>(?![:/.%]| <units>))?",
    "change": r"(?:(?:<det>|<next>|<kind_adjectives>|<weekdays>'s|latest|recent) ){0,3}<update>(?: (?:<past_days>|(?:<next>|<prep>) (?:<units>|<weekdays>|\w{1,12})))?",
    "past": (
        r"(?:(?:<past_days>|<bare_past>)(?:,?<_><day_parts>)?|(?:early |late )?(?:<next> )?<weekdays>(?: <day_parts>)?|<next> (?:<units>|<months>)|<day>|<change>|"
        r"<months>|(?:<about> )?<clock>)"
    ),
    "member": r"(?:(?:<det>|<of>) ){0,2}(?:(?:\d{1,3}|<numbers>) )?<people>",
    "phoneish": r"(?<![\d.-])(?:\+|\(|<s>)[\d(][\d ().-]{6,20}\d(?!\d)",
    "starters": (
        r"(?:invalid|incorrect|wrong|unable|access|something|failed|connection|network|user|account|password|code|email|try|we|oops|server|unauthorized|forbidden|"
        r"permission|token|link|file|payment|time|already|unknown|expired|locked|denied|there|request|service|your)"
    ),
    "until": r"(?:<day>|<clock>(?: <near_days>)?|<det> (?:(?:<clock>|<day>(?:'s)?) )?(?:<visits>|<events>)|(?:<det> )?(?:end <prep> )?(?:<det> )?(?:<units>|weekend|lunch)<e>|lunch<e>|<visits>(?: <prep>)?(?: <at>)? <clock>)(?:<linked>(?:<clock>|<day_parts>))?",
}
FAULT = (
    r"n't|cannot|unable|crash|stop|fail|error|broke|gone|disappear|missing|\bnot\b|\bdown\b|lock|freez|frozen|hang|blank|problem|issue|never|slow|affected|wrong|\bno\b|same|"
    r"stuck|gr[ea]y|black|não|nao|\bne\b|\bpas\b|nicht|kein|नहीं|nahi|ला |لم |لا |不|没|hindi|apektado|problema|fehler|erreur|erro\b|falla|trava|plante|bloqu|gesperrt"
)
RATHER = (
    r"\b(?:please|pls|prefer\w{0,3}|better|rather|reply|answer|respond|contact|fine|best|only|instead|talk|stay|keep|bitte|lieber|mejor|prefier\w{1,2}|prefiro|plutôt|"
    r"por favor|s'il|na lang)\b|@|聊|请|कृपया"
)
_NOT_AN_ENTRY = r"<entries>[^.!?]{0,24}‹|‹[^›]{0,40}<entries>[^›]{0,30}›"
_FAULT_BETWEEN = (
    r"‹[^›]{0,80}(?:<since>|<began>|<deny>|<update>|worked|broke|crash|stopp|fail|error|gone|n't|以来)[^›]{0,40}›"
)
_SPOKEN = r"(?:<people_say>|<titles>[. ]{0,2}\w{1,14}) (?:[^ .!?]{1,8} )?‹"
_WIDE = r"(?:<det>|<prep>|<deny>|<have>|<able>|\w{1,12})"

FINDERS = (
    # ---------------------------------------------------------------- device, system, browser, version
    Finder("device", r"((?:<kinds> )?<makes>(?:[ -]?(?:<series>|[a-z]{0,2}\d{1,3}[a-z]?\+?)<e>| se(?=$|[.,;!?)]| (?:<is>|<prep>|[23]|crash))){0,4}(?:<_><kinds>)?)", needs="makes", unless=r"(?:neighbou?r|friend|sister|brother|someone|colleague) (?:has|<have>|owns) (?:<det> )?‹|big ‹"),
    Finder("device", r"((?:<maker_systems>|<windows>)(?: (?:\d{1,2}(?:\.\d)?|xp|vista))? (?:<kinds>|device|machine))", needs="maker_systems|windows"),
    Finder("device", r"(<numbered_makes> ?[a-z]?\d{1,3}[a-z]?<e>(?: <series>)?)", needs="numbered_makes", unless=r"(?:neighbou?r|friend|sister|brother|someone|colleague) (?:has|<have>|owns) (?:<det> )?‹"),
    Finder("device", r"(?:(?:(?:<prep>|<lost>|it's) (?:<det> ){0,2}|<my> )(?:<kind_adjectives> ){0,2}|<my>|<prep>)(<kinds>)", needs="kinds", unless=r"‹[^›]{0,80}› ?(?:<phone_cue>|line|<app>|numbers|<deny>|bill|company|support|number|:? ?\+?\d|号|science)|tablet› of|› (?:with|to) (?:you|him|her|<people_say>|<det>)|half (?:<prep> )?(?:<det> )?‹|(?:speak|talk|<call>|contact|<phone_cue>|help|spoke|talked|someone|over|waiting)[^.!?]{0,24}‹(?:on|via|over|by|<prep>) [^›]{0,20}›|‹(?:by|of|for|to) ", rank=1),
    Finder("device", r"(<kinds>)(?= <postposition>)", needs="postposition", rank=1),
    Finder("device", r"(<own_kinds>)", needs="own_kinds", unless=r"رقم ‹", rank=1),
    Finder("operating_system", r"(<systems>(?: (?:<version> )?(?:\d{1,2}(?:\.\d{1,2}){0,2}<e>|<mac_names>))?|<maker_systems>(?: (?:<version> )?\d{1,2}(?:\.\d{1,2}){0,2}<e>)?|<windows> (?:\d{1,2}(?:\.\d)?|xp|vista)<e>|<windows>(?= <kinds>))", needs="systems|maker_systems|windows"),
    Finder("operating_system", r"(?:<prep> (?:<det> )?)(<windows>)", needs="windows", unless=r"<numbers> ‹|› (?:pop|open|close|keep|appear|<prep>)|‹of"),
    Finder("browser", r"(<browsers>(?:(?: (?:browser|<version>|v\.?))? ?\d{1,3}(?:\.\d{1,5}){0,3}(?![\w.]|,?\d| (?:times|<units>)))?)", needs="browsers", unless=r"› (?:park|holiday|trip|tour)|› (?:os|extension)|<version> <prep> ‹"),
    Finder("browser", r"(?:(?:<prep>|<and>|nor|<put_right>) |, ?|^)(<word_browsers>(?: \d{2,3}(?:\.\d{1,4}){0,3})?)<e>(?! of| house)", needs="word_browsers", unless=r"‹of|‹is "),
    Finder("app_version", r"(?:<app>|<version>|<s>v)(?: <prep>(?: <det>)? ?'?<app>)?(?:[ -]?<version>)?(?: <is>|[:,])?<_>v?(\d{1,3}(?:\.\d{1,4}){1,3})", needs="0", unless=r"(?:<systems>|<maker_systems>|<windows>|<browsers>|<word_browsers>|os|system)(?: <version>)? ‹|(?:<systems>|<maker_systems>|<windows>|<browsers>|<word_browsers>) ‹<version>|› ?(?:<clock_units>|mg|ml|%|€|\$|stars?|gb|mb)"),
    # ---------------------------------------------------------------- what the screen says
    Finder("error_message", r'(?:<says>|<error>|with|<tells>)[^"]{0,40}"([^"]{3,200})\"', needs='"', unless=_SPOKEN + r'|‹called me|‹[^›"]{0,40}<people_say> <says>'),
    Finder("error_message", r"""(?:<says>|<error>|<tells>)[^"']{0,24} '([^']{3,60}(?:'[a-z]{1,2} [^']{0,80})?)'(?!\w)""", needs="'", unless=_SPOKEN),
    Finder("error_message", r'^"([^"]{3,200})"(?= (?:<is>|<says>|<prep>|was|that|all|comes|keeps|when|after|every|<error>|pops))', needs='"'),
    Finder("error_message", r'(?:<screens>(?: (?:<now>|then|always|only|keeps?|i get)){0,2} <told>|<s>keeps? <told>)(?: that|:| me)?:? ((?! ?(?:that|to) )(?:<too>|<det>|<starters>|<deny>|<prep>|<error>|<visits>|<update>|<screens>|<kinds>|<app>|<please>|<able>|<need>|no(?= (?!error|message|reason|more)))(?: [^ .!?;\"]{1,30}){1,14}?)(?=[.!?;\"]|$| (?:when|whenever|every time|all the time|after i|and then|but|if i|each time|so)<e>)', needs="told", unless=_SPOKEN + r"|prescription (?:\w{1,8} )?‹|‹[^›]{0,20}(?:says|said|say|<says>) (?:<det>) (?:<people_say>|<titles>|name|dose|dosage|<visits>|medicine|prescription|pharmacy)|‹(?:it|that|which|site|app|page|system|portal|smartmed|button|this|<screens>) (?:[^ .!?]{1,6} )?(?:is|<is>)"),
    Finder("error_message", r'(?:message|<error>|messaging) (?:is|<is>):? ?([^\s.!?;\"][^.!?;\"]{5,120})', needs="error|says", unless=r"(?:the|<det>) ‹(?:problem|failure)|› ?$|‹[^›]{0,24}(?:gone|new|<deny>)"),
    Finder("error_message", r'<error>(?: message| <says>)?(?: (?:that says|saying|says|reading|which says|<is>|was))?:? ((?:<starters>|<deny>|<visits>|<kinds>|<please>|<able>|<phone_cue>)(?: [^ .!?;\"]{1,30}){1,12}?)(?=[.!?;\"]|$| (?:when|whenever|every time|after i|but)<e>)', needs="error", unless=_SPOKEN + r"|(?:no|<deny>|any) ‹"),
    Finder("error_message", r'<tells>(?: ?:|,)? ?([^\s.!?;,:\"][^.!?;\"]{5,120})', needs="tells", unless=_SPOKEN + r"|‹[^›]{0,30}(?:nada|rien|nichts|<deny>)|(?:<people_say>|<titles>) [^.!?]{0,16}‹"),
    Finder("error_message", r"""(?:^|[ ,:])['"]((?=[^'"]{0,80}(?:fail|error|denied|locked|expired|invalid|unable|attempt|permission|not found|try again|went wrong|timed out|required|declined|rejected))[^'"]{3,200}(?:'[a-z]{1,2} [^'"]{0,80})?)['"](?!\w)""", needs="\"|'", unless=_SPOKEN, reads="plain", rank=1),
    Finder("error_message", r"((?:http )?(?:401|403|404|500|502|503|504) (?:not found|bad gateway|forbidden|service unavailable|internal server error|unauthorized|gateway timeout))", needs="000"),
    Finder("error_code", r'<error>(?: ?(?:code|código|number|número|<entries>|<phone_cue>|no\.?|message|<says>|nr\.?|codes?))?(?: (?:<is>|was|<says>))?[:#,]? ?[#\"]?((?:[a-z]{1,8}[-_ ]?){0,2}?\d{2,6}[a-z]?)(?![\w.]|-\d| (?:times|<units>|<clock_units>|mg|ml|<people>|mal|veces|vezes|fois))', needs="00", unless=r"<deny> ‹|‹[^›]{0,20} (?:in|at|since|on|for|after|and|of|the|is|a|an|to|from|with|about) \d"),
    Finder("error_code", r"(?:code|<says>|<error>|with|failed|gives|gave|received)[ :]{1,2}(?:(?:me|<det>|<error>|code|with|<prep>) ){0,3}([a-z]{1,6}[-_]\d{2,6}[a-z]?)<e>", needs="00", unless=r"covid|(?:pass|sign-in) ?‹|<entries>[^.!?]{0,12}‹"),
    Finder("error_code", r"(?<![\w-])([A-Z]{2,4}-\d{3,4})(?![\w-])", needs="000", unless=r"<entries> (?:[^ .!?]{1,8} )?‹|covid", reads="cased"),
    Finder("error_code", r"(err_[a-z0-9_]{3,40}|0x[0-9a-f]{4,10})", needs="err_|0x", reads="plain"),
    Finder("error_code", r"(<s>(?:401|403|404|500|502|503|504)(?= (?:<error>|not found|bad gateway|forbidden|<deny> found|<workplaces> unavailable|service|internal|unauthorized|gateway)))", needs="000"),
    # ---------------------------------------------------------------- since when
    Finder("when_started", r"<since><_>(<change>|<det> (?:\w{1,14} ){0,2}(?:outage|change)(?: (?:<next>|<prep>) (?:<units>|<weekdays>|\w{1,12}))?)", needs="since", rank=-1),
    Finder("when_started", r"<since>(?:<_>(?:<det>|<about>))?<_>(<past>|<span>)(?![\w/])", needs="since", unless=r"<visits>[^.!?]{0,20}‹|(?:user|<entries>|<people_say>|customer|member|with you|waiting|subscribed|seen|paciente|cliente|patiente?|मरीज|مريض) (?:[^ .]{1,10} ){0,3}‹"),
    Finder("when_started", r"<began>(?: (?:<began_more>|<prep>|<at>|<about>)){0,3} (<span> <ago>|<past>)", needs="began"),
    Finder("when_started", r"(?:for|over|in|during|within) (?:the )?(?:last|past) (<span>|<units>)", needs="next|past"),
    Finder("when_started", r"(after (?:<det> )?(?:(?:<next>|<kind_adjectives>|latest|recent) ){0,2}<update>)", needs="update"),
    Finder("when_started", r"(?:for|<prep>|it's been|been) (<span>)(?! (?:<visits>|old|<call>|<events>|in advance|before|<ago>))<e>", needs="span", unless=r"(?:<visits>|booked|scheduled|user|<entries>|customer|member|with you|waiting|subscribed|<people_say>|seen|been on|waited) (?:[^ .]{1,10} ){0,6}‹|(?:<bookings>|book|open|log|wait|valid|closed|available|only|taking|take|stay|rest|pills?|tablets?|prescribed|on leave|away|paid|typing|using|<kinds>) (?:[^ .]{1,10} ){0,3}‹|been ‹|‹(?!for|it's been|been)", only_if=r"(?<![a-z])(?:for|been) "),
    Finder("when_started", r"(<span> <ago>)", needs="ago", unless=r"(?:<visits>|paid|bought|<call>|called|wrote|emailed|asked|registered|joined|ordered|surgery|operation|tests?|taken|issued|filed|sent|booked)[^.!?]{0,20}‹", only_if=FAULT, rank=1),
    Finder("when_started", r"(<before_ago> (?:unos |cerca de |environ |etwa )?<span>(?! ?ال))", needs="before_ago", unless=r"(?:<visits>|paciente|patiente?) (?:[^ .]{1,8} ){0,2}‹"),
    Finder("when_started", r"(<past_days>|<bare_past>|<span>) <from_after>", needs="from_after"),
    Finder("when_started", r"(<past_days>|<date>)(?:开始|起|就)", needs="开始|起|就"),
    Finder("when_started", r"(<span>之?<until_after>)(?!的?<visits>)", needs="until_after"),
    Finder("when_started", r"(<span>) na<e>", needs="units"),
    Finder("when_started", r"(?:^|[.!?,;] ?|<and> |but )(<bare_past>)|(<bare_past>)(?=$|[.!,;]| <and>)", needs="bare_past", unless=r"(?:from|<prep>|issued|filed|had|seen|sent|<is>|it's|its|made|tried|buried|visited) (?:[^ .!?]{1,8} )?‹|<visits>[^.!?,]{0,30}‹|›(?:'s)? [^.!?,]{0,12}<visits>|(?:worked|fine|<call>|called|wrote|paid|charged|took|billed|card|saw|spoke|talked|emailed|asked|funcionaba|llamé|marchait|ging es noch)[^.!?]{0,24}‹", only_if=FAULT, rank=1),
    # ---------------------------------------------------------------- who has it
    Finder("affected", r"<only_me>|(?:works?|fine|ok|okay|good) (?:[^ .!?]{1,6} )?for (?:everyone else|<the_others>)|<the_others> are (?:ok|fine|okay)", needs="only_me|the_others|veryone else", unless=r"(?:<deny>|or) ‹|(?:<need>|let|give|tell) ‹|› (?:to |question)|‹others are|‹[^›]{0,40}› ?\?", value="only me"),
    Finder("affected", r"<the_others>(?:,? |<_>)(?:<prep> )?<too>|<s>(?:yes|yeah),? others(?! (?:<is>|<able>|<have>))|<others_too>", needs="the_others|others_too", unless=r"(?:<imagined>|are|do|does|whether|if|ask|should|<able>|may) (?:[^ .]{1,10} ){0,3}‹|› (?:<able>|may|should|<need>)", value="others too"),
    Finder("how_many", r"((?:<everyone>|<whole>[ ']?<workplaces>|(?:<about> |at least )?(?:<s>\d{1,4}|<numbers>)(?: <of>)?(?: us<e>| <member>|<_><people>)|(?:everyone|nobody) (?:in|at) (?:<det> )?(?:<workplaces>|\w{2,12})))", needs="everyone|whole|people| us|nobody|veryone", unless=r"(?:see|list <prep>|number <prep>|show|filter|sort|<bookings>|<call>|add|for|tried|<says>|to) ‹(?!all|our|the|every|nobody|<everyone>|<whole>)|else|› (?:<is> )?(?:nice|fine|happy|joined)|› (?:waiting|owns|knows|ever|in the (?:hall|corridor|waiting)|<prep> the (?:hall|corridor|waiting))|(?:<able>|<imagined>) ‹|called <prep> ‹|‹(?:one|a|an) ", only_if=FAULT + r"|lahat|apektado|parada|sem acesso|blo[qc]|can|用不了|متوقف|बंद|down|arbeiten|has|have|see"),
    Finder("how_many", r"(?:affects?|affecting|affected|happens to|same for|down for|slow for|slow at|fails for|broken for|problem for|(?:blank|hangs|freezes|stuck|fails|down) (?:on|<prep>)) ((?:<about> )?(?:<det> )?(?:\d{1,4}|<numbers>|all)(?: <of>)?(?: <det>)? <people>|all of us|<everyone>|everyone|everybody|<whole> \w{3,12}|<whole> <workplaces>)", needs="everyone|whole|people| us|everybody|veryone", unless=r"else"),
    Finder("how_many", r"(?:all|alle|todos|todas|tous|los|as) ((?:\d{1,3}|<numbers>) <people>)", needs="people", unless=r"(?:see|show|list|<bookings>|add|<says>)[^.!?]{0,12}‹"),
    Finder("how_many", r"<we_are> ((?:\d{1,3}|<numbers>) <people>)", needs="people"),
    Finder("how_many", r"(<we_are> (?:\d{1,3}|<numbers>|tous)|zu (?:zweit|dritt|viert|fünft|sechst|\d{1,3}))<e>(?! <units>)", needs="we_are|zu ", unless=r"‹we", rank=1),
    # ---------------------------------------------------------------- doctor, visit, pharmacy, page
    Finder("doctor_name", r"<titles> {0,2}(?:med {1,2})?(?:<titles> {0,2})?(<particles><name>(?: <particles><name>){0,2})", needs="titles", unless=r"(?:<i_am_doctor>|<call> me) (?:<det> )?‹|› (?:drive|street|road|avenue|here|speaking)", reads="cased", accepts=_a_name),
    Finder("doctor_name", r"<titles> {1,2}(<particles>[a-z\u00df-\u00ff][a-z\u00df-\u00ff'-]{1,20}(?: [a-z]{3,20}(?=[,.;]|$))?)<e>", needs="titles", unless=r"(?:<i_am_doctor>|<call> me) (?:<det> )?‹|‹(?!dr|dra)", reads="cased", accepts=_a_name),
    Finder("doctor_name", r"(?:<titles>|physician|provider|therapist|<people_say>) (?:called|named|llamado|nommé|namens) (<name>(?: <name>)?)", needs="called|named|llamado|nommé|namens", reads="cased", accepts=_a_name),
    Finder("doctor_name", r"<titles> {0,2}([\u0900-\u097f]{2,20})", needs="titles", accepts=_a_name),
    Finder("doctor_name", r"<titles> {0,2}([\u0621-\u064a]{2,20})", needs="titles", accepts=_a_name),
    Finder("doctor_name", r"(<surnames>[\u4e00-\u9fff]{0,2}?)(?:<people_say>|大夫|医师|主任)", needs="医|大夫|主任"),
    Finder("appointment_date", r"<visits>(?:'s)?<gap>(?<![\w/])(?:the )?(<timed_day>)(?![\w/])", needs="visits", unless=_FAULT_BETWEEN + r"|<since> (?:<det> )?‹"),
    Finder("appointment_date", r"(<timed_day>)(?:'s|的| को| ko| ka| ki)?<_>(?:<clock> ?)?(?:(?:<det>|<now>|का) ?){0,2}(?:\w{0,10} )?<visits>", needs="visits", unless=r"(?:<since>|<began>|happened|noticed|<update>|<before>|last) (?:[^ .!?]{1,8} ){0,2}‹"),
    Finder("appointment_date", r'(?:<bookings>|<s>book|<s>see)(?: [^ .!?;,\"]{1,16}){0,7}? (?:<prep>|<at>|<before>|<det>) (?:the )?(<timed_day>)(?![\w/])', needs="bookings|book|see ", unless=_FAULT_BETWEEN + r"|(?:<able>|<deny>|password|n't) ‹|‹[^›]{0,20}(?:password|email|number)"),
    Finder("expected_time", r"<s>(?:booked|chose|picked|selected|agreed|scheduled|made|asked|wanted|reservé|marquei|réservé|gebucht|<bookings>|book|asked|want)(?: (?:it|<det> <visits>|<prep>|was|<visits>)){0,2} (?:<prep>|<at>) (?:<at> )?(?:<day>,? )?(?:<at> )?(<clock>)", needs="clock", unless=r"<since> ‹|‹[^›]{0,10}(?:change|cancel)"),
    Finder("expected_time", r"<s>(?:should be|supposed to be|meant to be|was for|<is> really|is really|really at|confirmed for|confirmation (?:<says>|mail <says>|email <says>)|(?:<titles>|<workplaces>|<people_say>) <says>|it was|debería ser|deveria ser|devrait être|sollte)(?: (?:<prep>|<at>|it|<screens>|<is>)){0,2} (<clock>)", needs="clock"),
    Finder("expected_time", r"<deny> (?:<at> |<prep> )?(<clock>)", needs="deny", unless=r"(?:<says>|listed|moved to|changed to|<now>) (?:[^ .!?]{1,6} ){0,3}‹(?:not|<deny>)(?! than| of)|<deny> ‹"),
    Finder("expected_time", r'<visits>[^.!?;\"]{0,40}?(?<![\w:.])(<clock>)', needs="visits", unless=r"‹[^›]{0,70}(?:<says>|<since>|until|<began>|stopped|crashed|failed|moved|changed|wrong|<before>)[^›]{0,16}›", rank=1),
    Finder("expected_time", r"(<clock>)(?:'s)?<_>的?(?:video )?(?:<visits>|<features>)", needs="visits|features", unless=r"(?:<says>|<since>|until) (?:<det> )?‹", rank=1),
    Finder("pharmacy", r"(<pharmacies>(?: pharmacy)?)<e>", needs="pharmacies", unless=r"› (?:card|<entries>|bank|street|gift)"),
    Finder("pharmacy", r"(?<!\w)[Pp]harmacy(?: (?:<is>|named|<says>)|:)(?: (?:named|<says>))? (<name>(?: <name>)?)", needs="harmacy", reads="cased"),
    Finder("pharmacy", r"(?<![\w'])([A-Z][\w'&-]{3,20}) [Pp]harmacy", needs="harmacy", unless=r"‹(?:the|this|that|which|your|another|local|wrong|any|their|every) |› (?:field|list|page|setting)", reads="cased"),
    Finder("pharmacy", r"(?:[Ff]armacia|[Ff]armácia|[Pp]harmacie|[Bb]otika) (<name>(?: (?:del? |da |do |du )?<name>){0,2})", needs="farmac|farmác|pharmacie|botika", reads="cased"),
    Finder("pharmacy", r"(?<![\w-])([A-ZÄÖÜ][\wäöüß]{1,20}-[Aa]potheke|[Aa]potheke (?:am|zum|zur|im|<prep>) [A-ZÄÖÜ][\wäöüß]{2,20})", needs="potheke", reads="cased"),
    Finder("pharmacy", r"صيدلية ([\u0621-\u064a]{3,20})", needs="صيدلية"),
    Finder("pharmacy", r"([^\W\d_的发给把在去到我你他哪那这附近个家\ue000-\uf8ff]{2,6}药房)", needs="药房"),
    Finder("page_or_feature", r"(?:<prep>|open|opening|opens|<says>|load|loading|<det>)(?: <det>)? ((?:(?!(?:is|was|it|of|and|to|i|for)<e>)(?:[a-z-]{3,14}|<visits>|<kinds>|<entries>|<people>|<call>|<pages>|<screens>) ){0,2}<pages>)(?! (?:<is> down for|<prep> <my> (?:<kinds>)))", needs="pages", unless=r"(?:<not_a_page>)[^›]{0,2}› ?<pages>|‹[^›]{0,60}(?:<not_a_page>) (?:<pages>)|‹[^› ]{0,14}(?: <det>)? (?:page|screen|tab|section|form|menu)›"),
    Finder("page_or_feature", r"(<features>)", needs="features"),
    Finder("page_or_feature", r"(?:during|join|start|joining|starting) (?:<det> )?(check-?in|sign-?up|checkout|payment|messaging)<e>", needs="check|sign|payment|messaging"),
    Finder("page_or_feature", r"(<pages_first> <of>(?: <det>)?[ ']?(?:<visits>|[a-zà-ÿ-]{4,18}))<e>", needs="pages_first"),
    Finder("page_or_feature", r"<s>((?!diese|start|home|haupt|ganze|eine|die|der|deine|web)[a-zäöüß]{5,16}(?:seite|ansicht|formular|kalender|liste)|[a-zäöüß]{4,14}-(?:seite|tab|bereich|fenster))<e>", needs="seite|ansicht|formular|kalender|liste|tab|bereich|fenster"),
    Finder("page_or_feature", r"(?:everything|(?:<whole>|entire) (?:site|system|app|platform|portal|thing|<screens>)|<app>|(?:the |<det> )(?:site|system|<screens>)) (?:<is>|is|seems|appears|<says>|was|went|has gone|has been|<have> been) (?:completely |totally |all |entirely )?(?:down|dead|offline|unavailable|not working|<deny> working)<e>|<s>nothing (?:<is> )?(?:works?|working|loads?|loading|opens?)(?: at all)?(?:[.,!]|$)|geht nichts mehr|nichts (?:geht|funktioniert)(?: mehr)?(?:[.,!]|$)|no funciona nada|nada funciona|rien ne (?:marche|fonctionne)", needs="everything|nothing|nichts|nada|rien|down|dead|offline|unavailable|working", value="Everything", rank=1),
    # ---------------------------------------------------------------- where the user is
    Finder("place_now", r"<i_am>(?: <now>| <i_am>){0,2} <place_in> (?:<det> )?(<place>)", needs="i_am", unless=r"(?:<titles>|<people_say>) ‹|‹[^›]{0,30}<titles>|‹(?:i am|i'm|im|we're|we are)[^›]{0,24} (?:from|at|with|on|for|of|by|using|to) ", reads="cased", accepts=_a_place),
    Finder("place_now", r"(?:<i_am>|<s>here)(?: <now>){0,2} in (?:(the [a-z]{2,14}|[a-z]{2,14} [a-z]{2,14})<e>)", needs="i_am|here ", accepts=_a_known_place),
    Finder("place_now", r"(?:<i_am>|<s>here)(?: <now>){0,2} <place_in> (?:<det> )?([a-z]{2,14}(?: [a-z]{2,14})?)<e>", needs="i_am|here ", rank=1, accepts=_a_known_place),
    Finder("place_now", r"(?:<i_am>|<s>here)(?: <now>){0,2} <place_in> (?:<det> )?([a-z]{2,14})<e>", needs="i_am|here ", rank=2, accepts=_a_known_place),
    Finder("place_now", r"(?:estou|moro|moramos) (?:<now> )?(?:no|na) (<place>)", needs="i_am", reads="cased", accepts=_a_place),
    Finder("place_now", r"<i_am> (?:<now> )?(<place>)(?= (?:ako|kami|<now>))", needs="i_am", reads="cased", accepts=_a_place),
    Finder("place_now", r"<i_am> (?:<now> )?([\u0900-\u097f]{2,20}|[a-z]{3,14}) <postposition> (?:हूँ|हूं|हैं|रहता|रहती|hu|hoon|hun|rehta|rehti)", needs="i_am", accepts=_a_joined_place),
    Finder("place_now", r"<i_am>(?: <now>| موجود| موجودة)? في ([\u0621-\u064a]{2,20})", needs="i_am", accepts=_a_joined_place),
    Finder("place_now", r"<i_am>(?:<now>)?<place_in>(<joined_places>)", needs="joined_places"),
    Finder("place_now", r"time ?zone (?:<is>|is|:) ?([A-Z]{3,4}<e>|(?:UTC|GMT) ?[+-]\d{1,2}(?::\d{2})?|[A-Z]\w+/[A-Z]\w+)", needs="zone", reads="cased"),
    # ---------------------------------------------------------------- money, how to reach the user, until when
    Finder("amount", r"((?:[$€£₹₱¥]|<s>(?:us|r)\$|<money>\.?) ?\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{1,2})?(?!\d)(?: ?(?:usd|eur|gbp)<e>)?|<s>(?<![.,])\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{1,2})? ?(?:[€£₹₱¥$]|<money>))", needs="0", unless=r"(?:lost|<lost>|gained|weigh\w{0,2}|lose) (?:<about> )?‹"),
    Finder("contact_email", r"(?<![\w.+%-])([\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})", needs="@", unless=r"(?:<deny>|wrong|old|sent to|went to|from|mail from) ‹|‹(?:support|no-?reply|info)@", reads="plain"),
    Finder("contact_phone", r"(?:<phone_cue>|<call>|<call_me>)[^.!?@]{0,30}?(<phoneish>)", needs="0000000", unless=_NOT_AN_ENTRY + r"|tried to ‹|‹[^›]{0,50}1-800", accepts=_a_phone),
    Finder("contact_phone", r"(<phoneish>)(?= (?:<postposition>|<phone_cue>|<call_me>|par|pe))", needs="0000000", unless=_NOT_AN_ENTRY, accepts=_a_phone),
    Finder("contact_phone", r"(<phoneish>)", needs="0000000", unless=_NOT_AN_ENTRY + r"|(?:<error>|code|called) (?:[^ .!?]{1,8} ){0,4}‹|‹1-8", rank=1, accepts=_a_phone_by_form),
    Finder("contact_wish", r"(?:(?:^|[.!?;,] ?|<please>,? |<and> )<call> (?:me<e>|us<e>|back|<my> <kinds>|<now>)|<call> me<e>|<call_me>|(?:^|<please> )<call> \(?\+?\d)", needs="call|call_me", unless=r"<deny_wish> (?:<please> )?‹|(?:<people_say>|<titles> \w{1,14}|they|<workplaces>|nobody|to|<the_others>) (?:[^ .!?]{1,8} ){0,2}‹|<imagined> ‹|(?:told|asked|had|tried|<entries>) ‹|me› (?!<rather>|back|on|at|when|if|as|<please>|<near_days>|<next>|after|before|<before>|<now>|later|and|<and>|about|or|<prep>|in|\d|\+|\(|under|any)[\w\ue000-\uf8ff]|‹call us", value="phone"),
    Finder("contact_wish", r"(<by_mail>)", needs="by_mail", unless=r"(?:<deny_wish>|<deny>) (?:<please> )?‹|(?:comes?|sent|came|received|arrives?|code|link|got|log in|sign in|reset|told|asked) (?:[^ .!?]{1,10} ){0,4}‹", only_if=RATHER, value="email"),
    Finder("contact_wish", r"(<by_phone>)", needs="by_phone", unless=r"(?:<deny_wish>|<deny>) (?:<please> )?‹", only_if=RATHER, value="phone"),
    Finder("contact_wish", r"(<mail_me>)", needs="mail_me", unless=r"(?:<deny_wish>|<deny>) (?:<please> )?‹|› (?:<det>|<my>) (?:code|link|receipt|invoice|pdf|report|prescription|<entries>|results?|certificate)|(?:comes?|sent|came|received|arrives?|code|link|got|log in|sign in|reset) (?:[^ .!?]{1,10} ){0,3}‹|‹by mail› address", value="email"),
    Finder("contact_wish", r"(<chat_me>)", needs="chat_me", unless=r"<deny_wish> (?:[^ .!?]{1,8} )?‹|› (?:window|button|history|page|bot)", only_if=RATHER, value="chat"),
    Finder("deadline", r"(<before>[ -]?(?:<until>))(?![\w:/])", needs="before", unless=r"(?:<deny>|n't|locked|blocked|closed|<visits>|<bookings>|leave|away|free|available|worked|work|opened|used to|waited|booked|was|open|cancel\w{0,3}|move|<call>|prescription|valid|bloquead[ao]|gesperrt|geschlossen|bloqué\w{0,2}|fermé\w{0,2}|مغلق) (?:[^ .]{1,9} ){0,2}‹|‹<before> (?:the )?(?:today|now)›", only_if=r"need|have to|must|want|please|pls|asap|urgent|fix|sort|call|reply|we have|i have|help|can you|could you|deadline|due|latest|necesito|necesit|preciso|il me|besoin|brauche|أحتاج|kailangan|bitte|por favor|s'il|tengo|tenho|tiene|muss|falta|faut|habe|j'ai"),
    Finder("deadline", r"(within (?:the next )?<span>|in the next <span>)", needs="within|in the next", only_if=r"need|must|please|fix|answer|reply|help|call"),
    Finder("deadline", r"((?:(?:[a-z]{3,12}|<visits>|<events>|<people>) )?(?:opens?|starts?|begins?|<began>|are|<is>) in (?:less than )?<span>)", needs=" in ", unless=r"‹(?:there|it|what|which|<screens>) |<since>"),
    Finder("deadline", r"((?:<day>|<clock>)(?:<_><day_parts>)?(?:<_><clock>)?<_><until_after>)", needs="until_after", unless=r"बंद ‹|<since>‹|›[^.!?।]{0,40}(?:थी|था|थे|<s>tha<e>|<s>thi<e>)"),
)


# ---------------------------------------------------------------- what does not count, and what is put right
ENVIRONMENT = frozenset({"device", "browser", "operating_system", "app_version", "place_now"})
DENIABLE = frozenset({"doctor_name", "appointment_date", "pharmacy", "amount", "contact_email", "contact_phone"})
IMAGINABLE = ENVIRONMENT | {"affected", "how_many", "error_message", "error_code", "when_started"}
DENIED = r"(?:<deny>|(?:do|did|does)n't)(?: ?(?:<have>|<prep>|<at>|<det>|<is>|any)){0,4} ?['\"]?$"
DENIED_NEXT = r"<deny> ?(?:with |bei |con )?(?:<det> )?['\"]?$"
DENIED_AFTER = r" ?<deny_after>(?=[,।.]| बल्कि|$)"
IMAGINED = r"(?:(?:^|[,.;:!?¿] ?|<and> |so |but |hi |hello |<please> )<imagined>(?! (?:normal|possible that))|<wish>)[^.!?。]{0,200}"
ASKED = r"[^.!?。]{0,60}吗"
MINE = r"<my> ?$"
TURN = r"<put_right>|(?:^|[.!?,;] ?)<sorry>[,.:!-]|(?:^|[.!?,;] )(?:actually )?no,? "
PUT_RIGHT = {
    "appointment_date": r"(<timed_day>)",
    "expected_time": r"(<clock>)",
    "when_started": r"(<past>|<span> <ago>)",
    "doctor_name": r"(<name>)",
    "place_now": r"(<place>)",
}
_MARKS = {
    "denied": DENIED,
    "denied_next": DENIED_NEXT,
    "denied_after": DENIED_AFTER,
    "imagined": IMAGINED,
    "asked": ASKED,
    "mine": MINE,
    "turn": TURN,
    **PUT_RIGHT,
}


@dataclass(frozen=True)
class _Reader:
    """The vocabulary and the finders, made ready."""

    words: Mapping[str, str]
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
        return self.parts.get(name, "").removeprefix("(?:").lstrip("[").partition("]")[0].partition(_REST)[0]

    def _tagged(self, found: re.Match[str]) -> str:
        word = found[1]
        return self.words[word] + _REST * (len(word) - 1) if word in self.words else found[0]


@dataclass(frozen=True)
class _Ready:
    """A finder ready to be tried."""

    finder: Finder
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    only_if: re.Pattern[str] | None
    tags: frozenset[str]
    texts: tuple[str, ...]
    digits: int

    def may_hold(self, said: "_Said") -> bool:
        """True when the message has what the finder needs."""
        if not said.tags.isdisjoint(self.tags) or said.digits >= self.digits:
            return True
        return any(text in said.low for text in self.texts)


@dataclass(frozen=True)
class _Said:
    """A message as it is read: as shown, in lower case, and both with each known word as a tag, all of the same length."""

    shown: str
    low: str
    tagged: str
    forms: Mapping[str, str]
    tags: frozenset[str]
    digits: int
    imagined: tuple[tuple[int, int], ...]
    turn: int


@dataclass(frozen=True)
class Hit:
    """A fact found: the best rank wins, then the first place."""

    rank: int
    start: int
    value: str


@cache
def _reader() -> _Reader:
    heard = {name: words for name, words in _vocabulary().items() if name not in LOOKED_UP}
    lists: dict[str, list[str]] = {}
    for name, words in heard.items():
        for word in words:
            lists.setdefault(word, []).append(name)
    for word in _literals() & lists.keys():
        lists[word].append(f"={word}")
    kinds = {
        kind: chr(_TAGS + number) for number, kind in enumerate(dict.fromkeys(tuple(names) for names in lists.values()))
    }
    parts = {name: f"(?:[{''.join(tag for kind, tag in kinds.items() if name in kind)}]{_REST}*+)" for name in heard}
    parts["surnames"] = f"[{_vocabulary()['surnames'][0]}]"
    tags = {word: kinds[tuple(names)] for word, names in lists.items()}
    han = sorted((word for word in tags if _HAN.match(word)), key=len, reverse=True)
    capitals = frozenset(tag for kind, tag in kinds.items() if CAPITALS & {*kind})
    reader = _Reader(tags, capitals, _longest(tags), re.compile("|".join(han)), parts)
    parts |= {name: f"(?:{tag}{_REST}*+)" for name, tag in zip(COMPOSED, _COMPOSED_TAGS[1:], strict=True)}
    parts["days"] = f"(?:[{reader.tags_of('weekdays')}{reader.tags_of('near_days')}{_COMPOSED_TAGS[1]}]{_REST}*+)"
    for name, pattern in PARTS.items():
        parts[name] = reader.compiled(pattern).pattern
    return reader


@cache
def _composed() -> re.Pattern[str]:
    """Dates, times of day and lengths of time in a tagged text."""
    kinds = "|".join(f"({pattern})" for pattern in COMPOSED.values())
    return _reader().compiled(rf"(?=[\d\ue001-\uf8ff])(?:{kinds})")


def _longest(words: Iterable[str]) -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for parts in filter(None, map(_WORD.findall, words)):
        longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
    return longest


def _literals() -> set[str]:
    """The words that stand in patterns themselves: each of them has a tag of its own."""
    patterns = (
        *COMPOSED.values(),
        *COMPOSED.values(),
        *PARTS.values(),
        *_MARKS.values(),
        *(part for finder in FINDERS for part in (finder.pattern, finder.unless)),
    )
    return {found[1] for pattern in patterns for found in _LITERAL.finditer(pattern) if found[1]}


@cache
def _ready() -> tuple[_Ready, ...]:
    return tuple(_made_ready(finder) for finder in FINDERS)


def _made_ready(finder: Finder) -> _Ready:
    reader = _reader()
    needs = finder.needs.split("|")
    noughts = [len(need) for need in needs if not need.strip("0")]
    return _Ready(
        finder,
        reader.compiled(finder.pattern),
        reader.compiled(finder.unless) if finder.unless else None,
        re.compile(finder.only_if) if finder.only_if else None,
        frozenset(tag for need in needs for tag in reader.tags_of(need)),
        tuple(need for need in needs if need not in reader.parts and need.strip("0")),
        min(noughts, default=LONGEST),
    )


@cache
def _marks() -> Mapping[str, re.Pattern[str]]:
    return {name: _reader().compiled(pattern) for name, pattern in _MARKS.items()}


def facts_of(text: str) -> Mapping[str, str]:
    """What a message tells, by name: the first mention of each fact, or what it was put right to; never raises."""
    said = _said(text)
    hits: dict[str, list[Hit]] = {}
    for ready in _ready():
        if ready.may_hold(said):
            hits.setdefault(ready.finder.id, []).extend(_heard(ready, said))
    facts = {name: _chosen(found, said, name) for name, found in hits.items() if found}
    if "how_many" in facts:
        facts.setdefault("affected", "others too")
    return facts


def _said(text: str) -> _Said:
    shown = neat(text[:LONGEST]).translate(_QUOTES)
    low = shown.lower() if len(shown.lower()) == len(shown) else "".join(letter.lower()[:1] for letter in shown)
    low, shown = _TITLE_DOT.sub(r"\1 ", low), _TITLE_DOT.sub(r"\1 ", shown)
    spans = tuple(_tags_of(low))
    words, marks = _with(spans, low), _marks()
    composed = [(*found.span(), _COMPOSED_TAGS[found.lastindex or 0]) for found in _composed().finditer(words)]
    tagged = _with(composed, words)
    asking = ("imagined", "asked") if "吗" in low else ("imagined",)
    imagined = [found.span() for name in asking for found in marks[name].finditer(tagged)]
    turns = [found.end() for found in marks["turn"].finditer(tagged)]
    tags, digits = frozenset(tag for _, _, tag in (*spans, *composed)), sum(map(str.isdigit, low))
    keep = _reader().capitals
    cased = _with([span for span in spans if span[2] in keep or not shown[span[0]].isupper()], shown)
    forms = {"tagged": tagged, "cased": cased, "plain": low}
    return _Said(shown, low, tagged, forms, tags, digits, tuple(imagined), turns[-1] if turns else 0)


def _tags_of(low: str) -> Iterator[tuple[int, int, str]]:
    """Where known words and phrases stand, the longest first, and their tags."""
    reader = _reader()
    words = [found.span() for found in _WORD.finditer(low)]
    at = 0
    while at < len(words):
        start, end = words[at]
        for size in range(min(reader.longest.get(low[start:end], 0), len(words) - at), 0, -1):
            tag = reader.words.get(low[start : words[at + size - 1][1]])
            if tag is not None and not _is_part(low, start, words[at + size - 1][1]):
                yield start, words[at + size - 1][1], tag
                at += size - 1
                break
        at += 1
    if _HAN.search(low):
        yield from ((found.start(), found.end(), reader.words[found[0]]) for found in reader.joined.finditer(low))


def _is_part(low: str, start: int, end: int) -> bool:
    return end - start <= SHORT and (
        "-" in (low[start - 1 : start], low[end : end + 1]) or low[end : end + 1].isdigit()
    )


def _with(spans: Iterable[tuple[int, int, str]], text: str) -> str:
    """A text in which each known word is its tag and fillers, as long as the word."""
    letters = list(text)
    for start, end, tag in spans:
        letters[start:end] = [tag, *(_REST * (end - start - 1))]
    return "".join(letters)


def _heard(ready: _Ready, said: _Said) -> Iterator[Hit]:
    """The places at which a finder holds: the first, and the first after the last time that something was put right."""
    text, place, had = said.forms[ready.finder.reads], 0, False
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


def _hit(ready: _Ready, found: re.Match[str], said: _Said) -> Hit | None:
    """What a match tells, or None where it is excused, denied or imagined."""
    finder = ready.finder
    start, end = found.span(found.lastindex or 0)
    value = said.shown[start:end].strip(" .,;:!?'\"").removesuffix("'s")
    if not value or (ready.unless and ready.unless.search(_around(found, said.tagged))):
        return None
    if _is_denied(finder.id, start, end, said) or (finder.accepts and not finder.accepts(value)):
        return None
    if ready.only_if and not ready.only_if.search(_sentence(said.low, start)):
        return None
    return Hit(finder.rank, start, finder.value or value)


def _around(found: re.Match[str], text: str) -> str:
    """A hit between ‹ and ›, with the words around it."""
    start, end = found.span()
    return f"{text[max(0, start - BEFORE) : start]}‹{text[start:end]}›{text[end : end + AFTER]}"


def _sentence(low: str, place: int) -> str:
    """The sentence around a place."""
    start = max(low.rfind(mark, 0, place) for mark in ".!?।。") + 1
    ends = [end for mark in ".!?।。" if (end := low.find(mark, place)) >= 0]
    return low[start : min(ends, default=len(low))]


def _is_denied(name: str, start: int, end: int, said: _Said) -> bool:
    """True when the words before or after it take it back, or when it is only thought of."""
    before, marks = said.tagged[max(0, start - 40) : start], _marks()
    imagined = name in IMAGINABLE and any(first <= start < last for first, last in said.imagined)
    if imagined and not marks["mine"].search(before):
        return True
    if name in ENVIRONMENT:
        return bool(marks["denied"].search(before) or marks["denied_after"].match(said.tagged, end))
    return name in DENIABLE and bool(marks["denied_next"].search(before))


def _chosen(hits: list[Hit], said: _Said, name: str) -> str:
    """The value that counts: the best rank's first, unless a later one puts it right."""
    first = min(hits, key=lambda hit: (hit.rank, hit.start))
    later = [hit for hit in hits if hit.start >= said.turn]
    if not said.turn or (not later and name not in PUT_RIGHT):
        return first.value
    if later:
        return min(later, key=lambda hit: (hit.rank, hit.start)).value
    found = _marks()[name].search(said.tagged, said.turn, said.turn + 40)
    return said.shown[found.start(1) : found.end(1)] if found else first.value
