"""What the user says while a step is before them: it helped or not, it cannot be done, a question, something else."""

from collections.abc import Callable

from bot.dialogue.answering import (
    about_step,
    another_issue,
    at_once,
    bare_question,
    change_of_issue,
    evidence,
    explaining,
    hardly_a_result,
    in_a_hurry,
    no_result,
    not_signed_in,
    occasion,
    refused,
    result_and_more,
    said_alike,
    steps,
    still_wrong,
    tried,
    two_results,
)
from bot.dialogue.gathering import put_right
from bot.dialogue.hearing import matter, party, visit_now
from bot.dialogue.in_danger import clinical, prescribed_wrong
from bot.dialogue.reply import Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.small_talk import asides
from bot.dialogue.with_support import beside
from bot.understanding.intents.names import CLOSE_REQUEST, MEDICAL, PERSON, THANKS, UNKNOWN
from bot.understanding.reading import NO_MATTER
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import MULTIPLE_USERS_AFFECTED, SINGLE_USER, URGENT, StepOutcome

DOES_NOT_FOLLOW = PHRASES.phrases["does_not_follow"]
HOLDS_ON, HESITATES, TRIED_ALREADY = (PHRASES.phrases[one] for one in ("holds_on", "hesitates", "tried_already"))

SURE_TO_STOP, SURELY_HELPED = 0.6, 0.8
SURE_OF_TWO, WORDS_OF_TWO = 0.6, 12
"""How likely a matter for people must be to be kept beside a reply to the step, and how many words tell two things."""
SURELY_CHAT = 0.5
"""From which chance on words are small talk."""


def in_step(reply: Reply) -> None:
    """Typed words while a step is before the user."""
    decide(reply, STEP)


def _is_label(reply: Reply) -> bool:
    """The label of a button, typed."""
    return _label_of(reply) is not None


def _label_of(reply: Reply) -> str | None:
    said = plain(reply.message.text).strip(" .!")
    step = reply.intent().step(reply.conversation.step or "")
    return next((option.label for option in step.options if plain(option.label) == said), None)


def _is_button(reply: Reply) -> bool:
    return _button_of(reply) is not None


def _button_of(reply: Reply) -> str | None:
    """The button whose label was typed, or that is meant, or whose fact was told."""
    step = reply.intent().step(reply.conversation.step or "")
    facts = (*reply.fresh, *visit_now.facts_told(reply))
    told = next((option.label for option in step.options if option.signal and option.signal in facts), None)
    meant = reply.meant.button if reply.meant.act == "button" else None
    meant = told if told is not None and (meant is None or visit_now.is_told(reply)) else meant
    says = next((option.signal for option in step.options if option.label == meant), None)
    if (elsewhere := evidence.button_of_elsewhere(reply)) is not None:
        return elsewhere
    meant = None if says == MULTIPLE_USERS_AFFECTED and SINGLE_USER in reply.reading.signals else meant
    later = meant is not None and says == visit_now.SOON and told is None and visit_now.is_later_than(reply, meant)
    meant = None if later else meant
    if meant is not None and told is None:
        meant = said_alike.after_no(reply) or meant
    if (
        says == MULTIPLE_USERS_AFFECTED
        and meant is not None
        and told is None
        and not at_once.tells_of_people(reply, step)
    ):
        meant = step.onward.label
    told_in_part = two_results.says_button(reply) or two_results.pressed_by_clause(reply)
    return _label_of(reply) or meant or said_alike.button(reply) or told_in_part


def _press(reply: Reply) -> None:
    step = reply.intent().step(reply.conversation.step or "")
    label = _button_of(reply)
    option = next(option for option in step.options if option.label == label)
    steps.choose_option(reply, option, "helped" if result_and_more.helped_before(reply, option) else None)


def _act(*acts: str) -> Callable[[Reply], bool]:
    return lambda reply: reply.meant.act in acts


def _helped(reply: Reply) -> None:
    _keep_another(reply)
    steps.solved(reply)


def _keep_another(reply: Reply) -> None:
    """A calm matter for people, told in the same breath: `that's it showing. While I've got you, I need an invoice`."""
    reading = reply.reading
    named = reading.sure and reading.decision == "handoff" and len(reply.message.text.split()) >= WORDS_OF_TWO
    calm = reply.intent(reading.issue).priority not in URGENT and reading.issue not in (UNKNOWN, PERSON)
    if named and calm and reading.candidates[0].confidence >= SURE_OF_TWO:
        reply.note_also(reading.issue)


def _on(outcome: StepOutcome) -> Callable[[Reply], None]:
    def then(reply: Reply) -> None:
        _keep_another(reply)
        step = reply.intent().step(reply.conversation.step or "")
        reply.mark(step.id, outcome)
        tried.note(reply)
        tried.note_next(reply, step.onward.go)
        steps.choose_option(reply, step.onward, outcome)

    return then


def _told_of_another_step(reply: Reply) -> bool:
    """The user says that they have done a step of this issue, and not the one before them."""
    own = tried.here(reply)
    return (
        bool(own)
        and reply.conversation.step not in own
        and reply.meant.act in ("did_before", "details", "unclear", "helped")
        and not (reply.meant.act == "helped" and reply.meant.chance >= SURELY_HELPED)
    )


def _did_this_before(reply: Reply) -> bool:
    """By what was said to be done, where it is read as a mere fact: `iPhone 12, reinstalled and restarted it already`."""
    done = reply.conversation.step in tried.here(reply) and TRIED_ALREADY.is_in(reply.message.text)
    return done and reply.meant.act in ("details", "unclear")


def _lets_it_be(reply: Reply) -> bool:
    reading = reply.reading
    closing = reading.sure and reading.issue == CLOSE_REQUEST
    surely = (
        closing
        and reading.candidates[0].confidence >= another_issue.SURE_OF_ANOTHER
        and reply.meant.act not in ("person", "helped")
    )
    stops = reply.meant.act == "stop" and (closing or reply.meant.chance >= SURE_TO_STOP)
    unsure = reply.meant.act in ("unclear", "issue", "later") or reply.meant.chance < SURE_TO_STOP
    return stops or surely or (closing and unsure)


def _note_other(reply: Reply) -> None:
    tried.note(reply)
    steps.ask_again(reply, "noted_tried")


def _does_not_follow(reply: Reply) -> bool:
    return DOES_NOT_FOLLOW.is_in(reply.message.text)


def _noted(reply: Reply) -> None:
    _keep_another(reply)
    no_result.note(reply)


def _no_issue(reply: Reply) -> bool:
    """Surely no issue of ours; a question to the step only where it is all but certain: `how many minutes should I wait?`"""
    reading = reply.reading
    if reading.decision not in NO_MATTER or not reading.sure or reading.issue == THANKS:
        return False
    if reading.decision == "smalltalk" and reading.candidates[0].confidence < SURELY_CHAT:
        return False
    if not HESITATES.expression.sub("", f"{plain(reply.message.text)} ") or party.is_of_staying(reply):
        return False
    asks = reply.meant.act == "question" or reading.issue == MEDICAL
    return not asks or reading.candidates[0].confidence >= another_issue.SURE_OF_AN_ASIDE


def _aside(reply: Reply) -> None:
    if reply.reading.issue == MEDICAL:
        clinical.decline_in_step(reply)
        return
    asides.decline_or_chat(reply)
    steps.ask_again(reply)


STEP = (
    Rule("anger a second time: a person is offered", asides.is_angry_again, asides.offer_person),
    Rule("anger: named first, and the turn goes on", asides.is_angry, asides.name_anger, ends=False),
    Rule("the label of a button", _is_label, _press),
    Rule("a question that names nothing: of the step", bare_question.is_all, about_step.explain),
    Rule("they are back, and ask where we were: the step once more", no_result.is_back, no_result.show_again),
    Rule("what a thing is that they do not know, and the step stays", explaining.is_unknown, explaining.explain_beside),
    Rule("a visit is to be cancelled", change_of_issue.cancels_visit, change_of_issue.cancel_visit),
    Rule("what the matter is was put right", change_of_issue.is_put_right, change_of_issue.take_what_is_meant),
    Rule("what was told before is put right, and the step stays", put_right.is_alone, no_result.note),
    Rule("what is looked at is not wanted, and nothing else is: let be", refused.is_all_of_it, steps.dropped),
    Rule("the step is refused: the next one", refused.is_this_step, _on("not_possible")),
    Rule("what is refused is not before them: never begun, and the step stays", refused.is_another, refused.note),
    Rule("they change their mind", change_of_issue.turns_away, change_of_issue.turn),
    Rule(
        "something else is meant, and none of ours: people",
        change_of_issue.means_none_of_ours,
        change_of_issue.pass_on_what_is_meant,
    ),
    Rule("a clinical question, by all that was said", clinical.asked_in_step, _aside),
    Rule(
        "it helped, and something else is told: solved, and on with that",
        result_and_more.helped_and_more,
        result_and_more.solve_and_go_on,
    ),
    Rule("they are afraid to do harm", about_step.is_afraid, about_step.calm),
    Rule("they do not follow", _does_not_follow, about_step.put_otherwise),
    Rule("it cannot wait, and nobody has it: a person is offered", in_a_hurry.is_said, in_a_hurry.offer_person),
    Rule("what comes next, or that it was not answered", about_step.asks_what_next, about_step.say_who_can_tell),
    Rule("what a text of the issue explains, told and not asked", about_step.is_explained, about_step.explain),
    Rule("a short question that belongs to the step", about_step.is_asked, about_step.explain),
    Rule("only when it happens: noted, and the step stays", occasion.is_all, no_result.note),
    Rule("the step is for another fault than theirs: it did not help", occasion.is_another_branch, _on("did_not_help")),
    Rule("more of the matter that people have: added to it", beside.is_of_the_request, beside.add_to_it),
    Rule("other things work, as a button says", lambda reply: evidence.button_of_elsewhere(reply) is not None, _press),
    Rule(
        "details are to be changed, and they do not get in",
        not_signed_in.wants_details_changed,
        not_signed_in.help_without,
    ),
    Rule(
        "it did not help, and something else is told: the next step, and that after it",
        result_and_more.failed_and_more,
        result_and_more.fail_and_go_on,
    ),
    Rule("another issue", another_issue.is_named, another_issue.change_to_it),
    Rule("all that was said is of another issue", matter.is_another, change_of_issue.understand_anew),
    Rule(
        "a fact that leaves this issue by the button of another step",
        change_of_issue.tells_way_out,
        change_of_issue.leave_by_it,
    ),
    Rule("we shall do it for them: what we can do, and people", explaining.wants_it_done, explaining.say_how),
    Rule("a moment, please: waited for", lambda reply: HOLDS_ON.is_in(reply.message.text), no_result.later),
    Rule(
        "a pharmacy has a wrong prescription: people", prescribed_wrong.is_at_pharmacy, prescribed_wrong.stop_it_there
    ),
    Rule("what the step asks for was done, in a word", evidence.tells_what_was_asked, _helped),
    Rule("what a button means", _is_button, _press),
    Rule(
        "one way is refused, and not the matter: another one",
        change_of_issue.refuses_way,
        change_of_issue.take_another_way,
    ),
    Rule("they let it be, and the request beside it", beside.wants_request_closed, beside.leave_and_close),
    Rule("they let it be", _lets_it_be, steps.dropped),
    Rule("another step was done already", _told_of_another_step, _note_other),
    Rule(
        "neither the number that is wrong nor the one that is right: it did not help",
        hardly_a_result.shows_another_number,
        _on("did_not_help"),
    ),
    Rule("a no, and why: it did not help", still_wrong.says_no_and_why, _on("did_not_help")),
    Rule("a yes, and what it is said to is something else", evidence.is_of_something_else, evidence.ask_again),
    Rule("one thing works and another does not: what does not goes on", two_results.is_told, two_results.take),
    Rule("a step was done, and no result is told", evidence.is_only_done, evidence.ask_what_came_of_it),
    Rule("asked what came of it, they say the same again", evidence.says_it_again, _helped),
    Rule("the other matter that was named works", evidence.other_works, evidence.leave_other_out),
    Rule("it helped, and they say how", _act("helped"), _helped),
    Rule("a deed, and what the screen shows of it: it helped", evidence.shows_it_after_deed, _helped),
    Rule("it did not help", _act("not_helped"), _on("did_not_help")),
    Rule("it cannot be done here", _act("cannot"), _on("not_possible")),
    Rule("what the step names is not there", said_alike.tells_it_is_not_there, _on("not_possible")),
    Rule("it was done before", _act("did_before"), _on("tried_before")),
    Rule("it was done before, told as a fact", _did_this_before, _on("tried_before")),
    Rule("the same words once more: it did not help", evidence.says_the_same, _on("did_not_help")),
    Rule("a clinical question, or no issue of ours", _no_issue, _aside),
    Rule("a question that is not about the step", another_issue.is_surely_asked, another_issue.change_to_it),
    Rule("a question about the step", about_step.asks, about_step.explain),
    Rule("what the screen says is to wait: it did not help", no_result.tells_to_wait, _on("did_not_help")),
    Rule("they will do it later", _act("later"), no_result.later),
    Rule("this step was done, or is so already", said_alike.tells_it_was_done, _on("tried_before")),
    Rule("a no to the step's question, and more is told", evidence.says_no_and_more, _on("did_not_help")),
    Rule("what the screen says, and no success", no_result.tells_what_stands_there, _on("did_not_help")),
    Rule("what should be there, or fails all the same: it did not help", still_wrong.is_told, _on("did_not_help")),
    Rule("only a fact", no_result.is_only_a_fact, _noted),
    Rule("thanks, and no result: the step stays", no_result.thanks, no_result.later),
    Rule("a question that is read as none", no_result.asks, no_result.answer),
    Rule("it says nothing of the step", always, no_result.ask_how_it_went),
)
"""What wins over what, while a step is before the user."""
