"""What no rule of wording foresaw: a text that asks for a secret, promises, blames, or gives medical or unsafe advice, as strangers
would write it. Learnt from `voices/wording.jsonl`, and asked beside the rules."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
from scipy import sparse

from bot.authoring.wording import SLOT, Text
from bot.understanding.encoding.encoder import Encoder
from bot.understanding.matching.bases import Words
from bot.understanding.matching.cache import cached_vectors
from bot.understanding.text.cuts import SOME_WORD
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.models import ByWords, soft
from bot.understanding.voices.rows import DEFAULT, RIGHT, Worded, Wrong, load_voices, version_of
from handoff.data_files import Fault
from handoff.kept import kept_value
from handoff.policy.texts import JudgedRule

FIRMLY, COSTS = 30.0, {name: 3.0 if name == RIGHT else 1.0 for name in get_args(Wrong)}
"""How closely the words are fitted (C of the library), and what it costs to take a right text for a wrong one beside the reverse."""
_PARAGRAPH = re.compile(r"\n+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_MARKS = re.compile(r"^\s*(?:[-•>#]+|\d+[.)])\s*|\*\*")
ELSEWHERE = 0.8
"""From this chance on a sentence of another language is wrong: most of what the judge learnt is English."""
MOST_KEPT = 8000
"""So many texts are at hand with their sentences: all of ours, and some that were edited."""
LIFTED = ("promise", "blame")
"""What somebody may look at and let pass. What is secret, clinical or unsafe is put in other words, always."""
CODE = (Path(__file__), Path(heads.__file__).with_name("models.py"))


@dataclass(frozen=True)
class Judge:
    """What sentences are wrong by, told by their words and by their vectors together."""

    words: Words
    by_words: ByWords
    encoder: Encoder

    def wrong(self, sentences: Sequence[str], cache: Path | None) -> list[tuple[str, float]]:
        """For each what is likeliest wrong with it, and the chance (0 to 1) that anything is."""
        names, taught = self.by_words.names, heads.head(heads.WORDING)
        scores = self.by_words.scores(self.words.of([plain(one) for one in sentences]))
        if taught is not None:
            scores = scores + taught.over(cached_vectors(sentences, self.encoder, cache), names)
        chances = soft(scores)
        right = names.index(RIGHT)
        wrong = 1 - chances[:, right]
        chances[:, right] = 0.0
        return [(names[column], float(chance)) for column, chance in zip(chances.argmax(axis=1), wrong, strict=True)]


@lru_cache(maxsize=MOST_KEPT)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text as it is read, each alone and with the one behind it; `…` where something is filled in."""
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(SLOT.sub("…", text)):
        read = [one for one in _SENTENCE.split(_MARKS.sub("", paragraph).strip()) if SOME_WORD.search(one)]
        found += [*read, *(f"{one} {other}" for one, other in pairwise(read))]
    return tuple(dict.fromkeys(found))


def judge_faults(
    texts: Sequence[Text], rule: JudgedRule, encoder: Encoder, cache: Path | None, voices: Path = DEFAULT
) -> Iterator[Fault]:
    """What users read and is likely wrong; none where the voices hold no sentence to learn from."""
    judge = _judge(voices, encoder, cache)
    asked = [(text, one) for text in texts if text.reader == "user" for one in sentences_of(text.text)]
    looked_at = {one.sentence for one in rule.looked_at}
    fresh = sorted({one for _, one in asked})
    if judge is None or not fresh:
        return
    says: Mapping[str, str] = {str(name): told for name, told in rule.says.items()}
    found = dict(zip(fresh, judge.wrong(fresh, cache), strict=True))
    told: set[tuple[str, int]] = set()
    for text, one in asked:
        name, chance = found.get(one, (RIGHT, 0.0))
        line = text.line_of(one)
        if one in looked_at and name in LIFTED:
            continue
        if chance >= (ELSEWHERE if text.foreign else rule.sure) and (text.file, line) not in told:
            told.add((text.file, line))
            yield Fault(text.file, line, f"`{one}` {says[name]}")


def _judge(voices: Path, encoder: Encoder, cache: Path | None) -> Judge | None:
    """The judge of a folder of voices, from the cache where no row and no code changed."""
    taught = [path for name in ("wording.jsonl", "writers.yml") if (path := voices / name).is_file()]
    name = version_of([*taught, *CODE])
    learnt = kept_value(cache / f"judge-{name}.pickle" if cache else None, lambda: _learnt(load_voices(voices).wording))
    return Judge(*learnt, encoder) if learnt is not None else None


def _learnt(rows: Sequence[Worded]) -> tuple[Words, ByWords] | None:
    if not rows:
        return None
    # only now: the learning library takes a second to load, and a process that finds its judge never needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    words, features = Words.learnt([plain(one.text) for one in rows])
    model = LogisticRegression(C=FIRMLY, max_iter=3000, class_weight=COSTS).fit(features, [one.wrong for one in rows])
    weights = sparse.csr_matrix(np.asarray(model.coef_.T, np.float32))
    return words, ByWords(weights, np.asarray(model.intercept_, np.float32), tuple(str(one) for one in model.classes_))
