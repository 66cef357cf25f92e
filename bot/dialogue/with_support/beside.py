"""Another matter, told while a request is with people: its steps beside it, or people; what may be news is on the request too."""

import re

from bot.dialogue.answering import steps
from bot.dialogue.choosing import choice_rules
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import unspoken_language
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import closing, next_matter
from bot.understanding.intents.names import CLOSE_REQUEST, UNKNOWN
from bot.understanding.reading import OPENS_MATTER
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import SECURITY_BREACH_SUSPECTED, URGENT

SURE_OF_GRAVE, SURELY_ADDED, HARDLY_ADDED, SURELY_ELSEWHERE = 0.8, 0.9, 0.6, 0.9
"""How sure a grave matter must be to be one of its own; from which chance on words are an addition, whatever else they look like;
under which they are one only where they are not surely of another issue; and
from which chance on words that look like one are of another issue, by two other ways of reading them."""
SURE_OF_ANOTHER, LIKELY, NO_NEWS = 0.8, 0.25, 0.15
"""From which chance on words turn to another issue of which it is not sure which; how likely the first must be; and how likely a grave
one may be beside it."""
ADDS = ("add", "status")
OF_ACCOUNT = "account."
_LEADS = re.compile(rf"^(?:(?:{PHRASES.any_joint('matter')}|{PHRASES.any_joint('clause')}),? )+")
ANOTHER_MATTER, ASKS = PHRASES.phrases["another_matter"], PHRASES.phrases["asks"]


def is_new(reply: Reply) -> bool:
    """Another issue than the request's, certain enough to begin with it."""
    known, reading = reply.conversation, reply.reading
    about = reply.message.request.issue if reply.message.request else known.issue
    return reading.sure and reading.decision in OPENS_MATTER and reading.issue not in (about, known.issue)


def adds_to_attack(reply: Reply) -> bool:
    """What is told of signing in and of the account, while a request of security is open, belongs to it and is never answered with
    steps: `my phone gets texts asking for the code`."""
    request, reading = reply.message.request, reply.reading
    if request is None or request.reason != SECURITY_BREACH_SUSPECTED or not reading.issue.startswith(OF_ACCOUNT):
        return False
    return not (ANOTHER_MATTER.is_in(reply.message.text) or ASKS.is_in(reply.message.text))


def is_of_the_request(reply: Reply) -> bool:
    """Told amid the steps of something else, and surely of the matter that people have."""
    known, request, reading = reply.conversation, reply.message.request, reply.reading
    if known.beside is None or request is None or not reply.typed:
        return False
    same = reading.sure and reading.issue == request.issue and reading.candidates[0].confidence >= SURE_OF_ANOTHER
    return same and request.issue != known.issue and reply.intent(request.issue).route == "handoff"


def add_to_it(reply: Reply) -> None:
    """People see it there, and no second request is opened; the steps go on beside a calm one, and end beside a grave one."""
    reply.for_ticket = True
    reply.open_with("added_to_ticket", number=reply.conversation.ticket)
    if not closing.is_kept(reply):
        steps.ask_again(reply)
        return
    go_back(reply)
    reply.say()


def go_back(reply: Reply) -> None:
    """Nothing is looked at any more but the request."""
    request = reply.message.request
    steps.leave_step(reply)
    reply.know(beside=None, step=None, asking=None, issue=request and request.issue, state="with_support")


def is_another(reply: Reply) -> bool:
    """No addition: what makes the request itself urgent is one ("how shall I join at 2:30 then?"), and so is news of something grave.
    And a grave matter only when it is as sure as within any conversation."""
    if not is_new(reply) or unspoken_language.holds(reply) or adds_to_attack(reply) or _is_one_word(reply):
        return False
    if reply.reading.issue in (UNKNOWN, *reply.conversation.refused) and not ANOTHER_MATTER.is_in(reply.message.text):
        return False  # what is of none of our issues, or only looks like the one that was refused, may well be of the request
    if reply.intent(reply.reading.issue).priority in URGENT:
        grave_enough = reply.reading.candidates[0].confidence >= SURE_OF_GRAVE
        return grave_enough and reply.meant.act not in ADDS
    return _turns(reply) and (closing.is_kept(reply) or not handover.has_become_urgent(reply))


def _is_one_word(reply: Reply) -> bool:
    """`gdpr`, after a request was made: a word on it, and no matter of its own."""
    text = reply.message.text.strip()
    return len(text.split()) == 1 and not text.endswith("?")


def _turns(reply: Reply) -> bool:
    """The words turn to something else: as said to us who wait, by how they begin, as a question, or as two other readings say."""
    meant = reply.meant
    if meant.act == "status":
        return False
    if meant.act != "add" or _says_so(reply):
        return True
    likelier = meant.chance < HARDLY_ADDED and reply.reading.candidates[0].confidence >= SURE_OF_ANOTHER
    return likelier or (meant.chance < SURELY_ADDED and _is_told_elsewhere(reply))


def _says_so(reply: Reply) -> bool:
    """`by the way`, `different question`, or a question: no news of what was told before."""
    text = _LEADS.sub("", plain(reply.message.text))
    return ANOTHER_MATTER.is_in(text) or text.endswith("?") or ASKS.is_in(text)


def _is_told_elsewhere(reply: Reply) -> bool:
    replies, text = reply.script.replies, reply.message.text
    readings = (replies.to_ending(text), replies.to_question(text, "ended"))
    return all(one.act == "issue" and one.chance >= SURELY_ELSEWHERE for one in readings)


def start(reply: Reply) -> None:
    """Its own steps; beside a grave matter a calm one that is for people is asked about, and what may be news of it is seen there."""
    issue, grave = reply.reading.issue, closing.is_kept(reply)
    calm = reply.intent(issue).priority not in URGENT
    if grave and calm and reply.intent(issue).route == "handoff":
        reply.open_with("added_to_ticket", number=reply.conversation.ticket)
        steps.ask_about_next(reply, issue)
        return
    if grave and calm and not _says_so(reply):
        reply.open_with("seen_there_too", number=reply.conversation.ticket)
        next_matter.set_beside(reply, seen_there=True)
    else:
        next_matter.set_beside(reply)
    steps.start(reply, issue)


def is_one_of_several(reply: Reply) -> bool:
    """Surely another issue and a calm one, and not sure which."""
    if reply.meant.act == "status" or not may_be_one_of_several(reply):
        return False
    turns = reply.meant.act == "issue" and reply.meant.chance >= SURE_OF_ANOTHER
    return turns or (_says_so(reply) and reply.meant.act in ("issue", "add", "unclear"))


def may_be_one_of_several(reply: Reply) -> bool:
    """By what the words are about alone, whatever they look like as said to us."""
    known, reading, request = reply.conversation, reply.reading, reply.message.request
    if reading.sure or reading.decision != "choose" or unspoken_language.holds(reply):
        return False
    first = reading.candidates[0]
    if (
        adds_to_attack(reply)
        or reply.intent(first.issue).tier is None
        or first.confidence < LIKELY
        or first.issue in (known.issue, request.issue if request else None)
    ):
        return False
    return not any(one.confidence >= NO_NEWS and reply.intent(one.issue).is_grave for one in reading.candidates)


def which(reply: Reply) -> None:
    """Which of these is it? The request stays as it is."""
    next_matter.set_beside(reply)
    reply.know(unclear=0)
    choice_rules.offer(reply, tuple(candidate.issue for candidate in reply.reading.candidates))


def wants_request_closed(reply: Reply) -> bool:
    """`close the ticket`, while the steps of something else stand beside the open request."""
    reading = reply.reading
    likely = reading.sure and reading.issue == CLOSE_REQUEST and reading.candidates[0].confidence >= SURE_OF_ANOTHER
    return reply.conversation.ticket is not None and (likely or closing.wanted(reply))


def leave_and_close(reply: Reply) -> None:
    """The steps are left; the request too is closed where that was said plainly, else asked about."""
    if closing.wanted(reply) and reply.message.request is not None:
        go_back(reply)
        closing.close(reply)
        return
    steps.dropped(reply)
    closing.ask_with(reply, "taken_back_ask")
