"""One turn: what we know and what was said -> what we know now, what we say, and perhaps a request for people."""

from collections.abc import Callable
from datetime import datetime

from bot.dialogue.answering import (
    about_step,
    asked_after,
    change_of_issue,
    left_over,
    no_step_fits,
    no_time_left,
    nobody_came,
    returning,
    steps,
    tried,
)
from bot.dialogue.answering.step_rules import in_step
from bot.dialogue.button_actions import as_pressed, press
from bot.dialogue.choosing import choice_rules, in_pieces, offering
from bot.dialogue.choosing.first_message import fresh
from bot.dialogue.conversation import Conversation, Message, Outcome, State
from bot.dialogue.gathering import put_right
from bot.dialogue.gathering.question_rules import in_gathering
from bot.dialogue.handing_over import (
    at_risk,
    cannot_hear,
    decided,
    down_for_all,
    in_another_language,
    language_asked,
    people,
    urgent,
    who_sees,
)
from bot.dialogue.hearing import unspoken_language, urgency
from bot.dialogue.hearing.remember import remember
from bot.dialogue.in_danger import alarm, clinical, danger, emergency_rules, news, prescribed_wrong, runs_out, safety
from bot.dialogue.reply import Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.script import Script
from bot.dialogue.small_talk import (
    about_us,
    asides,
    blemish,
    feelings,
    loss,
    politeness,
    secrets_typed,
    unknown_to_parents,
)
from bot.dialogue.with_support import (
    asked_of_request,
    closing_taken_back,
    named_again,
    next_matter,
    no_such_matter,
    request_rules,
    taken,
    unanswered,
    which_request,
)
from bot.understanding.reading import NOTHING_READ, Reading
from handoff.policy.names import EMERGENCY_TOLD


def respond(conversation: Conversation, reading: Reading, message: Message, script: Script, now: datetime) -> Outcome:
    """What the assistant does with one message. Pure: the same values give the same outcome."""
    reply = Reply(script, conversation, reading, as_pressed(conversation, message), now)
    which_request.turn_to(reply)
    remember(reply)
    decided.begin(reply)
    put_right.take(reply, conversation)
    tried.keep_told(reply)
    loss.lead(reply)
    decide(reply, TURN)
    decided.note(reply)
    down_for_all.note(reply)
    next_matter.after_request(reply, conversation.state)
    feelings.name(reply)
    secrets_typed.repeat_care(reply)
    at_risk.warn(reply)
    secrets_typed.warn(reply)
    return reply.outcome()


def respond_to_file(conversation: Conversation, name: str, script: Script, now: datetime) -> Outcome:
    """What the assistant does with a file: a thank-you; a question that is before the user stays before them."""
    reply = Reply(script, conversation, NOTHING_READ, Message(name), now)
    reply.know(turn=conversation.turn + 1)
    reply.for_ticket = conversation.ticket is not None
    if conversation.state != "with_staff":
        reply.say(reply.line("file_received"), buttons=conversation.buttons)
    return reply.outcome()


# ------------------------------------------------------------------ conditions


def _in_state(state: State) -> Callable[[Reply], bool]:
    return lambda reply: reply.conversation.state == state


def _pressed(reply: Reply) -> bool:
    return reply.message.pressed is not None


def _puts_right_in_choice(reply: Reply) -> bool:
    """`sorry, dr kimura`, where it was asked which of these it is: none is chosen by it."""
    return reply.conversation.state == "choosing" and put_right.is_alone(reply)


def _danger_is_over(reply: Reply) -> bool:
    """Told to people who have the emergency already, with nothing new of it."""
    request = reply.message.request
    open_still = _ticket_is_open(reply) and request is not None and request.reason == EMERGENCY_TOLD
    return open_still and reply.typed and news.is_over(reply)


def _go_on_safely(reply: Reply) -> None:
    news.open_with(reply)
    request_rules.after_danger(reply)


def _go_on(reply: Reply) -> None:
    """The step that was told to have helped is before the user again, and the words are said to it."""
    returning.reopen(reply)
    decide(reply, REOPENED)


def _foreign_and_wants_nothing(reply: Reply) -> bool:
    """`ok je demanderai à la pharmacie, merci`: nobody is handed over for taking leave."""
    return unspoken_language.holds(reply) and choice_rules.wants_nothing(reply) and not _tells_of_a_try(reply)


def _tells_of_a_try(reply: Reply) -> bool:
    """`ya lo hice y nada`: who tells what was done, or that it did not help, takes no leave."""
    ending = reply.script.replies.to_ending(reply.message.text)
    return ending.act in ("did_before", "not_helped", "cannot", "details") and not request_rules.thanks(reply)


def _ticket_is_open(reply: Reply) -> bool:
    return reply.conversation.ticket is not None and reply.conversation.state in ("with_support", "resolved")


def _step_before_user(reply: Reply) -> bool:
    return reply.conversation.state == "answering" and reply.conversation.step is not None


# --------------------------------------------------------------------- effects


def _look_again(reply: Reply) -> None:
    """The step line by line, the choice, or what it is about: whatever is before the user."""
    known = reply.conversation
    if _step_before_user(reply):
        about_step.put_otherwise(reply)
    elif known.state == "choosing":
        offering.offer(reply, known.choices)
    else:
        asides.nothing_asked(reply)


def _in_own_language(reply: Reply) -> None:
    in_another_language.mark_result(reply)
    in_another_language.answer(reply)
    if safety.asks_what_was_taken(reply):
        safety.ask(reply)


def _leave_and_offer(reply: Reply) -> None:
    steps.leave_step(reply)
    reply.know(step=None, issue=None)
    choice_rules.offer(reply, tuple(candidate.issue for candidate in reply.reading.candidates[: urgency.SEVERAL]))


REOPENED = (
    Rule("people shall take it after all", people.asked_for, people.honour),
    Rule("its step is before the user again", always, in_step),
)

TURN = (
    Rule(
        "danger that was told is over: the numbers in one line, and what else is told", _danger_is_over, _go_on_safely
    ),
    Rule("a medicine runs out, and nobody is unwell: whom to call, and people soon", runs_out.is_told, runs_out.take),
    Rule("danger is certain: the numbers, and people at once", danger.is_certain, alarm.call),
    Rule("a wrong medicine was taken: as danger", safety.took_wrong_medicine, alarm.call),
    Rule("we asked whether somebody is in danger", _in_state("checking"), safety.answered),
    Rule(
        "written in letters that we cannot read: the numbers, and people",
        in_another_language.cannot_be_read,
        in_another_language.unread,
    ),
    Rule("a loss is told, and no issue: it is named, people are offered", loss.is_all, loss.condole),
    Rule("something is wanted for somebody who has died: people, and no steps", loss.wants_something, loss.take_over),
    Rule("danger is possible: the numbers in one line, and one question", danger.is_possible, safety.ask),
    Rule("an answer, and it may tell of danger: the numbers first", danger.is_faint, danger.tell_numbers, ends=False),
    Rule("somebody is not heard in a visit, and hardly danger: its steps", cannot_hear.begins_with_sound, urgent.start),
    Rule("a wrong dose, told by who wrote it: people at once", prescribed_wrong.is_told, prescribed_wrong.to_people),
    Rule("somebody wants help without their parents", unknown_to_parents.is_told, unknown_to_parents.answer),
    Rule("they can't say it here: danger is asked about", unknown_to_parents.cannot_be_said, unknown_to_parents.ask),
    Rule("yes or no to whether the security team shall answer", who_sees.is_answered, who_sees.take_answer),
    Rule(
        "a visit within minutes, and it is not clear what it is: people",
        no_time_left.is_lost,
        no_time_left.to_people_as_it_is,
    ),
    Rule("a button was pressed", _pressed, press),
    Rule("a language is asked for: its short texts", language_asked.is_asked, language_asked.answer),
    Rule("somebody close gets in: its team at once", at_risk.begins, at_risk.begin),
    Rule("the bank, or who sees this chat, in a matter of security: told", at_risk.asks, at_risk.tell_and_go_on),
    Rule("a calm question who sees what", who_sees.is_asked, who_sees.answer),
    Rule("nobody answers, and nobody has anything yet: people", unanswered.is_to_begin, unanswered.begin),
    Rule("yes or no to what else was mentioned", next_matter.answers_next, next_matter.take_next),
    Rule("what the request is about", named_again.asks_which, named_again.tell_which),
    Rule("was it written down?", asked_of_request.asks_if_noted, asked_of_request.tell_what_is_noted),
    Rule("another matter that was told is named: it goes first", named_again.is_named, named_again.take),
    Rule("nobody answers a request that people have", unanswered.is_told_of_request, unanswered.tell_and_mark),
    Rule("a person is answering: silent but for status and closing", _in_state("with_staff"), request_rules.with_staff),
    Rule(
        "people have an emergency already: the numbers, and never a menu",
        emergency_rules.is_open,
        emergency_rules.go_on,
    ),
    Rule("what was taken for another's data is their own", no_such_matter.is_their_own, no_such_matter.take_own),
    Rule(
        "the grave matter that people have is denied: noted, nothing asked",
        no_such_matter.is_denied,
        no_such_matter.note_denial,
    ),
    Rule("only signs, and no word: what is before them once more", in_pieces.only_signs, _look_again),
    Rule(
        "a visit was cancelled by mistake: how to have it again, and people",
        no_step_fits.cancelled_wrong,
        no_step_fits.give_back,
    ),
    Rule("the other side never came to the visit: people", nobody_came.is_told, nobody_came.to_people),
    Rule(
        "the doctor does not come into the visit: what to do meanwhile",
        no_step_fits.doctor_late,
        no_step_fits.say_what_to_do,
    ),
    Rule(
        "a visit within minutes, and no way to it by these steps: people", no_time_left.is_told, no_time_left.to_people
    ),
    Rule("a clinical question was declined, and goes on", clinical.goes_on, clinical.still_decline),
    Rule("they had it closed, and it stays after all", closing_taken_back.is_said, closing_taken_back.take),
    Rule("whether their request is closed", closing_taken_back.asks_if_closed, closing_taken_back.tell_that_closed),
    Rule("a question after the end: answered, and nothing reopens", asked_after.is_asked, asked_after.answer),
    Rule("it was solved, and they say so again", returning.says_so_again, asides.thanked),
    Rule("it is over, and they only take leave", returning.only_takes_leave, asides.thanked),
    Rule("it was told to be solved, and they go on about it", returning.goes_on_about_it, _go_on),
    Rule("they had it closed, and it is not well", returning.closed_too_soon, returning.open_again),
    Rule("what was solved or closed is back", returning.is_back, returning.take_up),
    Rule("nobody is wanted: nobody is called", people.nobody_is_wanted, people.call_nobody),
    Rule("none of these", choice_rules.says_none, choice_rules.say_more),
    Rule("text that a screen cuts off: nothing is lost, people", blemish.is_cut_off, blemish.pass_on_cut_off),
    Rule("security, privacy, lost data, an outage: to its team first", urgency.certain, urgent.hand_over),
    Rule("surely something grave, and not which: which of these?", urgency.is_torn, _leave_and_offer),
    Rule("more people have it by now: an outage", down_for_all.spreads, urgent.begin_outage),
    Rule("legal steps are threatened: people", people.is_threatened, people.take_threat),
    Rule("it cannot wait, told to a question of ours", taken.is_asked_and_cannot_wait, taken.mark_and_ask_on),
    Rule("only sorry to be a bother: what was before them stays", politeness.is_all, politeness.stay),
    Rule("asked about the assistant itself: answered, and ours stays", about_us.is_asked, about_us.answer),
    Rule("a question on the way to a person is before the user", _in_state("gathering"), in_gathering),
    Rule(
        "a request is with people: status, closing, additions, new issues",
        _ticket_is_open,
        request_rules.decide_waiting,
    ),
    Rule("a step is answered in another language", in_another_language.answers_step, in_step),
    Rule("nothing is wanted after all, in another language", _foreign_and_wants_nothing, asides.thanked),
    Rule(
        "written in another language: short texts, and people",
        unspoken_language.holds,
        _in_own_language,
    ),
    Rule("a person is asked for", people.asked_for, people.honour),
    Rule("somebody does not hear, in a visit by video: people who write", cannot_hear.is_wanted, cannot_hear.write),
    Rule("a step is before the user", _step_before_user, in_step),
    Rule("what was before them has left our files", left_over.is_before, left_over.go_on),
    Rule("likely urgent: to its team, nothing asked first", urgency.likely, urgent.start),
    Rule("what the matter is was put right", change_of_issue.is_put_right, change_of_issue.take_what_is_meant),
    Rule("what was told before is put right, and the choice stays", _puts_right_in_choice, _look_again),
    Rule("which of these? is before the user", _in_state("choosing"), choice_rules.in_choice),
    Rule("nothing of ours is before the user", always, fresh),
)
"""What wins over what, for every turn."""
