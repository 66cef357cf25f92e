"""What the user says to a question on the way to a person: the answer, another fact, never mind, or a person now."""

from collections.abc import Callable

from bot.dialogue import asides, handover, questions, steps, waiting
from bot.dialogue.reply import Reply
from bot.dialogue.rules import Rule, always, decide
from bot.understanding.details import FACTS
from bot.understanding.replying.replies import is_bare
from bot.understanding.text.plain import plain
from handoff.ticket import SKIPPED

LONGEST_ANSWER = 500
SURE, SURE_OF_IT, NEARLY = 0.5, 0.6, 0.8
"""From which chance on words that look like it mean that it works now, where people have the request and are asked about; where
nobody has it yet; and words that do not look like it, read as said to a step."""
WORKS_YES, WORKS_NO = "works:yes", "works:no"
ENOUGH_TO_TELL = 4
DENIES, NO_END = ("not_helped", "cannot"), ("person", "issue", "question", "later")
ENDING = ("solved", "helped", "stop", "close", "thanks")
SURELY_OTHER, SURELY_SAID, SURELY_PERSON, SURE_TO_STOP, SURELY_CLOSED = 0.75, 0.95, 0.7, 0.6, 0.8
KINDS = (
    frozenset("appointment_date expected_time new_time when_started last_worked last_seen deadline".split()),
    frozenset("error_message error_code lock_message reset_message where_stuck".split()),
    frozenset("doctor_name affected how_many how_many_affected".split()),
    frozenset("device operating_system".split()),
)
"""Facts of one kind: what is heard as one of them is an answer to a question for another."""
KNOWN_BY_FORM, LONGEST_UNFORMED = KINDS[0] | {"doctor_name", "amount"}, 6
"""Facts that are heard wherever they are told; so many words in which none is heard are no answer to a question for one."""
REACHES = ("contact_email", "contact_phone", "contact_wish")
"""Facts that tell how to reach somebody, and answer no other question."""


def in_gathering(reply: Reply) -> None:
    """Typed words while a question on the way to a person is before the user."""
    decide(reply, QUESTION)


def _is(*acts: str) -> Callable[[Reply], bool]:
    return lambda reply: reply.meant.act in acts


def _choice(reply: Reply) -> str | None:
    """The choice of the question that the words name or mean."""
    question = questions.asked_now(reply)
    if question is None:
        return None
    said = plain(reply.message.text).strip(" .!")
    same = next((choice for choice in question.choices if plain(choice) == said), None)
    return same or questions.meant_choice(reply, reply.message.text, question)


def _names_choice(reply: Reply) -> bool:
    return _choice(reply) is not None


def _choose(reply: Reply) -> None:
    handover.answer(reply, _choice(reply) or SKIPPED)


def _solved(reply: Reply) -> None:
    """A request that people have, or are to get, is not let go by a guess: it is asked."""
    if reply.conversation.ticket is not None:
        reply.know(state="with_support", asking=None)
        waiting.ask_to_close(reply)
    elif _surely_works(reply):
        steps.solved(reply)
    else:
        yes, no = reply.button("works_yes", WORKS_YES), reply.button("works_no", WORKS_NO)
        reply.say(reply.line("works_ask"), buttons=(yes, no))


def _surely_works(reply: Reply) -> bool:
    """Told as one answers us, and as one would tell it to a step."""
    ending = reply.script.replies.to_ending(reply.message.text)
    told = reply.meant.act in ("solved", "helped") and reply.meant.chance >= SURE_OF_IT
    return told and ending.act == "helped" and ending.chance >= SURELY_CLOSED


def pressed_works(reply: Reply, answer: str) -> None:
    """The button under the question whether it works now."""
    if answer == "yes":
        steps.solved(reply)
    else:
        handover.ask_next(reply)


def _answers_whether_it_works(reply: Reply) -> bool:
    return WORKS_YES in {button.value for button in reply.conversation.buttons}


def _as_answered(reply: Reply) -> None:
    """A no, or words that ask for people or tell that it does not work, go on to people; anything else is a yes."""
    ending = reply.script.replies.to_ending(reply.message.text)
    denied = ending.act in (*DENIES, *NO_END) or reply.wants_people
    pressed_works(reply, "no" if denied else "yes")


def _stop(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        handover.enough(reply)
    else:
        steps.dropped(reply)


def _person(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        handover.enough(reply)
    else:
        handover.hand_over(reply)


def _skip(reply: Reply) -> None:
    question = questions.asked_now(reply)
    knows_not = [c for c in (question.choices if question else ()) if plain(c) == plain(questions.UNSURE)]
    handover.answer(reply, knows_not[0] if knows_not and reply.meant.act == "unsure" else SKIPPED)


def _bare_no(reply: Reply) -> bool:
    """A bare no to a question that wants words."""
    question = questions.asked_now(reply)
    return question is not None and not question.wants_yes_or_no and is_bare(reply.message.text)


def _tells_other_facts(reply: Reply) -> bool:
    """It names facts for other questions and says nothing to this one; such words are put to a question only once."""
    question = questions.asked_now(reply)
    if question is None or question.id == "contact" or _answers(reply, question):
        return False
    return _is_other(reply, question) and reply.conversation.asked.count(question.id) == 1


def _answers(reply: Reply, question: questions.Question) -> bool:
    """A fact was heard that is of the kind which the question asks for."""
    heard = set(reply.reading.heard.details)
    return question.id in heard or any(question.id in kind and heard & kind for kind in KINDS)


def _is_other(reply: Reply, question: questions.Question) -> bool:
    """Facts of another kind, to a question whose answers are known by their form; or an address to anything."""
    if question.id in KNOWN_BY_FORM and len(reply.message.text.split()) > LONGEST_UNFORMED:
        return True
    formed = bool(question.choices) or question.id in FACTS or any(question.id in kind for kind in KINDS)
    meant = reply.meant.act in ("other", "details") and reply.meant.chance >= SURELY_OTHER
    return _only_reaches(reply) or (formed and (meant or bool(reply.reading.heard.details)))


def _only_reaches(reply: Reply) -> bool:
    """True for an address or a number to reach somebody at, with next to nothing beside it."""
    return reply.tells_only(REACHES)


def _once_more(reply: Reply) -> None:
    question = questions.asked_now(reply)
    if question is not None:
        handover.ask_once_more(reply, question)


def _asks_back(reply: Reply) -> bool:
    return reply.meant.act in ("question", "correction", "frustration") and _asked_once(reply)


def _asked_once(reply: Reply) -> bool:
    known = reply.conversation
    return known.asking is not None and known.asked.count(known.asking) == 1


def _explain(reply: Reply) -> None:
    """A question back, or "that's not it": why we ask, and the question stays."""
    question = questions.asked_now(reply)
    name = {"question": "why_asked", "correction": "corrected", "frustration": "angry"}[reply.meant.act]
    if question is not None:
        handover.ask_once_more(reply, question, name)


def _facts(reply: Reply) -> bool:
    reading = reply.reading
    asked = reading.sure and reading.issue in (waiting.CONTACT, waiting.ROBOT, asides.MEDICAL)
    return asked and not _only_reaches(reply)


def _aside(reply: Reply) -> None:
    asides.decline_or_chat(reply)
    handover.ask_next(reply)


def _asks_how_far(reply: Reply) -> bool:
    """Where people have it already, also by what it would mean without our question."""
    reading = reply.reading
    if reply.conversation.ticket is None or reply.meant.act == "answer":
        return False
    if reading.issue != waiting.STATUS:
        return False
    waits = reply.script.replies.to_question(reply.message.text, "waiting")
    return reading.sure or (waits.act == "status" and waits.chance >= SURELY_OTHER)


def _wants_it_closed(reply: Reply) -> bool:
    """Only what surely means it: a request that is closed by mistake is looked at by nobody."""
    reading = reply.reading
    asked = reply.conversation.ticket is not None and reading.sure and reading.issue == waiting.CLOSE
    return asked and reply.meant.act in ENDING


def _close(reply: Reply) -> None:
    """Asked about where it is not all but certain: `nothing more from me, and kindly don't close it as solved`."""
    if reply.reading.candidates[0].confidence >= SURELY_CLOSED:
        waiting.close(reply)
    else:
        _solved(reply)


def _works_now(reply: Reply) -> bool:
    """By what is said to a question, or as it would be said to a step; never where that would tell that it did not help."""
    if reply.meant.act in ("solved", "helped"):
        ending = reply.script.replies.to_ending(reply.message.text)
        if ending.act in DENIES:
            return False
        agreed = ending.act == "helped" and ending.chance >= NEARLY
        enough = SURE if agreed or reply.conversation.ticket is not None else SURE_OF_IT
        return reply.meant.chance >= (SURELY_SAID if _only_for_people(reply) else enough)
    if _only_for_people(reply):
        return False
    plain_answer = reply.meant.act not in ("unclear", "other") and reply.meant.chance >= SURELY_SAID
    question = questions.asked_now(reply)
    if is_bare(reply.message.text) or plain_answer or (question is not None and _answers(reply, question)):
        return False
    ending = reply.script.replies.to_ending(reply.message.text)
    return ending.act == "helped" and ending.chance >= (SURELY_SAID if _thanks(reply) else NEARLY)


def _only_for_people(reply: Reply) -> bool:
    """What no step of ours could have solved."""
    issue = reply.script.catalog.intents.get(reply.conversation.issue or "")
    return issue is not None and issue.route == "handoff"


def _thanks(reply: Reply) -> bool:
    """Thanks, and no answer: no more is told, and nothing is solved by it."""
    answers = reply.meant.act == "answer" and reply.meant.chance >= NEARLY
    return reply.reading.sure and reply.reading.issue == "chat.thanks" and not answers


def _wants_person(reply: Reply) -> bool:
    """By what is said to a question; or by the message itself, where it is no plain answer."""
    reading, meant = reply.reading, reply.meant
    if meant.act == "person" or reply.wants_people:
        return True
    asked = reading.sure and reading.issue == questions.PERSON and reading.candidates[0].confidence >= SURELY_PERSON
    return asked and (meant.act != "answer" or meant.chance < SURE)


def _lets_it_be(reply: Reply) -> bool:
    """Only what surely means it: who is let go by mistake is helped by nobody."""
    closing = reply.reading.sure and reply.reading.issue == waiting.CLOSE
    return reply.meant.act == "stop" and (closing or reply.meant.chance >= SURE_TO_STOP)


def _surely_closed(reply: Reply) -> bool:
    """`the router was restarted and it is up, no ticket please`."""
    reading = reply.reading
    return reading.sure and reading.issue == waiting.CLOSE and reading.candidates[0].confidence >= SURELY_CLOSED


def _has_become_urgent(reply: Reply) -> bool:
    """What was told makes it urgent: people look before anything more is asked (O30)."""
    return reply.conversation.ticket is None and handover.has_become_urgent(reply)


def _people_first(reply: Reply) -> None:
    question = questions.asked_now(reply)
    questions.keep_what_was_heard(reply)
    handover.hand_over(reply)
    if question is not None:
        handover.ask_next_of(reply, question)


def _clear_now(reply: Reply) -> bool:
    """It was not known what it is about, and now it is plainly said."""
    reading = reply.reading
    unknown = reply.conversation.issue == questions.UNKNOWN and reply.conversation.ticket is None
    told = reading.sure and reading.decision in ("answer", "handoff") and len(reading.text.split()) >= ENOUGH_TO_TELL
    return unknown and told and reading.issue not in (questions.UNKNOWN, questions.PERSON)


def _begin_anew(reply: Reply) -> None:
    reply.know(reason=None, asking=None, asked=())
    steps.start(reply, reply.reading.issue)


def _status(reply: Reply) -> None:
    waiting.tell_status(reply)
    handover.ask_next(reply)


def _new_issue(reply: Reply) -> bool:
    reading, known = reply.reading, reply.conversation
    clear = reading.sure and reading.decision in ("answer", "handoff") and reading.issue != known.issue
    return clear and reply.meant.act == "issue"


def _note_issue(reply: Reply) -> None:
    """Another issue, while this one is on its way to people: it is kept for them, and the question stays."""
    reply.know(also=tuple(dict.fromkeys([*reply.conversation.also, reply.reading.issue])))
    handover.answer(reply, SKIPPED)


def _answer(reply: Reply) -> None:
    """The typed fact that fits the question, where one was heard; else the user's own words, where they answer it."""
    question = questions.asked_now(reply)
    heard = reply.reading.heard.details.get(question.id) if question else None
    handover.answer(reply, heard or reply.message.text.strip()[:LONGEST_ANSWER] or SKIPPED)


def _fits_not(reply: Reply) -> bool:
    """Words that were put to the question once more and still tell something else: kept for people, and passed over."""
    question = questions.asked_now(reply)
    if question is None or question.id == "contact" or _answers(reply, question):
        return False
    return _is_other(reply, question)


def _says_skip(reply: Reply) -> bool:
    """The label of the button, typed."""
    return plain(reply.message.text).strip(" .!") == plain(reply.script.lines.label("skip"))


QUESTION = (
    Rule("yes or no to whether it works now", _answers_whether_it_works, _as_answered),
    Rule("the label of the button that passes it over", _says_skip, _skip),
    Rule("how far is it?", _asks_how_far, _status),
    Rule("close it", _wants_it_closed, _close),
    Rule("it works now", _works_now, _solved),
    Rule("surely no request is wanted", _surely_closed, _stop),
    Rule("a person, now", _wants_person, _person),
    Rule("they let it be", _lets_it_be, _stop),
    Rule("thanks: no more is told, people have it", _thanks, _person),
    Rule("what was told makes it urgent: people first, then the question", _has_become_urgent, _people_first),
    Rule("a choice of the question, named or meant", _names_choice, _choose),
    Rule("a bare no to a question that wants words: passed over", _bare_no, _skip),
    Rule("what it is about is clear now", _clear_now, _begin_anew),
    Rule("phone, mail, hours, who answers, a clinical question", _facts, _aside),
    Rule("another issue is kept for people", _new_issue, _note_issue),
    Rule("facts for other questions: kept, and this one is asked once more", _tells_other_facts, _once_more),
    Rule("a question back, or that it is wrong: the question stays, once", _asks_back, _explain),
    Rule("passed over, or not known", _is("skip", "unsure", "correction", "question", "frustration"), _skip),
    Rule("something else a second time: kept for people, and passed over", _fits_not, _skip),
    Rule("the answer", always, _answer),
)
"""What wins over what, while a question on the way to a person is before the user."""
