"""Whether a result that is told is of the matter that is looked at: nothing is solved by a yes to something else."""

from bot.dialogue import handover, steps
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

BEGINS_WITH_YES = PHRASES.phrases["begins_with_yes"]
TELLS_MORE, SURELY_NO_RESULT = 3, 0.8
"""So many words after a yes tell something of their own, and from which chance on that is no result; what a button says is none."""
NO_RESULT = ("later", "details", "issue", "question", "person", "not_helped", "cannot")
LIKELY, FAR_LIKELIER = 0.05, 3.0
"""How likely another matter that was named must be by the words that tell a result, and how many times likelier than this one."""


def is_of_something_else(reply: Reply) -> bool:
    """`yes it is going on right now`: what follows the yes tells, by itself, anything but a result."""
    known, said = reply.conversation, plain(reply.message.text)
    rest = BEGINS_WITH_YES.expression.sub("", said)
    if reply.meant.act != "helped" or rest == said or len(rest.split()) < TELLS_MORE:
        return False
    intent = reply.intent()
    told = reply.script.replies.to_step(rest, intent, intent.step(known.step or ""))
    return told.act == "button" or (told.act in NO_RESULT and told.chance >= SURELY_NO_RESULT)


def ask_again(reply: Reply) -> None:
    """What was told is noted, and the step's own question stays; then with a person beside it."""
    steps.ask_again(reply, reply.first_unsaid("noted_detail", "did_it_help_or_person"), person=True)


def of_another_named(reply: Reply) -> str | None:
    """The other matter that was named too, where the words that tell a result speak of that one: `I'm in now`, while a visit is to be
    cancelled."""
    known = reply.conversation
    chance = {one.issue: one.confidence for one in reply.reading.candidates}
    here = chance.get(known.issue or "", 0.0)
    others = [issue for issue in known.also if issue not in (*known.solved, known.issue)]
    best = max(others, key=lambda issue: chance.get(issue, 0.0), default=None)
    likely = chance.get(best or "", 0.0)
    return best if likely >= LIKELY and likely >= FAR_LIKELIER * here else None


def other_works(reply: Reply) -> bool:
    """A result is told, and it is the other matter's."""
    return reply.meant.act in ("helped", "solved") and of_another_named(reply) is not None


def leave_other_out(reply: Reply) -> None:
    """The other matter needs nothing more; the one that is looked at stays before the user."""
    known, other = reply.conversation, of_another_named(reply)
    if other is None:
        return
    reply.know(also=tuple(one for one in known.also if one != other), solved=(other, *known.solved))
    reply.open_with("other_works", title=reply.script.catalog.title(other))
    if known.state == "gathering":
        handover.ask_next(reply)
    else:
        steps.ask_again(reply)
