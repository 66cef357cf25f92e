"""From which chance on danger is certain, and possible: the levels that belong to what was taught."""

from dataclasses import dataclass

from bot.understanding.voices import heads


@dataclass(frozen=True)
class DangerLevels:
    """From which chance on danger is certain, and possible: of the whole message; or of one clause, where the whole does not
    speak against it."""

    certain: float = 0.85
    possible: float = 0.4
    clause: float = 0.95
    beside: float = 0.1
    abroad: float = 0.25
    """From where on danger is possible in other languages: of them the chances run higher (docs/reader.md)."""
    doubted: float = 0.15
    """Below it even a rule's hit is only asked about: the words are there, and the whole says something else."""
    doubted_abroad: float = 0.0002
    """The same in other languages: words without their accents say hardly anything to the encoder."""

    def doubted_in(self, language: str) -> float:
        """Below which chance a rule's hit is only asked about."""
        return self.doubted if language == "en" else self.doubted_abroad


def danger_levels() -> DangerLevels:
    """The levels that belong to what was taught, chosen on writers it had not learnt from."""
    levels = heads.levels().get("danger.levels")
    return DangerLevels() if levels is None else DangerLevels(*(float(level) for level in levels[:4]))
