"""What came of the step, told together with something else (`cancelled. will they charge me?`, `it opened, but the dose is wrong`): the
result is taken, and the rest is led on with."""

import re

from bot.dialogue.answering import steps
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import next_matter
from bot.understanding.intents.intent_file import Option
from bot.understanding.reading import NO_HELP, OPENS_MATTER, Parted, Reading
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import StepOutcome

SURELY, SURE_OF_ANOTHER, WAITS, FAR_LIKELIER = 0.5, 0.8, 0.05, 3.0
"""How likely another matter must be to begin; one that a mere question names; one that waits its turn; and how many times likelier than
this one."""
SURELY_ASKED, SURELY_THIS = 0.75, 0.6
"""From which chance on words ask; and how likely this matter must be, by all that was said, for a fault to be only a sign of it."""
OF_A_FAULT, OPEN_STILL = "technical.", ("issue", "unclear", "details")
"""The area of what a screen shows: a sign of the matter that is looked at, wherever all that was said is of that one. And what a reply
looks like of which one clause tells that the step failed."""
DOUBTS, YES_OR_NO = re.compile(r"\b(?:it|that|this|these|those)\b", re.IGNORECASE), PHRASES.phrases["yes_or_no"]
"""`is it supposed to be empty?` asks about the result itself."""
CAME = re.compile(r"\b(?:came|come|arrived|got (?:it|the|an?)|is (?:t?here))\b", re.IGNORECASE)
HOW_TO_GO_ON = re.compile(r"\b(?:how|where|what|which)\b(?: \w+){0,2} (?:do|should|can|must) (?:i|we)\b", re.IGNORECASE)


def helped_and_more(reply: Reply) -> bool:
    """The step surely helped, and the rest is another matter, or a question that does not doubt it."""
    told = _told(reply)
    if told is None or told.result.act != "helped" or _is_halfway(told):
        return False
    asks = told.rest_meant.act == "question" and told.rest_meant.chance >= SURELY_ASKED
    answered = asks and (_answer(reply, told) is not None or not DOUBTS.search(told.rest))
    return answered or _other_matter(reply, told) is not None


def _is_halfway(told: Parted) -> bool:
    """`yes link came. how do i set the new password?`: something came, and the step goes on with it."""
    return bool(CAME.search(told.told) and HOW_TO_GO_ON.search(told.rest))


def solve_and_go_on(reply: Reply) -> None:
    """This one is solved; the other matter begins, or the question is answered by this one's file, or honestly not."""
    told = _told(reply)
    if told is None:
        return
    if (other := _next_matter(reply, told)) is not None:
        _put_first(reply, other, told)
        steps.solved(reply)
        _keep_facts(reply, other, told)
        return
    answer = _answer(reply, told)
    steps.solved(reply)
    before = reply.conversation.buttons
    reply.say(answer or reply.line("cant_say_person"), buttons=before if answer else (*before, reply.person_button()))


def works_and_more(reply: Reply) -> bool:
    """What people have surely works now, and the rest is another matter."""
    told = _told(reply)
    return told is not None and told.result.act == "helped" and _other_matter(reply, told) is not None


def begin_beside(reply: Reply) -> None:
    """That it works is on the request; the other matter begins beside it."""
    told = _told(reply)
    other = _other_matter(reply, told) if told is not None else None
    if told is None or other is None:
        return
    reply.lead.append(reply.added())
    next_matter.set_beside(reply, seen_there=True)
    reply.new_signals = ()
    reply.know(words=(told.rest,), so_far=(told.rest,), signals=())
    steps.start(reply, other)
    _keep_facts(reply, other, told)


def failed_and_more(reply: Reply) -> bool:
    """One clause tells that the step did not help, which the whole is not read as; and what else is told is surely another matter, or
    nothing that leads away from this one."""
    told = _told(reply)
    if told is None or told.result.act not in NO_HELP or (told.told_read and _leads_away(reply, told.told_read)):
        return False
    other = _other_matter(reply, told)
    if other is not None:
        return reply.meant.act in (*OPEN_STILL, *NO_HELP, "question")
    unanswered = reply.meant.act == "question" and reply.explained() is None
    return (reply.meant.act in OPEN_STILL or unanswered) and _is_of_this(reply)


def fail_and_go_on(reply: Reply) -> None:
    """The button of this step that leads to what else is told, or the next step: another matter comes after this one, and a question
    that the file answers is answered first."""
    told = _told(reply)
    if told is None:
        return
    step = reply.intent().step(reply.conversation.step or "")
    other = _next_matter(reply, told)
    leads_there = next((option for option in step.options if option.go == other), None)
    if other is not None and leads_there is None:
        reply.note_also(other)
    elif other is None and (answer := _answer(reply, told)) is not None:
        reply.lead.append(answer)
    outcome: StepOutcome = "not_possible" if told.result.act == "cannot" else "did_not_help"
    steps.choose_option(reply, leads_there or step.onward, outcome)


def is_sign_of_this(reply: Reply) -> bool:
    """Read as a fault of the screen, where by all that was said it is what came of the step: `the reset page stays white`."""
    found, here = reply.reading.issue.startswith(OF_A_FAULT), (reply.conversation.issue or "").startswith(OF_A_FAULT)
    return found and not here and reply.meant.act in NO_HELP and _is_of_this(reply)


def helped_before(reply: Reply, option: Option) -> bool:
    """It surely helped, and what is told besides is the button that leads to another matter: `yes sent. I sent it to the wrong one`."""
    told = _told(reply)
    leads_away = option.go in reply.script.catalog.intents and told is not None and told.rest_meant.act == "button"
    return leads_away and told is not None and told.result.act == "helped"


def _told(reply: Reply) -> Parted | None:
    return reply.reading.parted if reply.typed else None


def _is_of_this(reply: Reply) -> bool:
    likeliest = reply.reading.matter[:1]
    return any(one.issue == reply.conversation.issue and one.confidence >= SURELY_THIS for one in likeliest)


def _leads_away(reply: Reply, read: Reading) -> bool:
    """`my prescription is missing`: by itself surely another matter, and no sign of this one."""
    return _is_surely_another(reply, read, SURELY) and not read.issue.startswith(OF_A_FAULT)


def _next_matter(reply: Reply, told: Parted) -> str | None:
    """What is to be looked at next; no matter for people in place of an answer that the file has."""
    other = _other_matter(reply, told)
    for_people = other is not None and reply.intent(other).route == "handoff" and other not in reply.conversation.also
    return None if for_people and _answer(reply, told) is not None else other


def _other_matter(reply: Reply, told: Parted) -> str | None:
    """The matter of the rest: one that waits its turn, or surely one of ours; a failure of the rest is only of one that waits."""
    waits = next((one for read in told.rest_read[:1] if (one := _waiting(reply, read)) is not None), None)
    if waits is not None or told.rest_meant.act in NO_HELP:
        return waits
    asks = told.rest_meant.act == "question" and YES_OR_NO.is_in(told.rest)
    least = SURE_OF_ANOTHER if asks else SURELY
    return next((one.issue for one in told.rest_read if _is_surely_another(reply, one, least)), None)


def _waiting(reply: Reply, read: Reading) -> str | None:
    known = reply.conversation
    chance = {one.issue: one.confidence for one in read.candidates}
    others = [one for one in known.also if one not in (known.issue, *known.solved)]
    best = max(others, key=lambda one: chance.get(one, 0.0), default="")
    likely = chance.get(best, 0.0)
    return best if likely >= WAITS and likely >= FAR_LIKELIER * chance.get(known.issue or "", 0.0) else None


def _is_surely_another(reply: Reply, read: Reading, least: float) -> bool:
    known, first = reply.conversation, read.candidates[0]
    ours = read.sure and read.decision in OPENS_MATTER and reply.intent(first.issue).tier is not None
    return ours and first.confidence >= least and first.issue not in (known.issue, *known.refused)


def _answer(reply: Reply, told: Parted) -> Part | None:
    """The approved answer of this matter's file to what is asked besides."""
    intent = reply.intent()
    if told.rest_meant.act != "question":
        return None
    number = reply.script.replies.answer_to(told.rest, intent, reply.conversation.step or "")
    return None if number is None else reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say)


def _put_first(reply: Reply, other: str, told: Parted) -> None:
    """Before what waits; what is new is told by the words behind the result alone."""
    known = reply.conversation
    words = (*known.words[:-1], told.rest) if other in known.also else (told.rest,)
    reply.know(also=(other, *(one for one in known.also if one != other)), words=words)


def _keep_facts(reply: Reply, other: str, told: Parted) -> None:
    """What the rest tells of the matter that has begun."""
    own = next((one for one in told.rest_read if one.issue == other), None)
    if own is not None and reply.conversation.issue == other:
        reply.add_signals(*own.signals)
