"""What else was told: offered once the first matter is solved or with people, and begun beside an open request."""

from bot.dialogue.answering import steps
from bot.dialogue.button_values import NotAlso, TakeUp
from bot.dialogue.conversation import State
from bot.dialogue.reply import Reply
from bot.understanding.reading import NO_HELP
from bot.understanding.replying.bare import bare_beginning, is_bare
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import EMERGENCY_TOLD

GOES_BACK = PHRASES.phrases["names_again"]
"""`ok now the sharing`: what was offered is taken up."""
FEW, SURE = 6, 0.6
"""A yes or no to a question of ours has so many words at most, and is so likely at least."""
SURELY_NONE = 0.9
"""From which chance on words are no answer to it: the matter before is not well after all (`still can't find it`)."""


def after_request(reply: Reply, before: State) -> None:
    """Once people have the first matter and nothing is asked any more, the next one that has steps is offered (decision O22); never
    in an emergency."""
    known = reply.conversation
    if known.state != "with_support" or before == "with_support" or known.reason == EMERGENCY_TOLD:
        return
    if known.buttons or not known.in_english:
        return
    steps.next_issue(reply)


def answers_next(reply: Reply) -> bool:
    """A yes or no was typed to the question whether people shall look at what else was mentioned."""
    if not reply.conversation.offers(NotAlso()) or not reply.typed:
        return False
    if _goes_back(reply):
        return True
    meant, text = reply.script.replies.to_question(reply.message.text, "safety"), reply.message.text
    ending = reply.script.replies.to_ending(text)
    if not is_bare(text) and ending.act in NO_HELP and ending.chance >= SURELY_NONE:
        return False
    return len(reply.message.text.split()) <= FEW and meant.act in ("yes", "no") and meant.chance >= SURE


def _goes_back(reply: Reply) -> bool:
    """Named again; not behind a no (`no, and my bill can wait`)."""
    return GOES_BACK.is_in(reply.message.text) and bare_beginning(reply.message.text) != "not_helped"


def take_next(reply: Reply) -> None:
    """People get it, or it is left; who waits says no yes."""
    meant, ending = (
        reply.script.replies.to_question(reply.message.text, "safety"),
        reply.script.replies.to_ending(reply.message.text),
    )
    waits = ending.act == "later" and ending.chance >= SURELY_NONE
    named = next((one.does for one in reply.conversation.buttons if isinstance(one.does, TakeUp)), None)
    words = tuple(told for told in reply.conversation.words if told != reply.message.text)
    yes = meant.act == "yes" or _goes_back(reply)
    if yes and named is not None and not waits:
        reply.know(words=words)
        take_up(reply, named.issue)
    else:
        leave_next(reply)


def take_up(reply: Reply, issue: str) -> None:
    """An offered issue begins; where a request is open, beside it."""
    known = reply.conversation
    if known.ticket is not None and known.beside is None:
        set_beside(reply)
    steps.start(reply, issue)


def leave_next(reply: Reply) -> None:
    """What else was mentioned is not for us."""
    reply.say(reply.line("solved_quiet"))
    steps.next_issue(reply)


def set_beside(reply: Reply, *, seen_there: bool = False) -> None:
    """What is begun next stands beside the open request: nothing that made that one urgent belongs to it."""
    reading, number = reply.reading, reply.conversation.ticket
    reply.for_ticket = seen_there
    reply.new_signals = reply.new_signals if seen_there else ()
    told = tuple(words for words in reply.conversation.words if not is_bare(words))[-1:]
    reply.know(beside=number, issue=None, step=None, asking=None, gathered=(), reason=None, signals=reading.signals)
    reply.know(words=told, so_far=told)
