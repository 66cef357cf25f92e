"""Of several open requests of one person the one that is meant: by its number, or by what it is about. The turn is about that one."""

import re
from dataclasses import replace

from bot.dialogue.hearing import unspoken_language
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import closing
from bot.understanding.intents.names import CLOSE_REQUEST, STATUS, UNKNOWN
from bot.understanding.phrase_matcher import words_of_the_matter
from bot.understanding.text.plain import plain, telling_words
from handoff.facts import OpenRequest

TURNS = ("with_support", "with_staff", "resolved", "solved", "new", "waiting")
"""Where no question of ours is before the user."""
LIKELY, ALIKE, AHEAD = 0.2, 0.4, 0.2
"""From which chance on words are of the matter of a request, or like its own words, and so much more than of any other."""

REQUESTS = frozenset("request requests ticket tickets case issue issues problem problems concern number".split())
"""What all requests are called: `close my request` names none of them."""
_NUMBER = re.compile(r"(?<![\w.,$])#?(\d{3,})(?![\w])")


def turn_to(reply: Reply) -> None:
    """Where the words name another open request than the one spoken of last, it is the one that they are about."""
    known, others = reply.conversation, reply.message.others
    if not others or not reply.typed or known.state not in TURNS:
        return
    meant = named(reply)
    if meant is None and known.ticket is None and len(others) == 1 and speaks_of_requests(reply):
        meant = others[0]
    if meant is None or meant is reply.message.request or not (known.ticket or speaks_of_requests(reply)):
        return
    before = tuple(one for one in all_open(reply) if one is not meant)
    reply.message = replace(reply.message, request=meant, others=before)
    reply.know(
        ticket=meant.number,
        state="with_staff" if meant.answered else "with_support",
        issue=meant.issue if meant.issue in reply.script.catalog.intents else UNKNOWN,
        reason=meant.reason,
        words=(meant.summary,),
        **dict.fromkeys(("so_far", "signals", "gathered", "asked", "tried", "buttons", "also"), ()),
        **dict.fromkeys(("step", "asking", "beside")),
    )
    reply.mean_anew()


def all_open(reply: Reply) -> tuple[OpenRequest, ...]:
    """Every open request of this conversation, the one that was spoken of last first."""
    own = reply.message.request
    return (*((own,) if own else ()), *reply.message.others)


def speaks_of_requests(reply: Reply) -> bool:
    """Asks how far one is or has one closed, or writes its number: no new matter."""
    return _number(reply) is not None or reply.reading.issue in (STATUS, CLOSE_REQUEST) or closing.wanted(reply)


def named(reply: Reply) -> OpenRequest | None:
    """The one whose number stands in the words; else the only one of whose matter they are, in another language surely: there it is not
    known which shared words tell nothing (`não`), and what is only added belongs to the one that was spoken of last."""
    by_number = _number(reply)
    if by_number is not None:
        return by_number
    if unspoken_language.holds(reply):
        return _by_sure_reading(reply)
    return _by_words(reply) or _by_reading(reply) or _by_likeness(reply)


def _number(reply: Reply) -> OpenRequest | None:
    said = {int(number) for number in _NUMBER.findall(reply.message.text)}
    return next((one for one in all_open(reply) if one.number in said), None)


def only_names_one(reply: Reply) -> bool:
    """`and what about 1002?`: its number, and nothing told beside it."""
    if not reply.typed or _number(reply) is None:
        return False
    left = set(telling_words(plain(reply.message.text))) - REQUESTS
    return all(word.isdigit() for word in left)


def _by_words(reply: Reply) -> OpenRequest | None:
    """The only one that shares words of its matter with what is said."""
    said = set(telling_words(plain(reply.message.text)))
    shared = {one.number: len(said & _words_of(reply, one)) for one in all_open(reply)}
    best = max(shared.values())
    first = [one for one in all_open(reply) if shared[one.number] == best]
    return first[0] if best and len(first) == 1 else None


def _words_of(reply: Reply, one: OpenRequest) -> set[str]:
    intent = reply.script.catalog.intents.get(one.issue)
    own = {*telling_words(plain(one.summary)), *telling_words(plain(one.title))}
    return (own | words_of_the_matter(intent) if intent else own) - REQUESTS


def _by_sure_reading(reply: Reply) -> OpenRequest | None:
    found = [one for one in all_open(reply) if reply.reading.sure and one.issue == reply.reading.issue]
    return found[0] if len(found) == 1 else None


def _by_reading(reply: Reply) -> OpenRequest | None:
    """The one whose issue the words likely are of, whatever they ask of it."""
    likely = [one.issue for one in reply.reading.candidates if one.confidence >= LIKELY]
    found = [one for one in all_open(reply) if one.issue in likely]
    return found[0] if len(found) == 1 else None


def _by_likeness(reply: Reply) -> OpenRequest | None:
    told = [one.summary for one in all_open(reply)]
    place = reply.script.semantic_matcher.closest(reply.message.text, told, ALIKE, AHEAD)
    return None if place is None else all_open(reply)[place]


def is_unclear(reply: Reply) -> bool:
    """Several are open, and the words name none of them."""
    return len(all_open(reply)) > 1 and reply.typed and named(reply) is None


def is_to_close_one(reply: Reply) -> bool:
    """One shall be closed, and it is not said which."""
    return closing.wanted(reply) and is_unclear(reply)


def tell_all(reply: Reply) -> None:
    """Each shortly: its number, what it is about, how far it is, and by when the next word comes."""
    _say_all(reply, "several_open")


def ask_which_to_close(reply: Reply) -> None:
    """None is closed by a guess: whoever has several says which."""
    reply.for_ticket = False
    _say_all(reply, "which_to_close")


def _say_all(reply: Reply, line: str) -> None:
    if unspoken_language.holds(reply):
        _say_all_abroad(reply, line)
        return
    each = (
        reply.line("one_open", number=one.number, title=one.title, state=one.state, due=one.due)
        for one in sorted(all_open(reply), key=lambda one: one.number)
    )
    reply.say(reply.line(line), *each)


def _say_all_abroad(reply: Reply, line: str) -> None:
    """The same in the user's own language: the graver one first, and which words of theirs each is about."""
    rank = reply.script.policy.rank
    parts: list[Part | None] = [reply.local(line)]
    for one in sorted(all_open(reply), key=lambda one: (rank(one.priority), one.number)):
        parts += [reply.with_our_team(one), reply.local("card_words", summary=one.summary) if one.summary else None]
    reply.say(*(part for part in parts if part is not None))
