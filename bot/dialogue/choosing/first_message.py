"""A message with no question of ours before it: what is known begins, what is not known is asked."""

from bot.dialogue.answering import bare_question, change_of_issue, explaining, no_time_left, steps
from bot.dialogue.choosing import choice_rules, in_pieces, offering
from bot.dialogue.gathering.question_rules import says_skip
from bot.dialogue.handing_over import urgent
from bot.dialogue.hearing import urgency
from bot.dialogue.in_danger import safety
from bot.dialogue.reply import Reply
from bot.dialogue.rule_table import Rule, always, decide
from bot.dialogue.small_talk import about_us, asides, blemish, still_open
from bot.dialogue.with_support import unanswered
from bot.understanding.reading import NO_MATTER, OPENS_MATTER
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.phrases import PHRASES

TRIES_TO_TRICK, LIKELY_ALONE = PHRASES.phrases["tries_to_trick"], 0.3
"""What tries to lead us astray; and how likely one issue must be to be begun where no other could be offered."""


def fresh(reply: Reply) -> None:
    """A message with no question of ours before it."""
    decide(reply, FRESH)


def _sure_issue(reply: Reply) -> bool:
    return reply.reading.decision in OPENS_MATTER and reply.reading.sure


def _start_sure(reply: Reply) -> None:
    reply.note_also(*reply.reading.also)
    steps.start(reply, reply.reading.issue)


def _no_issue(reply: Reply) -> bool:
    return reply.reading.decision in NO_MATTER


def _offer(reply: Reply) -> None:
    reply.note_also(*reply.reading.also)
    likely = tuple(candidate.issue for candidate in reply.reading.candidates)
    only = offering.only_one(reply, likely)
    if only is not None and not reply.conversation.unclear and reply.reading.candidates[0].confidence >= LIKELY_ALONE:
        steps.start(reply, only)
    else:
        choice_rules.offer(reply, likely)


def _bare(reply: Reply) -> bool:
    return reply.typed and (is_bare(reply.message.text) or says_skip(reply))


def _names_nothing(reply: Reply) -> bool:
    """Nothing stands before them: `what is this` asks who we are."""
    return bare_question.is_all(reply) and not about_us.surely_of_us(reply.reading)


FRESH = (
    Rule("a bare yes or no that answers no question", _bare, asides.nothing_asked),
    Rule("anger a second time: a person is offered", asides.is_angry_again, asides.offer_person),
    Rule("anger: named first, and the turn goes on", asides.is_angry, asides.name_anger, ends=False),
    Rule("a question that names nothing: an open question", _names_nothing, choice_rules.say_more),
    Rule("a visit is to be cancelled", change_of_issue.cancels_visit, change_of_issue.cancel_visit),
    Rule("what a word means, by an approved text", explaining.is_asked, explaining.explain),
    Rule("we shall do it for them: what we can do, and people", explaining.wants_it_done, explaining.say_how),
    Rule(
        "a request that we do not see, and no issue told: shall people look?",
        unanswered.is_still_unfound,
        unanswered.offer_to_find,
    ),
    Rule("only that it does not work: an open question", in_pieces.only_fails, choice_rules.say_more),
    Rule(
        "no more than things are named: which of their issues?", choice_rules.names_only_things, choice_rules.ask_which
    ),
    Rule("thanks, and nobody has it yet", still_open.is_left, still_open.tell),
    Rule("leave is taken in words that may tell of danger: asked about", safety.leave_is_doubted, safety.ask),
    Rule("nothing is wanted after all", choice_rules.wants_nothing, steps.dropped),
    Rule("our rules left aside", lambda reply: TRIES_TO_TRICK.is_in(reply.message.text), asides.decline_trick),
    Rule("a mistake in our own words: people", blemish.is_reported, blemish.pass_on),
    Rule(
        "a visit within minutes, and what stands in the way to it: people first",
        no_time_left.stands_in_the_way,
        no_time_left.to_people_first,
    ),
    Rule("a known issue, certain enough: its steps, or people", _sure_issue, _start_sure),
    Rule("no issue: a short answer, or what we cannot do", _no_issue, asides.decline_or_chat),
    Rule("a piece of a message that tells nothing yet", in_pieces.says_nothing_yet, in_pieces.listen),
    Rule("nothing is told: an open question", in_pieces.tells_nothing, choice_rules.say_more),
    Rule("one of two urgent matters of one team: to it", urgency.is_of_one_team, urgent.start_of_one_team),
    Rule("two or three issues are likely: which of these?", lambda reply: reply.reading.decision == "choose", _offer),
    Rule("not understood: an open question, then the nearest issues, then a person", always, choice_rules.say_more),
)
