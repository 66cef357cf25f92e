"""A calm question while people have a request of privacy, security or compliance: from approved text, or added for a person."""

from bot.dialogue import answer_checks, handover, which_request
from bot.dialogue.reply import Reply
from bot.dialogue.urgent import URGENT
from bot.understanding.text.phrases import PHRASES
from handoff.ticket import SKIPPED

ASKS, WHO_READS, PROGRESS = (PHRASES.phrases[name] for name in ("asks_us", "asks_who_reads", "asks_progress"))
WHAT_TO_DO, NUMBER = PHRASES.phrases["asks_what_to_do"], PHRASES.phrases["asks_number"]
SUPPORT, STATUS, CLOSE = "support", "chat.status", "chat.close_request"
SURELY_ELSEWHERE, SURELY_ANOTHER, SURELY_A_FACT = 0.9, 0.8, 0.9
"""How likely another issue must be, and words that turn to one, for a question to be of that one; and a fact of the service."""
ADDED = ("question_added", "question_added_too", "question_added_more")


def is_asked(reply: Reply) -> bool:
    """`will he be told?`, `who reads this?`; not how far it is, nor what is surely of another issue, or grave."""
    request, text = reply.message.request, reply.message.text
    if request is None or request.team == SUPPORT or not reply.typed or reply.conversation.language != "en":
        return False
    if not ASKS.is_in(text) or NUMBER.is_in(text) or which_request.only_names_one(reply):
        return False
    if WHO_READS.is_in(text) or WHAT_TO_DO.is_in(text):
        return True
    return not PROGRESS.is_in(text) and not _is_elsewhere(reply)


def _is_elsewhere(reply: Reply) -> bool:
    reading, meant = reply.reading, reply.meant
    chance = reading.candidates[0].confidence
    if not reading.sure or reading.issue == STATUS:
        return meant.act == "close" and reading.issue == CLOSE
    intent = reply.intent(reading.issue)
    if intent.route == "facts":
        return chance >= SURELY_A_FACT
    if intent.id == reply.conversation.issue:
        return False
    if intent.priority in URGENT or intent.route == "emergency":
        return True
    turns = reply.conversation.state == "gathering" or (meant.act == "issue" and meant.chance >= SURELY_ANOTHER)
    return chance >= SURELY_ELSEWHERE and turns


def tell(reply: Reply) -> None:
    """Who reads it, or what to do till then; else honestly that a person will answer, in other words each time."""
    text, request = reply.message.text, reply.message.request
    known = "who_reads" if WHO_READS.is_in(text) else "nothing_to_do" if WHAT_TO_DO.is_in(text) else ""
    cared_for = known == "nothing_to_do" and request is not None and bool(request.care)
    answered = bool(known) and not cared_for and known not in reply.conversation.unsaid
    name = known if answered else reply.longest_unsaid(*ADDED)
    reply.say(reply.line(name, number=reply.conversation.ticket))


def tell_and_go_on(reply: Reply) -> None:
    """The same while a question of ours is before the user: it stays, once."""
    tell(reply)
    if answer_checks.asked_once(reply):
        handover.ask_next(reply)
    else:
        handover.answer(reply, SKIPPED)
