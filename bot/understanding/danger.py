"""May somebody be in danger? A second look beside the rules, learnt from examples and from what only sounds like it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.matcher_answer import chance_of
from bot.understanding.matcher_bases import Linear, Main, Seen
from bot.understanding.text import plain


@dataclass(frozen=True)
class Alarm:
    """What the sense learns from besides the phrases of the issue itself."""

    issue: str
    more: tuple[str, ...]
    unlike: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """All of them, as they are compared."""
        return [plain(text) for text in (*self.more, *self.unlike)]


@dataclass(frozen=True)
class Danger:
    """The chance that a message tells of danger, over words and vectors."""

    model: Linear
    main: Main | None

    def chances(self, asked: Seen) -> npt.NDArray[np.float64]:
        """One chance per text."""
        return chance_of(self.model.over(asked, self.main)[:, 0].astype(np.float64))
