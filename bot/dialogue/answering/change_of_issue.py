"""The issue changes in the midst of a step or a question: by what all that was said is about, or because somebody changes their
mind: `forget it, actually my prescription is missing`."""

from bot.dialogue.answering import steps
from bot.dialogue.choosing import choice_rules
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import matter, urgency, vague
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import next_matter
from bot.understanding.intents.intent_file import Option
from bot.understanding.intents.names import CANCEL_VISIT, FORGOT_PASSWORD, OF_VISITS
from bot.understanding.reading import Candidate
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from bot.understanding.text.spelling import as_read
from handoff.policy.names import ASKED_FOR_PERSON, CRITICAL_FACTS, NOT_UNDERSTOOD

CHANGES_MIND, MEANS_THE, LETS_BE = (PHRASES.phrases[name] for name in ("changes_mind", "means_the", "lets_matter_be"))
CANCELS = PHRASES.phrases["cancels"]
MEANT, SURELY_OTHER = PHRASES.phrases["says_what_was_meant"], 0.85
"""What somebody meant; and from which chance on words are of another area, whatever they name."""
NOT_FORGOTTEN = PHRASES.phrases["not_forgotten"]
REFUSES_WAY, HINTED = PHRASES.phrases["refuses_way"], 0.05
"""That one way is refused, and how likely another matter must be to be offered in its place."""
LIKELY, SURE_TO_STOP = 0.25, 0.9
"""How likely the other issue must be, by the words themselves; and from which chance on the words only let it be."""


def turns_away(reply: Reply) -> bool:
    """The words say so, and name something else; never once people have the request."""
    if not reply.typed or reply.conversation.ticket is not None:
        return False
    if not CHANGES_MIND.is_in(reply.message.text):
        return _means_other_area(reply)
    return _area(reply) is not None or _other(reply) is not None


def _means_other_area(reply: Reply) -> bool:
    """`no, the prescription!`, where a visit is looked at."""
    area, issue = _area(reply), reply.conversation.issue or ""
    return MEANS_THE.is_in(reply.message.text) and area is not None and not issue.startswith(f"{area}.")


def turn(reply: Reply) -> None:
    """The other issue begins; or which one it is, where only its area was named."""
    other, area = _other(reply), _area(reply)
    steps.leave_step(reply)
    reply.know(step=None, reason=None, asking=None, asked=())
    reply.open_with("changed_topic")
    if area is not None:
        choice_rules.in_area(reply, area)
    elif other is not None:
        steps.start(reply, other)


def means_none_of_ours(reply: Reply) -> bool:
    """`sorry, I meant the wrong doctor`: something else is meant, and none of our issues; nobody takes leave by that."""
    known, first = reply.conversation, reply.reading.candidates[0]
    meant = reply.typed and known.ticket is None and MEANT.is_in(reply.message.text)
    return meant and reply.meant.act == "stop" and first.issue != known.issue


def pass_on_what_is_meant(reply: Reply) -> None:
    """People have it, with all that was told."""
    steps.leave_step(reply)
    reply.know(step=None, issue=None, reason=None, asking=None)
    handover.begin(reply, NOT_UNDERSTOOD, opening=reply.line("corrected"))


def is_put_right(reply: Reply) -> bool:
    """`not the pdf, the share link`: another matter is meant than the one that is looked at."""
    return reply.typed and reply.reading.put_right


def take_what_is_meant(reply: Reply) -> None:
    """The other matter begins; which of these it is, where that is not sure; or people, where nothing else is surely meant. Beside a
    request that people have; a wish for people is kept."""
    if reply.conversation.ticket is not None and reply.conversation.beside is None:
        next_matter.set_beside(reply)
    known, wished = reply.conversation, reply.conversation.reason == ASKED_FOR_PERSON
    steps.leave_step(reply)
    refused = known.refused if known.issue is None else tuple(dict.fromkeys([*known.refused, known.issue]))
    reply.know(step=None, reason=None, asking=None, asked=(), choices=(), refused=refused)
    if not reply.reading.sure and reply.reading.decision == "handoff":
        reply.know(issue=None)
        handover.begin(reply, ASKED_FOR_PERSON if wished else NOT_UNDERSTOOD, opening=reply.line("corrected"))
        return
    let_be = LETS_BE.is_in(reply.message.text)
    reply.open_with("changed_topic" if let_be else reply.first_unsaid("understood_anew", "changed_topic"))
    if reply.reading.sure:
        steps.start(reply, reply.reading.issue)
    else:
        reply.know(issue=None)
        choice_rules.offer(reply, tuple(one.issue for one in reply.reading.candidates))


def refuses_way(reply: Reply) -> bool:
    """`I have NOT forgotten it, don't send me down that road`: the way is refused, and nobody takes leave."""
    known, text = reply.conversation, reply.message.text
    denied = known.issue == FORGOT_PASSWORD and NOT_FORGOTTEN.is_in(text)
    return reply.typed and known.ticket is None and (denied or REFUSES_WAY.is_in(text))


def take_another_way(reply: Reply) -> None:
    """What else all that was said may be about; people, where it is nothing else. A way that is not begun is only noted."""
    known = reply.conversation
    if known.issue != FORGOT_PASSWORD and NOT_FORGOTTEN.is_in(reply.message.text):
        reply.know(refused=(*known.refused, FORGOT_PASSWORD))
        steps.ask_again(reply, reply.first_unsaid("noted_detail", "did_it_help_or_person"), person=True)
        return
    others = tuple(
        one.issue for one in reply.reading.matter if one.issue != known.issue and _may_be_offered(reply, one)
    )
    only = others[0] if len(others) == 1 else None
    steps.leave_step(reply)
    reply.know(step=None, issue=None, reason=None, asking=None, refused=(*known.refused, known.issue or ""))
    if others:
        reply.open_with(reply.first_unsaid("understood_anew", "changed_topic"))
    if only is not None:
        steps.start(reply, only)
    elif others:
        choice_rules.offer(reply, others)
    else:
        handover.begin(reply, NOT_UNDERSTOOD, opening=reply.line("corrected"))


def _may_be_offered(reply: Reply, one: Candidate) -> bool:
    forgot = one.issue == FORGOT_PASSWORD and NOT_FORGOTTEN.is_in(reply.message.text)
    return reply.intent(one.issue).tier == 1 and one.confidence >= HINTED and not forgot


def cancels_visit(reply: Reply) -> bool:
    """`actually leave it, cancel it`, where a visit is talked about: that is what shall be done, and no end of the talk."""
    known = reply.conversation
    about = known.issue or (known.solved[-1] if known.solved and known.state == "solved" else "")
    of_visit = about.startswith(OF_VISITS) and known.ticket is None
    return (
        of_visit
        and reply.typed
        and CANCELS.is_in(as_read(reply.message.text))
        and CANCEL_VISIT in reply.script.catalog.intents
    )


def cancel_visit(reply: Reply) -> None:
    """How a visit is cancelled: from its first step, or the step that is before the user already."""
    known = reply.conversation
    if known.issue == CANCEL_VISIT and known.step:
        steps.ask_again(reply, person=True)
        return
    if known.issue == CANCEL_VISIT:
        handover.ask_next(reply)
        return
    steps.leave_step(reply)
    reply.know(step=None, reason=None, asking=None, asked=())
    if known.issue is not None:
        reply.open_with("changed_topic")
    steps.start(reply, CANCEL_VISIT)


def understand_anew(reply: Reply) -> None:
    """What all that was said is about, in the place of what was understood at first; a wish for people is kept, and so is this matter
    where the other one was told beside it."""
    found, left = reply.reading.matter[0], reply.conversation.issue
    if left is not None and found.issue in reply.conversation.also:
        reply.know(also=(*reply.conversation.also, left))
    steps.leave_step(reply)
    if reply.conversation.reason == ASKED_FOR_PERSON:
        reply.know(issue=found.issue, asking=None)
        handover.begin(reply, ASKED_FOR_PERSON, opening=reply.line("thanks_noted"))
        return
    reply.know(issue=None, step=None, reason=None, asking=None, asked=())
    reply.open_with(reply.first_unsaid("understood_anew", "thanks_noted"))
    steps.start(reply, found.issue)


def _area(reply: Reply) -> str | None:
    return vague.only_area(CHANGES_MIND.expression.sub(" ", plain(reply.message.text)))


def _other(reply: Reply) -> str | None:
    """The likeliest issue, where it is another than the one that is looked at; what wakes people up only where it would be begun by
    itself too, and nothing where all is surely let be (`forget it. deleting it`)."""
    first = reply.reading.candidates[0]
    intent = reply.intent(first.issue)
    if first.issue == reply.conversation.issue or intent.tier is None or _lets_it_be(reply):
        return None
    surely = first.confidence >= SURELY_OTHER or matter.speaks_for(reply, first.issue)
    if not (surely or _is_named(reply, first.issue)):
        return None
    enough = urgency.is_likely(reply) if intent.is_grave else first.confidence >= LIKELY
    return first.issue if enough else None


def _is_named(reply: Reply, issue: str) -> bool:
    """Of the area that is looked at, of one that no thing is called by, or a thing of its area is named: `sorry, I meant the wrong
    doctor`, of a visit, is of no prescription."""
    area, here = issue.partition(".")[0], (reply.conversation.issue or "").partition(".")[0]
    named = {vague.AREA_OF.get(word) for word in telling_words(plain(reply.message.text))}
    return area in (here, *named) or area not in vague.AREA_OF.values()


def _lets_it_be(reply: Reply) -> bool:
    return reply.meant.act == "stop" and reply.meant.chance >= SURE_TO_STOP


def _told_way_out(reply: Reply) -> Option | None:
    """The button of another step that leaves this issue, when its fact was told now: `no, not just me, all four desks`."""
    mine = reply.intent()
    ways = (option for step in mine.steps for option in step.options if not any(option.go == s.id for s in mine.steps))
    return next((one for one in ways if one.signal in reply.fresh and one.signal not in CRITICAL_FACTS), None)


def tells_way_out(reply: Reply) -> bool:
    """The fact of a button that leads away stands in the words, though that button is not before the user, and none that is one is
    meant, or that fact makes the steps impossible: `no mail. that address is shut down`."""
    told = _told_way_out(reply)
    return told is not None and (told.cannot or not matter.presses_in_words(reply))


def leave_by_it(reply: Reply) -> None:
    """As if that button was pressed."""
    option = _told_way_out(reply)
    if option is not None:
        steps.choose_option(reply, option, "did_not_help")
