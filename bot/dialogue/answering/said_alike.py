"""A reply that the files themselves hold, nearly word for word: it presses its button, or tells that the step was done, whatever else
it looks like (`they come by text`, `the clock is automatic`), or that what the step names is not there."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.text.cuts import CLAUSES_APART
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import GRAVE_FACTS

SEES_NONE, NAMED = PHRASES.phrases["sees_none"], re.compile(r"\*\*([^*]+)\*\*")
TELLS_NOTHING = ("unclear", "details")
"""What such a reply looks like that says neither yes nor no."""
ALIKE, TELLS = 0.85, 4
"""How like a sentence of the file's own it must be; and so many words of a last clause say by themselves what is seen."""


def button(reply: Reply) -> str | None:
    """The special button with a saying that all the words, or the last clause, are all but the same as; never one that says something
    grave, nor one that calls for help."""
    if reply.meant.act not in TELLS_NOTHING or not reply.typed:
        return None
    *before, last = [one for one in CLAUSES_APART.split(reply.message.text) if one.strip()] or [""]
    whole = alike(reply, reply.message.text)
    return whole if whole is not None or not before or len(last.split()) < TELLS else alike(reply, last)


def after_no(reply: Reply) -> str | None:
    """The same of what follows a no: `no it's greyed`, whichever of the buttons that begin with a no it looks like."""
    rest = plain(reply.message.text).partition(" ")[2].strip(" ,.!")
    if not reply.typed or not rest or bare_beginning(reply.message.text) != "not_helped":
        return None
    return alike(reply, rest)


def alike(reply: Reply, text: str, at_least: float = ALIKE) -> str | None:
    """The special button of the step with a saying that is all but these words; none that is grave."""
    step, replies = reply.intent().step(reply.conversation.step or ""), reply.script.replies
    likest = replies.likest_saying(text, step)
    if likest is None or likest[1] < max(at_least, replies.likeness_to_tried(text, step)):
        return None
    option = next(one for one in step.options if one.label == likest[0])
    grave = option.signal in GRAVE_FACTS or option.go == "emergency" or option.go.startswith("escalate.")
    return None if grave else option.label


def tells_it_was_done(reply: Reply) -> bool:
    """That this very step was done or is so already, and nothing of what came of it: `the time zone is right`."""
    if reply.meant.act not in TELLS_NOTHING or not reply.typed:
        return False
    step = reply.intent().step(reply.conversation.step or "")
    return reply.script.replies.likeness_to_tried(reply.message.text, step) >= ALIKE


def tells_it_is_not_there(reply: Reply) -> bool:
    """`i dont see reschedule anywhere`: a button or a page that the step names, in words that are read as nothing else."""
    if reply.meant.act not in TELLS_NOTHING or not reply.typed or not SEES_NONE.is_in(reply.message.text):
        return False
    step, said = reply.intent().step(reply.conversation.step or ""), plain(reply.message.text)
    return any(re.search(rf"\b{re.escape(plain(name))}\b", said) for name in NAMED.findall(step.say))
