"""A reply, read with the question before it: an act of a small closed set, or the button that is meant."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, cast, get_args

import numpy as np
from rapidfuzz import fuzz, process

from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.intents.intent_file import Intent, Step
from bot.understanding.matching.bases import Scores
from bot.understanding.matching.semantic_match import denies
from bot.understanding.reading import NO_HELP, Act, Meant
from bot.understanding.replying import bare, hedged, hurried, of_request, romanised
from bot.understanding.replying.asides import answer_to, own_questions
from bot.understanding.replying.beside_step import (
    in_step,
    nearness,
    texts_of,
    texts_of_button,
    with_button,
    with_ending,
)
from bot.understanding.replying.sayings import vectors_of
from bot.understanding.text.cuts import ENDS
from bot.understanding.text.plain import plain, without_addresses
from bot.understanding.text.spelling import as_read
from bot.understanding.voices import heads
from bot.understanding.voices.models import Chances, VoiceModels, soft
from handoff.policy.names import GRAVE_FACTS

Kind = Literal["gather", "choose", "safety", "resolved", "waiting", "ended"]
NO = ("no",)
BUTTON_COUNTS, BUTTON_FROM = 1.67, 2.5
"""How much the taught head of buttons counts beside the acts, and from which log odds on (turned round) a reply is drawn to a button;
set by hand when the heads of replies were taught beside their step, and written by no tool."""
LIKE_A_BUTTON, PULL = 0.44, 14.0
"""From which likeness on a reply is drawn to a button by what people said who meant it, and how strongly: where no head was taught, or
there is no encoder."""
SURE: Mapping[str, float] = {"helped": 0.97, "not_helped": 0.4, "button": 0.3, "person": 0.65, "cannot": 0.85}
"""From which chance on an act is taken for what a reply means; under it the reply is unclear, and asked about once more. Solved needs
evidence, and so does leading on. Set by hand when the heads of replies were taught beside their step, and written by no tool."""
SURE_GRAVE, LIKE_GRAVE = 0.9, 0.6
"""From which chance on, and from which likeness, a button is meant that says something grave."""
MOST_READ, MOST_SENTENCES, SURE_OF_PEOPLE = 600, 3, 0.65
"""So many letters of a reply are read; so many of its last sentences may wish for people, and from which chance on one does: as the
whole reply (`SURE`)."""
_QUOTED = re.compile(r"(?<!\w)(?:\"[^\"]{2,200}\"|'[^']{2,200}')(?!\w)")
SPELLED_ALIKE = 88
"""How like a question must be to one of the file's own, by its letters (of 100), where there is no encoder."""
FEW = 5
"""Fewer texts are of one message, whose vectors stay at hand for whoever asks again."""


class ReplyReader:
    """Reads replies. What it was taught lies in voices/ and in the intents files' own `says`."""

    def __init__(self, models: VoiceModels | None, encoder: Encoder | None) -> None:
        self._models = models
        self._encoder = encoder
        self._kept: dict[tuple[str, ...], Vectors] = {}

    def to_step(self, text: str, intent: Intent, step: Step) -> Meant:
        """What a reply to a step does; `button` is one whose meaning is more than yes or no."""
        begun = self._begun(text)
        if isinstance(begun, Meant):
            return begun
        said, models = begun
        names = models.names(heads.ACT)
        scores, label, like = self._scores(said, intent, step)
        chances = _led_on_alike(soft(scores[None])[0], names, label == step.onward.label)
        best = int(chances.argmax())
        if _together(chances, names, best) < SURE.get(names[best], 0.0):
            return Meant("unclear", float(chances[best]))
        if (
            names[best] == "button"
            and label
            and _is_grave(step, label)
            and (chances[best] < SURE_GRAVE or like < LIKE_GRAVE)
        ):
            return Meant("unclear", float(chances[best]))
        act = _act(names[best])
        return Meant(act, float(chances[best]), label if act == "button" else None)

    def _begun(self, text: str) -> tuple[str, VoiceModels] | Meant:
        """The words as they are read, with what reads them; what is meant at once where they are short, or nothing can read them."""
        said = as_read(without_addresses(text))[:MOST_READ]
        if (short := bare.short(said) or romanised.result(plain(text))) is not None:
            return Meant(short, 1.0)
        if not said or self._models is None or heads.ACT not in self._models.tasks:
            return Meant("unclear", 0.0)
        return said, self._models

    def likest_saying(self, text: str, step: Step) -> tuple[str, float] | None:
        """The special button with a saying of the file's own that is likest to the words, and how like (0 to 1); what is denied is
        never like what is not. None without vectors."""
        said, special = as_read(without_addresses(text))[:MOST_READ], special_buttons(step)
        known = [
            (one.label, plain(own)) for one in step.options for own in (one.label, *one.says) if one.label in special
        ]
        alike = tuple((label, own) for label, own in known if denies(own) == denies(said))
        if not said or not alike or self._encoder is None:
            return None
        likeness = self._vectors_of(tuple(own for _, own in alike)) @ cast(Vectors, self._encode([said]))[0]
        return alike[int(likeness.argmax())][0], float(likeness.max())

    def likeness_to_tried(self, text: str, step: Step) -> float:
        """How like the words are (0 to 1) to what people say who have done this step; 0 without vectors."""
        said, known = as_read(without_addresses(text))[:MOST_READ], tuple(plain(one) for one in step.tried)
        if not said or not known or self._encoder is None:
            return 0.0
        return float((self._vectors_of(known) @ cast(Vectors, self._encode([said]))[0]).max())

    def to_ending(self, text: str) -> Meant:
        """What is said after a step was told to have helped: that it did, that it did not after all, or something else."""
        begun = self._begun(text)
        if isinstance(begun, Meant):
            return begun
        said, models = begun
        names = models.names(heads.ACT)
        chances = soft(models.of_replies(heads.ACT, [said], self._encode([said])))[0]
        best = int(chances.argmax())
        return Meant(_act(names[best]) if names[best] != "button" else "unclear", float(chances[best]))

    def wants_people(self, text: str) -> bool:
        """True where one of the last sentences is surely that people shall take it; what a screen says in quotes is no wish."""
        parts = [one.strip() for one in ENDS.split(_QUOTED.sub(" ", plain(text))[-MOST_READ:]) if one.strip()]
        said = [one for one in parts if len(one.split()) > 1]
        endings = [self.to_ending(one) for one in said[-MOST_SENTENCES:]] if len(parts) > 1 else []
        return any(ending.act == "person" and ending.chance >= SURE_OF_PEOPLE for ending in endings)

    def answer_to(self, text: str, intent: Intent, step: str) -> int | None:
        """The number of the approved answer that a question about a step asks for; None where none of them answers it."""
        own = own_questions(intent)
        if not own:
            return None
        (question,) = cast(Vectors, self._encode([plain(text)])) if self._encoder else (None,)
        if question is not None:
            return answer_to(question, self._vectors_of(own), intent, step)
        numbers = [number for number, entry in enumerate(intent.glossary) for _ in entry.asks]
        found = process.extractOne(plain(text), own, scorer=fuzz.token_sort_ratio, score_cutoff=SPELLED_ALIKE)
        return numbers[found[2]] if found else None

    def to_question(self, text: str, kind: Kind) -> Meant:
        """What a reply to any other question does, or words while a request is open (`waiting`)."""
        said = as_read(without_addresses(text))[:MOST_READ]
        short = bare.short(said)
        if short is not None and kind in ("safety", "resolved"):
            return Meant({"helped": "yes", "not_helped": "no"}.get(short, "unclear"), 1.0)  # type: ignore[arg-type]
        if short == "stop":
            return Meant("stop", 1.0)
        if not said or self._models is None or heads.QUESTION not in self._models.tasks:
            return Meant("unclear", 0.0)
        names = self._models.names(heads.QUESTION)
        scores = self._models.of_replies(heads.QUESTION, [said], self._encode([said]))[0]
        mine = [column for column, name in enumerate(names) if name.startswith(f"{kind}:")]
        chances = soft(scores[None, mine])[0]
        best = int(chances.argmax())
        return Meant(_act(names[mine[best]].partition(":")[2]), float(chances[best]))

    def soft_answer(self, text: str, *, of_danger: bool = False) -> Meant | None:
        """What a soft yes or no says (`I don't think so`), and one that leaves it open as `unclear`; None for anything else."""
        return self._told_by(as_read(text), hedged.sayings(of_danger=of_danger))

    def hurries(self, text: str) -> bool:
        """Whether something is wanted by a time (`please fix it today`), and no time is only told."""
        told = self._told_by(as_read(text), hurried.sayings(), hurried.LIKE)
        return told is not None and told.act == "yes"

    def of_request(self, text: str) -> Meant:
        """What words do to a request that people have, by what others say who do so; unclear without vectors."""
        said = as_read(of_request.without_numbers(without_addresses(text)))[:MOST_READ]
        if self._encoder is None or not said:
            return Meant("unclear", 0.0)
        known = of_request.sayings()
        likeness = self._vectors_of(tuple(one for one, _ in known)) @ cast(Vectors, self._encode([said]))[0]
        return of_request.told_by(known, likeness)

    def _told_by(self, said: str, known: tuple[tuple[str, Act], ...], at_least: float = hedged.LIKE) -> Meant | None:
        if self._encoder is None or not said:
            return hedged.told_by(said, known)
        likeness = self._vectors_of(tuple(one for one, _ in known)) @ cast(Vectors, self._encode([said]))[0]
        return hedged.told_by(said, known, likeness, at_least)

    def _scores(self, said: str, intent: Intent, step: Step) -> tuple[Scores, str | None, float]:
        """The score of each act; the special button that may be meant, and how like it the reply is."""
        assert self._models is not None
        vectors = self._encoder.encode_pieces([with_ending(said)])[0] if self._encoder else None
        labels = [one for one in special_buttons(step) if _can_be_meant(said, step, one)]
        if vectors is None:
            scores = self._models.of_answers([said], None)[0]
            means = [self._means_in_words(said, intent, step, label) for label in labels]
        else:
            asked, shown = self._vectors_of(texts_of(step))
            beside = in_step(vectors[:1], vectors[1:], asked[None], shown[None])
            scores = self._models.of_answers([said], beside)[0]
            means = [self._means(vectors[0], intent, step, label) for label in labels]
        names = self._models.names(heads.ACT)
        best = max(range(len(labels)), key=lambda number: means[number][0], default=None)
        if "button" in names:
            scores[names.index("button")] += -np.inf if best is None else means[best][0]
        return scores, None if best is None else labels[best], 0.0 if best is None else means[best][1]

    def _means(self, reply: Vectors, intent: Intent, step: Step, label: str) -> tuple[float, float]:
        """How much speaks for a button, and how like the reply is to what others said who meant it."""
        taught = heads.head(heads.BUTTON)
        known = self._vectors_of(self._sayings(intent, step, label))
        asked, alone = self._vectors_of(texts_of_button(step, label))
        like = sum(nearness(known @ reply)) / 2
        if taught is None:
            return PULL * (like - LIKE_A_BUTTON), like
        told = float(taught.scores(with_button(reply, asked, alone, known)[None])[0, 0])
        return BUTTON_COUNTS * (told + BUTTON_FROM), like

    def _means_in_words(self, said: str, intent: Intent, step: Step, label: str) -> tuple[float, float]:
        assert self._models is not None
        mine = self._models.reply_words.of([said])
        known = self._models.reply_words.of(self._sayings(intent, step, label))
        like = sum(nearness(np.asarray((mine @ known.T).todense() / 2).ravel())) / 2
        return PULL * (like - LIKE_A_BUTTON), like

    def _sayings(self, intent: Intent, step: Step, label: str) -> tuple[str, ...]:
        """A button's label, and what people said who meant it."""
        assert self._models is not None
        option = next(option for option in step.options if option.label == label)
        known = (plain(label), *(plain(one) for one in option.says))
        return known + self._models.sayings.get((intent.id, step.id, label), ())

    def _vectors_of(self, texts: tuple[str, ...]) -> Vectors:
        """The vectors of texts that do not change from reply to reply."""
        if texts not in self._kept:
            self._kept = {**self._kept, texts: self._made(texts)}
        return self._kept[texts]

    def _made(self, texts: tuple[str, ...]) -> Vectors:
        assert self._encoder is not None
        return vectors_of(texts, self._encoder.name, lambda fresh: cast(Vectors, self._encode(fresh)))

    def _encode(self, texts: Sequence[str]) -> Vectors | None:
        return self._encoder.encode_few(list(texts)) if self._encoder and len(texts) < FEW else self._whole(texts)

    def _whole(self, texts: Sequence[str]) -> Vectors | None:
        return self._encoder.encode(list(texts)) if self._encoder else None


def _led_on_alike(chances: Chances, names: Sequence[str], onward: bool) -> Chances:
    """Where the button that may be meant leads to where "it did not help" leads, the two are one, told in the likelier way."""
    if not onward or "button" not in names or "not_helped" not in names:
        return chances
    pair = [names.index("button"), names.index("not_helped")]
    told = max(pair, key=lambda place: float(chances[place]))
    whole = chances[pair].sum()
    joined = chances.copy()
    joined[pair] = 0.0
    joined[told] = whole
    return joined


def _together(chances: Chances, names: Sequence[str], best: int) -> float:
    """How likely it is that it came to nothing, whether it did not help or could not be done: the step goes on alike."""
    alike = [names.index(one) for one in NO_HELP if one in names]
    return float(chances[alike].sum() if best in alike else chances[best])


def special_buttons(step: Step) -> list[str]:
    """The buttons that mean more than that it helped or did not: where several do not end well, all but a plain no."""
    others = [option.label for option in step.options if option.go != "solved"]
    return [label for label in others if plain(label) not in NO] if len(others) > 1 else []


def _can_be_meant(said: str, step: Step, label: str) -> bool:
    """A button that calls for help is never meant by words that deny what it says."""
    option = next(option for option in step.options if option.label == label)
    return option.go != "emergency" or not denies(said)


def _is_grave(step: Step, label: str) -> bool:
    option = next(option for option in step.options if option.label == label)
    return option.signal in GRAVE_FACTS or option.go.startswith("escalate.")


def _act(name: str) -> Act:
    if name not in get_args(Act):
        return "issue" if name.startswith("issue") else "unclear"
    return cast(Act, name)
