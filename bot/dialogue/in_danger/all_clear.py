"""Nobody is in danger: what was before the user comes back, or what was read of their words begins."""

from collections.abc import Callable

from bot.dialogue.answering import steps
from bot.dialogue.answering.step_rules import in_step
from bot.dialogue.choosing import choice_rules
from bot.dialogue.gathering.question_rules import in_gathering
from bot.dialogue.handing_over import handover, in_another_language
from bot.dialogue.hearing import grief, unspoken_language
from bot.dialogue.in_danger import before_check
from bot.dialogue.reply import Reply
from bot.dialogue.small_talk import asides, loss
from bot.dialogue.with_support import taken, wanted_for
from bot.understanding.intents.names import EMERGENCY, MEDICAL
from bot.understanding.reading import OPENS_MATTER
from handoff.policy.names import EMERGENCY_TOLD

RESULTS = ("helped", "not_helped", "cannot", "did_before", "button", "solved")
A_SENTENCE, SURELY, ENOUGH_TO_TELL = 8, 0.8, 5
"""So many words may answer what was before the user too, and how surely; and so many tell another matter."""


def go_on(reply: Reply) -> None:
    """Nobody is in danger: what was before the user comes back, or what was read of their words begins."""
    known = reply.conversation
    calm = tuple(signal for signal in known.signals if signal != EMERGENCY_TOLD)
    reply.know(state=known.before, before="new", checked=0, plan=(), signals=calm)
    reply.new_signals = tuple(signal for signal in reply.new_signals if signal != EMERGENCY_TOLD)
    reply.open_with_local("safety_no")
    if _was_clinical(reply, known.plan) and known.ticket is None:
        _decline(reply)
    elif known.before == "answering" and known.step:
        _come_back(reply, in_step, before_check.go_on)
    elif known.before == "gathering":
        _come_back(reply, in_gathering, handover.ask_next)
    elif known.ticket is not None and taken.says_only_that_it_cannot_wait(reply):
        taken.mark(reply)
    elif known.ticket is not None:
        wanted_for.keep_after_check(reply)
        reply.say(reply.added())
    elif grief.is_told_of(reply) and known.in_english:
        loss.after_danger(reply)
    elif unspoken_language.holds(reply):
        _go_on_in_own_language(reply, known.plan)
    elif _tells_another(reply):
        steps.start(reply, reply.reading.issue)
    elif not known.plan:
        choice_rules.say_more(reply)
    else:
        _begin_planned(reply, known.plan)


def _go_on_in_own_language(reply: Reply, plan: tuple[str, ...]) -> None:
    """People, with what was told now or before, in the short texts of the language; never our steps in English."""
    if _tells_another(reply):
        in_another_language.answer(reply)
    else:
        in_another_language.take_over(reply, plan)


def _was_clinical(reply: Reply, plan: tuple[str, ...]) -> bool:
    """A clinical question by the words that were asked about, or by those of the answer."""
    reading, known = reply.reading, reply.conversation
    now = reply.typed and reading.sure and reading.issue == MEDICAL
    amid = known.state == "answering" and not before_check.asked_something(reply)
    return now or (plan[:1] == (MEDICAL,) and not amid)


def _decline(reply: Reply) -> None:
    """The clinical question is not answered, and what was before the user comes back."""
    known = reply.conversation
    asides.decline_clinical(reply)
    if known.state == "answering" and known.step:
        steps.ask_again(reply)
    elif known.state == "gathering":
        handover.ask_next(reply)


def _come_back(reply: Reply, to: Callable[[Reply], None], ask: Callable[[Reply], None]) -> None:
    """To the question that was before the user: with the words, where they answer it too (`she's well. She HAD pressed the old one,
    the new one opens`)."""
    reply.mean_anew()
    told = reply.typed and len(reply.message.text.split()) >= A_SENTENCE
    if told and reply.meant.act in RESULTS and reply.meant.chance >= SURELY:
        to(reply)
    else:
        ask(reply)


def _tells_another(reply: Reply) -> bool:
    """`No, I'm grand, but you have charged me twice`: what is meant was told with the answer."""
    return reply.typed and is_of_something_else(reply)


def _begin_planned(reply: Reply, plan: tuple[str, ...]) -> None:
    """The issue that was read, where it is one; else which of these it is."""
    if len(plan) == 1 and reply.intent(plan[0]).tier is not None:
        steps.start(reply, plan[0])
    elif any(reply.intent(issue).tier for issue in plan):
        choice_rules.offer(reply, plan)
    else:
        choice_rules.say_more(reply)


def is_of_something_else(reply: Reply) -> bool:
    """Surely an issue of ours, told in a sentence, by somebody who was just asked whether anybody is in danger."""
    reading = reply.reading
    told = len(reading.text.split()) >= ENOUGH_TO_TELL
    return told and reading.sure and reading.decision in OPENS_MATTER and reading.issue != EMERGENCY
