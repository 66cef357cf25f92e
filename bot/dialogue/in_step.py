"""What the user says while a step is before them: it helped or not, it was tried, it is about something else."""

from collections.abc import Sequence

from bot.dialogue import asides, handover, steps
from bot.dialogue.gathering import tells_only_details
from bot.dialogue.reply import Reply
from bot.dialogue.unclear import MOST_UNCLEAR
from bot.understanding.intent_file import Option
from bot.understanding.text import plain, telling_words

MEANT = (0.55, 0.1)
"""How like an answer's own words, and how much more than the next one, what means that answer is."""
YES_OR_NO = ("yes", "no")


def in_step(reply: Reply) -> None:
    """Typed words while a step is before the user."""
    known, reading = reply.conversation, reply.reading
    acts = reading.heard.acts
    step = reply.intent().step(known.step or "")
    said = plain(reply.message.text).rstrip(".!")
    for option in step.options:
        if plain(option.label) == said:
            steps.choose_option(reply, option)
            return
    if (meant := _meant(reply, step.options)) is not None:
        steps.choose_option(reply, meant)
        return
    if asides.anger(reply):
        return
    elsewhere = reading.sure and reading.issue != known.issue and reading.decision in ("answer", "handoff")
    if elsewhere and ("correction" in acts or not {"no", "tried", "yes"} & set(acts)):
        _change_topic(reply)
    elif "cancel" in acts and not {"yes", "thanks"} & set(acts):
        steps.dropped(reply)
    elif _tells_of_another_step(reply):
        steps.note_tried(reply)
        steps.ask_again(reply, "noted_tried")
    elif "no" in acts or "tried" in acts or known.step in steps.tried_here(reply):
        outcome = "tried_before" if "no" not in acts else "did_not_help"
        reply.mark(step.id, outcome)
        steps.note_tried(reply)
        steps.choose_option(reply, steps.onward(step))
    elif "yes" in acts or "thanks" in acts or (reading.issue == "chat.thanks" and reading.sure):
        steps.solved(reply)
    elif reading.decision in ("decline", "smalltalk") and reading.sure:
        asides.decline_or_chat(reply)
        steps.ask_again(reply)
    else:
        _not_sure_about_step(reply)


def _tells_of_another_step(reply: Reply) -> bool:
    """The user says that they have done a step of this issue, and not the one before them."""
    own = steps.tried_here(reply)
    return bool(own) and reply.conversation.step not in own and "no" not in reply.reading.heard.acts


def _meant(reply: Reply, options: Sequence[Option]) -> Option | None:
    """The answer that was meant, when it says more than yes or no, and the user says it in other words."""
    if "yes" in reply.reading.heard.acts:
        return None
    telling = [option for option in options if telling_words(plain(option.label))]
    labels = [option.label for option in telling if plain(option.label) not in YES_OR_NO]
    found = reply.script.likeness.closest(reply.message.text, labels, *MEANT)
    return next(option for option in telling if option.label == labels[found]) if found is not None else None


def _change_topic(reply: Reply) -> None:
    steps.leave_step(reply)
    reply.know(step=None)
    if reply.conversation.issue and reply.reading.heard.acts and "correction" in reply.reading.heard.acts:
        reply.happened("corrected", was=reply.conversation.issue)
    reply.open_with("changed_topic")
    steps.start(reply, reply.reading.issue)


def _not_sure_about_step(reply: Reply) -> None:
    known = reply.conversation
    if tells_only_details(reply):
        steps.ask_again(reply, "noted_detail")
        return
    if known.unclear + 1 >= MOST_UNCLEAR:
        handover.begin(reply, "not_resolved_by_documentation")
        return
    reply.know(unclear=known.unclear + 1)
    steps.ask_again(reply, "did_it_help_or_person", person=True)
