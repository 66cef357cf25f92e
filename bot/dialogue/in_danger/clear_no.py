"""In another language only a clear no to whether somebody is in danger is one: a no that stands by itself. `No está bien` denies that
somebody is well, and `sigue igual` is a yes; both are as likely a no by what was learnt."""

from bot.dialogue.hearing import noes, unspoken_language
from bot.dialogue.in_danger import news, plain_no
from bot.dialogue.reply import Reply
from bot.understanding.reading import DANGEROUS
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES

STANDS = PHRASES.phrases["stands_by_it"]
"""What tells that it is so still."""
SURELY_NO, SURELY_YES = 0.85, 0.8
"""How sure a no must be that is told in other words, and a yes behind a no."""


def is_asked(reply: Reply) -> bool:
    """Typed in a language in which a negation and a no may be one word."""
    return reply.typed and unspoken_language.holds(reply)


def goes_on(reply: Reply) -> bool:
    """`hâlâ devam ediyor`, `no van con giat`: it is so still, which is a yes, whatever else is likely; not behind a plain no."""
    if not is_asked(reply):
        return STANDS.is_in(reply.message.text) and bare_beginning(reply.message.text) != "not_helped"
    sure = reply.meant.act == "no" and reply.meant.chance > SURELY_NO and not noes.has_negation(reply.message.text)
    return STANDS.is_in(reply.message.text) and not (sure or _stands_alone(reply))


def is_said(reply: Reply) -> bool:
    """A no that no verb stands behind, nobody, or that they are well."""
    said, meant = reply.message.text, reply.meant
    if plain_no.is_said(reply) or ((news.DENIES.is_in(said) or news.OVER[1].is_in(said)) and not goes_on(reply)):
        return True
    if meant.act == "yes" and meant.chance >= SURELY_YES:
        return False
    calm = reply.reading.decision not in DANGEROUS
    return (calm and _stands_alone(reply)) or (
        meant.act == "no" and meant.chance >= SURELY_NO and not noes.has_negation(said)
    )


def counts_as_danger(reply: Reply) -> bool:
    """Neither a no nor a question nor a greeting."""
    said, reading = reply.message.text, reply.reading
    asks = said.strip().endswith(QUESTION_MARKS)
    return is_asked(reply) and not (asks or (reading.decision == "smalltalk" and reading.sure))


def _stands_alone(reply: Reply) -> bool:
    return noes.stands_alone(reply.message.text, reply.conversation.language)
