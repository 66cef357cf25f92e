"""Whether it works now, is to be closed, or is let be, while a question on the way to a person is before the user."""

from bot.dialogue.answering import evidence, steps
from bot.dialogue.button_values import Works
from bot.dialogue.gathering import answer_checks, choices, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import only_when, wrong_prescription
from bot.dialogue.hearing.times import TELLS_TIME
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import closing
from bot.understanding.intents.names import CLOSE_REQUEST, THANKS
from bot.understanding.reading import NO_HELP, Meant
from bot.understanding.replying.bare import bare_answer, is_bare

SURE, SURE_OF_IT, NEARLY = 0.5, 0.6, 0.8
"""From which chance on words that look like it mean that it works now, where people have the request and are asked about; where
nobody has it yet; and words that do not look like it, read as said to a step."""
SURELY_SAID, PLAINLY, SURE_TO_STOP, SURELY_CLOSED = 0.95, 0.9, 0.6, 0.8
NO_END, AGREES = ("person", "issue", "question"), ("helped", "solved", "stop", "thanks")
SURE_ENDS = ("helped", "solved", "stop")
ENDS = ("solved", "helped", "stop", "close", "thanks")
"""What is no end; what agrees to one, what is one surely, and what may be one."""


def works_now(reply: Reply) -> bool:
    """Said in plain words, or so surely read as an end, here and to a step, that it is asked; never where the words answer the question
    or would tell that it did not help."""
    if closing.is_kept(reply) or closing.denies_closing(reply):
        return closing.is_back(reply)
    if closing.says_it_works(reply) and not _names_choice(reply):
        return True
    if answer_checks.begins_with_yes_or_no(reply) is not None or _tells_the_time_asked_for(reply):
        return False
    if reply.meant.act in ("solved", "helped"):
        return _looks_like_an_end(reply)
    if _only_for_people(reply):
        return False
    plain_answer = reply.meant.act not in ("unclear", "other") and reply.meant.chance >= SURELY_SAID
    question = questions.asked_now(reply)
    if is_bare(reply.message.text) or plain_answer or (question is not None and questions.answers(reply, question)):
        return False
    ending, alone = reply.as_of_a_step(), reply.script.replies.to_ending(reply.message.text)
    return all(one.act == "helped" and one.chance >= SURELY_SAID for one in (ending, alone))


def _looks_like_an_end(reply: Reply) -> bool:
    """To our question, to a step and by itself: `CHECK IN. check in button!!` is like one in each reading, and surely one in none."""
    ending, alone = reply.as_of_a_step(), reply.script.replies.to_ending(reply.message.text)
    if ending.act in NO_HELP:
        return False
    if _only_for_people(reply):
        return reply.meant.chance >= SURELY_SAID
    told = alone.act in ("helped", "solved")
    return reply.meant.chance >= (PLAINLY if told else SURELY_SAID) and (not told or alone.chance >= PLAINLY)


def _names_choice(reply: Reply) -> bool:
    """It answers the question: `I can sign in`, to whether they still can."""
    question = questions.asked_now(reply)
    return question is not None and choices.meant_choice(reply, reply.message.text, question) is not None


def _tells_the_time_asked_for(reply: Reply) -> bool:
    """`friday after 2 would be ok too`, to which day would suit; not that it works since then."""
    question, text = questions.asked_now(reply), reply.message.text
    wanted = question is not None and question.id in answer_checks.TIMES
    return wanted and TELLS_TIME.is_in(text) and not closing.WORKS_NOW.is_in(text)


def _only_for_people(reply: Reply) -> bool:
    """What no step of ours could have solved, also by who wrote it: `the new one is out, but she has the old one`."""
    if wrong_prescription.is_here(reply) and wrong_prescription.is_by_writer(reply):
        return True
    issue = reply.script.catalog.intents.get(reply.conversation.issue or "")
    return issue is not None and issue.route == "handoff"


def solve(reply: Reply) -> None:
    """A request that people have, or are to get, is not let go by a guess: it is asked."""
    if reply.conversation.ticket is not None:
        reply.know(state="with_support", asking=None)
        closing.ask(reply)
    elif _surely_works(reply) and not _only_for_people(reply) and not answer_checks.asks_yes_or_no(reply):
        steps.solved(reply)
    else:
        _ask(reply)


def _ask(reply: Reply) -> None:
    """By its name where only people could have settled it: something else may work now."""
    named, title = _only_for_people(reply), reply.script.catalog.title(reply.conversation.issue or "")
    asked = reply.line("settled_ask", title=title) if named else reply.line("works_ask")
    yes = reply.button("settled_yes" if named else "works_yes", Works(yes=True))
    reply.say(asked, buttons=(yes, reply.button("works_no", Works(yes=False))))


def _surely_works(reply: Reply) -> bool:
    """Told as one answers us, and as one would tell it to a step."""
    ending = reply.as_of_a_step()
    told = reply.meant.act in ("solved", "helped") and reply.meant.chance >= SURELY_SAID
    return told and ending.act == "helped" and ending.chance >= SURELY_SAID


def was_asked(reply: Reply) -> bool:
    """True when the question whether it works now is before the user."""
    return reply.conversation.offers(Works(yes=True))


def as_answered(reply: Reply) -> None:
    """Only what agrees ends it: all else, also a mere fact, goes on to people; who is still at it is waited for."""
    ending = reply.as_of_a_step()
    if ending.act == "later" and ending.chance >= SURE:
        reply.open_with("later_again")
        _ask(reply)
        return
    told = reply.meant.act in AGREES and reply.meant.chance >= SURE_OF_IT
    agrees = _agrees(reply, ending)
    denies = reply.wants_people or (ending.act in (*NO_HELP, *NO_END) and not told)
    if denies or not agrees:
        _keep(reply)
    pressed(reply, yes=agrees and not denies)


def _agrees(reply: Reply, ending: Meant) -> bool:
    """What only people could have settled is settled by a plain yes or a sure word, not by what only sounds like a result;
    a day or a time settles nothing."""
    meant = reply.meant
    if only_when.is_all(reply.message.text):
        return False
    if not _only_for_people(reply):
        return ending.act in AGREES or meant.act in AGREES or thanks(reply)
    plain_yes = bare_answer(reply.message.text) == "helped" or evidence.BEGINS_WITH_YES.is_in(reply.message.text)
    return plain_yes or (meant.act in SURE_ENDS and meant.chance >= SURELY_SAID)


def _keep(reply: Reply) -> None:
    """What is told in the place of a yes belongs to the matter: `and it took it`, `twice`."""
    if not is_bare(reply.message.text):
        reply.know(words=(*reply.conversation.words, reply.message.text))


def pressed(reply: Reply, *, yes: bool) -> None:
    """The button under the question whether it works now."""
    if yes:
        steps.solved(reply)
    else:
        handover.ask_next(reply)


def wants_it_closed(reply: Reply) -> bool:
    """Said plainly, or only likely: then it is asked."""
    reading = reply.reading
    if reply.conversation.ticket is None or closing.denies_closing(reply):
        return False
    likely = reading.sure and reading.issue == CLOSE_REQUEST and reply.meant.act in ENDS
    return likely or closing.wanted(reply)


def close(reply: Reply) -> None:
    """Asked about where it is not said plainly: `nothing more from me, and kindly don't close it as solved`."""
    if closing.wanted(reply) or closing.is_kept(reply):
        closing.close(reply)
    else:
        solve(reply)


def surely_closed(reply: Reply) -> bool:
    """`the router was restarted and it is up, no ticket please`."""
    reading = reply.reading
    asked = reading.sure and reading.issue == CLOSE_REQUEST and not closing.denies_closing(reply)
    return closing.wanted(reply) or (asked and reading.candidates[0].confidence >= SURELY_CLOSED)


def lets_it_be(reply: Reply) -> bool:
    """Only what surely means it: who is let go by mistake is helped by nobody."""
    if reply.wants_people or reply.meant.act != "stop" or closing.denies_closing(reply):
        return False
    asked = reply.reading.sure and reply.reading.issue == CLOSE_REQUEST and reply.meant.chance >= SURE
    return asked or reply.meant.chance >= (SURELY_SAID if _only_for_people(reply) else SURE_TO_STOP)


def thanks(reply: Reply) -> bool:
    """Thanks, and no answer: no more is told, and nothing is solved by it."""
    answers = reply.meant.act == "answer" and reply.meant.chance >= PLAINLY
    return reply.reading.sure and reply.reading.issue == THANKS and not answers


def stop(reply: Reply) -> None:
    """They let it be: no more is asked; without a request nothing is opened."""
    if reply.conversation.ticket is not None:
        handover.enough(reply)
    else:
        steps.dropped(reply)
