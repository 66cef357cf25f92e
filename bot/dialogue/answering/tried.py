"""Steps that somebody says they did already, by meaning."""

import re
from collections.abc import Iterator, Mapping

from bot.dialogue.hearing import unspoken_language
from bot.dialogue.hearing.language_wish import is_asked_besides
from bot.dialogue.reply import Reply
from bot.understanding.replying.parted import parted
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import StepOutcome
from handoff.ticket import Tried

DONE_TOO, NOT_DONE = 0.7, re.compile(r"\b(?:have|has|had|did|do|can|could)(?:n'?t| not)\b")
"""How like the words must be to a sentence by which the next step is said to be done, and what says that it was not."""
TELLS_A_TRY, CLAUSE = PHRASES.phrases["tells_a_try"], re.compile(r"[,.;!]+\s+|\s+(?=(?:and|but|so) )")
TOLD: Mapping[str, StepOutcome] = {
    "not_helped": "did_not_help",
    "cannot": "not_possible",
    "did_before": "tried_before",
}
"""What came of a step, by what a reply to it does."""
SURE = 0.6
"""From which chance on words that leave a step tell of it."""
NOT_DONE_ABROAD = PHRASES.phrases["not_done_abroad"]
ONLY_A_THING = PHRASES.phrases["only_a_thing"]
"""`the update`: what is only named was not done."""


def note(reply: Reply) -> tuple[str, ...]:
    """Mark the steps that the message says were done already: the present issue's, else the first that it names.
    Returns those of the present issue."""
    own = here(reply)
    for step in own:
        reply.mark(step, "tried_before")
    for about, _, step in (done.partition("/") for done in reply.reading.tried):
        if about in (*reply.conversation.also, *reply.reading.also):
            reply.mark_of(about, step, "tried_before")
    return own


def outcome_told(reply: Reply) -> StepOutcome:
    """What came of the step before the user, told with what leads away from it: `that didn't help, get me a person`."""
    known, replies = reply.conversation, reply.script.replies
    intent = reply.script.catalog.intents.get(known.issue or "")
    step = intent.find_step(known.step) if intent else None
    if intent is None or step is None or not reply.typed or is_asked_besides(reply.message.text):
        return "no_answer"
    told = parted(reply.message.text, lambda one: replies.to_step(one, intent, step), replies.to_ending)
    if told is not None and told.result.act == "helped" and told.rest_meant.act not in TOLD:
        return "helped"
    clauses = (one for one in CLAUSE.split(reply.message.text) if one.strip())
    read = (replies.to_step(one, intent, step) for one in clauses)
    surely = (TOLD[one.act] for one in read if one.act in TOLD and one.chance >= SURE)
    return next(surely, "no_answer")


def left_open(reply: Reply) -> Iterator[Tried]:
    """Steps that were shown, and of which nobody told what came of them."""
    told = {f"{one.issue}/{one.step}" for one in reply.conversation.tried}
    for place in dict.fromkeys(reply.conversation.offered):
        issue, _, step = place.partition("/")
        if place not in told:
            yield Tried(issue, step, step.replace("_", " ").capitalize(), "no_answer", reply.now, "user")


def keep_told(reply: Reply) -> None:
    """Steps that are told as done while people are asked for, or have it, stand on the request too; in another language those alone
    that strangers' words for them say."""
    known = reply.conversation
    with_people = known.state == "gathering" or known.ticket is not None
    tells = TELLS_A_TRY.is_in(reply.message.text) or are_told_abroad(reply)
    if with_people and known.step is None and reply.typed and tells:
        note(reply)


def are_told_abroad(reply: Reply) -> bool:
    """A step is told as done in a language that the assistant only reads."""
    done = bool(reply.reading.tried) and unspoken_language.holds(reply)
    return done and not NOT_DONE_ABROAD.is_in(reply.message.text)


def are_told(reply: Reply) -> bool:
    """A step was told in this turn."""
    return any(one.at == reply.now for one in reply.conversation.tried)


def here(reply: Reply) -> tuple[str, ...]:
    """Steps of the present issue that the words say were done, by meaning."""
    issue, known = reply.conversation.issue, reply.script.phrase_matcher
    if ONLY_A_THING.is_in(reply.message.text):
        return ()
    said = [
        *reply.reading.tried,
        *(known.steps(known.heard(reply.message.text), [issue]) if issue and reply.typed else ()),
    ]
    told = (done.partition("/") for done in said)
    return tuple(dict.fromkeys(step for about, _, step in told if about == issue))


def note_next(reply: Reply, place: str) -> None:
    """The step that would come next, where the words that tell of this one say that it was done too: `i check in junk also nothing`."""
    step = reply.intent().find_step(place)
    if step is None or not reply.typed or NOT_DONE.search(plain(reply.message.text)):
        return
    if reply.script.replies.likeness_to_tried(reply.message.text, step) >= DONE_TOO:
        reply.mark(step.id, "tried_before")
