"""A person is asked for: by name, in a reply to a step, or by telling how one wants to be reached; and what is done then."""

from bot.dialogue.answering import ended, explaining, steps
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import closing, request_rules
from bot.understanding.intents.names import PERSON, UNKNOWN
from bot.understanding.reading import LIKELY, OPENS_MATTER
from bot.understanding.text.phrases import PHRASES
from handoff.events import IssueRaised
from handoff.policy.names import ASKED_FOR_PERSON, REPEATED_ANGER

SURE_IN_ANGER, SURE_TO_REFUSE = 0.75, 0.6
"""From which chance on angry words ask for a person, below it the anger is answered first; and from which on none is wanted."""
NO_PERSON, THREATENS = PHRASES.phrases["no_person"], PHRASES.phrases["threatens"]
PEOPLE_NEXT = ("gathering", "choosing", "waiting", "with_support", "new")
"""Where the next thing may be a person."""
REACHED_BY = ("later", "details", "unclear", "cannot", "issue")
"""What a reply may look like that tells how somebody wants to be reached, and no result."""


def asked_for(reply: Reply) -> bool:
    """True where people shall take it, whatever else is told."""
    reading, known = reply.reading, reply.conversation
    if reading.sure and reading.issue == PERSON:
        return not _refuses(reply)
    if NO_PERSON.is_in(reply.message.text) or explaining.wants_it_done(reply):
        return False
    if known.state == "answering" and known.step and (_means_person(reply) or _says_how_to_be_reached(reply)):
        return True
    return known.state in ("answering", "choosing") and reply.meant.act != "later" and reply.wants_people


def _refuses(reply: Reply) -> bool:
    """`don't put me through, I only want the address`."""
    stops = reply.meant.act == "stop" and reply.meant.chance >= SURE_TO_REFUSE
    return reply.typed and (stops or NO_PERSON.is_in(reply.message.text))


def nobody_is_wanted(reply: Reply) -> bool:
    """Where people are on the way or come next, and all that is told is that none are wanted."""
    known = reply.conversation
    if not reply.typed or known.state not in PEOPLE_NEXT or not NO_PERSON.is_in(reply.message.text):
        return False
    if known.state == "new" and known.ended is None:
        return False
    on_the_way = known.state == "gathering" and known.ticket is None
    return on_the_way or not _tells_another(reply)


def _tells_another(reply: Reply) -> bool:
    """Surely an issue of ours, told with it: `no person, how do I change my password`."""
    reading, known = reply.reading, reply.conversation
    surely = reading.sure and reading.decision in OPENS_MATTER
    return surely and reading.issue not in (PERSON, UNKNOWN, known.issue)


def call_nobody(reply: Reply) -> None:
    """Nothing is opened; the article stays, and people can be had at any time. An open request is closed only by its user's yes."""
    known = reply.conversation
    if known.ticket is None and _tells_another(reply):
        reply.know(reason=None, asking=None, asked=())
        steps.start(reply, reply.reading.issue)
    elif known.ticket is None:
        intent = reply.script.catalog.intents.get(known.issue or "")
        places = (*(intent.kb if intent else ()), *known.articles)
        pages = [page for page, _, _ in (place.partition("#") for place in places) if page in reply.script.pages]
        steps.dropped(reply, reply.line("nobody_called"), person=True, page=next(iter(pages), None))
    else:
        reply.know(state="with_support", asking=None)
        closing.ask_with(reply, "nobody_wanted")


def _means_person(reply: Reply) -> bool:
    """Also angrily, where it is plain; mere anger is answered first."""
    enough = SURE_IN_ANGER if "angry" in reply.reading.signals else 0.0
    return reply.meant.act == "person" and reply.meant.chance >= enough


def _says_how_to_be_reached(reply: Reply) -> bool:
    """Who tells how they want to be called, and of no result, waits for people."""
    wished = "contact_wish" in reply.reading.heard.details
    return wished and reply.meant.act in REACHED_BY


def honour(reply: Reply) -> None:
    """Honoured at once, in any turn; a known issue is kept (decision O21)."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None:
        request_rules.person(reply)
        return
    if _names_what_for(reply):
        steps.leave_step(reply)
        reply.know(step=None)
        steps.start(reply, reading.issue)
        return
    if known.issue is None or known.state in ("solved", "new", "waiting"):
        named = [issue for issue in reading.also if issue != PERSON] or _taken_for_solved(reply)
        reply.know(issue=named[0] if named else None, also=tuple(named[1:]))
    handover.begin(reply, ASKED_FOR_PERSON)


def _taken_for_solved(reply: Reply) -> list[str]:
    """What was told to be solved just now, or let be, and is what a person is asked for: it is open again, with all that was told."""
    known = reply.conversation
    if known.state == "new" and known.ended is not None and known.ended.issue in reply.script.catalog.intents:
        issue = known.ended.issue
        ended.restore(reply)
        reply.happened(IssueRaised(issue))
        return [issue]
    if known.state != "solved" or known.solved[-1:] == () or known.solved[-1] not in reply.script.catalog.intents:
        return []
    reply.know(solved=known.solved[:-1])
    reply.happened(IssueRaised(known.solved[-1]))
    return [known.solved[-1]]


def _names_what_for(reply: Reply) -> bool:
    """What people shall have is surely another matter of theirs: `could you tell whoever builds these things?`"""
    reading = reply.reading
    surely = reading.sure and reading.decision == "handoff" and reading.candidates[0].confidence >= LIKELY
    surely = surely or (reading.decision == "handoff" and reading.issue in reply.conversation.also)
    return surely and reading.issue not in (PERSON, UNKNOWN, reply.conversation.issue)


def is_threatened(reply: Reply) -> bool:
    """`I'm going to sue you`, and no issue that is surely named with it."""
    reading = reply.reading
    alone = reading.text == reply.message.text
    named = alone and reading.sure and reading.decision in OPENS_MATTER and reading.issue != PERSON
    return reply.typed and not named and THREATENS.is_in(reply.message.text)


def take_threat(reply: Reply) -> None:
    """Nobody who says so is asked on or let go: people have it, or get it with everything that was told."""
    known = reply.conversation
    if known.ticket is not None:
        request_rules.person(reply)
    elif known.state == "gathering":
        handover.hand_over(reply)
    else:
        reply.open_with("angry")
        handover.begin(reply, REPEATED_ANGER, opening=reply.line("handing_over_unclear"))
