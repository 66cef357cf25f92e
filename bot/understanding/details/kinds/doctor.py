"""The doctor's name."""

from collections.abc import Mapping

from bot.understanding.details.fact import Fact, Way
from bot.understanding.details.vocabulary import vocabulary
from bot.understanding.text.plain import COMMON
from handoff.policy.names import DOCTOR_NAME

_INTRODUCED = r"(?:<i_am_doctor>|<call> me) (?:<det> )?‹"


def _a_name(value: str) -> bool:
    first, *rest = value.lower().split()
    deed = first.endswith(("ed", "ing")) and first not in vocabulary()["names_like_deeds"]
    if value.islower() and (deed or any(word in COMMON for word in rest)):
        return False
    named = value[:1].isupper() or not value.isascii() or first not in COMMON
    return named and first not in vocabulary()["not_a_name"]


FACTS: Mapping[str, Fact] = {
    DOCTOR_NAME: Fact(
        (
            Way(
                r"<titles> {0,2}(?:med {1,2})?(?:<titles> {0,2})?(<particles><name>(?: <particles><name>){0,2})",
                needs="titles",
                reads="cased",
                accepts=_a_name,
                unless=_INTRODUCED + r"|› (?:drive|street|road|avenue|here|speaking)",
            ),
            Way(
                r"<titles> {1,2}(<particles>[a-z\u00df-\u00ff][a-z\u00df-\u00ff'-]{1,20}(?: (?!(?:ici|hier|aqui|"
                r"here|told)<e>)[a-z]{3,20}(?=[,.;]|"
                r"$))?)<e>",
                needs="titles",
                reads="cased",
                accepts=_a_name,
                unless=_INTRODUCED + r"|‹(?!dr|dra)",
            ),
            Way(
                r"(?:<titles>|physician|provider|therapist|<people_say>) (?:called|named|llamado|nommé|"
                r"namens) (<name>(?: <name>)?)",
                needs="called|named|llamado|nommé|namens",
                reads="cased",
                accepts=_a_name,
            ),
            Way(
                r"(?:<my> |the |^|[,.;] ?)(?:<titles>|<people_say>)(?: name)?(?: is|'s| heißt| est| es| è|:) "
                r"(<name>)(?= ?(?:[,.;!]|$))",
                needs="titles|people_say",
                reads="cased",
                accepts=_a_name,
            ),
            Way(
                r"(any (?:(?:other|available|free|skin|eye|heart|family|female|male) )?(?:doctor|doc|dr|provider|physician|therapist|"
                r"dermatologist|specialist|gp))<e>",
                needs="any",
                rank=1,
                unless=r"(?:is|<is>|if|without|see|<have>|<able>|<deny>|does|do|did)(?: [^ .,;!?]{1,10}){0,2} ‹|› ?\?",
            ),
            Way(r"<titles> {0,2}(<in_hindi>)", needs="titles", accepts=_a_name, unless=r"› (?:कर|हो|आ|जा|बोल|पूछ|लिख)"),
            Way(r"<titles> {0,2}(<in_arabic>)", needs="titles", accepts=_a_name),
            Way(r"(<surnames>[\u4e00-\u9fff]{0,2}?)(?:<people_say>|大夫|医师|主任)", needs="医|大夫|主任"),
        ),
        denied="next",
    ),
}
