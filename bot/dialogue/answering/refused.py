"""While a step is before the user, something is refused: this step, another of its steps, or another matter. It is no goodbye."""

from bot.dialogue.answering import steps
from bot.dialogue.hearing.objection import LETS_BE, Objection, objection_in, refusal_in
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import FORGOT_PASSWORD
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import telling_words

REFUSES_WAY = PHRASES.phrases["refuses_way"]
RESULTS = ("helped", "button", "did_before")
"""What the other words may do to the step all the same: `don't cancel it, I'd rather move it`."""


def is_all_of_it(reply: Reply) -> bool:
    """`I don't want to cancel it after all`, and nothing else: the matter itself is let be."""
    found = refusal_in(reply.message.text) if reply.typed else None
    return (
        found is not None and found.is_of(reply.intent()) and not telling_words(LETS_BE.expression.sub(" ", found.left))
    )


def is_this_step(reply: Reply) -> bool:
    """`I am not reinstalling it`, to just that."""
    found = _objection(reply)
    return found is not None and reply.conversation.step in _refused_steps(reply, found)


def is_another(reply: Reply) -> bool:
    """`no, I don't want a new password`, where another step is before them."""
    found = _objection(reply)
    return found is not None and bool(_refused_steps(reply, found) or _refused_issues(reply, found))


def note(reply: Reply) -> None:
    """The refused steps are passed over and the refused matters never begun; the question stays."""
    found = _objection(reply)
    if found is None:
        return
    for step in _refused_steps(reply, found):
        reply.mark(step, "not_possible")
    reply.know(refused=tuple(dict.fromkeys([*reply.conversation.refused, *_refused_issues(reply, found)])))
    steps.ask_again(reply, reply.first_unsaid("noted_detail", "did_it_help_or_person"), person=True)


def _objection(reply: Reply) -> Objection | None:
    found = objection_in(reply.message.text) if reply.typed else None
    intent = reply.intent()
    if found is None or found.is_of(intent) or _is_of_its_way(reply):
        return None
    if not telling_words(found.left):
        return found
    meant = reply.script.replies.to_step(found.left, intent, intent.step(reply.conversation.step or ""))
    return None if meant.act in RESULTS else found


def _is_of_its_way(reply: Reply) -> bool:
    """`i am not resetting it again`, where all steps serve a deed that is refused: another way is looked for."""
    return reply.conversation.issue == FORGOT_PASSWORD and REFUSES_WAY.is_in(reply.message.text)


def _refused_steps(reply: Reply, found: Objection) -> list[str]:
    """The steps of this issue that are refused."""
    intents = reply.script.catalog.intents.values()
    return [step.id for step in reply.intent().steps if found.is_of_step(step, intents)]


def _refused_issues(reply: Reply, found: Objection) -> list[str]:
    """The other issues with steps that are refused."""
    known, intents = reply.conversation, reply.script.catalog.intents.values()
    return [one.id for one in intents if one.id != known.issue and one.route == "answer" and found.is_of(one)]
