"""Steps that somebody says they did already, by meaning."""

from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

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
