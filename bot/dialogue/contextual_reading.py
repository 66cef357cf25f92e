"""What a message means within its conversation: read with the words before it, and without what is not this user's."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from bot.dialogue.conversation import Conversation
from bot.dialogue.hearing import (
    behind_politeness,
    called_off,
    denied,
    for_role,
    in_the_way,
    matter,
    none_of_these,
    objection,
    objectless,
    other_language,
    several,
    told_plainly,
    wish_beside,
)
from bot.dialogue.hearing.contrast import contrast_in
from bot.dialogue.in_danger import behind_a_result, news, plain_no
from bot.dialogue.in_danger.danger import DENIES_TAKING
from bot.dialogue.with_support import unanswered
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import EMERGENCY, WRONG_INFORMATION
from bot.understanding.reading import DANGEROUS, MAY_OPEN_MATTER, OPENS_MATTER, Meant, Parted, Reading
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.replying.parted import parted
from bot.understanding.replying.replies import ReplyReader
from bot.understanding.text.cuts import AFTER_MARK
from bot.understanding.text.plain import plain, telling_words

ASKED_TO_SAY_MORE = ("waiting", "choosing")
TELLS_ANEW = ("new", "waiting", "solved", "with_support")
"""Where somebody tells what it is about, and nothing of ours is before them."""
ABROAD = ("new", "waiting", "choosing", "solved")
"""The same for a message in another language; what is added to a request begins nothing there."""
WORDS_BEFORE, SAYS_SOMETHING = 2, 3
"""How many earlier messages are read with a new one; a message of fewer words says little by itself."""
SURELY, HINT = 0.6, 0.05
_SENTENCES = re.compile(r"[.!?\n。！？؟।]+")
MAY_BE_ELSEWHERE, SURELY_ELSEWHERE = ("issue", "unclear", "details", "question", "button", "cannot"), 0.8
"""What a reply to a step may look like that is about another issue, and how likely that issue must be."""
LIKELIEST = 3
"""What opens a request at once must be among so many of the likeliest by the new words alone."""
SURELY_NOT_OFFERED = 0.9
"""How likely an issue must be, beside the ones that were offered, to be what was meant."""
SURELY_ENDED, SURELY_NO = 0.9, 0.9
"""How likely words must tell that it is well now, or that nobody is in danger, to be read without those before them."""
BEFORE_COUNTS, UNLIKELY = 0.5, 0.003
"""How much it counts how likely an issue was when it was offered; and how likely the unlikeliest is held to be."""
SAYS_ENOUGH = frozenset(("none", "person", "thanks", "stop"))
"""What answers us by itself."""


PUT_RIGHT, LIKELY_PUT_RIGHT = ("answering", "choosing", "gathering", "with_support"), 0.35
"""Where something of ours is looked at that may be put right; and how likely the other matter must be then."""
ANGRY = "angry"


@dataclass(frozen=True)
class ContextualReader:
    """Reads words of a conversation that is under way."""

    intents: Mapping[str, Intent]
    replies: ReplyReader
    read: Callable[[str], Reading]
    by_words: several.ByWords

    def in_context(self, known: Conversation, reading: Reading) -> Reading:
        """The reading of a message within its conversation: with what all that was said so far is surely about, and without what is
        not this user's."""

        def fit(one: Reading) -> Reading:
            own = objectless.fitted(known, for_role.fitted(known, called_off.fitted(one), self.intents), self.intents)
            return objection.fitted(told_plainly.fitted(known, own, self.intents), self.intents)

        @cache
        def read_once(text: str) -> Reading:
            return fit(self.read(text))

        return replace(self, read=read_once)._in_context(known, fit(self._only_complains(reading)))

    def _only_complains(self, reading: Reading) -> Reading:
        """`third time I write and nobody answers` sounds like a call for help; whatever is told beside it may be one."""
        rest = unanswered.rest_of(reading.text) if reading.decision in DANGEROUS and not reading.heard.rules else None
        if rest is None or telling_words(rest):
            return reading
        others = tuple(one for one in reading.candidates if one.issue != EMERGENCY)
        return replace(reading, decision="handoff", candidates=others, sure=False)

    def _in_context(self, known: Conversation, reading: Reading) -> Reading:
        found = _angry_only_now(self._with_words_before(known, reading), reading)
        if known.state in ABROAD:
            found = self._read_abroad(known, reading, found)
            found = behind_politeness.fitted(known, found, self.intents, self.read)
        if known.state in TELLS_ANEW and not known.words:
            found = in_the_way.fitted(found, self.read)
            found = wish_beside.fitted(found, self.read)
            found = several.with_all_named(found, self.intents, self.read, self.by_words)
        to_choice = partial(self.replies.to_question, kind="choose")
        found = none_of_these.fitted(known, reading.text, found, to_choice, self.read)
        told = self._parted(known, reading)
        found = replace(found, matter=matter.of(known, reading.text, self.read), parted=told)
        return self._put_right(known, found, reading) or found

    def _put_right(self, known: Conversation, reading: Reading, alone: Reading) -> Reading | None:
        """`not the password, the code`: what the earlier words are about with the one in the place of the other."""
        if reading.decision in DANGEROUS or known.state not in PUT_RIGHT:
            return None
        meant = partial(self._to_step, known, alone.text)
        without = denied.read_without(known, alone, self.intents, self.read, meant)
        named = contrast_in(reading.text) if known.state != "choosing" else None
        if without is not None or named is None:
            return without
        before = ". ".join(known.words[-WORDS_BEFORE:])
        whole = self.read(named.in_place(before)) if named.in_place(before) != before else None
        if whole is None or whole.issue == known.issue or whole.decision not in MAY_OPEN_MATTER:
            return None
        likely = whole.candidates[0].confidence >= LIKELY_PUT_RIGHT and (whole.sure or whole.decision == "choose")
        return replace(whole, heard=reading.heard, matter=reading.matter, put_right=True) if likely else None

    def _parted(self, known: Conversation, reading: Reading) -> Parted | None:
        """What came of the step that is before the user, or of what people have, and what else these words tell, read by itself."""
        step, with_people = known.state == "answering" and known.step is not None, known.state == "with_support"
        if not (step or with_people) or not known.in_english or reading.decision in DANGEROUS:
            return None
        meant = partial(self._to_step, known) if step else self.replies.to_ending
        told = parted(reading.text, meant, self.replies.to_ending)
        if told is None:
            return None
        alone = dict.fromkeys([told.rest, *(one for one in AFTER_MARK.split(told.rest) if telling_words(plain(one)))])
        rest = tuple(self.read(one) for one in alone if one)
        return replace(told, told_read=self.read(told.told), rest_read=rest)

    def _to_step(self, known: Conversation, text: str) -> Meant:
        """What the words do to the step that is before the user; nothing where there is none."""
        intent = self.intents.get(known.issue or "")
        step = intent.find_step(known.step) if intent else None
        return self.replies.to_step(text, intent, step) if intent and step else Meant("unclear", 0.0)

    def _read_abroad(self, known: Conversation, reading: Reading, found: Reading) -> Reading:
        """The same, where it is in another language: borne out by the lead's examples, and nothing grave by a filler."""
        intents = self.intents
        plainly = other_language.read_plainly(known.language, found, intents, self.read)
        foreign = not known.in_english and found.decision not in DANGEROUS
        return plainly if not foreign or other_language.is_told(reading, plainly, intents) else reading

    def _with_words_before(self, known: Conversation, reading: Reading) -> Reading:
        """The reading of a message that we asked for: where it says too little by itself, together with the words before it."""
        if not reading.text.strip():
            return reading
        over = self._beside_news(known, reading)
        if over is not None:
            return over
        danger = self._told_in_pieces(known, reading) or behind_a_result.read(known, reading, self.read)
        if danger is not None:
            return danger
        if not known.words:
            return reading
        if known.state == "answering" and known.step:
            return self._told_beside_a_step(known, reading)
        if known.state not in ASKED_TO_SAY_MORE and not (known.state == "answering" and known.issue is None):
            return reading
        few = len(reading.text.split()) < SAYS_SOMETHING
        if reading.decision in DANGEROUS or (reading.sure and not few and not self._may_be_of_choice(known, reading)):
            return reading
        meant = self.replies.to_question(reading.text, "choose")
        if (meant.act in SAYS_ENOUGH and meant.chance >= SURELY) or self._surely_ended(reading.text):
            return reading
        whole = self.read(". ".join([*known.words[-WORDS_BEFORE:], reading.text]))
        if whole.sure and whole.decision in ("answer", "handoff", "emergency"):
            return whole
        if reading.sure and not few:
            return whole if whole.issue in known.choices else reading
        if known.state == "choosing" and whole.decision not in DANGEROUS:
            return self._of_choice(known, whole)
        better = whole.candidates[0].confidence >= reading.candidates[0].confidence
        return whole if whole.decision == "choose" and (better or few) else reading

    def _of_choice(self, known: Conversation, whole: Reading) -> Reading:
        """What goes on telling of a matter while a choice is open: by all of its words, and what was likely before still counts."""
        first = self.read(". ".join(known.words[-WORDS_BEFORE:]))
        before = {one.issue: one.confidence for one in first.candidates}
        counts = {
            one: one.confidence * (before.get(one.issue, 0.0) + UNLIKELY) ** BEFORE_COUNTS for one in whole.candidates
        }
        return replace(whole, decision="choose", candidates=tuple(sorted(counts, key=lambda one: -counts[one])))

    def _surely_ended(self, text: str) -> bool:
        """`got the link, changed it, I'm in`: what was told before is over, and says nothing of this."""
        ending = self.replies.to_ending(text)
        return ending.act == "helped" and ending.chance >= SURELY_ENDED

    def _may_be_of_choice(self, known: Conversation, reading: Reading) -> bool:
        """True where a choice was asked for, and the words name something else, but not all but certainly:
        `where are the three dots?` to somebody who has just said that they want to cancel."""
        if known.state != "choosing" or reading.decision not in OPENS_MATTER or reading.issue in known.choices:
            return False
        return reading.candidates[0].confidence < SURELY_NOT_OFFERED

    def _told_beside_a_step(self, known: Conversation, reading: Reading) -> Reading:
        """What says nothing of the step and little by itself, together with the words before it, where both are of another issue:
        `so my prescription`, `the one from Monday`, `the name on it is wrong`."""
        intent = self.intents.get(known.issue or "")
        step = intent.find_step(known.step) if intent else None
        few = len(reading.text.split()) < SAYS_SOMETHING
        if intent is None or step is None or few or reading.decision in DANGEROUS:
            return reading
        if reading.sure and reading.issue == known.issue:
            return reading
        if self.replies.to_step(reading.text, intent, step).act not in MAY_BE_ELSEWHERE:
            return reading
        whole = self.read(". ".join([*known.words[-WORDS_BEFORE:], reading.text]))
        other = whole.sure and whole.decision in OPENS_MATTER and whole.issue != known.issue
        if whole.decision == "handoff" and whole.issue not in {one.issue for one in reading.candidates[:LIKELIEST]}:
            return reading
        return whole if other and whole.candidates[0].confidence >= SURELY_ELSEWHERE else reading

    def _beside_news(self, known: Conversation, reading: Reading) -> Reading | None:
        """What else is told by who brings news of the emergency that people have: `the ER says I'm fine. Where is my next visit?`"""
        said = plain(reading.text)
        found = [one for one in (*news.OVER, *news.HELP) if one.is_in(said)]
        if not _is_emergency(known) or reading.heard.rules or not found:
            return None
        parts = [found[0].expression.split(one) for one in _SENTENCES.split(said)]
        told = [one for one in (part[-1].strip(" ,") for part in parts) if one]
        before = [one for one in (part[0].strip(" ,") for part in parts if len(part) > 1) if one]
        read = [self.read(one) for one in (". ".join(told), *told) if one]
        if any(one.decision in DANGEROUS for one in read) or any(
            self.read(one).decision == "emergency" for one in before
        ):
            return None
        others = tuple(one for one in reading.candidates if one.issue != EMERGENCY)
        return read[0] if read else replace(reading, decision="handoff", candidates=others, sure=False)

    def _told_in_pieces(self, known: Conversation, reading: Reading) -> Reading | None:
        """Danger of which one message only hints, and two together tell: `not sure I'll be here then`, `I don't want to be`.
        A no to the question about it, with another matter behind it, counts by itself."""
        hint = reading.ranked.danger if reading.ranked else 0.0
        if reading.decision == "emergency" or hint < HINT or not known.said_last or _is_emergency(known):
            return None
        if known.state == "checking" and self._denies_danger(known, reading):
            return None
        if known.issue == WRONG_INFORMATION and any(
            DENIES_TAKING.is_in(one) for one in (known.said_last, reading.text)
        ):
            return None
        whole = self.read(f"{known.said_last}. {reading.text}")
        told = whole.decision in DANGEROUS and whole.ranked is not None and whole.ranked.danger > hint
        own = replace(whole.heard, language=reading.heard.language, told=reading.heard.told)
        return replace(whole, heard=own) if told else None

    def _denies_danger(self, known: Conversation, reading: Reading) -> bool:
        """`no, im ok today`; `no. only worn out. I can't find my visit`, surely a matter of ours; in another language, where a no may
        deny that it is bad alone (`not so painful, like a weight on it`), surely a no to whether somebody is in danger."""
        if known.in_english:
            if plain_no.says_well(reading.text):
                return True
            return reading.sure and reading.decision == "answer" and bare_beginning(reading.text) == "not_helped"
        meant = self.replies.to_question(reading.text, "safety")
        return meant.act == "no" and meant.chance >= SURELY_NO


def _is_emergency(known: Conversation) -> bool:
    """People have it already: each further word counts by itself."""
    return known.ticket is not None and known.issue == EMERGENCY


def _angry_only_now(found: Reading, reading: Reading) -> Reading:
    """Anger in words that were answered before is not heard once more."""
    if found is reading or ANGRY in reading.signals:
        return found
    return replace(found, signals=tuple(signal for signal in found.signals if signal != ANGRY))
