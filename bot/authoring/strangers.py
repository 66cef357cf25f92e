"""What strangers likeliest mean by a text, to judge ours by: nothing is learnt for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.understanding.encoding.encoder import Encoder
from bot.understanding.intents.catalog import Catalog
from bot.understanding.matching.cache import cached_vectors
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.cache import cached_voices
from bot.understanding.voices.models import VoiceModels, each, soft
from bot.understanding.voices.rows import DEFAULT
from handoff.data_files import Document


@dataclass(frozen=True)
class IssueFiles:
    """The intents files: what they mean, and where each thing stands in them."""

    catalog: Catalog
    documents: Mapping[str, Document]


@dataclass(frozen=True)
class Strangers:
    """What they wrote, with what reads it."""

    encoder: Encoder
    cache: Path | None

    @cached_property
    def models(self) -> VoiceModels | None:
        """What was learnt from them; None where nothing was."""
        return cached_voices(DEFAULT, self.cache)

    def understood(self, texts: Sequence[str]) -> Iterator[tuple[str, float, float]]:
        """What they likeliest mean by each text, how likely that is, and how likely it tells of danger (0 to 1); nothing where
        nothing was learnt."""
        models = self.models
        if models is None or not texts:
            return
        said = [plain(text) for text in texts]
        words, vectors = models.message_words.of(said), cached_vectors(said, self.encoder, self.cache)
        chances = soft(models.of_messages(heads.LABEL, words, vectors))
        dangers = each(models.of_messages(heads.DANGER, words, vectors))[:, 0]
        names = models.names(heads.LABEL)
        for chance, danger in zip(chances, dangers, strict=True):
            yield names[int(chance.argmax())], float(chance.max()), float(danger)
