"""Closing a request that is with people: what means it, what may mean it, and what is asked first."""

import re

from bot.dialogue.answering import ended
from bot.dialogue.button_values import CloseRequest
from bot.dialogue.handing_over.fault import asks_on
from bot.dialogue.hearing import grief, only_when, party, said_of_request, urgency, wrong_prescription
from bot.dialogue.hearing.objection import objection_in
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import closing_abroad
from bot.understanding.details.hearing import facts_of
from bot.understanding.intents.names import CLOSE_REQUEST
from bot.understanding.replying.bare import bare_answer, bare_beginning, is_bare
from bot.understanding.text.cuts import CLAUSES_APART
from bot.understanding.text.language import says_enough
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.text.spelling import as_read
from handoff.events import Withdrawn
from handoff.policy.names import CRITICAL_FACTS, DATA_LOST

SURE, SURE_TO_CLOSE, LIKE_AN_END, SURE_ABROAD = 0.5, 0.9, 0.65, 0.3
"""From which chance on words by themselves may mean that it is closed, close it, and tell that it works as one tells it to a step; and
from which chance on words of another language that say it is well may mean that it is closed."""
LIKELY_OF_ITS_OWN = 0.65
"""From which chance on a grave matter is meant, and no end of the request."""
CLOSES_AN_ACCOUNT = PHRASES.phrases["closes_an_account"]
CLOSES_REQUEST, STOPS_THE_MATTER = PHRASES.phrases["closes_request"], PHRASES.phrases["stops_the_matter"]
WORKS_ELSEWHERE, STAYS_OPEN = PHRASES.phrases["works_elsewhere"], PHRASES.phrases["stays_open"]
IS_LEFT = PHRASES.phrases["something_is_left"]
SAYS_CLOSE = re.compile(r"\bclosed?\b(?! it when\b)")
"""The word without which nothing is closed in English before it was asked about."""
WORKS_NOW, AGREES = PHRASES.phrases["works_now"], PHRASES.phrases["agrees"]
ASKS_WHAT_TO_DO, ONLY_NOW = PHRASES.phrases["asks_what_to_do"], PHRASES.group("it_is_now")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
PLACES = ("device", "browser")
"""Where something works, as a fact of the words."""
YES_BUT, NONE_OF = PHRASES.phrases["yes_but"], PHRASES.phrases["none_of_it"]
ONLY_DONE, IS_BACK = PHRASES.phrases["only_done"], PHRASES.phrases["is_back"]
WORKS_AGAIN, FEW = PHRASES.phrases["works_again"], 8
"""That it works, in so few words: then it is asked whether it is settled, whatever else they sound like."""


def denies_closing(reply: Reply) -> bool:
    """`kindly don't close it as cannot reproduce`, that what is done to them shall stop (`just stop them`), that something else
    works (`other sites load fine`), that it works on one device of several, only a day or a time, or where the other side of a visit
    is: such words close nothing, nor do words that begin with a no to whether it shall be closed."""
    text = reply.message.text
    elsewhere = is_elsewhere_too(reply) and not said_of_request.asks_to_close(reply)
    refused = _is_refused(reply) or (_was_asked(reply) and begins_with_no(text))
    if elsewhere or refused or only_when.is_all(text) or party.is_all(reply) or party.waits(reply):
        return True
    return any(one.is_in(text) for one in (STAYS_OPEN, IS_LEFT, STOPS_THE_MATTER, WORKS_ELSEWHERE))


def _is_refused(reply: Reply) -> bool:
    """`i need to attend it, dont cancel`."""
    found = objection_in(reply.message.text)
    return found is not None and found.is_of(reply.intent(CLOSE_REQUEST))


def begins_with_no(text: str) -> bool:
    """`no, half are missing`; `no longer needed` names what there is none of."""
    return bare_beginning(text) == "not_helped" and not NONE_OF.is_in(text)


def is_elsewhere_too(reply: Reply) -> bool:
    """`on the phone it works`: another device or browser than was named before, and not since now."""
    known, text, heard = reply.conversation, reply.message.text, reply.reading.heard.details
    before = [plain(one) for one in (*known.words, *known.so_far) if one != text]
    places = [plain(heard[place]) for place in PLACES if place in heard]
    other = any(not any(place in one for one in before) for place in places)
    return reply.typed and other and not WORKS_NOW.is_in(text)


def _names_something_else(reply: Reply) -> bool:
    return denies_closing(reply) or CLOSES_AN_ACCOUNT.is_in(as_read(reply.message.text)) or _is_wish_of_its_own(reply)


def _is_wish_of_its_own(reply: Reply) -> bool:
    """`erase everything you have on me`: surely a grave matter, and another than the request's, whatever it sounds like."""
    reading, known, request = reply.reading, reply.conversation, reply.message.request
    about = (known.issue, request.issue if request is not None else None)
    likely = reading.candidates[0].confidence >= LIKELY_OF_ITS_OWN
    surely = reading.sure and reading.decision == "handoff" and likely
    return surely and reading.issue not in about and reply.intent(reading.issue).is_grave


def wanted(reply: Reply) -> bool:
    """Only what plainly says so, in any language that is read: all else is asked about."""
    text = as_read(reply.message.text)
    plainly = CLOSES_REQUEST.is_in(text) or (SAYS_CLOSE.search(text) and said_of_request.surely_asks_to_close(reply))
    return reply.typed and bool(plainly) and not _names_something_else(reply)


def _is_for_the_doctor(reply: Reply) -> bool:
    """A wrong prescription is settled by whoever wrote it alone: `yes walgreens, they are holding it` ends nothing."""
    text = reply.message.text
    pharmacy = wrong_prescription.AT_PHARMACY.is_in(text) or wrong_prescription.PHARMACY in reply.reading.heard.details
    told = (
        (wrong_prescription.BY_DOCTOR.is_in(text) and not pharmacy)
        or is_bare(text)
        or not reply.conversation.in_english
    )
    return wrong_prescription.is_here(reply) and reply.meant.act != "close" and not told


def _sounds_like_it(reply: Reply) -> bool:
    """`done`, `no longer needed`: likely meant, and told in no plain words."""
    meant, reading = reply.meant, reply.reading
    asked = reading.sure and reading.issue == CLOSE_REQUEST
    if meant.act == "thanks":
        return asked
    told = ("close",) if is_kept(reply) else ("close", "helped")
    return meant.act in told and (asked or meant.chance >= SURE_TO_CLOSE)


def may_be_wanted(reply: Reply) -> bool:
    """It looks so, and is not said: a request that is closed by mistake is looked at by nobody."""
    mourns = grief.is_told_of(reply) and reply.meant.act != "close"
    if (
        said_of_request.is_only_told(reply)
        or closing_abroad.tells_no_end(reply)
        or mourns
        or _is_for_the_doctor(reply)
        or _names_something_else(reply)
    ):
        return False
    over = closing_abroad.is_over(reply) or said_of_request.end_told_here(reply)
    if _sounds_like_it(reply) or (over and (is_kept(reply) or not _sounds_grave(reply))):
        return True
    if reply.meant.act == "close" and reply.meant.chance >= SURE_ABROAD and not reply.conversation.in_english:
        return not _sounds_grave(reply)
    good_news = reply.meant.act in ("close", "helped") and reply.meant.chance >= SURE
    return (good_news or ONLY_DONE.is_in(reply.message.text)) and not _sounds_grave(reply)


def is_of_what_ended(reply: Reply) -> bool:
    """`done`, just after something else ended well beside the request, is about that."""
    said, text = reply.conversation.unsaid[-1:], reply.message.text
    return said in (("solved",), ("settled",)) and reply.typed and (ONLY_DONE.is_in(text) or says_it_works(reply))


def is_kept(reply: Reply) -> bool:
    """A request that people look at whatever its user says."""
    request = reply.message.request
    return request is not None and request.reason in CRITICAL_FACTS


def is_back(reply: Reply) -> bool:
    """What was lost is all there again: whether to close is asked, though people would look at it in any case."""
    request = reply.message.request
    lost = request is not None and request.reason == DATA_LOST
    return lost and reply.typed and IS_BACK.is_in(reply.message.text) and not denies_closing(reply)


def _was_asked(reply: Reply) -> bool:
    return reply.conversation.offers(CloseRequest(yes=True))


def _sounds_grave(reply: Reply) -> bool:
    """Likely of security, privacy or lost data, or told of a request that people look at in any case: no good news, whatever it looks
    like (`it was unlocked`, `the ambulance is here now`)."""
    if is_kept(reply):
        return True
    return reply.intent(reply.reading.candidates[0].issue).is_grave and urgency.is_likely(reply)


def says_it_works(reply: Reply) -> bool:
    """`works again`, `thanks, I got in`."""
    told = WORKS_AGAIN.is_in(reply.message.text) or closing_abroad.is_well(reply)
    return reply.typed and len(reply.message.text.split()) <= FEW and told


def seems_to_work(reply: Reply) -> bool:
    """Told as one tells it to a step; whether to close is asked, for a request is not closed by a guess."""
    if is_back(reply):
        return True
    if (
        "amount" in facts_of(reply.message.text)
        or denies_closing(reply)
        or _is_for_the_doctor(reply)
        or asks_on(reply.message.text)
        or YES_BUT.is_in(reply.message.text)
    ):
        return False
    if says_it_works(reply):
        return not (is_kept(reply) or grief.is_told_of(reply))
    enough = says_enough(reply.message.text, reply.conversation.language)
    if not enough or is_bare(reply.message.text) or reply.meant.act not in ("add", "thanks", "unclear", "close"):
        return False
    if _sounds_grave(reply) or closing_abroad.tells_no_end(reply) or grief.is_told_of(reply):
        return False
    return _tells_good_news(reply)


def _tells_good_news(reply: Reply) -> bool:
    """Also without the clauses that say only that it is now (`c'est maintenant`), and nowhere is it asked what to do next."""
    told = [one for one in CLAUSES_APART.split(plain(reply.message.text)) if not set(WORD.findall(one)) <= ONLY_NOW]
    if not told or asks_what_to_do(reply.message.text):
        return False
    endings = (reply.script.replies.to_ending(one) for one in (reply.message.text, ", ".join(told)))
    return all(one.act == "helped" and one.chance >= LIKE_AN_END for one in endings)


def asks_what_to_do(text: str) -> bool:
    """A clause asks what to do now, with or without its mark: `ya está bien de esto, ahora qué hago`."""
    return any(ASKS_WHAT_TO_DO.is_in(one) for one in CLAUSES_APART.split(plain(text)))


def ask(reply: Reply) -> None:
    """Shall the request be closed? In the words of what was told: that it works, or that it is over."""
    over = is_kept(reply) or reply.meant.act == "close" or ONLY_DONE.is_in(reply.message.text)
    well = (says_it_works(reply) and not is_kept(reply)) or is_back(reply)
    ask_with(reply, "nobody_wanted" if over and not well else "close_ask")


def ask_with(reply: Reply, line: str) -> None:
    """The same, with the line that says why it is asked."""
    number = reply.conversation.ticket
    if is_kept(reply) and line != "close_ask":
        reply.say(_kept(reply))
        return
    said = reply.local(closing_abroad.question(reply), number=number) or reply.line(line, number=number)
    reply.say(
        said,
        buttons=(
            reply.local_button("close_yes", CloseRequest(yes=True)),
            reply.local_button("close_no", CloseRequest(yes=False)),
        ),
    )


def _kept(reply: Reply) -> Part:
    """Thanks, and that a person looks at it all the same."""
    number = reply.conversation.ticket
    return reply.local("close_kept", number=number) or reply.line("close_kept", number=number)


def is_answered(reply: Reply) -> bool:
    """A bare yes or no while it is asked, or a word that agrees; thanks are none."""
    text = reply.message.text
    return _was_asked(reply) and (is_bare(text) or AGREES.is_in(text)) and not closing_abroad.only_thanks(text)


def is_agreed(reply: Reply) -> bool:
    """The answer is a yes."""
    return bare_answer(reply.message.text) == "helped" or AGREES.is_in(reply.message.text)


def works_all_the_same(reply: Reply) -> bool:
    """Asked whether to close, they tell the good news once more in the place of a yes; in another language only a yes is one."""
    told_nothing = (
        said_of_request.is_only_told(reply)
        or closing_abroad.only_thanks(reply.message.text)
        or closing_abroad.says_no_yes(reply)
    )
    if not _was_asked(reply) or denies_closing(reply) or told_nothing:
        return False
    if is_back(reply) or _sounds_grave(reply):
        return is_back(reply)
    told = reply.as_of_a_step()
    return may_be_wanted(reply) or (told.act == "helped" and told.chance >= SURE and not is_bare(reply.message.text))


def close(reply: Reply) -> None:
    """The request is closed because its user says so; where somebody's safety or data may be at risk, people look all the same and
    nothing more is asked, unless what was lost is there."""
    known = reply.conversation
    if is_kept(reply) and not (_was_asked(reply) or is_back(reply)):
        if known.state == "gathering":
            reply.know(state="with_support", asking=None, reason=None)
        reply.say(_kept(reply))
        return
    reply.withdrawn = True
    reply.for_ticket = False
    reply.happened(Withdrawn(known.ticket))
    number = known.ticket
    if known.issue is not None:
        ended.keep(reply, known.issue)
    reply.know(ticket=None, previous=number, state="solved", step=None, asking=None, also=())
    reply.know(
        closed=known.issue,
        issue=None,
        words=(),
        so_far=(),
        refused=(),
        signals=(),
        gathered=(),
        asked=(),
        tried=(),
        known={},
    )
    reply.say(reply.local("closed", number=number) or reply.line("closed_by_user", number=number))


def works_now(reply: Reply) -> bool:
    """Said, and by no other reading something else."""
    return says_it_works(reply) and seems_to_work(reply)
