"""Where somebody is now."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.understanding.details.fact import Fact, Way
from bot.understanding.details.vocabulary import vocabulary

_HERE = r"(?:<i_am>|<s>here)(?: <now>){0,2}"
_HERE_IN = (
    r" in (?:(the [a-z]{2,14}|[a-z]{2,14} [a-z]{2,14})<e>)",
    r" <place_in> (?:<det> )?([a-z]{2,14}(?: [a-z]{2,14})?)<e>",
    r" <place_in> (?:<det> )?([a-z]{2,14})<e>",
)
"""Places that are known by their name alone, the best way first."""


def _a_place(value: str) -> bool:
    known, first = vocabulary(), value.split()[0].strip(",").lower()
    return not any(first in known[name] for name in ("no_place", "browsers", "pages", "makes"))


def _a_known_place(value: str) -> bool:
    return value.lower() in _places()


def _a_joined_place(value: str) -> bool:
    return value not in vocabulary()["no_place"] and not value.startswith("ال")


@cache
def _places() -> frozenset[str]:
    """Countries and cities in lower case: those of the time zone tables, and more."""
    countries = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8").splitlines()
    zones = (files("tzdata") / "zones").read_text("utf-8").splitlines()
    names = [line.split("\t")[1] for line in countries if not line.startswith("#")]
    names += [zone.rsplit("/", 1)[1].replace("_", " ") for zone in zones if "/" in zone]
    return frozenset(name.lower() for name in (*names, *vocabulary()["places"]))


FACTS: Mapping[str, Fact] = {
    "place_now": Fact(
        (
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
                r"(?:^|[,;.!] ?|and )<place_in> (<place>)(?= (?:right )?<now><e>)",
                needs="now",
                reads="cased",
                accepts=_a_place,
            ),
            *(
                Way(_HERE + place, needs="i_am|here ", rank=rank, accepts=_a_known_place)
                for rank, place in enumerate(_HERE_IN)
            ),
            Way(
                r"(?:estou|moro|moramos) (?:<now> )?(?:no|na) (<place>)", needs="i_am", reads="cased", accepts=_a_place
            ),
            Way(r"<i_am> (?:<now> )?(<place>)(?= (?:ako|kami|<now>))", needs="i_am", reads="cased", accepts=_a_place),
            Way(
                r"<i_am> (?:<now> )?(<in_hindi>|[a-z]{3,14}) <postposition> (?:हूँ|हूं|हैं|रहता|रहती|hu|"
                r"hoon|hun|rehta|rehti)",
                needs="i_am",
                accepts=_a_joined_place,
            ),
            Way(r"<i_am>(?: <now>| موجود| موجودة)? في (<in_arabic>)", needs="i_am", accepts=_a_joined_place),
            Way(r"<i_am>(?:<now>)?<place_in>(<joined_places>)", needs="joined_places"),
            Way(
                r"time ?zone (?:<is>|is|:) ?([A-Z]{3,4}<e>|(?:UTC|GMT) ?[+-]\d{1,2}(?::\d{2})?|[A-Z]\w+/[A-Z]\w+)",
                needs="zone",
                reads="cased",
            ),
        ),
        denied="near",
        imaginable=True,
    ),
}
