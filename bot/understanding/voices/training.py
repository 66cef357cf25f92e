"""Learns the models over words from voices/. Apart from them, because the learning library takes a second to load."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.understanding.intents.names import EMERGENCY
from bot.understanding.matching.bases import Words
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.lessons import makes_sense_alone, states_nothing, tells_of_danger
from bot.understanding.voices.models import ByWords, VoiceModels
from bot.understanding.voices.rows import Answered, Asked, Voices

NOTHING = 0.01
"""A weight below it is left out: two thirds of all, and no reading of 3,400 changed (docs/reader.md)."""
SAID_BY_FEW = 2
"""A word, or two side by side, must stand in so many texts: three of five stand in one alone and tell nothing of others."""
MISSING_COSTS = 3.0
"""A missed emergency beside a false alarm, while learning."""

RARE, ONE_IN_DONE = 2.0, 2


def learnt(voices: Voices, version: str) -> VoiceModels:
    """The models of every task."""
    messages = [(plain(one.text), one.label) for one in voices.messages]
    replies: list[Answered | Asked] = [*voices.replies, *voices.answers]
    alone = [one for one in replies if not makes_sense_alone(one) and tells_of_danger(one) is False]
    messages += [(plain(one.reply), heads.ONLY_AN_ANSWER) for one in alone[:: heads.ONE_IN]]
    alarms = [(plain(one.text), one.danger) for one in voices.alarms]
    alarms += [(plain(one.reply), found) for one in replies if (found := tells_of_danger(one)) is not None]
    told = [(plain(one.text), one.signals) for one in voices.signals]
    plainly = [one for one in replies if states_nothing(one)]
    told += [(plain(one.reply), ()) for one in plainly]
    done = [(plain(one.text), [f"{one.issue}/{step}" for step in one.steps]) for one in voices.done]
    texts = [text for rows in (messages, alarms, told, done) for text, _ in rows]
    words, features = Words.learnt(texts, SAID_BY_FEW)
    first, second = len(messages), len(messages) + len(alarms)
    third = second + len(told)
    labels = [label for _, label in messages]
    danger = [label == EMERGENCY for label in labels] + [dangerous for _, dangerous in alarms]
    tasks = {
        heads.LABEL: _one_of(features[:first], labels),
        heads.DANGER: _yes_or_no(features[:second], danger, heads.DANGER),
    }
    if told:
        half = np.array([one.writer in voices.half_judged for one in voices.signals] + [False] * len(plainly))
        tasks[heads.SIGNAL] = _any_of(features[second:third], [signals for _, signals in told], half, voices.urgent)
    if done:
        none = range(0, len(voices.messages), ONE_IN_DONE)
        of_done = sparse.vstack([features[third:], features[list(none)]]).tocsr()
        tasks[heads.TRIED] = _any_of(of_done, [*(steps for _, steps in done), *([] for _ in none)])
    reply_words, reply_features = Words.learnt(
        [*(plain(one.reply) for one in voices.replies), *(plain(one.reply) for one in voices.answers)], SAID_BY_FEW
    )
    steps = len(voices.replies)
    if steps:
        tasks[heads.ACT] = _one_of(reply_features[:steps], [one.act for one in voices.replies])
    if voices.answers:
        acts = [f"{one.kind}:{one.act}" for one in voices.answers]
        tasks[heads.QUESTION] = _one_of(reply_features[steps:], acts)
    return VoiceModels(words, reply_words, tasks, _sayings(voices.replies), version)


def _one_of(features: sparse.csr_matrix, names: Sequence[str]) -> ByWords:
    """Each name against the rest; of these one is meant."""
    model = LinearSVC(C=0.5, tol=1e-2, max_iter=300, random_state=0).fit(features, names)
    return _plain(model.coef_, model.intercept_, tuple(str(name) for name in model.classes_))


def _yes_or_no(features: sparse.csr_matrix, truth: Sequence[bool], name: str) -> ByWords:
    weight = {True: MISSING_COSTS, False: 1.0}
    model = LogisticRegression(C=3, solver="liblinear", tol=1e-3, class_weight=weight).fit(features, np.array(truth))
    return _plain(model.coef_, model.intercept_, (name,))


def _any_of(
    features: sparse.csr_matrix,
    told: Sequence[Sequence[str]],
    half: npt.NDArray[np.bool_] | None = None,
    always: frozenset[str] = frozenset(),
) -> ByWords:
    """Each name alone: a message can state several, or none. Rows that were `half` judged teach only the names that are `always`."""
    names = tuple(sorted({name for signals in told for name in signals}))
    models = []
    for name in names:
        taught = np.ones(len(told), bool) if half is None or name in always else ~half
        truth = np.array([name in signals for signals in told])
        models.append(LogisticRegression(C=3, solver="liblinear", tol=1e-3, class_weight={True: RARE, False: 1.0}))
        models[-1].fit(features[taught], truth[taught])
    return _plain(np.vstack([m.coef_ for m in models]), np.concatenate([m.intercept_ for m in models]), names)


def _plain(weights: npt.ArrayLike, offset: npt.ArrayLike, names: tuple[str, ...]) -> ByWords:
    """What was learnt, without the library."""
    columns = np.asarray(weights, np.float32).T
    return ByWords(
        sparse.csr_matrix(np.where(np.abs(columns) < NOTHING, 0, columns)), np.asarray(offset, np.float32), names
    )


def _sayings(replies: Sequence[Answered]) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in replies:
        if one.button is not None:
            found.setdefault((one.issue, one.step, one.button), []).append(plain(one.reply))
    return {place: tuple(dict.fromkeys(said)) for place, said in found.items()}
