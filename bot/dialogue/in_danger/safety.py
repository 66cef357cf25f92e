"""Danger that is only possible (decision O23): the numbers in one calm line, one question, no ticket and no page yet."""

from bot.dialogue.button_values import InDanger
from bot.dialogue.choosing import choice_rules
from bot.dialogue.conversation import Button
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import unspoken_language, wrong_prescription
from bot.dialogue.in_danger import (
    alarm,
    all_clear,
    clear_no,
    danger_kinds,
    last_things,
    of_a_thing,
    plain_no,
    prescribed_wrong,
    told_instead,
)
from bot.dialogue.reply import Part, Reply
from bot.understanding.intents.names import EMERGENCY, PERSON, THANKS, UNKNOWN, WRONG_INFORMATION
from bot.understanding.reading import DANGEROUS, LIKELY
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import is_afraid, worries, would_end_it
from handoff.events import SafetyChecked
from handoff.policy.names import EMERGENCY_TOLD, MEDICINE_TAKEN

MOST_PLANNED, PLANNED, MOST_ASKED, LIKELY_ALONE = 3, 0.1, 2, 0.6
"""So many issues are kept for a no, from which chance on; so often the question is put: then the numbers have been said; and from
which share on, of all that it may be but danger, one issue is kept alone."""
HARMLESS, YES, SURELY_YES, ALL_BUT_CERTAIN, ENOUGH_TO_TELL = 0.2, 0.5, 0.8, 0.9, 5
"""Under this chance of danger an answer speaks of none; how sure a yes must be beside such words where they are few, more and many;
words that tell something."""
SURE_OF_NO, SURELY_NO, LIKELY_NO = 0.6, 0.8, 0.4
"""From which chance on words mean that nobody is in danger; where a wrong medicine may have been taken; with no trace of any."""
NO_TRACE, A_TRACE, A_SENTENCE, A_YES, SURELY_UNCLEAR = 0.005, 0.05, 8, 0.8, 0.95
"""Under the first chance of danger so many words speak plainly of something else, not where they are so likely a yes, or so surely no
answer; from the second on words that may be a thank-you are doubted."""
UNANSWERED = "danger_unanswered"
"""What people are told of who was asked about danger and did not answer."""
ASKS, NO_LIFE_SIGN = PHRASES.phrases["asks"], PHRASES.phrases["no_life_sign"]
TAKEN_ABROAD = PHRASES.phrases["took_it_abroad"]
COMES = tuple(PHRASES.phrases[name] for name in ("help_is_there", "help_is_there_abroad", "gets_worse"))
"""What says by itself that somebody was in danger: help came, or it gets worse."""


def took_wrong_medicine(reply: Reply) -> bool:
    """Decision O12: a wrong prescription that was already taken is an emergency, in whatever language it is told."""
    reading, wrong = reply.reading, WRONG_INFORMATION
    abroad = unspoken_language.holds(reply)
    about = (reply.conversation.issue, reading.issue if reading.sure or abroad else None)
    told = {signal for issue, signal in reading.told if issue == wrong}
    heard = MEDICINE_TAKEN in (*reading.signals, *told) and not wrong_prescription.only_wrote(reply.message.text)
    taken = heard or (abroad and TAKEN_ABROAD.is_in(reply.message.text))
    told_of_it = wrong in about or prescribed_wrong.is_told(reply)
    return told_of_it and (taken or (not abroad and wrong_prescription.was_taken(reply)))


def ask(reply: Reply) -> None:
    """Name the numbers and ask whether somebody is in danger; what was read meanwhile is kept for a `No`."""
    known, plan = reply.conversation, _plan(reply)
    reply.know(
        state="checking",
        before=known.state if known.state != "checking" else known.before,
        checked=known.checked + 1 if known.state == "checking" else 1,
        plan=plan if known.state != "checking" else known.plan,
        words=known.words if reply.message.text in known.words[-1:] else (*known.words, reply.message.text),
    )
    reply.happened(SafetyChecked(plan[0] if plan else ""))
    reply.after_letters = EMERGENCY_TOLD in reply.new_signals
    reply.say(*_numbers(reply), buttons=_buttons(reply))


def leave_is_doubted(reply: Reply) -> bool:
    """Who lets it be, or thanks with the first words, with a trace of danger: `I'm done. Tell Dr Lee thanks for trying`."""
    ranked = reply.reading.ranked
    if ranked is None or ranked.danger < NO_TRACE or not reply.typed:
        return False
    likely = reply.reading.sure or (ranked.danger >= A_TRACE and len(reply.message.text.split()) > 1)
    first_thanks = reply.conversation.turn <= 1 and likely and reply.reading.issue == THANKS
    return first_thanks or choice_rules.wants_nothing(reply)


def _plan(reply: Reply) -> tuple[str, ...]:
    """What the words may be about besides danger: the one that is likely, or those between which it lies; a clinical question and a
    grave matter for people only where they are likely, because both are answered at once."""
    others = [c for c in reply.reading.candidates if c.issue != EMERGENCY]
    if is_afraid(reply.message.text):
        return (_team_for_fear(reply),)
    whole = sum(candidate.confidence for candidate in others)
    if others and others[0].confidence >= max(PLANNED, LIKELY_ALONE * whole):
        return (others[0].issue,)
    likely = [c.issue for c in others if c.confidence >= (PLANNED if _answers(reply, c.issue) else LIKELY * whole)]
    return tuple(likely[:MOST_PLANNED])


def _team_for_fear(reply: Reply) -> str:
    """Who is afraid of somebody gets people, of the team that the words speak for; never a menu."""
    grave = (c.issue for c in reply.reading.candidates if c.issue != EMERGENCY and reply.intent(c.issue).is_grave)
    return next(grave, PERSON)


def _answers(reply: Reply, issue: str) -> bool:
    return reply.intent(issue).route == "answer"


def _numbers(reply: Reply) -> tuple[Part, ...]:
    text = reply.message.text
    low = would_end_it(text) or last_things.NO_POINT.is_in(text)
    low = low or danger_kinds.kind_of((text,), reply.script.semantic_matcher) == "self_harm"
    return (reply.local("safety_check") or reply.line("safety_check_low" if low else "safety_check"),)


def _buttons(reply: Reply) -> tuple[Button, ...]:
    return (reply.local_button("danger_yes", InDanger(yes=True)), reply.local_button("danger_no", InDanger(yes=False)))


def pressed(reply: Reply, *, yes: bool) -> None:
    """`Yes, right now` or `No`."""
    if yes:
        alarm.call(reply)
    else:
        all_clear.go_on(reply)


def answered(reply: Reply) -> None:
    """What is said to the question: danger, none, or too little to tell, as a button of another question is; what is typed and unclear
    for a second time counts as danger, unless it plainly tells something else."""
    if isinstance(reply.message.presses, InDanger):
        pressed(reply, yes=reply.message.presses.yes)
    elif reply.message.pressed is not None:
        _ask_once_more(reply)
    elif _means_yes(reply):
        alarm.call(reply)
    elif plain_no.leaves_doubt(reply):
        _ask_once_more(reply, checked=1)
    elif not last_things.are_put_in_order(reply) and (_means_no(reply) or (_is_harmless(reply) and _turns_away(reply))):
        all_clear.go_on(reply)
    elif told_instead.is_told(reply):
        _hear_what_was_told(reply)
    elif reply.conversation.checked >= MOST_ASKED or clear_no.counts_as_danger(reply):
        alarm.call(reply)
    else:
        _ask_once_more(reply, checked=1)


def _ask_once_more(reply: Reply, *, checked: int = 0) -> None:
    """The question again, which counts where words were typed."""
    reply.know(checked=reply.conversation.checked + checked)
    reply.say(reply.local("safety_check_again") or reply.line("safety_check_again"), buttons=_buttons(reply))


def _hear_what_was_told(reply: Reply) -> None:
    """Asked once more; then people are told, once, and what was before the user goes on with the words."""
    if reply.conversation.checked < MOST_ASKED:
        _ask_once_more(reply, checked=1)
        return
    known, number = reply.conversation, reply.conversation.ticket
    numbers = (reply.local("numbers_stay", number=number) if number else reply.local("emergency")) or None
    reply.know(state=known.before, before="new", checked=0, plan=())
    if number is None and known.issue is None and len(known.plan) == 1:
        reply.know(issue=known.plan[0])
    _tell_unanswered(reply, numbers or reply.line("danger_unanswered"))


def tell_people(reply: Reply) -> None:
    """Asked about danger, and nothing was heard back: people are told, once; the question and its buttons stay before the user."""
    known = reply.conversation
    asked = {"state": "checking", "before": known.before, "checked": known.checked, "buttons": known.buttons}
    if known.ticket is None:
        asked["before"] = "with_support"
    _tell_unanswered(reply, reply.local("safety_check_again") or reply.line("danger_unanswered"))
    reply.know(**asked)


def _tell_unanswered(reply: Reply, numbers: Part) -> None:
    """That it could not be found out whether somebody is in danger is on the request, or begins one."""
    known, request = reply.conversation, reply.message.request
    reply.add_signals(UNANSWERED)
    if known.issue not in reply.script.catalog.intents:
        reply.know(issue=request.issue if request else UNKNOWN)
    reply.say(numbers)
    if known.ticket is None:
        reply.know(reason=UNANSWERED)
        handover.hand_over(reply)
    else:
        reply.for_ticket, reply.new_signals = True, (UNANSWERED,)


def _is_harmless(reply: Reply) -> bool:
    """The words by themselves speak of no danger."""
    ranked = reply.reading.ranked
    return ranked is not None and ranked.danger < HARMLESS and reply.reading.decision not in DANGEROUS


def _means_yes(reply: Reply) -> bool:
    """A yes, the surer the more is told beside it; or a further sign of danger: despair also behind a no (`No, I can't go on`)."""
    meant, text = reply.meant, reply.message.text
    if plain_no.is_said(reply) or of_a_thing.is_told(reply):
        return False
    if (soft := plain_no.soft_answer(reply)) is not None and not _is_certain(reply):
        return soft == "yes" or (soft == "unclear" and reply.reading.decision == "emergency")
    if reply.reading.decision in DANGEROUS and (meant.act != "no" or worries(text)):
        return True
    if any(one.is_in(text) for one in COMES) and bare_beginning(text) != "not_helped":
        return True
    if clear_no.goes_on(reply):
        return True
    few = _are_few(reply)
    denies = meant.act == "no" and meant.chance >= SURELY_NO
    if few and bare_beginning(text) == "helped" and not denies:
        return True
    many = len(reply.reading.text.split()) >= A_SENTENCE
    sure = YES if few else ALL_BUT_CERTAIN if many else SURELY_YES
    return meant.act == "yes" and not (_is_harmless(reply) and meant.chance < sure)


def _is_certain(reply: Reply) -> bool:
    """Danger beyond doubt by the words themselves."""
    return bool(reply.reading.heard.rules) or worries(reply.message.text)


def _means_no(reply: Reply) -> bool:
    """A no, surely enough; who does not wake, breathe or answer is none."""
    if NO_LIFE_SIGN.is_in(reply.message.text):
        return False
    if not plain_no.is_said(reply) and plain_no.soft_answer(reply) is not None:
        return False
    if plain_no.is_said(reply) or clear_no.is_asked(reply):
        return plain_no.is_said(reply) or clear_no.is_said(reply)
    taken = reply.conversation.issue == WRONG_INFORMATION and reply.conversation.ticket is not None
    ranked = reply.reading.ranked
    likely = SURELY_NO if taken else LIKELY_NO if ranked is not None and ranked.danger < NO_TRACE else SURE_OF_NO
    return reply.meant.act == "no" and reply.meant.chance >= likely


def _are_few(reply: Reply) -> bool:
    """So few words tell nothing else."""
    return len(reply.message.text.split()) < ENOUGH_TO_TELL


def _turns_away(reply: Reply) -> bool:
    """Surely of another matter, of a thing, or a whole sentence without a trace of danger; a soft answer is neither."""
    if plain_no.soft_answer(reply) is not None or NO_LIFE_SIGN.is_in(reply.message.text):
        return False
    if of_a_thing.is_told(reply):
        return True
    return all_clear.is_of_something_else(reply) or (_has_no_trace(reply) and not clear_no.is_asked(reply))


def _has_no_trace(reply: Reply) -> bool:
    """Words that tell something with no trace of danger, no yes in them, and no question back (`what happens if I say yes`)."""
    ranked, meant, text = reply.reading.ranked, reply.meant, reply.message.text
    yes = meant.act == "yes" and meant.chance >= A_YES
    surely_unclear = meant.act == "unclear" and meant.chance >= SURELY_UNCLEAR
    asks_back = ASKS.is_in(text) or text.strip().endswith(QUESTION_MARKS)
    no_trace = ranked is not None and ranked.danger < NO_TRACE and not _are_few(reply)
    return no_trace and not (yes or surely_unclear or asks_back)


def asks_what_was_taken(reply: Reply) -> bool:
    """A wrong medicine was told in another language: nothing asks there whether it was taken (decision O12)."""
    return reply.request is not None and reply.request.issue == WRONG_INFORMATION
