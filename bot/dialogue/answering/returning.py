"""After an end: that it is well is said again, leave is taken, or it is not well after all and its issue is back, with all that is
known of it."""

from bot.dialogue.answering import ended, steps
from bot.dialogue.handing_over import decided, in_another_language
from bot.dialogue.hearing import unspoken_language, urgency
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import next_matter
from bot.understanding.intents.names import ABOUT_BOT, CONTACT, PERSON, STATUS
from bot.understanding.reading import NO_HELP, OPENS_MATTER
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.events import IssueRaised
from handoff.ticket import Tried

THREATENS = PHRASES.phrases["threatens"]
SURE, NOTHING_BEFORE, BESIDE = 0.6, ("solved", "new", "waiting"), ("with_support",)
"""From which chance on words say that it is not well; and where nothing of ours is before the user."""
SURE_OF_ENDING, SURE_AT_LEAST, SURE_AGAIN, FIRST_TURN = 0.75, 0.5, 0.7, 1
"""From which chance on it ended well or not; the same where it would else be another issue that is not beyond doubt; where nothing is
before the user; and no ending before this turn."""
SURE_OF_LEAVE, ONLY_TELLS = 0.75, ("details", "did_before")
"""From which chance on a word only takes leave; and what only tells a fact: `my wife is in hospital`."""
LIKELY, TWICE = 0.35, 2.0
"""How likely another issue must be, and how many times likelier, for words that say no to be of that one."""
PLAINLY, FEW_WORDS = 0.98, 5
"""From which chance on so few words only say that it is not well: `still grey`, whatever else they sound like."""
TELLING = 3
"""So many telling words say by themselves what a new request is about."""
GOES_ON = (*NO_HELP, "did_before", "details", "question", "unclear")
"""What is said after something was told to be solved, and goes on about it."""
FACTS = (CONTACT, ABOUT_BOT, STATUS)


def is_back(reply: Reply, *, beside: bool = False) -> bool:
    """`it broke again`, `same problem again`, with nothing else before the user, and of no other issue."""
    known, reading, text = reply.conversation, reply.reading, reply.message.text
    last = known.ended
    if last is None or last.issue not in reply.script.catalog.intents or (known.ticket is not None and not beside):
        return False
    if known.state not in (BESIDE if beside else NOTHING_BEFORE) or known.unclear or not reply.typed or is_bare(text):
        return False
    if not _only_denies(reply):
        if reading.sure and (reading.decision not in OPENS_MATTER or reading.issue != last.issue):
            return False
        if _is_far_likelier(reply, last.issue):
            return False
    replies = reply.script.replies
    told, ending = replies.to_question(text, "ended"), replies.to_ending(text)
    denied = ending.act in NO_HELP and ending.chance >= SURE
    return denied or (told.act == "no" and told.chance >= SURE and ending.act not in ("later", "question"))


def _only_denies(reply: Reply) -> bool:
    """A few words all but surely say that it is not well, and are not beyond doubt of another issue, nor of anything grave."""
    text, first = reply.message.text, reply.reading.candidates[0]
    if len(text.split()) > FEW_WORDS or reply.intent(first.issue).route != "answer":
        return False
    ending = reply.script.replies.to_ending(text)
    return ending.act in NO_HELP and ending.chance >= PLAINLY and first.confidence < urgency.SURE_IN_REPLY


def _is_far_likelier(reply: Reply, issue: str) -> bool:
    """Another issue is meant, though not surely: `himself says the one on the 20th should be moved, not cancelled`."""
    here = next((one.confidence for one in reply.reading.candidates if one.issue == issue), 0.0)
    first = reply.reading.candidates[0]
    return first.issue != issue and first.confidence >= max(LIKELY, TWICE * here)


def is_back_beside(reply: Reply) -> bool:
    """The same of what was solved while a request is with people."""
    return is_back(reply, beside=True)


def take_up(reply: Reply) -> None:
    """A step that is left, or people; nothing that was told is asked again."""
    last = reply.conversation.ended
    if last is None:
        return
    closed = reply.conversation.closed == last.issue
    if reply.conversation.ticket is not None:
        next_matter.set_beside(reply)
    ended.restore(reply)
    reply.know(issue=last.issue, closed=None, gathered=last.gathered, asked=())
    if closed:
        decided.forget(reply, last.issue)
        reply.know(words=_new_words(reply, last.words))
    reply.know(tried=tuple(dict.fromkeys([*last.tried, *reply.conversation.tried])))
    reply.happened(IssueRaised(last.issue))
    intent = reply.intent(last.issue)
    left = steps.unseen(reply, intent, intent.steps[0].id) if intent.steps else ""
    if any(step.id == left for step in intent.steps) and not unspoken_language.holds(reply):
        reply.open_with("back_again")
    _start(reply, last.issue)


def _start(reply: Reply, issue: str) -> None:
    """Its steps, or people; in another language people, in its own texts."""
    if unspoken_language.holds(reply):
        in_another_language.to_people(reply, issue)
    else:
        steps.start(reply, issue)


def _new_words(reply: Reply, earlier: tuple[str, ...]) -> tuple[str, ...]:
    """A request after a closed one is told by what is new; by what was told before too, where that is little."""
    text = reply.message.text
    return (text,) if len(telling_words(plain(text))) >= TELLING else (". ".join([text, *earlier[:1]]),)


def says_so_again(reply: Reply) -> bool:
    """It was solved, or let be, and they say once more that it is well."""
    known, text = reply.conversation, reply.message.text
    if known.state not in ("solved", "new") or not reply.typed or is_bare(text) or reply.reading.issue in FACTS:
        return False
    if known.state == "solved":
        doubted = reply.reading.sure and reply.reading.candidates[0].confidence < urgency.SURE_IN_REPLY
        return reply.meant.act == "helped" and reply.meant.chance >= (SURE_AT_LEAST if doubted else SURE_OF_ENDING)
    if known.turn <= FIRST_TURN:
        return False
    ending = reply.script.replies.to_ending(text)
    return ending.act == "helped" and ending.chance >= SURE_AGAIN


def only_takes_leave(reply: Reply) -> bool:
    """It was solved, let be or told, and a closing word wants nothing more: `I'm good, off to feed the dog`."""
    known, reading = reply.conversation, reply.reading
    over = known.state == "solved" or (known.state == "waiting" and reply.topic_before in FACTS)
    if (
        not over
        or not reply.typed
        or is_bare(reply.message.text)
        or (reading.sure and reading.decision in OPENS_MATTER)
    ):
        return False
    if reply.meant.act in GOES_ON and reply.meant.chance >= SURE_OF_ENDING and known.state == "solved":
        return False
    replies, text = reply.script.replies, reply.message.text
    leave, fact = replies.to_question(text, "ended"), replies.to_ending(text)
    if THREATENS.is_in(text) or (fact.act in ONLY_TELLS and fact.chance >= SURE_AT_LEAST):
        return False
    return leave.act == "thanks" and leave.chance >= SURE_OF_LEAVE


def goes_on_about_it(reply: Reply) -> bool:
    """It was told to be solved, and the words go on about it: they say that it is not, or tell and ask what no other issue is
    surely meant by."""
    known, reading = reply.conversation, reply.reading
    if known.state != "solved" or not reply.typed or is_bare(reply.message.text) or last_helped(reply) is None:
        return False
    if reading.sure and reading.issue == PERSON:
        return True
    if _is_far_likelier(reply, known.solved[-1]):
        return False
    if reading.sure and (reading.issue != known.solved[-1] or reading.decision not in OPENS_MATTER):
        denied = reply.meant.act in NO_HELP and reply.meant.chance >= SURE_OF_ENDING
        return denied and reading.candidates[0].confidence < urgency.SURE_IN_REPLY
    return reply.meant.act in GOES_ON or (reply.meant.act == "person" and reply.meant.chance >= SURE_OF_ENDING)


def last_helped(reply: Reply) -> Tried | None:
    """The step that was told to have helped last, of the issue that was solved last, where it is still in its file."""
    known = reply.conversation
    issue = known.solved[-1] if known.solved else ""
    intent = reply.script.catalog.intents.get(issue)
    own = {step.id for step in intent.steps} if intent else set()
    helped = [t for t in known.tried if t.issue == issue and t.outcome == "helped" and t.step in own]
    return helped[-1] if helped else None


def reopen(reply: Reply) -> None:
    """What was told to have helped is before the user again, as if nothing had been said of it."""
    known, last = reply.conversation, last_helped(reply)
    if last is None:
        return
    ended.restore(reply)
    reply.know(
        state="answering",
        issue=last.issue,
        step=last.step,
        solved=known.solved[:-1],
        tried=tuple(t for t in known.tried if t is not last),
    )
    reply.happened(IssueRaised(last.issue))
    reply.mean_anew()


def closed_too_soon(reply: Reply) -> bool:
    """The user had the request closed, and the next words tell that it does not work after all."""
    known, reading = reply.conversation, reply.reading
    if known.closed is None or known.state != "solved" or not reply.typed or is_bare(reply.message.text):
        return False
    elsewhere = reading.sure and reading.decision in OPENS_MATTER and reading.issue != known.closed
    return not elsewhere and reply.meant.act in NO_HELP and reply.meant.chance >= SURE_AGAIN


def open_again(reply: Reply) -> None:
    """What was closed is looked at again: a step that is left, or people."""
    again = reply.conversation.closed or ""
    if reply.conversation.ended is not None:
        take_up(reply)
    else:
        reply.know(closed=None)
        _start(reply, again)
