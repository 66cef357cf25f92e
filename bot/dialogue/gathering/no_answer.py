"""Words that answer no question of ours: `ok`, `what?`, `as i said`; they are no fact, and nothing is noted of them."""

import re

from bot.dialogue.answering import evidence
from bot.dialogue.gathering import answer_checks, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.ticket import SKIPPED

FILLERS, KNOWS_NOT, PASSES_OVER = PHRASES.group("fillers"), PHRASES.phrases["knows_not"], PHRASES.phrases["passes_over"]
CALLS = re.compile(r"\bhello\b.*\?", re.IGNORECASE)
"""Somebody calls out, and asks after the request by that."""
WORD, ASKS = re.compile(r"\w+"), "?"


def says_nothing(reply: Reply) -> bool:
    """`ok`, `lol`, `so?`, or what was told before, word for word: to a question that wants more than a yes or no."""
    question, text = questions.asked_now(reply), reply.message.text
    if question is None or not reply.typed or not text.isascii() or question.wants_yes_or_no:
        return False
    if evidence.says_the_same(reply):
        return True
    if CALLS.search(text):
        return False
    named = plain(text).strip(" .!") in {plain(choice) for choice in question.choices}
    return not named and is_filler(text)


def is_filler(text: str) -> bool:
    """Words alone that tell nothing: `ok`, `lol`."""
    return {*WORD.findall(plain(text))} <= FILLERS


def passes_over(reply: Reply) -> bool:
    """`u tell me`, `just fix it`, `i already told you`, `dunno lol`."""
    text = reply.message.text
    return reply.typed and (KNOWS_NOT.is_in(text) or PASSES_OVER.is_in(text))


def ask_once_more(reply: Reply) -> None:
    """Why we ask, to a question back; else what is still open, by its name; the second time it is passed over."""
    question = questions.asked_now(reply)
    if question is None:
        return
    if not answer_checks.asked_once(reply):
        handover.answer(reply, SKIPPED)
    elif reply.message.text.rstrip().endswith(ASKS):
        handover.ask_once_more(reply, question, "why_asked")
    else:
        handover.ask_otherwise(reply, question, "still_asked")


def pass_over(reply: Reply) -> None:
    """The next question; where a choice says that they do not know, that one."""
    question = questions.asked_now(reply)
    choices = question.choices if question else ()
    unsure = next((one for one in choices if plain(one) == plain(questions.UNSURE)), None)
    handover.answer(reply, unsure if unsure and KNOWS_NOT.is_in(reply.message.text) else SKIPPED)
