"""A reply of several clauses, one of which tells what does not work: `name is greyed out. phone worked` is not solved by the other."""

import re

from bot.dialogue.answering import said_alike, steps
from bot.dialogue.hearing.contrast import contrast_in
from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Option, Step
from bot.understanding.reading import Meant
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

CLAUSES, SHORTEST = re.compile(r"[,.;!\n]+\s+|\s+but\s+"), 3
"""Where a reply is cut, and how many words tell a result of their own."""
IS_SO, NOW = PHRASES.phrases["is_so_at_present"], PHRASES.phrases["works_now"]
NOT_THIS_ONE = PHRASES.phrases["not_this_one"]
FAILS, SURELY = ("button", "not_helped", "cannot"), 0.9
"""What a clause does that does not work, and from which chance on."""
DENIES, NAMES = "not_helped", "details"
SAYS_NOTHING, PARTLY_ALIKE = ("unclear", "details", "issue", "later"), 0.6
"""What a reply looks like of which one clause may press a button, and how like that clause must be to what is said who means it."""


def is_told(reply: Reply) -> bool:
    """All of it would be a result, and one clause is none, and is so at present."""
    return reply.meant.act == "helped" and reply.typed and _option(reply) is not None


def take(reply: Reply) -> None:
    """What does not work decides: the button that it means, or where `it did not help` leads."""
    option = _option(reply)
    if option is not None:
        reply.mark(reply.conversation.step or "", "did_not_help")
        steps.choose_option(reply, option, "did_not_help")


def _option(reply: Reply) -> Option | None:
    step, said = reply.intent().step(reply.conversation.step or ""), plain(reply.message.text)
    clauses = [one.strip() for one in CLAUSES.split(said) if one.strip()]
    if len(clauses) < 2:
        return None
    if _is_another(clauses, [_read(reply, one, step) for one in clauses[:2]]):
        return step.onward
    if contrast_in(said) is not None:
        return None  # `i meant the tablet, the phone is fine` puts a fact right
    for place, clause in enumerate(clauses):
        later = any(NOW.is_in(one) for one in clauses[place + 1 :])
        if later or len(clause.split()) < SHORTEST or not IS_SO.is_in(clause):
            continue
        meant = _read(reply, clause, step)
        if meant.act in FAILS and meant.chance >= SURELY:
            return next((one for one in step.options if one.label == meant.button), step.onward)
    return None


def _read(reply: Reply, clause: str, step: Step) -> Meant:
    return reply.script.replies.to_step(clause, reply.intent(), step)


def _is_another(clauses: list[str], read: list[Meant]) -> bool:
    """`not that one, the new address`: what there is, is not what is meant, and that is named."""
    first, second = read
    denied = NOT_THIS_ONE.is_in(clauses[0]) and first.act == DENIES and first.chance >= SURELY
    return denied and second.act == NAMES and second.chance >= SURELY


def pressed_by_clause(reply: Reply) -> str | None:
    """The special button that one clause surely means, and is like what others said who meant it, where the whole says nothing of the
    step: `im in LA now. but visit is today lol`."""
    if reply.meant.act not in SAYS_NOTHING or not reply.typed:
        return None
    step = reply.intent().step(reply.conversation.step or "")
    clauses = [one.strip() for one in CLAUSES.split(plain(reply.message.text)) if len(one.split()) >= SHORTEST]
    read = [(one, _read(reply, one, step)) for one in clauses if len(clauses) > 1]
    meant = {told.button for one, told in read if told.act == "button" and told.chance >= SURELY}
    pressed = [label for one, _ in read if (label := said_alike.alike(reply, one, PARTLY_ALIKE)) in meant]
    return pressed[0] if len(meant) == 1 and pressed else None


def says_button(reply: Reply) -> str | None:
    """The special button that one clause says all but word for word, beside a no: `pressed it. it says sent to my old address`."""
    if reply.meant.act != "not_helped" or not reply.typed:
        return None
    clauses = [one.strip() for one in CLAUSES.split(plain(reply.message.text)) if len(one.split()) >= SHORTEST]
    found = (said_alike.alike(reply, one) for one in clauses if len(clauses) > 1)
    return next((one for one in found if one is not None), None)
