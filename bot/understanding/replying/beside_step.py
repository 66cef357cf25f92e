"""A reply beside the step it answers: numbers that tell how the two go together, for what is taught and for what is read alike."""

from collections.abc import Sequence

import numpy as np

from bot.understanding.encoding.encoder import Span, Vectors
from bot.understanding.intents.intent_file import Step
from bot.understanding.pieces import ending
from bot.understanding.text.plain import plain

TOGETHER, WITH_BUTTON, NEAR = 10.0, 20.0, 8.0
"""How much the products of two vectors count beside the reply's own, for acts and for buttons; and how much likeness does."""
LONGEST_STEP = 400


def texts_of(step: Step) -> tuple[str, str]:
    """What stands before the user: the question, and the step."""
    return plain(step.ask), plain(step.say)[:LONGEST_STEP]


def texts_of_button(step: Step, label: str) -> tuple[str, str]:
    """A button in the light of its question, and alone."""
    return plain(f"{step.ask} {label}"), plain(label)


def with_ending(text: str) -> tuple[str, tuple[Span, ...]]:
    """A reply as it is read beside its step: the whole, and its last clause in the light of the whole."""
    return text, (ending(text),)


def in_step(replies: Vectors, endings: Vectors, asked: Vectors, said: Vectors) -> Vectors:
    """(n, 384) four times -> (n, 2304): each reply, where it agrees with the question and with the step, these two, and how
    it ends: what counts of `it spun, then it opened` stands last."""
    return np.hstack([replies, replies * asked * TOGETHER, replies * said * TOGETHER, asked, said, endings])


def with_button(reply: Vectors, asked: Vectors, label: Vectors, known: Vectors) -> Vectors:
    """(384,) three times, and what others said who meant that button -> (1924,): does this reply mean it?"""
    near = nearness(known @ reply)
    likes = [*near, float(reply @ asked), float(reply @ label)]
    together = (reply * asked * WITH_BUTTON, reply * label * WITH_BUTTON, np.array(likes) * NEAR)
    return np.concatenate([*together, reply, asked, label])


def nearness(likes: Sequence[float] | Vectors) -> tuple[float, float]:
    """The likest, and the mean of the three likest; nothing is like nothing."""
    ranked = np.sort(np.asarray(likes, np.float32))
    return (float(ranked[-1]), float(ranked[-3:].mean())) if len(ranked) else (0.0, 0.0)
