"""What excuses a rule of danger may never excuse danger beside an ordinary sentence about the app."""

from collections.abc import Iterator

from bot.authoring.must_stop import MUST_HEAR
from bot.understanding.rules.rulebook import Compiled, Rulebook, said_in_files
from handoff.data_files import Fault, read_yaml

BEFORE = (
    "the app is broken and {}",
    "my code never came and {}",
    "i can't sign in to the website and {}",
    "i can't log in, {}",
    "the login page is stuck, {}",
    "i forgot my password. {}",
    "the app on my phone will not open. {}",
    "my account is locked, {}",
    "the video visit will not start, {}",
    "i want to move my appointment, {}",
    "my prescription is gone from the screen, {}",
    "the link in the e-mail has expired, {}",
    "i have a question about a bill. {}",
    "the update made everything slow, {}",
    "my profile shows the wrong name, {}",
)
BEHIND = ("{}, and i can't log in", "{}. the app is broken", "{}, the password page is stuck", "{}. my code never came")
"""Ordinary sentences about the app, before and behind words of danger."""


PEOPLE = (
    *(
        "son",
        "daughter",
        "child",
        "baby",
        "toddler",
        "kid",
        "brother",
        "sister",
        "wife",
        "husband",
        "partner",
        "friend",
    ),
    *(
        "mother",
        "mom",
        "mum",
        "father",
        "dad",
        "grandma",
        "grandpa",
        "grandmother",
        "grandfather",
        "neighbor",
        "neighbour",
    ),
    *("patient", "cousin", "uncle", "aunt", "girlfriend", "boyfriend", "roommate", "colleague", "student", "teenager"),
    *(
        "man",
        "woman",
        "boy",
        "girl",
        "nephew",
        "niece",
        "somebody",
        "someone",
        "hijo",
        "hija",
        "fils",
        "fille",
        "filho",
    ),
    *(
        "filha",
        "sohn",
        "tochter",
        "kind",
        "figlio",
        "figlia",
        "syn",
        "corka",
        "oglum",
        "kizim",
        "anak",
        "nanay",
        "tatay",
    ),
)
"""Whom words of danger may be about: no excuse is that it is one of them."""
ABOUT = ("my {} ‹…›", "my {} says ‹…›", "my {} just wrote me that ‹…›", "‹…› my {}", "‹…›, said my {}")
"""Where a person is named beside a hit, which stands between ‹ and ›."""


def excuse_faults(rulebook: Rulebook) -> Iterator[Fault]:
    """Rules whose excuses let pass a sentence that they must hear, once people also say what brought them here."""
    must = read_yaml(MUST_HEAR, MUST_HEAR.parents[2])
    for rule in rulebook.rules:
        sentences = dict.fromkeys((*map(str, must.entries(rule.rule.id)), *rule.rule.hears))
        joined = (frame.format(one.rstrip("!. ")) for one in sentences for frame in (*BEFORE, *BEHIND))
        if (text := next((one for one in joined if _is_excused(rule, one)), None)) is not None:
            told = f"`{text}` would be excused: somebody may be in danger, whatever else they say, so make `unless` narrower"
            yield rulebook.documents[rule.file].fault(told, "rules", rule.index, "unless")
        if (person := next((one for one in PEOPLE if _excuses(rule, one)), None)) is not None:
            told = f"`{person}` excuses danger: whoever it is about may be in danger, so name no people in `unless`"
            yield rulebook.documents[rule.file].fault(told, "rules", rule.index, "unless")


def _excuses(rule: Compiled, person: str) -> bool:
    """Whether a rule is excused because a person is named."""
    texts = [frame.format(person) for frame in ABOUT]
    return any(
        excuses is not None and not excuses.search(text.replace(person, "…")) and excuses.search(text)
        for excuses in (rule.patterns.near, rule.patterns.anywhere)
        for text in texts
    )


def _is_excused(rule: Compiled, text: str) -> bool:
    said = said_in_files(text)
    return rule.first(said) is None and rule.patterns.hits.search(said.read_as(rule.reads)) is not None
