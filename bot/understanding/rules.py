"""First light: a handful of rules."""

import re
from pathlib import Path

from bot.understanding.reading import Heard
from bot.understanding.text import plain
from handoff.data_files import Fault

ACTS = {
    "yes": r"^(yes|yep|yeah|it did|it worked|that worked|works now|ok it works)\b",
    "no": r"^(no|nope|nah|didn't|did not)\b|still (not|no|doesn|says|won)|didn't (help|work)|does(n't| not) work|not working",
    "tried": r"already (tried|did|done)|tried that",
    "skip": r"^(skip|pass|next)\b",
    "thanks": r"\b(thank|thanks|thx|cheers)\b",
    "person": r"\b(talk|speak|chat) (to|with) (a |an |some)?(person|human|agent|someone|somebody|representative)|real person|human please",
    "correction": r"^(no,? )?i meant|actually",
    "cancel": r"never mind|nevermind|forget it|works now",
}
EMERGENCY = r"chest pain|can't breathe|cannot breathe|kill myself|suicide|unconscious|overdose|took (it|them|my pills?) twice|double dose"


class Rulebook:
    """What words mean for certain."""

    def hear(self, text: str) -> Heard:
        """What is heard."""
        said = plain(text)
        acts = tuple(name for name, p in ACTS.items() if re.search(p, said))
        if re.search(EMERGENCY, said) and "no chest pain" not in said:
            return Heard(signals=("emergency",), issue="safety.emergency", acts=acts, rules=("safety/first",))
        angry = ("angry",) if re.search(r"ridiculous|furious|terrible|angry", said) else ()
        return Heard(signals=angry, acts=acts)

    def faults(self) -> list[Fault]:
        """Nothing."""
        return []


def load_rules(folder: Path) -> Rulebook:
    """The rules."""
    return Rulebook()
