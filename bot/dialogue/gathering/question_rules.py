"""What the user says to a question on the way to a person: the answer, another fact, never mind, or a person now."""

from collections.abc import Callable

from bot.dialogue.answering import change_of_issue, evidence, explaining, in_a_hurry, no_result, steps
from bot.dialogue.gathering import (
    answer_checks,
    as_told,
    asked_enough,
    asked_meanwhile,
    ending,
    for_another,
    no_answer,
    number_told,
    people_first,
    put_right,
    questions,
    taken_back,
)
from bot.dialogue.handing_over import handover, in_another_language
from bot.dialogue.hearing import matter, party
from bot.dialogue.reply import Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.small_talk import asides
from bot.dialogue.with_support import asked_of_request, beside, request_rules, wanted_for
from bot.understanding.intents.names import ABOUT_BOT, CONTACT, MEDICAL, PERSON, UNKNOWN
from bot.understanding.reading import OPENS_MATTER
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import ASKED_FOR_PERSON, DESCRIPTION, NOT_UNDERSTOOD
from handoff.ticket import SKIPPED

LONGEST_ANSWER = 500
SURE, ENOUGH_TO_TELL, TELLS_ENOUGH = 0.5, 4, 5
"""How plain an answer is at least; so many words tell something, and so many telling ones what it is about."""
SURELY_OTHER, SURELY_PERSON, SURELY_AS_A_REPLY = 0.8, 0.7, 0.95
SURELY_CLINICAL = 0.85
"""How likely it must be that a question to our question is a clinical one, or asks who answers: `should I delete it?` is none."""
PLAINLY_ANOTHER = 0.9
"""Why people get what nobody could name; and from which chance on it is another issue than none of ours."""
HOLDS_ON, DOES_IT_ALONE = PHRASES.phrases["holds_on"], PHRASES.phrases["does_it_alone"]
NO_MORE_QUESTIONS = PHRASES.phrases["no_more_questions"]


def in_gathering(reply: Reply) -> None:
    """Typed words while a question on the way to a person is before the user."""
    as_told.take_out(reply)
    asked_meanwhile.part(reply)
    decide(reply, QUESTION)


def _is(*acts: str) -> Callable[[Reply], bool]:
    return lambda reply: reply.meant.act in acts


def _and_ask(first: Callable[[Reply], None]) -> Callable[[Reply], None]:
    """This, and the question that is before the user stays."""

    def then(reply: Reply) -> None:
        first(reply)
        handover.ask_next(reply)

    return then


def _names_choice(reply: Reply) -> bool:
    return answer_checks.chosen(reply) is not None


def _choose(reply: Reply) -> None:
    handover.answer(reply, answer_checks.chosen(reply) or SKIPPED)


def _skip(reply: Reply) -> None:
    question = questions.asked_now(reply)
    knows_not = [c for c in (question.choices if question else ()) if plain(c) == plain(questions.UNSURE)]
    handover.answer(reply, knows_not[0] if knows_not and reply.meant.act == "unsure" else SKIPPED)


def _bare_no(reply: Reply) -> bool:
    """A bare no to a question that wants words."""
    question = questions.asked_now(reply)
    return question is not None and not question.wants_yes_or_no and is_bare(reply.message.text)


def _asks_back(reply: Reply) -> bool:
    return reply.meant.act in ("question", "correction", "frustration") and answer_checks.asked_once(reply)


def _explain(reply: Reply) -> None:
    """A question back, or "that's not it": why we ask, and the question stays."""
    question = questions.asked_now(reply)
    name = {"question": "why_asked", "correction": "corrected", "frustration": "angry"}[reply.meant.act]
    if question is not None:
        handover.ask_once_more(reply, question, name)


def _facts(reply: Reply) -> bool:
    reading = reply.reading
    enough = SURELY_CLINICAL if reading.issue in (MEDICAL, ABOUT_BOT) else 0.0
    asked = reading.sure and reading.issue in (CONTACT, ABOUT_BOT, MEDICAL)
    if party.is_of_staying(reply):
        return False
    return asked and reading.candidates[0].confidence >= enough and not answer_checks.only_reaches(reply)


def _wants_person(reply: Reply) -> bool:
    """By what is said to a question; or by the message itself, where it is no plain answer."""
    reading, meant = reply.reading, reply.meant
    if _asks_who_answers(reply):
        return False
    if meant.act == "person" or reply.wants_people or wanted_for.is_insisted(reply):
        return True
    if meant.act == "other" and reply.typed:
        ending = reply.script.replies.to_ending(reply.message.text)
        if ending.act == "person" and ending.chance >= SURELY_AS_A_REPLY:
            return True
    asked = reading.sure and reading.issue == PERSON and reading.candidates[0].confidence >= SURELY_PERSON
    return asked and (meant.act != "answer" or meant.chance < SURE)


def _asks_who_answers(reply: Reply) -> bool:
    """`is it you or a human who handles it`: asked, and not wished for."""
    first = reply.reading.candidates[0]
    asked = first.issue == ABOUT_BOT and first.confidence >= SURELY_CLINICAL
    return asked and reply.reading.sure and asked_of_request.ASKS_US.is_in(reply.message.text)


def _wants_no_questions(reply: Reply) -> bool:
    return any(one.is_in(reply.message.text) for one in (NO_MORE_QUESTIONS, request_rules.NOTHING_MORE))


def _tells_what_about(reply: Reply) -> bool:
    """`my prescription is wrong`, where it was asked what it is about: no word on what we understood."""
    question, reading = questions.asked_now(reply), reply.reading
    told = reading.sure and reading.decision in OPENS_MATTER and reading.issue != PERSON
    told = told or len(telling_words(plain(reply.message.text))) >= TELLS_ENOUGH
    return question is not None and question.id == DESCRIPTION and told and reply.meant.act == "correction"


def _clear_now(reply: Reply) -> bool:
    """It was not known what it is about, and now it is plainly said; more plainly where it was known to be none of our issues."""
    known, reading = reply.conversation, reply.reading
    unknown = known.issue == UNKNOWN and known.ticket is None
    told = reading.sure and reading.decision in OPENS_MATTER and len(reading.text.split()) >= ENOUGH_TO_TELL
    if not (unknown and told) or reading.issue in (UNKNOWN, PERSON, *known.refused):
        return False
    return known.reason == NOT_UNDERSTOOD or reading.candidates[0].confidence >= PLAINLY_ANOTHER


def _begin_anew(reply: Reply) -> None:
    reply.know(reason=None, asking=None, asked=())
    steps.start(reply, reply.reading.issue)


def _new_issue(reply: Reply) -> bool:
    reading, known = reply.reading, reply.conversation
    clear = reading.sure and reading.decision in OPENS_MATTER and reading.issue != known.issue
    return clear and reply.meant.act == "issue" and not beside.adds_to_attack(reply)


def _another_to_solve(reply: Reply) -> bool:
    """`no, nobody was in my account, I only want a second lock`: people keep the request, and the steps begin."""
    reading = reply.reading
    surely = reading.sure and reading.decision == "answer" and reading.candidates[0].confidence >= SURELY_OTHER
    answers = reply.meant.act == "answer" and reply.meant.chance >= SURELY_OTHER
    other = reply.conversation.ticket is not None and reading.issue != reply.conversation.issue
    return surely and other and not answers and not beside.adds_to_attack(reply)


def _note_issue(reply: Reply) -> None:
    """Another issue, while this one is on its way to people: it is kept for them, and the question stays."""
    reply.note_also(reply.reading.issue)
    handover.answer(reply, SKIPPED)


def _answer(reply: Reply) -> None:
    """The typed fact that fits the question, where one was heard; else the user's own words, where they answer it."""
    question = questions.asked_now(reply)
    heard = answer_checks.fact_for(reply, question) if question else None
    own = answer_checks.as_asked(reply, question) if question else reply.message.text.strip()
    handover.answer(reply, heard or own[:LONGEST_ANSWER] or SKIPPED)


def _is_still_at_it(reply: Reply) -> bool:
    """`oh wait, there is another tab, let me look there`: waited for, once, before people are called."""
    if reply.conversation.ticket is not None or not answer_checks.asked_once(reply) or reply.wants_people:
        return False
    if reply.meant.act == "answer" and reply.meant.chance >= SURELY_OTHER:
        return False
    if no_result.screen_says(reply.message.text):
        return False
    trying = reply.as_of_a_step()
    return trying.act == "later" and trying.chance >= SURELY_OTHER


def _does_it_alone(reply: Reply) -> bool:
    """Who asked for a person and would rather do it alone: nobody is called."""
    known = reply.conversation
    return known.ticket is None and known.reason == ASKED_FOR_PERSON and DOES_IT_ALONE.is_in(reply.message.text)


def _wait(reply: Reply) -> None:
    question = questions.asked_now(reply)
    if question is not None:
        handover.ask_once_more(reply, question, reply.first_unsaid("later_again", "thanks_noted"))


def says_skip(reply: Reply) -> bool:
    """The label of the button, typed."""
    return plain(reply.message.text).strip(" .!") == plain(reply.script.lines.label("skip"))


QUESTION = (
    Rule("yes or no to whether it works now", ending.was_asked, ending.as_answered),
    Rule("the label of the button that passes it over", says_skip, _skip),
    Rule("they want to be asked no more: people get what is there", _wants_no_questions, asked_enough.no_more),
    Rule("what am I to do now?", request_rules.asks_what_to_do, _and_ask(request_rules.tell_what_to_do)),
    Rule("a moment, please: waited for", lambda reply: HOLDS_ON.is_in(reply.message.text), _wait),
    Rule(
        "words that answer nothing: asked once more, then passed over", no_answer.says_nothing, no_answer.ask_once_more
    ),
    Rule("what the matter is was put right", change_of_issue.is_put_right, change_of_issue.take_what_is_meant),
    Rule("what was told before is put right, and the question stays", put_right.is_said, put_right.note),
    Rule("a number in a few words, to a question for one", number_told.guesses_number, _answer),
    Rule("not known, told before, or not to be told: passed over", no_answer.passes_over, no_answer.pass_over),
    Rule("it is wanted by a time: noted, and the question stays", in_a_hurry.is_told_to_question, in_a_hurry.note),
    Rule("a person was asked for, and is not wanted after all", _does_it_alone, ending.stop),
    Rule("a calm question about the request", asked_of_request.is_asked, asked_of_request.tell_and_go_on),
    Rule(
        "a question that a file answers, and ours stays",
        asked_of_request.is_answered_by_file,
        asked_of_request.tell_and_go_on,
    ),
    Rule("how far is it, is anybody there?", asked_meanwhile.asks_after_it, asked_meanwhile.tell_how_long),
    Rule("how long does it take?", asked_meanwhile.asks_how_long, asked_meanwhile.tell_how_long),
    Rule("what was asked for is taken back", taken_back.is_said, taken_back.let_go),
    Rule("close it", ending.wants_it_closed, ending.close),
    Rule("the other matter that was named works", evidence.other_works, evidence.leave_other_out),
    Rule("it works now", ending.works_now, ending.solve),
    Rule("a visit is to be cancelled", change_of_issue.cancels_visit, change_of_issue.cancel_visit),
    Rule("surely no request is wanted", ending.surely_closed, ending.stop),
    Rule("a choice of the question, by its own word", asked_meanwhile.names_in_a_word, _choose),
    Rule("a person, now", _wants_person, asked_enough.person),
    Rule("they let it be", ending.lets_it_be, ending.stop),
    Rule("thanks: no more is told, people have it", ending.thanks, asked_enough.thanked),
    Rule(
        "answered in another language: kept, and no more is asked",
        in_another_language.answers_abroad,
        in_another_language.end_questions,
    ),
    Rule("what was told makes it urgent: people first, then the question", people_first.is_told, people_first.call),
    Rule("a day, to a question that wants none: kept for one", for_another.tells_a_day, for_another.keep_the_day),
    Rule("an answer to a question before this: kept for it", for_another.answers_another, for_another.keep_for_another),
    Rule("a bare yes to a list: which of these, once", answer_checks.is_yes_to_list, answer_checks.put_otherwise),
    Rule("a bare yes or no to a list: passed over", answer_checks.is_bare_to_list, _skip),
    Rule("a choice of the question, named or meant", _names_choice, _choose),
    Rule("what it is about, told as it was asked", _tells_what_about, _answer),
    Rule("what it is about, told to another question: kept for it", wanted_for.is_told, wanted_for.keep),
    Rule("what a word means, and the question stays", explaining.is_asked, _and_ask(explaining.explain)),
    Rule("a bare no to a question that wants words: passed over", _bare_no, _skip),
    Rule("they change their mind", change_of_issue.turns_away, change_of_issue.turn),
    Rule("what it is about is clear now", _clear_now, _begin_anew),
    Rule("all that was said is of another issue", matter.is_another, change_of_issue.understand_anew),
    Rule("phone, mail, hours, who answers, a clinical question", _facts, _and_ask(asides.decline_or_chat)),
    Rule("surely another issue, beside a request that people have: its steps", _another_to_solve, beside.start),
    Rule("another issue is kept for people", _new_issue, _note_issue),
    Rule("still at it: waited for, and the question stays, once", _is_still_at_it, _wait),
    Rule("a question for people, not about ours", asked_meanwhile.is_for_people, asked_meanwhile.keep_for_people),
    Rule(
        "facts for other questions: kept, and this one is asked once more",
        answer_checks.tells_other_facts,
        answer_checks.put_otherwise,
    ),
    Rule("a question back, or that it is wrong: the question stays, once", _asks_back, _explain),
    Rule("passed over, or not known", _is("skip", "unsure", "correction", "question", "frustration"), _skip),
    Rule("no answer by its form: asked in other words, once", answer_checks.fits_not_yet, answer_checks.put_otherwise),
    Rule("something else a second time: kept for people, and passed over", answer_checks.fits_not, _skip),
    Rule("the answer", always, _answer),
)
"""What wins over what, while a question on the way to a person is before the user."""
