"""What is told of an emergency that people have already: help is there, somebody is better, it was none; or it gets worse."""

from bot.dialogue.hearing import noes, unspoken_language, wrong_prescription
from bot.dialogue.in_danger import last_things, ordinary, plain_no
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import taken
from bot.understanding.intents.names import THANKS, WRONG_INFORMATION
from bot.understanding.matching.semantic_match import denies
from bot.understanding.reading import DANGEROUS
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import worries
from handoff.policy.names import MEDICINE_TAKEN

OVER = tuple(PHRASES.phrases[name] for name in ("danger_is_over", "danger_is_over_abroad"))
DENIES = PHRASES.phrases["denies_danger"]
STAYS, ALARMS = "numbers_stay", ("emergency", "numbers_")
"""The line by which it goes well, and how the lines begin that tell the numbers."""
HELP = tuple(PHRASES.phrases[name] for name in ("help_is_there", "help_is_there_abroad"))
COMES = PHRASES.phrases["help_comes_abroad"]
TURNS = PHRASES.phrases["turns"]
WORSE, MAKES_LIGHT = PHRASES.phrases["gets_worse"], PHRASES.phrases["makes_light"]
BY_CLINICIAN = PHRASES.phrases["cleared_by_clinician"]
NO_TRACE, SURE, SURELY_NONE, SURELY_WELL = 0.05, 0.6, 0.9, 0.75
"""Under which chance of danger words that tell of none are news; from which on nobody is in danger by them, also where they sound
like a complaint (`nadie viene`), and it is well now."""
PLAINLY_NONE = 0.95
"""From which chance on words say plainly that nobody is in danger: so likely is no other answer to whether somebody is."""
NEEDS_HELP, DOUBTED = ("question", "cannot", "not_helped", "person", "emergency", "medical"), 0.5
"""What is no news, also without a trace of danger: that nobody comes, that they cannot phone, a question."""


def gets_worse(reply: Reply) -> bool:
    """It gets worse, or begins again."""
    return reply.typed and WORSE.is_in(reply.message.text)


def is_over(reply: Reply) -> bool:
    """The words say that the danger is over, and nothing else in them speaks of any: who is well and a little dizzy is not well."""
    said = reply.message.text
    told = any(one.is_in(said) for one in OVER) or (DENIES.is_in(said) and not plain_no.sounds_like_yes(reply))
    unwell = WORSE.is_in(said) or wrong_prescription.is_unwell(reply)
    over = told and reply.reading.decision not in DANGEROUS and not unwell
    return over or _is_taken_back(reply) or _was_never_taken(reply)


def was_never_taken(reply: Reply) -> bool:
    """Of a medicine, for which the alarm was raised: `she hasn't taken any` was told, now or just before."""
    known, denies_taking = reply.conversation, wrong_prescription.DENIES_TAKING
    return MEDICINE_TAKEN in known.signals and any(
        denies_taking.is_in(one) for one in (*known.so_far[-2:], reply.message.text)
    )


def _was_never_taken(reply: Reply) -> bool:
    """The same by these words, with no sign that anybody is unwell."""
    said, heard = reply.message.text, reply.reading
    prescribed = MEDICINE_TAKEN in reply.conversation.signals or WRONG_INFORMATION in reply.conversation.also
    denied = prescribed and wrong_prescription.DENIES_TAKING.is_in(said)
    beyond = heard.heard.rules or heard.decision == "emergency" or worries(said) or WORSE.is_in(said)
    return denied and not beyond and not wrong_prescription.was_unwell(reply)


def _is_taken_back(reply: Reply) -> bool:
    """Plainly a no to whether somebody is in danger (`i mean the bottle of water`), with no sign beyond doubt beside it; symptoms that
    are made light of stand, unless somebody who can judge them did."""
    said, reading = reply.message.text, reply.reading
    if is_bare(said) or reading.heard.rules or reading.decision == "emergency" or worries(said) or WORSE.is_in(said):
        return False
    if wrong_prescription.is_unwell(reply) or (MAKES_LIGHT.is_in(said) and not BY_CLINICIAN.is_in(said)):
        return False
    answer = reply.script.replies.to_question(said, "safety")
    return answer.act == "no" and answer.chance >= PLAINLY_NONE and not _puts_in_order(reply)


def _puts_in_order(reply: Reply) -> bool:
    """`i'm fine, cancel my visit and delete my account`: no calm, unless somebody who can judge it looked at them."""
    return last_things.may_be(reply) and not BY_CLINICIAN.is_in(reply.message.text)


def is_told(reply: Reply) -> bool:
    """Nothing in the words speaks of danger, and they tell how it went on: beyond doubt, or as they are likely meant."""
    reading, said = reply.reading, reply.message.text
    if not reply.typed or is_bare(said) or reading.heard.rules or WORSE.is_in(said):
        return False
    if help_comes(reply):
        return True
    if reading.decision == "emergency":
        return False
    if is_over(reply) or help_is_there(reply):
        return True
    if reading.decision in DANGEROUS:
        return False
    if reading.ranked is None or reading.ranked.danger >= NO_TRACE or wrong_prescription.is_unwell(reply):
        return False
    return (reading.sure and reading.issue == THANKS) or (_speaks_of_none(reply) and not _puts_in_order(reply))


def help_is_there(reply: Reply) -> bool:
    """`my mom is with me now`, with nothing that worries."""
    said = reply.message.text
    return any(one.is_in(said) for one in HELP) and not worries(said)


def help_comes(reply: Reply) -> bool:
    """`le samu arrive`, in another language, with nothing denied, nothing behind a but, and no sign beyond doubt."""
    said = reply.message.text
    if TURNS.is_in(said) or WORSE.is_in(said):
        return False
    comes = unspoken_language.holds(reply) and COMES.is_in(said) and not noes.has_negation(said)
    return comes and not (reply.reading.heard.rules or worries(said))


def goes_on_calmly(reply: Reply) -> bool:
    """In another language, just after such news: nothing that speaks of danger (`oui, dans 5 minutes`)."""
    reading, said = reply.reading, reply.message.text
    harmless = reading.ranked is not None and reading.ranked.danger < NO_TRACE and reading.decision not in DANGEROUS
    calm = harmless and not (worries(said) or WORSE.is_in(said) or wrong_prescription.is_unwell(reply))
    return unspoken_language.holds(reply) and was_told_last(reply) and calm and not noes.has_negation(said)


def _speaks_of_none(reply: Reply) -> bool:
    """As an answer to whether somebody is in danger it is a no; or it tells that it is well now, and is no yes. `Nobody is coming`
    is none, nor what denies something behind a no in another language (`non on n'est pas aux USA`)."""
    replies, said = reply.script.replies, reply.message.text
    if denies(said) or (unspoken_language.holds(reply) and noes.has_negation(" ".join(said.split()[1:]))):
        return False
    ending, danger = replies.to_ending(said), replies.to_question(said, "safety")
    if ending.act in NEEDS_HELP and ending.chance >= DOUBTED:
        return False
    unsolved = replies.to_question(said, "resolved")
    bad = unsolved.act == "no" and unsolved.chance >= DOUBTED
    if danger.act == "no" and danger.chance >= (SURELY_NONE if bad else SURE):
        return True
    said_yes = danger.act == "yes" and danger.chance >= SURE
    return ending.act == "helped" and ending.chance >= SURELY_WELL and not said_yes


def tell(reply: Reply) -> None:
    """Thanks, that it is on the request, and the numbers once, should it change; nothing is promised to be well."""
    taken.keep_where(reply)
    open_with(reply)
    say_rest(reply)


def open_with(reply: Reply) -> None:
    """The same, before whatever else is said; not twice in a row."""
    if not was_told_last(reply):
        number = reply.conversation.ticket
        reply.lead.append(reply.local(STAYS, number=number) or reply.line(STAYS, number=number))


def say_rest(reply: Reply) -> None:
    """What is not done yet; where nothing else is to be said, that it is on the request."""
    rest = ordinary.told(reply)
    added = () if reply.lead else (reply.added(),)
    reply.say(*(rest or added))


def was_told_last(reply: Reply) -> bool:
    """Of the lines that tell the numbers, the one by which it goes well was said last."""
    told = [name for name in reply.conversation.unsaid if name.rpartition(".")[2].startswith(ALARMS)]
    return told[-1:] != [] and told[-1].endswith(STAYS)
