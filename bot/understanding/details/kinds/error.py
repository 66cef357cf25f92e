"""What the screen said: the text of an error, and its code."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way
from bot.understanding.text.plain import COMMON

_OF_THE_WEB = r"(?:401|403|404|500|502|503|504)"
_SPOKEN = r"(?:<people_say>|<titles>[. ]{0,2}\w{1,14}) (?:[^ .!?]{1,8} )?‹"


_NUMBERED = frozenset("apt bay eur ext flat gate gt icd iso room rs sm unit usd".split())
"""Small letters before a number that is no error's: a door, a sum, a model, a norm."""


def _a_code(value: str) -> bool:
    """`BK-409` in any language and in small letters too; `mid-2024` is none."""
    letters, _, number = value.partition("-")
    if letters in _NUMBERED:
        return False
    return letters.lower() not in COMMON and not (letters.islower() and number[:2] in ("19", "20") and len(number) == 4)


FACTS: Mapping[str, Fact] = {
    "error_message": Fact(
        (
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
                r"more)))(?: [^ .!?;\"]{1,30}){1,14}?)(?=[.!?;\"]|$|,? and (?:it|its|it's|i|we|my)<e>|"
                r" (?:when|whenever|every time|all the time|after i|and then|but|if i|each time|so)<e>)",
                needs="told",
                rank=1,
                unless=(
                    _SPOKEN
                    + r"|prescription (?:\w{1,8} )?‹|‹[^›]{0,20}(?:says|said|say|<says>) (?:<det>) (?:<people_say>|"
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
                unless=(
                    _SPOKEN + r"|‹[^›]{0,30}(?:nada|rien|nichts|<deny>)|(?:<people_say>|<titles>) [^.!?]{0,16}‹|"
                    r"(?:farm[aá]cia|pharmacie|apotheke|receta|receita|ordonnance|rezept|ricetta|factura|fatura|facture|"
                    r"rechnung|banco|banque|bank|seguro|clínica|clinique|praxis) ‹"
                ),
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
                r"""(?:^|[.!?:] ?)['"]([A-Z][^'"]{2,40} [^'"]{3,160})['"](?=[.!?,]|$)""",
                needs="\"|'",
                reads="cased",
                rank=1,
                unless=_SPOKEN,
            ),
            Way(
                r"<s>(?:gets?|getting|got|sees?|seeing|saw|shows?|showing) (?:<det> )?((?:oops,? )?something went wrong)<e>",
                needs="went wrong",
                rank=1,
            ),
            Way(
                rf"((?:http )?{_OF_THE_WEB} (?:not found|bad gateway|forbidden|service unavailable|"
                r"internal server error|unauthorized|gateway timeout))",
                needs="40|50",
                rank=1,
            ),
            Way(
                r"(?:^|[.,;:!?] ?|(?:says|saying|get|getting|got|shows) )((?:wrong|invalid|incorrect) (?:<entries>|password|code|email|"
                r"username|login)(?: or (?:password|code|email|username))?)(?=[.,;!?]|$| (?:wrong|again|every|each|all|no)<e>)",
                needs="wrong|invalid|incorrect",
                rank=2,
            ),
        ),
        imaginable=True,
    ),
    "reset_message": Fact(
        (
            Way(
                r"(no (?:reset |recovery )?(?:e-?mail|mail|message|link)s? (?:has |have |ever )?(?:came|come|comes|arrived|arrives))",
                needs="mail|message|link",
            ),
            Way(
                r"((?:reset |recovery )(?:e-?mail|mail|message|link) (?:<deny>|doesnt|didnt|hasnt|won't|wont|has <deny>) "
                r"(?:come|came|arrive|arrived|arrives|comes|show up|reach me))",
                needs="mail|message|link",
            ),
        ),
        imaginable=True,
    ),
    "error_code": Fact(
        (
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
                r"(?<![\w-])([a-z]{2,4}-\d{3,4})(?![\w-])",
                needs="000",
                reads="plain",
                rank=-1,
                accepts=_a_code,
                unless=r"<entries> (?:[^ .!?]{1,8} )?‹|covid|flight ‹",
            ),
            Way(rf"<s>code:? ({_OF_THE_WEB})<e>", needs="40|50", unless=r"<entries>[^.!?]{0,12}‹|<deny> ‹"),
            Way(r"(err_[a-z0-9_]{3,40}|0x[0-9a-f]{4,10})", needs="err_|0x", reads="plain"),
            Way(
                rf"(<s>{_OF_THE_WEB}(?= (?:<error>|not found|bad gateway|forbidden|<deny> found|"
                r"<workplaces> unavailable|service|internal|unauthorized|gateway)))",
                needs="40|50",
            ),
        ),
        imaginable=True,
    ),
}
