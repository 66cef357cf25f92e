"""Urgent matters for people: security, privacy, lost data, an outage. How sure it must be, where nothing has begun and inside a
conversation."""

from bot.dialogue.hearing import matter, unspoken_language, vague
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import EMERGENCY
from bot.understanding.matching.semantic_match import denies
from bot.understanding.reading import LIKELY, Reading, likely_at
from bot.understanding.replying.bare import bare_beginning
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import CRITICAL_FACTS, URGENT

DENIED = PHRASES.phrases["denied"]
ENOUGH_TO_TELL = 5
"""A shorter answer to a question of ours states no fact by itself."""
NOTHING_BEGUN = ("new", "waiting", "choosing")
MAY_BE_ELSEWHERE = (
    *("issue", "unclear", "details", "question", "not_helped"),
    *("cannot", "emergency", "person", "other", "add", "correction"),
)
SURE_IN_STEP, SURE_OF_MANY, SURE_IN_REPLY = 0.7, 0.8, 0.92
"""What a reply to us may look like that is really urgent and about something else; how likely that must be when it looks like
another issue, when it is nothing grave (that others have it too), and when it looks like anything else."""
SEVERAL = 2
FEW, SURE_IN_FEW, FEW_TO_ANSWER = 3, 0.85, 9
"""So few words tell of a grave matter at least (`my account was hacked`), and how sure that must be; so many only answer, at most."""
SURE_WHERE_TOLD = 0.82
"""The same for a grave matter where mere facts are told: `I've never heard of him. it has his address and everything`."""
NO_PLAIN_ANSWER, NO_PLAIN_REPLY = 0.75, 0.6
"""Below which chance an answer to a question, and a reply to a step, is no plain one."""


def certain(reply: Reply) -> bool:
    """Security, privacy, lost data, an outage: before any Tier 1 attempt."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None or reading.issue == known.issue:
        return False
    if not is_elsewhere(reply):
        return False
    if known.state != "gathering" or known.issue is None:
        return True
    rank = reply.script.policy.rank
    return rank(reply.intent(reading.issue).priority) < rank(reply.intent(known.issue).priority)


def likely(reply: Reply) -> bool:
    """The same, only likely, where nothing has begun yet: its team looks, and nothing is asked first."""
    known, reading = reply.conversation, reply.reading
    if known.state not in NOTHING_BEGUN or known.ticket is not None or vague.says_nothing(reading.text):
        return False
    if reading.decision != "handoff" or reading.sure or not is_likely(reply):
        return False
    if unspoken_language.is_only_likely(reply):
        return False
    return reading.issue != EMERGENCY and reply.intent(reading.issue).priority in URGENT


def is_likely(reply: Reply) -> bool:
    """What the words are likeliest about is likely enough to be begun without a question; what wakes people up must be more so."""
    first = reply.reading.candidates[0]
    grave = reply.intent(first.issue).is_grave
    return first.confidence >= (likely_at(reply.conversation.language) if grave else LIKELY)


def is_elsewhere(reply: Reply) -> bool:
    """The message is surely about an urgent matter for people; where we asked something, a good deal more surely."""
    known, reading = reply.conversation, reply.reading
    if not reading.sure or reading.decision != "handoff" or reply.intent(reading.issue).priority not in URGENT:
        return False
    if vague.says_nothing(reading.text):
        return False
    if known.state in NOTHING_BEGUN or not reply.typed:
        return not unspoken_language.is_only_likely(reply)
    if known.state == "with_staff":
        return _told_to_a_person(reply)
    if gives_way_here(reply) or (matter.presses_in_words(reply) and not _is_named_by_all(reading)):
        return False
    other = reply.intent(reading.issue)
    grave = other.team != "support" or other.reason in CRITICAL_FACTS
    if len(reply.message.text.split()) < ENOUGH_TO_TELL:
        told = len(reply.message.text.split()) >= FEW and not DENIED.is_in(reply.message.text)
        return grave and told and reading.candidates[0].confidence >= SURE_IN_FEW
    borne_out = grave and matter.speaks_for(reply, reading.issue) and reading.candidates[0].confidence >= SURE_IN_REPLY
    if not (borne_out or _may_be_elsewhere(reply)):
        return False
    if not grave and matter.speaks_for_this(reply):
        return False
    doubted = grave and known.state == "answering" and reply.meant.chance < NO_PLAIN_REPLY
    no_plain_reply = reply.meant.act == "issue" or doubted or (grave and matter.speaks_for(reply, reading.issue))
    if _answers_no_or_yes(reply):
        enough = SURE_IN_REPLY
    elif no_plain_reply:
        enough = SURE_IN_STEP
    elif grave:
        enough = SURE_WHERE_TOLD if reply.meant.act == "details" else SURE_IN_REPLY
    else:
        enough = SURE_OF_MANY
    return reading.candidates[0].confidence >= enough


def _answers_no_or_yes(reply: Reply) -> bool:
    """`no I never got an email`, to a question on the way to a person: an answer to us, and no new grave matter."""
    text = reply.message.text
    asked = reply.conversation.state == "gathering" and reply.meant.act == "answer"
    few = len(text.split()) <= FEW_TO_ANSWER
    return asked and few and (bare_beginning(text) is not None or denies(text))


def _is_named_by_all(reading: Reading) -> bool:
    """The whole message is likeliest about it, and not only a part read alone."""
    return reading.ranked is not None and reading.ranked.candidates[0].issue == reading.issue


def _told_to_a_person(reply: Reply) -> bool:
    """No question of ours is before the user: a grave matter counts as a first message does, another one where it is told surely."""
    other, words = reply.intent(reply.reading.issue), len(reply.message.text.split())
    if DENIED.is_in(reply.message.text) or words < FEW:
        return False
    surely = words >= ENOUGH_TO_TELL and reply.reading.candidates[0].confidence >= SURE_OF_MANY
    return other.team != "support" or other.reason in CRITICAL_FACTS or surely


def is_torn(reply: Reply) -> bool:
    """Within a step, surely of something grave, and not sure of which: `somebody else's number is on my account now`."""
    known, reading = reply.conversation, reply.reading
    if known.state != "answering" or known.ticket is not None or not reply.typed or len(reading.candidates) < SEVERAL:
        return False
    if len(reply.message.text.split()) < ENOUGH_TO_TELL or not _may_be_elsewhere(reply):
        return False
    grave = [one.confidence for one in reading.candidates[:SEVERAL] if reply.intent(one.issue).is_grave]
    return len(grave) == SEVERAL and sum(grave) >= SURE_IN_STEP


def is_of_one_team(reply: Reply) -> bool:
    """The words lie between two urgent matters of one team."""
    return reply.reading.decision == "choose" and which_of_one_team(reply) is not None


def which_of_one_team(reply: Reply) -> str | None:
    """Surely one of two urgent matters of the same team, and not sure which: that of which a fact was told, else the likelier. What
    tells them apart, their team asks."""
    two = [(one, reply.intent(one.issue)) for one in reply.reading.candidates[:SEVERAL]]
    same = len({intent.team for _, intent in two}) == 1 and all(intent.priority in URGENT for _, intent in two)
    if len(two) < SEVERAL or not same or sum(one.confidence for one, _ in two) < SURE_OF_MANY:
        return None
    told = (intent.id for _, intent in two if {rule.signal for rule in intent.signals} & {*reply.fresh})
    return next(told, two[0][0].issue)


def gives_way_here(reply: Reply) -> bool:
    """What the words are likeliest about gives way to what is looked at already: that others have it too makes it no outage."""
    return reply.conversation.issue in {one.to for one in reply.intent(reply.reading.issue).gives_way}


def _may_be_elsewhere(reply: Reply) -> bool:
    """By what it looks like to the question before the user: no plain answer to it."""
    meant = reply.meant
    return meant.act in MAY_BE_ELSEWHERE or (meant.act == "answer" and meant.chance < NO_PLAIN_ANSWER)
