"""Whether a result that is told is of the matter that is looked at: nothing is solved by a yes to something else."""

import re
from collections.abc import Iterable

from bot.dialogue.answering import hardly_a_result, steps
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import only_when, visit_now, wrong_prescription
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import PERSON, WRONG_INFORMATION
from bot.understanding.reading import Meant
from bot.understanding.replying.bare import bare_beginning, is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

BEGINS_WITH_YES, CAME_TWICE = PHRASES.phrases["begins_with_yes"], PHRASES.phrases["came_twice"]
CLAUSE = re.compile(r"[,.;!]+\s+")
TELLS_MORE, SURELY_NO_RESULT, LIKE_AN_END = 3, 0.8, 0.96
"""So many words after a yes tell something of their own, from which chance on that is no result (what a button says
is none), and under which chance a yes and more is hardly one by itself: `yes I see the page`."""
NO_RESULT = ("later", "details", "issue", "question", "person", "not_helped", "cannot")
DENIED, TURNS = ("did_before", *NO_RESULT), {" but ": 3, " then ": 4}
"""What is no result by itself; and words at which a reply turns, with how many words tell something from there on."""
WORKS_NOW, NAMES_IT = PHRASES.phrases["works_now"], 2
"""So many words name the trouble once more."""
WORKS_ELSEWHERE = PHRASES.phrases["works_elsewhere"]
ENDS_IT = ("helped", "solved", "later", "stop", "thanks", "person")
ONLY_DONE, ASKED = PHRASES.phrases["only_done"], "only_done"
GOES_ON_TO, DEEDS, BESIDE_A_DEED = PHRASES.phrases["goes_on_to"], PHRASES.group("deeds"), PHRASES.group("beside_a_deed")
ASKS_TO_FIND, IRREGULAR = PHRASES.phrases["asks_to_find"], {"sent": "send"}
CORRECTS = PHRASES.phrases["corrects"]
YES_OR_NO, TELLS_MORE_ONLY = PHRASES.phrases["yes_or_no"], ("details", "unclear", "add", "other", "correction")
DOES, ITSELF = frozenset("did done do tried made".split()), frozenset("it that they he she".split())
HOW_OFTEN = re.compile(r"\d+x?|x\d+|once|twice|thrice|two|three|four|several|times")
"""That it was done, and how often; and whoever does it by itself: `it did open`."""
REACHES = re.compile(
    r"^(?:(?:ok|yes|well|and|but) )*(?:i|we|he|she|they|somebody|someone|(?:the|my) \w+)"
    r"(?:'m|'re|'s|'ll| am| are| is| will)? (?:just )?"
    rf"(?:{'|'.join(sorted(PHRASES.group('reaching')))}) (?:me|you|us|him|her|them|(?:the|my) \w+)\b"
)
"""Somebody rings or writes to somebody at this moment: a deed, and no word of what came of it."""
FEW, STEM = 3, 4
"""So many words tell at most that a step was done, and so many letters of a word are the same in its other forms."""
SURELY_A_RESULT = 0.97
"""From which chance on a clause by itself is a success, as a whole reply must be (replying/replies.py)."""
LIKELY, FAR_LIKELIER, NAMED = 0.05, 3.0, 0.35
"""How likely another matter that was named must be by the words that tell a result, and how many times likelier than this one; and how
likely one that is turned to."""


def is_of_something_else(reply: Reply) -> bool:
    """`yes it is going on right now`, `I see them, but all are taken`: what follows the yes, or the last turn of the words, tells by
    itself anything but a result; or all of it would deny one, said to no step, or tells only when."""
    said = plain(reply.message.text)
    if reply.meant.act != "helped" or is_bare(said):
        return False
    if reply.conversation.issue == WRONG_INFORMATION and not wrong_prescription.is_settled(reply):
        return True
    if _only_names_it_again(reply, said):
        return True
    if only_when.is_all(said) or REACHES.search(said):
        return True
    if any(one.is_in(said) for one in (CAME_TWICE, WORKS_ELSEWHERE)) or hardly_a_result.is_told(reply):
        return True
    rest, ending = BEGINS_WITH_YES.expression.sub("", said), reply.script.replies.to_ending(said)
    if visit_now.is_start_of_a_thing(reply, rest):
        return False
    more = rest != said and len(rest.split()) >= TELLS_MORE
    if more and (_is_no_result(reply, rest) or _is_denied(reply, rest) or ending.chance < LIKE_AN_END):
        return True
    turn = max(TURNS, key=said.rfind)
    after = f"{turn}{said.rpartition(turn)[2]}".strip()
    turned = turn in said and len(after.split()) >= TURNS[turn] and _is_denied(reply, after)
    return turned or ending.act not in ENDS_IT


def _only_names_it_again(reply: Reply, said: str) -> bool:
    """`CHECK IN. check in button!!`, of the button that is gone: nothing but words that told the trouble, and none of a result."""
    before = (one for one in reply.conversation.words if one != reply.message.text)
    told, again = {word for one in before for word in telling_words(plain(one))}, set(telling_words(said))
    return len(again) >= NAMES_IT and again <= told and not WORKS_NOW.is_in(said)


def says_no_and_more(reply: Reply) -> bool:
    """`no, but it's only in the evenings that I notice`: what follows the no tells more, and not only when."""
    step, (first, _, rest) = (
        reply.intent().step(reply.conversation.step or ""),
        reply.message.text.strip().partition(" "),
    )
    asked = YES_OR_NO.is_in(step.ask) and reply.meant.act in TELLS_MORE_ONLY
    puts_right = only_when.is_all(rest) or CORRECTS.is_in(reply.message.text)
    return asked and reply.typed and bare_beginning(first) == "not_helped" and not puts_right


def says_the_same(reply: Reply) -> bool:
    """What was told of the matter before, word for word: it is still so."""
    said = plain(reply.message.text)
    told = reply.conversation.words if reply.conversation.state == "gathering" else reply.conversation.words[:-1]
    before = [plain(one) for one in told]
    if reply.put_right or reply.meant.act in ENDS_IT or reply.reading.issue == PERSON or reply.wants_people:
        return False
    return reply.typed and len(said.split()) >= TELLS_MORE and said in before


def button_of_elsewhere(reply: Reply) -> str | None:
    """The button that says that other things work, where the words say so: `youtube and gmail are ok`."""
    if not (reply.typed and WORKS_ELSEWHERE.is_in(reply.message.text)):
        return None
    options = reply.intent().step(reply.conversation.step or "").options
    return next((one.label for one in options if WORKS_ELSEWHERE.is_in(one.label)), None)


def _is_no_result(reply: Reply, words: str) -> bool:
    told = _said_to_step(reply, words)
    return told.act == "button" or (told.act in NO_RESULT and told.chance >= SURELY_NO_RESULT)


def _is_denied(reply: Reply, words: str) -> bool:
    """Neither said to the step nor by itself a result, and one of the two readings knows better."""
    told, ending = _said_to_step(reply, words), reply.script.replies.to_ending(words)
    neither = told.act != "helped" and ending.act != "helped"
    return neither and (told.act in ("button", *NO_RESULT) or ending.act in DENIED)


def _said_to_step(reply: Reply, words: str) -> Meant:
    intent = reply.intent()
    return reply.script.replies.to_step(words, intent, intent.step(reply.conversation.step or ""))


def is_only_done(reply: Reply) -> bool:
    """`done`, `got it`, a thumb, `reinstalled`: the step was done or understood, and nothing is told of what came of it. Asked once."""
    text = reply.message.text
    if ASKED in reply.conversation.unsaid:
        return False
    if reply.meant.act in ("helped", "unclear", "not_helped") and _is_only_a_deed(reply):
        return True
    if reply.meant.act == "later" and GOES_ON_TO.is_in(text):
        return True
    if reply.meant.act not in ("helped", "unclear"):
        return False
    if _ends_in_a_deed(reply):
        return True
    if ONLY_DONE.is_in(text) or GOES_ON_TO.is_in(text):
        return True
    is_sign = not any(letter.isalnum() for letter in text)
    return (is_sign and reply.meant.act == "helped") or _names_the_deed(reply)


def shows_it_after_deed(reply: Reply) -> bool:
    """`yes saved, it shows the new one`: a deed, and behind it surely a result, which the whole is not read as."""
    deed, _, rest = plain(reply.message.text).partition(",")
    said, step = {word.strip(".!") for word in deed.split()}, reply.conversation.step
    if not (rest.strip() and step and said & DEEDS and said <= DEEDS | BESIDE_A_DEED) or reply.meant.act != "unclear":
        return False
    result = reply.script.replies.to_step(rest.strip(), reply.intent(), reply.intent().step(step))
    return result.act == "helped" and result.chance >= SURELY_A_RESULT


def _deeds(text: str) -> set[str]:
    """What was done or set, where a word tells that and nothing else: `yes all on`, `sent it`, `yes refresh did 2x`."""
    said = [word.strip(",.!") for word in plain(text).split()]
    counts = {word for word in said if word in DOES or HOW_OFTEN.fullmatch(word)}
    named = set() if ITSELF & {*said} else {word for word in said if counts and _is_named(word)}
    done = set(DEEDS & {*said}) | named
    return done if {*said} <= done | counts | BESIDE_A_DEED else set()


def _is_named(word: str) -> bool:
    """A deed without its ending, which tells one only beside that it was done, or how often: `refresh`."""
    return len(word) >= STEM and any(deed.startswith(word) for deed in DEEDS)


def _ends_in_a_deed(reply: Reply) -> bool:
    """`it's set to Pacific and I'm in Denver, changed it`: what was found, then what was done, and no result."""
    *found, done = CLAUSE.split(plain(reply.message.text))
    before = ". ".join(found)
    if not before or not _deeds(done):
        return False
    told = (_said_to_step(reply, before), reply.script.replies.to_ending(before))
    return all(one.act not in ("helped", "solved") for one in told)


def _is_only_a_deed(reply: Reply) -> bool:
    return bool(_deeds(reply.message.text)) and not tells_what_was_asked(reply)


def tells_what_was_asked(reply: Reply) -> bool:
    """`sent`, to whether it could be sent; `all on`, to whether it is on."""
    step = reply.intent().step(reply.conversation.step or "")
    asks, deeds = plain(step.ask).strip("?").split(), _deeds(reply.message.text)
    if "found" in deeds and ASKS_TO_FIND.is_in(step.ask):
        return True
    stems = tuple(word[:STEM] for word in asks if len(word) >= STEM)
    return any(one in asks or IRREGULAR.get(one) in asks or one.startswith(stems) for one in deeds)


def says_it_again(reply: Reply) -> bool:
    """`done`, to the question alone that was asked after the first one."""
    asked = ASKED in reply.conversation.unsaid and reply.meant.act in ("helped", "unclear")
    return asked and ONLY_DONE.is_in(reply.message.text)


def _names_the_deed(reply: Reply) -> bool:
    """One word of the step itself in another form, that neither its question nor its issue has: `updated`."""
    said, intent = reply.message.text.split(), reply.intent()
    step = intent.step(reply.conversation.step or "")
    told = telling_words(plain(reply.message.text))
    if len(said) > FEW or len(told) != 1:
        return False
    does, asks = telling_words(plain(step.say)), telling_words(plain(f"{step.ask} {intent.title}"))
    return told[0] not in does and _has_kin(told[0], does) and not _has_kin(told[0], asks)


def _has_kin(word: str, others: Iterable[str]) -> bool:
    """Another form of it is among these: `reinstalled`, `install`."""
    return any(other[: max(STEM, len(other) - 2)] in word for other in others if len(other) >= STEM)


def ask_what_came_of_it(reply: Reply) -> None:
    """In the step's own words; another matter that is turned to comes after this one."""
    first = reply.reading.candidates[0]
    if (
        GOES_ON_TO.is_in(reply.message.text)
        and first.confidence >= NAMED
        and reply.intent(first.issue).tier is not None
    ):
        reply.note_also(first.issue)
    steps.ask_again(reply, ASKED)


def ask_again(reply: Reply) -> None:
    """What was told is noted, and the step's own question stays; then with a person beside it."""
    steps.ask_again(reply, reply.first_unsaid("noted_detail", "did_it_help_or_person"), person=True)


def of_another_named(reply: Reply) -> str | None:
    """The other matter that was named too, where the words that tell a result speak of that one: `I'm in now`, while a visit is to be
    cancelled."""
    known = reply.conversation
    chance = {one.issue: one.confidence for one in reply.reading.candidates}
    here = chance.get(known.issue or "", 0.0)
    others = [issue for issue in known.also if issue not in (*known.solved, known.issue)]
    best = max(others, key=lambda issue: chance.get(issue, 0.0), default=None)
    likely = chance.get(best or "", 0.0)
    return best if likely >= LIKELY and likely >= FAR_LIKELIER * here else None


def other_works(reply: Reply) -> bool:
    """A result is told, and it is the other matter's."""
    return reply.meant.act in ("helped", "solved") and of_another_named(reply) is not None


def leave_other_out(reply: Reply) -> None:
    """The other matter needs nothing more; the one that is looked at stays before the user."""
    known, other = reply.conversation, of_another_named(reply)
    if other is None:
        return
    reply.know(also=tuple(one for one in known.also if one != other), solved=(other, *known.solved))
    reply.open_with("other_works", title=reply.script.catalog.title(other))
    if known.state == "gathering":
        handover.ask_next(reply)
    else:
        steps.ask_again(reply)
