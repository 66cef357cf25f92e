"""A no to whether somebody is in danger that no reading may doubt: soft, indignant, or our own button with more behind it."""

import re

from bot.dialogue.hearing import noes, unspoken_language, wrong_prescription
from bot.dialogue.in_danger import last_things
from bot.dialogue.reply import Reply
from bot.understanding.matching.semantic_match import denies
from bot.understanding.pieces import first_clause
from bot.understanding.reading import Act, Meant
from bot.understanding.replying.bare import bare_beginning, is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.worrying import worries

CALM, LIKELY_YES, BEGUN = 0.38, 0.6, 0.72
"""Under which chance of danger, and of a yes, what stands behind a soft no speaks of none: of 26 that were tried all harmless ones are
under 0.38, and the others over 0.4, or likely a yes. And how like a saying the words before it must be."""

DENIES, TURNS, WORSE = (PHRASES.phrases[name] for name in ("denies_danger", "turns", "gets_worse"))
WELL, SENTENCES = PHRASES.phrases["danger_is_over"], re.compile(r"[.!?;\n]+")
WORD, FEW_BESIDE, ASKED_ONCE = re.compile(r"[^\W\d_]+"), 2, 1
"""So few words beside a denied danger may be the danger, and no reader hears it in them; so often it was asked."""
NOES = PHRASES.group("negations") | PHRASES.group("noes") | PHRASES.group("courtesies") | PHRASES.group("beside_a_no")


def is_said(reply: Reply) -> bool:
    """`of course not`; `I don't think so, it's about my bill`; never beside a sign of danger that is beyond doubt."""
    if reply.conversation.state != "checking" or reply.reading.heard.rules or worries(reply.message.text):
        return False
    only_denies = DENIES.is_in(reply.message.text) and not _beside(reply)
    soft = soft_answer(reply) == "no" and not _may_be_the_danger(reply)
    denied = only_denies or soft or _nothing_was_taken(reply) or _is_well(reply)
    return (denied and not last_things.is_low(reply)) or _begins_with_our_no(reply)


def says_well(text: str) -> bool:
    """`no, im ok today`: a no, and a sentence that tells in plain words that somebody is well and denies nothing (`no, the pain is
    gone now i cant feel my legs`)."""
    if bare_beginning(text) != "not_helped" or WORSE.is_in(text):
        return False
    told = [one for one in SENTENCES.split(plain(text).split(maxsplit=1)[-1]) if WELL.is_in(one)]
    return bool(told) and not any(denies(one) or noes.has_negation(one) for one in told)


def _is_well(reply: Reply) -> bool:
    """The same, with nobody unwell by the rest of the words."""
    calm = reply.reading.decision != "emergency" and not wrong_prescription.is_unwell(reply)
    return calm and says_well(reply.message.text)


def _nothing_was_taken(reply: Reply) -> bool:
    """`không, chưa uống`, of a wrong prescription, and nobody is unwell."""
    if not wrong_prescription.is_here(reply) or reply.reading.decision == "emergency":
        return False
    denied = wrong_prescription.DENIES_TAKING.is_in(reply.message.text)
    return denied and not (wrong_prescription.is_unwell(reply) or WORSE.is_in(reply.message.text))


def leaves_doubt(reply: Reply) -> bool:
    """`kein Notfall aber bewusstlos`, `me siento bien, un poco mareado`, the first time that it is asked: then asked once more."""
    unwell = unspoken_language.holds(reply) and wrong_prescription.is_unwell(reply)
    return reply.typed and reply.conversation.checked <= ASKED_ONCE and (unwell or _may_be_the_danger(reply))


def _may_be_the_danger(reply: Reply) -> bool:
    """A word or two stand beside a denied danger."""
    return DENIES.is_in(reply.message.text) and 0 < len(_beside(reply)) <= FEW_BESIDE


def _beside(reply: Reply) -> list[str]:
    """The words beside a denied danger (`nahi nahi koi danger nahi` has none) that are no no, no courtesy and no but."""
    said = DENIES.expression.sub(" ", plain(reply.message.text))
    turned = TURNS.expression.sub(" ", said)
    return [one for one in WORD.findall(turned) if one not in NOES]


def soft_answer(reply: Reply) -> Act | None:
    """What a soft answer says, alone or before more in which no danger is heard; None where it is none. A yes or no alone with
    more behind it is none."""
    told, text = reply.script.replies.soft_answer, reply.message.text
    first = first_clause(text)
    if is_bare(first):
        return None
    if (whole := told(text, of_danger=True)) is not None:
        return whole.act
    begun = told(first, of_danger=True) if _is_calm(reply) else None
    return begun.act if begun is not None and begun.act != "yes" and begun.chance >= BEGUN else None


def _is_calm(reply: Reply) -> bool:
    """By the whole of the words, and as an answer to the question."""
    ranked, meant = reply.reading.ranked, _as_answer(reply)
    calm = reply.reading.decision != "emergency" and ranked is not None and ranked.danger < CALM
    return calm and not (meant.act == "yes" and meant.chance >= LIKELY_YES)


def sounds_like_yes(reply: Reply) -> bool:
    """`not in danger like you mean, I just don't want to wake up`: as an answer to whether somebody is in danger it is a yes."""
    return _as_answer(reply).act == "yes"


def _as_answer(reply: Reply) -> Meant:
    return reply.script.replies.to_question(reply.message.text, "safety")


def _begins_with_our_no(reply: Reply) -> bool:
    """The label of our own button; of one word it may be any no."""
    own, said = reply.local("danger_no"), plain(reply.message.text)
    label = plain(own[0]) if own else ""
    return " " in label and said.startswith(label)
