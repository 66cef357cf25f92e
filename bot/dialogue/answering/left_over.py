"""What was before the user has left our files in the midst of it: nothing is said twice, and nobody is left with an error."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover
from bot.dialogue.in_danger import alarm
from bot.dialogue.reply import Reply
from bot.understanding.reading import NO_HELP, OPENS_MATTER
from handoff.policy.names import NOT_RESOLVED_BY_DOCUMENTATION, StepOutcome

SURELY = 0.8
"""From which chance on words tell by themselves that it is well now, or that it did not help."""


def is_before(reply: Reply) -> bool:
    """A step was before the user, and is not in our files any more."""
    return reply.conversation.state == "answering" and reply.conversation.step is None


def go_on(reply: Reply) -> None:
    """What was said to it: it is well, another issue, or on with the next step that was not said yet."""
    reading, told = reply.reading, reply.script.replies.to_ending(reply.message.text)
    if told.act == "helped" and told.chance >= SURELY:
        pressed(reply, "solved")
    elif reading.sure and reading.decision in OPENS_MATTER and reading.issue != reply.conversation.issue:
        _mark(reply, "no_answer")
        reply.open_with("changed_topic" if reply.conversation.issue else "understood_anew")
        steps.start(reply, reading.issue)
    else:
        _mark(reply, "did_not_help" if told.act in NO_HELP and told.chance >= SURELY else "no_answer")
        _next(reply)


def pressed(reply: Reply, go: str) -> None:
    """A button that is gone does what it did when it was shown, where that can still be done."""
    known, intents = reply.conversation, reply.script.catalog.intents
    intent = intents.get(known.issue or "")
    _mark(reply, "helped" if go == "solved" else "did_not_help" if go and go != "emergency" else "no_answer")
    reply.know(step=None)
    if go == "solved":
        reply.know(issue=known.issue or known.gone.partition("/")[0])
        steps.solved(reply)
    elif go == "emergency":
        alarm.call(reply)
    elif go == "handoff":
        handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION)
    elif go in intents:
        steps.start(reply, go)
    elif intent is not None and go in {step.id for step in intent.steps}:
        steps.go_to(reply, go, [reply.line("not_helped")])
    else:
        _next(reply)


def offer_people(reply: Reply) -> None:
    """Nothing of ours is left for it: people, or it is told anew."""
    reply.know(state="waiting", step=None, asking=None, choices=(), unclear=0)
    reply.say(reply.local("ask_issue") or reply.line("help_gone"), buttons=(reply.person_button(),))


def _mark(reply: Reply, outcome: StepOutcome) -> None:
    """What came of the step, by the name that it had."""
    known = reply.conversation
    issue, _, step = f"{known.issue}/{known.step}".partition("/") if known.step else known.gone.partition("/")
    if step:
        reply.mark_of(issue, step, outcome)


def _next(reply: Reply) -> None:
    """The next step of the issue that was not said yet; people where its last one was; people are offered where it is gone."""
    intent = reply.script.catalog.intents.get(reply.conversation.issue or "")
    if intent is None:
        offer_people(reply)
    elif intent.route == "answer" and intent.steps:
        steps.go_to(reply, intent.steps[0].id, [reply.line("steps_changed")])
    else:
        steps.start(reply, intent.id)
