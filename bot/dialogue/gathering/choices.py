"""Which choice of a question words name or plainly mean."""

import re
from dataclasses import dataclass

from bot.dialogue.conversation import Source
from bot.dialogue.hearing.said_again import answer_in
from bot.dialogue.reply import Reply
from bot.understanding.matching.semantic_match import denies
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import PAGE_OR_FEATURE

FEW, SHORT, WHOLE = 2, 3, 3
"""So few words name a choice by all they have; so few telling ones, with as many small ones beside them, by one word; and a choice of
so many telling words is meant by who says them all in its order."""
TOLD_LIKE, BESIDE_FACTS = (0.5, 0.12), (0.6, 0.15)
"""How like a choice of a question, and how much more than the next one, words are that answer it; and such as tell other facts."""
WITH_A_WORD, BY_ITSELF = (0.42, 0.15), (0.5, 0.2)
"""The same of what was told before: for a clause that has a telling word of the choice, and for one that has none."""
STATED_LIKE, _CAN_YOU = (0.58, 0.15), re.compile(r"can you (.+?) ?(?:yourself)?\W*$")
"""How like the statement that a question makes, and how much more than its denial, words are that answer it."""
WHAT = frozenset((PAGE_OR_FEATURE, "what_is_missing", "what_to_change"))
"""Questions for what it is, which other words tell too than those of a choice."""
OR, STEM = " or ", 4
"""A word that has the first letters of another, so many, is of its kind: `delete` of `deleting`, `surname` of `name`."""
NAMED_BY_CHOICE = frozenset((PAGE_OR_FEATURE,))
"""Questions for which a name that was heard counts only where it means one of their choices."""
CLAUSE = re.compile(r"[.!?;,\n]+(?:\s|$)")
LEADS = re.compile(r"^(?:(?:but|and|so|only|just|the|my)\s+)+")
JOINT = re.compile(rf"[.!?;,\n]+(?:\s|$)|\s{PHRASES.any_joint('clause')}\s")
HISTORY_OF = re.compile(r"\b(\w{4,}) (?:history|list)\b")
"""`my visit history` is of visits."""
ARTICLES = ("a", "an", "the", "my", "or", "and")
ABSOLUTE = PHRASES.group("absolute")
"""A choice with one of these says more than the words that are like it, or nothing; it is not taken from what was said before."""
ALL_OF_IT = frozenset(("everything", "everyone", "everybody"))
DID_TO_ALL = PHRASES.phrases["did_to_all"]
_YES_OR_NO = PHRASES.phrases["yes_or_no"]


@dataclass(frozen=True)
class Question:
    """Something to ask before a person takes over."""

    id: str
    label: str
    ask: str
    choices: tuple[str, ...]
    source: Source

    @property
    def wants_yes_or_no(self) -> bool:
        """True when a bare no is an answer to it."""
        return _YES_OR_NO.is_in(self.ask) and not self.choices


def told_earlier(reply: Reply, words: str, question: Question, *, named: bool = False) -> str | None:
    """The choice that words which were no answer to the question name, or, unless it must be `named`, are so like that they share a
    telling word with it."""
    choice = answer_in(words, question.ask, question.choices) or _named(words, question)
    if choice is None:
        choice = stated(reply, words, question)
    if choice is None:
        choice = _choice_told(words, question)
    if choice is None and not named:
        clauses = _clauses(words)
        choice = _plainly_like(reply, clauses, question)
    return None if choice is None or says_more(choice) else choice


def _clauses(words: str) -> list[str]:
    """The whole, its clauses, and each without what leads to it: `but the name is grey` tells of the name."""
    told = [one for one in dict.fromkeys((words, *CLAUSE.split(words), *JOINT.split(words))) if one.strip()]
    return [*dict.fromkeys((*told, *(LEADS.sub("", plain(one).strip()) for one in told)))]


def stated(reply: Reply, words: str, question: Question) -> str | None:
    """The yes or the no to `Can you still …?`, told as a sentence by itself: `i can still log in on my computer`."""
    asked, named = _CAN_YOU.match(plain(question.ask)), {plain(one): one for one in question.choices}
    if asked is None or not {"yes", "no"} <= named.keys():
        return None
    can = (f"i can {asked[1]}", f"i cannot {asked[1].removeprefix('still ')} any more")
    said = tuple(one.replace("your", "my").replace(" yourself", "").strip(" ?") for one in can)
    clauses = _clauses(words)
    found = (reply.script.semantic_matcher.closest(one, said, *STATED_LIKE) for one in clauses)
    best = next((number for number in found if number is not None), None)
    return None if best is None else named[("yes", "no")[best]]


def _plainly_like(reply: Reply, clauses: list[str], question: Question) -> str | None:
    """The choice that a clause is likest to of those that share a telling word with it; else one that it is like far more than any
    other."""
    matter = {*telling_words(plain(reply.intent().title))}
    for like in (TOLD_LIKE, WITH_A_WORD):
        found = ((_like(reply, one, question, like), one) for one in clauses)
        sharing = [choice for choice, one in found if choice is not None and _shares_a_word(choice, one, matter)]
        if sharing:
            return sharing[0]
    others = (_like(reply, one, question, BY_ITSELF) for one in clauses) if question.id in WHAT else ()
    return next((choice for choice in others if choice is not None), None)


def says_more(choice: str) -> bool:
    """It holds for all or for none, which what was told before seldom does."""
    return not ABSOLUTE.isdisjoint(plain(choice).split())


def _shares_a_word(choice: str, words: str, matter: set[str]) -> bool:
    """A telling word of both, and none that only says what the matter is: `join` tells nothing of how a visit can't be joined."""
    own = {word[:STEM] for word in telling_words(plain(choice)) if word not in matter}
    return any(stem in word for stem in own for word in telling_words(plain(words)))


def meant_choice(reply: Reply, words: str, question: Question, like: tuple[float, float] = TOLD_LIKE) -> str | None:
    """The one choice of a question that the words name, or that they mean plainly enough."""
    again = answer_in(words, question.ask, question.choices) or _named(words, question)
    meant = again or _like(reply, words, question, like)
    return None if meant is not None and _was_done_to_all(meant, words) else meant


def _named(words: str, question: Question) -> str | None:
    said = {*telling_words(plain(words)), *(f"{one}s" for one in HISTORY_OF.findall(plain(words)))}
    named = [choice for choice in question.choices if _is_named(choice, words, said)]
    return named[0] if len(named) == 1 else None


def _like(reply: Reply, words: str, question: Question, like: tuple[float, float]) -> str | None:
    found = reply.script.semantic_matcher.closest(words, question.choices, *like)
    return question.choices[found] if found is not None else None


def named_choice(said: str, question: Question) -> str | None:
    """The only choice that has a telling word of a short answer: `name`, of "Name or date of birth", `it's on my visa card`."""
    told = set(telling_words(said))
    if len(said.split()) > SHORT * 2 or len(telling_words(said)) > SHORT or denies(said):
        return None
    named = [choice for choice in question.choices if told & set(telling_words(plain(choice)))]
    return named[0] if len(named) == 1 and not _was_done_to_all(named[0], said) else None


def _was_done_to_all(choice: str, words: str) -> bool:
    """`rebooted everything` tells what was done, and not what fails."""
    return not ALL_OF_IT.isdisjoint(plain(choice).split()) and DID_TO_ALL.is_in(words)


def named_in_clause(words: str, question: Question) -> str | None:
    """The choice that the first short clause names which names one: `android. did you call them?`, `expired, as I said`."""
    named = (named_choice(plain(one).strip(" .!"), question) for one in CLAUSE.split(words) if "?" not in one)
    return next((choice for choice in named if choice is not None), None)


def _is_named(choice: str, words: str, said: set[str]) -> bool:
    """Its name was told, or one of two for the same things (`Appointments or visits`), or all that it says, in its order."""
    names = plain(choice).split(OR)
    same_things = len(names) > 1 and all(name.isalpha() and name.endswith("s") for name in names)
    if said.issuperset(_names(choice)) or _is_denied_so(choice, words) or (same_things and not said.isdisjoint(names)):
        return True
    own, told = telling_words(plain(choice)), telling_words(plain(words))
    whole = (told[start : start + len(own)] == own for start in range(len(told)))
    return len(own) >= WHOLE and not denies(words) and any(whole)


def _is_denied_so(choice: str, words: str) -> bool:
    """`I have no sound in my video visit` says `No sound`, word for word."""
    says = plain(choice)
    return says.startswith("no ") and re.search(rf"\b{re.escape(says)}\b", plain(words)) is not None


def _names(choice: str) -> list[str]:
    """The words of a choice that only names a thing; of any other what nobody says."""
    words = [word for word in plain(choice).split() if word not in ARTICLES]
    return words if words == telling_words(" ".join(words)) else [choice]


def _choice_told(words: str, question: Question) -> str | None:
    """The only choice of which a sentence has all that tells it from the others, or two words: `send me a copy of my data`."""
    choices = () if question.id in NAMED_BY_CHOICE else question.choices
    own = {choice: set(telling_words(plain(choice))) for choice in choices}
    said = [set(telling_words(plain(one))) for one in CLAUSE.split(words) if not denies(one)]
    told = []
    for choice, mine in own.items():
        apart = mine.difference(*(theirs for other, theirs in own.items() if other != choice))
        if apart and len(mine) >= FEW and any(apart <= one or len(apart & one) >= FEW for one in said):
            told.append(choice)
    return told[0] if len(told) == 1 else None
