"""A feeling is named once, before the answer of its turn: anger, shame, worry, hurry, a grave result that was read, and the wish for a
promise that nobody can keep."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.hearing import said_of_request, unspoken_language
from bot.dialogue.reply import Part, Reply
from bot.dialogue.small_talk import secrets_typed
from bot.understanding.intents.names import FRUSTRATION
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

ASHAMED, WANTS_PROMISE = PHRASES.phrases["ashamed"], PHRASES.phrases["wants_promise"]
SORRY_TO_BOTHER, WORRIED, HURRIES = (PHRASES.phrases[name] for name in ("sorry_to_bother", "worried", "hurries"))
HARD_NEWS = PHRASES.phrases["hard_news"]
POLITE = re.compile(
    r"[^\s.?!;:]+(?<!\band)(?<!\bso)(?<!\bbut)(?<!\bbecause),? (?:i'?m|i am) afraid[ .!]*$|"
    r"\b(?:i'?m|i am) afraid (?:not|so|that'?s|i (?:don'?t|can'?t|cannot|do not|didn'?t|have no|am not|must))\b"
)
"""`it went to the recycling, I'm afraid`: a manner of speaking."""
SHOUTED, MOST_SHOUTED, LOUD = re.compile(r"\b[A-Z][A-Z']+\b"), 4, re.compile(r"!{2,}|!\?|\?!")
"""Words in capitals, so many of which beside such signs are shouted."""
LIKE_ANGER = 0.55
"""How like words of another language must be to those of anger."""
TOLD_OF_ANGER = ("angry", "angry_again", "unanswered", "unanswered_none", "unanswered_clinic")


def name(reply: Reply) -> None:
    """Put the approved sentence before what is said, once; never before the numbers, nor where a person is answering."""
    said = reply.says or reply.then
    if not (reply.typed and said) or secrets_typed.speaks_of_danger(reply) or reply.conversation.state == "with_staff":
        return
    line = _line(reply)
    if line is None or line[1].id in reply.conversation.unsaid:
        return
    text, source = line
    said[0] = replace(said[0], text=f"{text}\n\n{said[0].text}", sources=(source, *said[0].sources))
    reply.know(unsaid=(*reply.conversation.unsaid, source.id))


def _line(reply: Reply) -> Part | None:
    """The sentence for what is felt; in another language for anger alone."""
    if unspoken_language.holds(reply):
        return reply.local("angry") if _is_angry_abroad(reply) else None
    name = next((name for name, is_felt in FELT.items() if is_felt(reply)), None)
    return reply.line(name) if name is not None and reply.conversation.in_english else None


def _is_angry_abroad(reply: Reply) -> bool:
    reading = reply.reading
    heard = "angry" in reading.signals or (reading.issue == FRUSTRATION and reading.sure)
    return heard or (reply.message.request is not None and said_of_request.does(reply, "frustration", LIKE_ANGER))


def is_only_anger_abroad(reply: Reply) -> bool:
    """`che schifo di servizio`, told of a request that people have, in another language, and no other matter."""
    if reply.message.request is None or not (unspoken_language.holds(reply) and reply.typed):
        return False
    whole = said_of_request.heard(reply)[0]
    other = reply.reading.sure and reply.reading.issue != FRUSTRATION and reply.intent(reply.reading.issue).is_grave
    return not other and whole.act == "frustration" and whole.chance >= LIKE_ANGER


def _is_angry(reply: Reply) -> bool:
    reading = reply.reading
    heard = "angry" in reading.signals or (reading.issue == FRUSTRATION and reading.sure) or _shouts(reply.message.text)
    told = reply.conversation.topic == FRUSTRATION or not set(TOLD_OF_ANGER).isdisjoint(reply.conversation.unsaid)
    return heard and not told


def _shouts(text: str) -> bool:
    """`YOU PEOPLE BILLED ME TWICE!!!!`; capitals alone may be how somebody types."""
    return len(SHOUTED.findall(text)) >= MOST_SHOUTED and LOUD.search(text) is not None


def _is_worried(reply: Reply) -> bool:
    return WORRIED.is_in(POLITE.sub(" ", plain(reply.message.text)))


FELT: dict[str, Callable[[Reply], bool]] = {
    "no_promise": lambda reply: WANTS_PROMISE.is_in(reply.message.text),
    "hard_news": lambda reply: HARD_NEWS.is_in(reply.message.text),
    "no_bother": lambda reply: SORRY_TO_BOTHER.is_in(reply.message.text),
    "ashamed": lambda reply: ASHAMED.is_in(reply.message.text),
    "angry": _is_angry,
    "worried": _is_worried,
    "hurried": lambda reply: HURRIES.is_in(reply.message.text),
}
"""The sentence for each feeling, and how it is heard."""
