"""What teaches the head of the issue, and how it is fitted."""

from collections.abc import Sequence

from sklearn.linear_model import LogisticRegression

from bot.understanding.encoding.encoder import Vectors
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.lessons import makes_sense_alone, tells_of_danger
from bot.understanding.voices.rows import load_voices
from tools.teach.calibrate import CHOSEN_ON, parted

CLOSELY = 10.0
"""How closely the line is fitted."""


def told() -> list[tuple[str, str]]:
    """Messages with their issue, and some of the replies that make sense only as an answer, with a name of their own. The writers
    that the levels are chosen on teach nothing here."""
    every = load_voices()
    alone = [
        one for one in (*every.replies, *every.answers) if not makes_sense_alone(one) and tells_of_danger(one) is False
    ]
    rows = [(plain(one.text), one.label) for one in parted(every, CHOSEN_ON, inside=False).messages]
    return rows + [(plain(one.reply), heads.ONLY_AN_ANSWER) for one in alone[:: heads.ONE_IN]]


def fitted(vectors: Vectors, labels: Sequence[str]) -> LogisticRegression:
    """The line."""
    return LogisticRegression(C=CLOSELY, max_iter=2000).fit(vectors, labels)
