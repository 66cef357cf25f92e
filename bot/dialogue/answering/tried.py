"""Steps that somebody says they did already, by meaning."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

DONE_TOO, NOT_DONE = 0.7, re.compile(r"\b(?:have|has|had|did|do|can|could)(?:n'?t| not)\b")
"""How like the words must be to a sentence by which the next step is said to be done, and what says that it was not."""
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
    step = next((one for one in reply.intent().steps if one.id == place), None)
    if step is None or not reply.typed or NOT_DONE.search(plain(reply.message.text)):
        return
    if reply.script.replies.likeness_to_tried(reply.message.text, step) >= DONE_TOO:
        reply.mark(step.id, "tried_before")
