"""How somebody can be reached, and how they want to be."""

import re
from collections.abc import Mapping
from functools import cache

from phonenumbers import NumberParseException, is_valid_number, parse

from bot.understanding.details.fact import Fact, Way
from bot.understanding.details.vocabulary import vocabulary

_RATHER = (
    r"\b(?:please|pls|prefer\w{0,3}|better|rather|reply|answer|respond|contact|fine|best|only|instead|"
    r"talk|stay|keep|bitte|lieber|mejor|prefier\w{1,2}|prefiro|plutôt|por favor|s'il|na lang)\b|@|聊|请|"
    r"कृपया"
)
_NOT_WISHED = r"(?:<deny_wish>|<deny>) (?:<please> )?‹"
_ARRIVES = r"comes?|sent|came|received|arrives?|code|link|got|log in|sign in|reset"
_NOT_AN_ENTRY = r"› is (?:theirs|his|hers|not mine)|<entries>[^.!?]{0,24}‹|‹[^›]{0,40}<entries>[^›]{0,30}›"
_NOT_THEIR_OWN = (
    r"(?:their|unknown|strange|stranger's|foreign|hacker's|thief's) (?:[^ .!?]{1,10} ){0,3}‹|"
    r"(?:they|someone|somebody|he|she|hacker|hackers|intruder|stranger|thief|scammer) (?:[^ .!?]{1,8} ){0,2}"
    r"(?:change|changed|changes|set|replaced|swapped|put|switched|use|uses|used|added) [^.!?@]{0,40}‹|"
    r"(?:was|got|been|is|were) (?:[^ .!?]{1,8} )?(?:changed|replaced|swapped|switched|set) (?:[^ .!?]{1,8} ){0,3}‹|"
    r"› (?:is|was|are|appears|shows|stands) (?:[^ .!?]{1,8} )?(?:on|in|under) my (?:profile|account)|"
    r"›,? (?:[^ .!?]{1,8} ){0,3}(?:instead of (?:mine|my)|(?:not|n't) mine)"
)
"""The address of somebody who got in: `they changed my e-mail to ‹…›`."""
_OTHERS = r"(?:call|phone|ring|contact) (?:the|my|our|his|her) (?:pharmacy|clinic|doctor|doc|hospital|office|nurse|practice|bank)"
_OF_OTHERS = rf"‹{_OTHERS}|{_OTHERS} (?:[^ .!?]{{1,8}} ){{0,2}}‹"
"""`please call the pharmacy at ‹…›`: it is not the writer who can be reached there."""


_LOOKS_LIKE_ONE = re.compile(r"(?<![\w.-])\+?\(?\d[\d ().-]{5,18}\d(?![\w-])")
_A_TIME = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d|[./-]\d)|\d{1,2}\.\d{1,2}\.\s|"
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$|\d{1,2}[.:]\d\d\s*-\s*\d{1,2}[.:]\d\d$"
)
"""A day, or from which hour to which, written in figures."""
_DIGITS, _SURELY_ENOUGH = range(7, 16), 8
"""So many figures a number to call has, in whatever country; one that no country gives out has more."""


def number_told(text: str) -> str | None:
    """The number that stands in words on how to be reached: one that some country gives out, else one of so many figures."""
    found = [one[0].strip() for one in _LOOKS_LIKE_ONE.finditer(text) if not _is_of_an_entry(text[: one.start()])]
    fits = [one for one in found if _figures(one) in _DIGITS and not _A_TIME.match(one)]
    enough = (one for one in fits if _figures(one) >= _SURELY_ENOUGH)
    return next((one for one in fits if _a_phone(one)), next(enough, None))


def calls_others(text: str) -> bool:
    """`please call the pharmacy at …`: it is not the writer who wants to be called."""
    return re.search(rf"\b{_OTHERS}\b", text, re.IGNORECASE) is not None


def _figures(value: str) -> int:
    return sum(sign.isdigit() for sign in value)


def _is_of_an_entry(before: str) -> bool:
    """`invoice no. ‹…›`: a number of something else."""
    return _entry().search(before) is not None


@cache
def _entry() -> re.Pattern[str]:
    words = "|".join(map(re.escape, vocabulary()["entries"]))
    return re.compile(rf"(?<!\w)(?:{words})(?: (?:number|no|nr|num))?[\s#:.]*$", re.IGNORECASE)


def _a_phone(value: str) -> bool:
    """True for a number that some country gives out."""
    regions = (None,) if value.startswith("+") else vocabulary()["phone_regions"]
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


FACTS: Mapping[str, Fact] = {
    "contact_email": Fact(
        (
            Way(
                r"(?<![\w.+%-])([\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})",
                needs="@",
                reads="plain",
                unless=r"(?:<deny>|wrong|old|sent to|went to|from|mail from) ‹|‹(?:support|no-?reply|info)@|"
                + _NOT_THEIR_OWN,
            ),
        ),
        denied="next",
    ),
    "contact_phone": Fact(
        (
            Way(
                r"(?:<phone_cue>|<call>|<call_me>)(?:[^.!?@]{0,30}?|[^.!?@]{0,30}\? ?(?:my |on )?)(<phoneish>)",
                needs="0000000",
                accepts=_a_phone,
                unless=(_NOT_AN_ENTRY + r"|tried to ‹|‹[^›]{0,50}1-800|" + _OF_OTHERS),
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
                unless=(_NOT_AN_ENTRY + r"|(?:<error>|code|called) (?:[^ .!?]{1,8} ){0,4}‹|‹1-8|" + _OF_OTHERS),
            ),
            Way(
                r"^(?:it's |its )?(\d{3}[ -]\d{4})(?=[ .!]*$|,? (?:after|before|between|until|any ?time|from|<please>))",
                needs="0000000",
                rank=2,
                accepts=_a_phone,
            ),
        ),
        denied="next",
    ),
    "contact_wish": Fact(
        (
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
                only_if=_RATHER,
                unless=(_NOT_WISHED + rf"|(?:{_ARRIVES}|told|asked) (?:[^ .!?]{{1,10}} ){{0,4}}‹"),
            ),
            Way(
                r"(<by_phone>)",
                needs="by_phone",
                value="phone",
                only_if=_RATHER,
                unless=_NOT_WISHED,
            ),
            Way(
                r"(<mail_me>)",
                needs="mail_me",
                value="email",
                unless=(
                    _NOT_WISHED + r"|› (?:<det>|<my>) (?:code|link|receipt|invoice|pdf|report|prescription|<entries>|"
                    rf"results?|certificate)|(?:{_ARRIVES}) (?:[^ .!?]{{1,10}} ){{0,3}}‹|‹by mail› address"
                ),
            ),
            Way(
                r"(<chat_me>)",
                needs="chat_me",
                value="chat",
                only_if=_RATHER,
                unless=r"<deny_wish> (?:[^ .!?]{1,8} )?‹|› (?:window|button|history|page|bot)",
            ),
        ),
    ),
}
