"""The one line that tells people what a request is about: the user's own words, made safe."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.dialogue.gathering import what_for
from bot.dialogue.gathering.what_for import REACHES
from bot.dialogue.handing_over import decided
from bot.dialogue.hearing.correction import told_right
from bot.dialogue.hearing.vague import AREA_OF, is_piece, told_whole
from bot.dialogue.reply import Reply
from bot.understanding.details import facts_of
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import PERSON, UNKNOWN
from bot.understanding.redaction.privacy import SHOWN
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import DESCRIPTION, NAMES_NOTHING
from handoff.ticket import SKIPPED

IS_URGENT, CANNOT_WAIT = PHRASES.phrases["is_urgent"], PHRASES.phrases["cannot_wait"]
ANGRY, SILENT, LOSS = (PHRASES.phrases[name] for name in ("angry", "clinic_is_silent", "tells_of_loss"))
SUMMARY_LENGTH, TELLING, ENOUGH_DESCRIBED, ENOUGH_TOLD, SHORT_QUESTION = 120, 3, 2, 8, 8
ALARM_LENGTH, LETTER, TELLS_MOST = 400, 60, 5
"""Letters at most; words that tell something at least, and where it was asked; enough of them to be the best; a short question; so many
words are a letter, of which one sentence tells the matter; and so many telling ones has such a sentence."""
RESULTS, SURELY_A_RESULT = ("not_helped", "did_before", "cannot", "helped"), 0.6
"""What words do that tell what came of a step, and how surely."""
SENTENCE = re.compile(r"(?<=[a-z]{3}[.!?])\s+|\n+")
MOST_HIDDEN, MOST_HIDDEN_ABROAD = 0.5, 0.3
"""Which part of a line is hidden at most; else it tells nothing."""
MUCH_LIKER = 0.2
"""How much liker its title later words must be than the first, which tell the matter best unless it changed."""
MANY_HOLES = 2
"""So many places hidden in a line make it hard to tell what it is about."""
EXAMPLES = 20
"""So many of the issue's own examples say which sentence of a letter is the matter."""


def summary_of(reply: Reply, intent: Intent) -> str:
    """The one sentence of the user's that tells the issue best, made safe and cut to one line: never a question to us, never
    a yes; the issue's title when there is none. An emergency is told by its own words alone, just as they were written: a card
    shows an excerpt of them, and whoever acts must read what is the matter."""
    if intent.route == "emergency":
        return " ".join(" ".join(reply.conversation.words[:1]).split())[:ALARM_LENGTH] or title_of(reply, intent)
    if (lead := _deciding(reply, intent)) is not None:
        return _beside_title(lead, title_of(reply, intent), named=True)
    own = [
        detail.value for detail in reply.conversation.gathered if detail.id == DESCRIPTION and detail.value != SKIPPED
    ]
    whole = told_right(told_whole(reply.conversation.words), SUMMARY_LENGTH)
    told = [*own, *(part for words in whole for part in _sentences(words))]
    told = [words for words in told if not (_only_reaches(words) or _only_hurries(words))] or told
    telling = [words for words in told if len(telling_words(plain(words))) >= TELLING]
    telling = [words for words in telling if words == told[0] or not _asks_us(words)]
    telling = [*telling[:1], *(words for words in telling[1:] if not _tells_result(reply, words))]
    best = sorted(telling, key=lambda words: -min(len(telling_words(plain(words))), ENOUGH_TOLD))
    if intent.id == UNKNOWN and not own:
        return _beside_title(_shown(reply, (_all_of(told), *best)), title_of(reply, intent), named=True)
    enough = [words for words in told if len(telling_words(plain(words))) >= ENOUGH_DESCRIBED]
    angry = any(ANGRY.is_in(words) for words in told)
    calm = [words for words in told if telling_words(plain(words)) and not ANGRY.is_in(words) and not _asks_us(words)]
    abroad = not reply.conversation.in_english  # there fewer of the words are known not to tell anything
    alike = calm if (angry or abroad) and calm else telling  # anger tells less than few words of the matter
    likest = None if own else _likest(reply, intent, alike)
    described = [words for words in own if len(telling_words(plain(words))) >= ENOUGH_DESCRIBED and not _asks_us(words)]
    shown = _shown(reply, (*described, *(() if likest is None else (alike[likest],)), *best, *enough))
    return _beside_title(shown, title_of(reply, intent), named=intent.id != PERSON)


def _deciding(reply: Reply, intent: Intent) -> str | None:
    """The words that told of the issue, from the sentence on that tells it, or before it of a death; None where they tell nothing by
    themselves, or the user described it when asked."""
    words = decided.words_of(reply, intent.id)
    described = any(one.id == DESCRIPTION and one.value != SKIPPED for one in reply.conversation.gathered)
    if words is None or described or intent.id in NAMES_NOTHING or any(map(is_piece, reply.conversation.words)):
        return None
    before = told_right((words, *_words_after(reply, words)), SUMMARY_LENGTH)[:1]
    parts = [one for words in before for one in (_sentences(words) if _is_letter(words) else SENTENCE.split(words))]
    telling = [one for one in parts if len(telling_words(plain(one))) >= TELLING and not _asks_us(one)]
    place = _likest(reply, intent, telling)
    if place is None or ANGRY.is_in(telling[place]):
        return None
    first = next(one for one in parts if one == telling[place] or LOSS.is_in(one))
    lead = telling[place] if _is_letter(words) else " ".join(parts[parts.index(first) :])
    return _shown(reply, (lead,)) or None


def _words_after(reply: Reply, words: str) -> tuple[str, ...]:
    told = reply.conversation.words
    return told[told.index(words) + 1 :] if words in told else ()


def _is_letter(words: str) -> bool:
    return len(words.split()) >= LETTER


def title_of(reply: Reply, intent: Intent) -> str:
    """The issue's title; of what a person is wanted for the title of that; of what is none of our issues what it is about, by an
    approved line: the area that most words name."""
    if intent.id == PERSON:
        return what_for.title(reply) or intent.title
    if intent.id != UNKNOWN:
        return intent.title
    told = reply.conversation.words
    if any(SILENT.is_in(words) for words in told):
        return reply.script.lines.label("title_clinic")
    named = Counter(AREA_OF[word] for words in told for word in telling_words(plain(words)) if word in AREA_OF)
    return reply.script.lines.label(f"title_{named.most_common(1)[0][0]}") if named else intent.title


def _likest(reply: Reply, intent: Intent, told: list[str]) -> int | None:
    """The first, unless another is much liker the issue's title; of a letter's sentences the one that most examples are likest to."""
    alike = reply.script.semantic_matcher
    if not any(_is_letter(words) for words in reply.conversation.words):
        return alike.likest(intent.title, told, MUCH_LIKER)
    places = (alike.likest(example, told) for example in intent.examples[:EXAMPLES])
    votes = Counter(place for place in places if place is not None)
    return votes.most_common(1)[0][0] if votes else None


def _sentences(words: str) -> list[str]:
    """Those of a letter that tell most; anything shorter is one."""
    parts = [one for one in SENTENCE.split(words) if one.strip()] if _is_letter(words) else [words]
    most = [one for one in parts if len(telling_words(plain(one))) >= TELLS_MOST]
    return most or parts


def _all_of(told: Iterable[str]) -> str:
    """What nobody could name is told by all of it, in order."""
    telling = [one for one in told if len(telling_words(plain(one))) >= ENOUGH_DESCRIBED and not _asks_us(one)]
    return ". ".join([*(one.strip().rstrip(".") for one in telling[:-1]), *telling[-1:]])


def _beside_title(shown: str, title: str, *, named: bool) -> str:
    """What was told; behind the issue's title where so much of it is hidden that nobody could tell what it is about."""
    few = _holes(shown) and _telling(shown) < TELLS_MOST
    if not shown or not named or not (few or _holes(shown) >= MANY_HOLES):
        return shown or title
    return _cut(f"{title}: {shown}")


def _shown(reply: Reply, told: Iterable[str]) -> str:
    """The first of these that still tells something once it is made safe, on one line; a later one that tells as much with fewer words
    hidden goes before it; nothing when none tells anything."""
    safe = [one for words in told if (one := " ".join(reply.script.excerpt(words).split()))]
    telling = [one for one in dict.fromkeys(safe) if _tells(one, abroad=not reply.conversation.in_english)]
    as_much = [one for one in telling if _telling(one) >= _telling(telling[0])]
    return _cut(min(as_much, key=_holes)) if telling else ""


def _cut(shown: str) -> str:
    return shown if len(shown) <= SUMMARY_LENGTH else shown[: SUMMARY_LENGTH - 1].rstrip() + "…"


def _holes(shown: str) -> int:
    return sum(SHOWN in word for word in shown.split())


def _telling(shown: str) -> int:
    return len(telling_words(plain(" ".join(word for word in shown.split() if SHOWN not in word))))


def _tells(safe: str, *, abroad: bool) -> bool:
    """Enough is left to tell something of what may be shown; of another language, of which fewer words are known to hide nothing, most
    of it."""
    words = safe.split()
    left = [word for word in words if SHOWN not in word]
    most = MOST_HIDDEN_ABROAD if abroad else MOST_HIDDEN
    return left == words or (len(left) >= TELLING and len(words) - len(left) < most * len(words))


def _tells_result(reply: Reply, words: str) -> bool:
    """What came of a step, such as `checked junk too`: the matter was told before it."""
    ending = reply.script.replies.to_ending(words)
    return ending.act in RESULTS and ending.chance >= SURELY_A_RESULT


def _only_reaches(words: str) -> bool:
    """How to reach somebody, and next to nothing beside it: `ok. my mail is … if needed`."""
    facts, left = facts_of(words), words
    for name in REACHES & facts.keys():
        left = left.replace(facts[name], " ")
    return bool(REACHES & facts.keys()) and len(telling_words(plain(left))) < TELLING


def _only_hurries(words: str) -> bool:
    """Few words that tell how urgent it is, and not what: `shift starts in ten minutes, hurry`."""
    return len(words.split()) <= SHORT_QUESTION and (IS_URGENT.is_in(words) or CANNOT_WAIT.is_in(words))


def _asks_us(words: str) -> bool:
    """A short question back, such as what a word means."""
    return words.strip().endswith("?") and len(words.split()) <= SHORT_QUESTION
