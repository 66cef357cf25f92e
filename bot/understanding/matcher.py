"""First light: TF-IDF and logistic regression over the example phrases."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

from bot.understanding.encoder import Encoder
from bot.understanding.reading import Candidate, Closest, Phrase, Ranked
from bot.understanding.text import plain


class Matcher:
    """Ranks the issues for a message."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = list(phrases)
        self.texts = [plain(p.text) for p in phrases]
        self.features = FeatureUnion([
            ("w", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
            ("c", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)),
        ])
        x = self.features.fit_transform(self.texts)
        self.model = LinearSVC().fit(x, [p.label for p in phrases])
        self.lookup = {t: i for i, t in enumerate(self.texts)}

    def rank(self, text: str) -> Ranked:
        """Candidates, best first."""
        said = plain(text)
        scores = self.model.decision_function(self.features.transform([said]))[0] * 5
        p = np.exp(scores - scores.max())
        p /= p.sum()
        order = p.argsort()[::-1][:6]
        near = process.extractOne(said, self.texts, scorer=fuzz.ratio)
        closest = (Closest(self.phrases[near[2]], near[1] / 100),) if near else ()
        confidence = float(p[order[0]])
        return Ranked(tuple(Candidate(str(self.model.classes_[i]), float(p[i])) for i in order), confidence, 0.5, 0.2, closest)


def cached_matcher(
    phrases: Sequence[Phrase], encoder: Encoder | None, cache: Path | None, *, keywords: Mapping[str, Sequence[str]] | None = None
) -> Matcher:
    """A matcher for these phrases."""
    del encoder, cache, keywords
    return Matcher(phrases)
