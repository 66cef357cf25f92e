"""What is told instead of a yes or a no to whether somebody is in danger, with no trace of any: a name, a number to call, a goodbye. It
is asked once more; then people are told that it could not be found out, and what was before the user goes on."""

from bot.dialogue.hearing import noes, unspoken_language
from bot.dialogue.in_danger import last_things, plain_no
from bot.dialogue.reply import Reply
from bot.understanding.reading import DANGEROUS
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import worries

ASKS, STANDS, NO_LIFE_SIGN = (PHRASES.phrases[name] for name in ("asks", "stands_by_it", "no_life_sign"))
NO_TRACE, SURELY_YES, SURELY_ASKS = 0.05, 0.9, 0.9
"""Under which chance of danger, by the words alone, a fact is only a fact (what tells of somebody's state is over 0.15 as a rule); how
sure a yes, and a question, must be."""
TELLS, TELLS_UNSPACED = 3, 6
"""So many words, or letters of a script without spaces, tell something; fewer only where it is sure what they are."""


def is_told(reply: Reply) -> bool:
    """Never what denies something in another language (`no contesta`), that it is so still, what may be a yes, nor after despair."""
    said, reading, meant = reply.message.text, reply.reading, reply.meant
    if not _is_calm(reply) or last_things.is_low(reply) or STANDS.is_in(said) or NO_LIFE_SIGN.is_in(said):
        return False
    denies = unspoken_language.holds(reply) and noes.has_negation(said)
    may_be_yes = meant.act == "yes" and meant.chance >= SURELY_YES
    if denies or may_be_yes or plain_no.soft_answer(reply) is not None:
        return False
    return reading.sure or (_tells(said) and not _asks(reply))


def _is_calm(reply: Reply) -> bool:
    ranked = reply.reading.ranked
    harmless = ranked is not None and ranked.danger < NO_TRACE and reply.reading.decision not in DANGEROUS
    return reply.typed and harmless and not (reply.reading.heard.rules or worries(reply.message.text))


def _tells(said: str) -> bool:
    unspaced = not said.isascii() and " " not in said
    return len(said.split()) >= TELLS or (unspaced and len(said) >= TELLS_UNSPACED)


def _asks(reply: Reply) -> bool:
    said, ending = reply.message.text, reply.script.replies.to_ending(reply.message.text)
    asks = ending.act == "question" and ending.chance >= SURELY_ASKS
    return asks or ASKS.is_in(said) or said.strip().endswith(QUESTION_MARKS)
