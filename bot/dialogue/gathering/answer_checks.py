"""Whether words look like the answer that a question wants: a time, a name, a number, one of its choices."""

import re

from bot.dialogue.gathering import choices, questions, told_in_passing
from bot.dialogue.gathering.choices import Question
from bot.dialogue.gathering.number_told import AMOUNT, NUMBER, NUMBERS, the_sum
from bot.dialogue.handing_over import down_for_all, handover
from bot.dialogue.hearing import only_when
from bot.dialogue.hearing.said_again import answer_in
from bot.dialogue.hearing.times import SENTENCE, TELLS_TIME, as_time, time_told
from bot.dialogue.reply import Reply
from bot.understanding.details import FACTS, day_told
from bot.understanding.intents.names import FRUSTRATION
from bot.understanding.replying.bare import bare_answer, bare_beginning, is_bare
from bot.understanding.text.cuts import WORD_OR_SHORT
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import DOCTOR_NAME, HOW_MANY_AFFECTED, PAGE_OR_FEATURE
from handoff.ticket import SKIPPED

TIMES = questions.KINDS[0]
NAMES = frozenset((DOCTOR_NAME, "time_zone", "mail_provider", "pharmacy", PAGE_OR_FEATURE, "contact"))
TELLS_NUMBER = PHRASES.phrases["tells_number"]
MEANS_THE = PHRASES.phrases["means_the"]
"""`no, the prescription!`: a thing that is meant, and no no."""
SAYS_A_TIME, VERSION = PHRASES.phrases["says_a_time"], re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,4}){1,3}(?![\d.])")
SCREEN_SAYS, MESSAGES = PHRASES.phrases["screen_says"], questions.KINDS[1]
"""What a screen tells answers a question for its message, in whatever words."""
ASKS_FOR_HELP = PHRASES.phrases["asks_for_help"]
KNOWS_NOT = PHRASES.phrases["knows_not"]
NAMES_PERSON, OF_PEOPLE = PHRASES.phrases["names_person"], questions.KINDS[2] | NAMES
"""Somebody's name is an answer only to a question about people."""
COUNTS = frozenset(("how_many", HOW_MANY_AFFECTED))
PEOPLE = PHRASES.group("people_at_work") | {*"i me mine my myself we our he she him her they".split()}
"""Questions for how many have it, and words that tell of people."""
ABOUT = re.compile(r"^(?:like|about|maybe|probably|around|roughly|for|since) ", re.IGNORECASE)
SURE, FEW = 0.8, 2
"""How surely other words answer a question of ours at least; and so few words may be a name, whatever they are read as."""
YES_OR_NO = ("yes", "no ", "no,")
SURELY_OTHER = 0.8
"""How surely words tell something else."""
CLOCK_OF = re.compile(
    rf"\b(?:patient|shift|{'|'.join(PHRASES.group('visits'))})s? "
    r"(?:(?:is|are) (?:at |in |on )?(?:\d|to(?:day|night|morrow)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?:starts?|begins?|comes?) (?:at |in )?\w)"
)
"""`first patient is 1pm` tells nothing of since when."""
NAMED = re.compile(r"[^\d]*[^\W\d][^\d]*$")
"""A name has letters and no digits."""
KNOWN_BY_FORM, LONGEST_UNFORMED = TIMES | {DOCTOR_NAME, AMOUNT}, 6
"""Facts that are heard wherever they are told; so many words in which none is heard are no answer to a question for one."""
REACHES = ("contact_email", "contact_phone", "contact_wish")
"""Facts that tell how to reach somebody, and answer no other question."""


def looks_right(reply: Reply, question: Question) -> bool:
    """True also for every question that wants the user's own words."""
    text, reading, meant = reply.message.text, reply.reading, reply.meant
    if questions.answers(reply, question) or choices.meant_choice(reply, text, question) is not None:
        return True
    if question.id == PAGE_OR_FEATURE and told_in_passing.NAMED_THING.search(text):
        return True
    if is_formed(question) and question.id not in OF_PEOPLE and NAMES_PERSON.is_in(text):
        return False
    if question.id in MESSAGES and not question.choices and _tells_only_when(text):
        return False
    if question.id in MESSAGES and not question.choices and ASKS_FOR_HELP.is_in(text) and not SCREEN_SAYS.is_in(text):
        return False
    if not (question.choices or question.id in TIMES | NUMBERS | NAMES):
        return True
    if (reading.sure and reading.issue == FRUSTRATION) or text.rstrip().endswith("?"):
        return False
    if question.choices and question.id not in TIMES and (time_told(text) is not None or only_when.is_all(text)):
        return False
    if question.id in TIMES and TELLS_TIME.is_in(text):
        return question.choices != () or as_asked(reply, question) != SKIPPED
    if question.id in NUMBERS and TELLS_NUMBER.is_in(text):
        return True
    if question.id in TIMES | NUMBERS and not question.choices:
        return False
    if question.id in COUNTS and not _tells_of_people(text):
        return False
    answers = meant.act == "answer" and meant.chance >= SURE
    return answers or (question.id in NAMES and len(text.split()) <= FEW)


def _tells_of_people(text: str) -> bool:
    """Who or how many: `all years selected` is neither."""
    return any(map(str.isdigit, text)) or not PEOPLE.isdisjoint(WORD_OR_SHORT.findall(plain(text)))


def fact_for(reply: Reply, question: Question) -> str | None:
    """What was just heard that answers the question; under another name only where facts of other kinds stand beside it. Of a version
    its number alone: `5.2.1 like i said`."""
    if (
        question.id == AMOUNT
        and AMOUNT not in reply.reading.heard.details
        and (told_sum := the_sum(reply.message.text))
    ):
        return told_sum
    if question.id == "app_version" and (number := VERSION.search(reply.message.text)) is not None:
        return number[0]
    heard, names = reply.reading.heard.details, (question.id, *questions.HEARD_AS.get(question.id, ()))
    mixed = any(name not in names for name in heard)
    told = next((heard[name] for name in names if name in heard and (name == question.id or mixed)), None)
    if question.id in questions.SINCE and told is None and _begins_with_a_time(reply.message.text):
        return as_time(first_sentence(reply.message.text), question.id)
    if told is not None or not _wants_a_time(question) or as_asked(reply, question) == SKIPPED:
        return told
    return as_time(reply.message.text, question.id)


def as_asked(reply: Reply, question: Question) -> str:
    """The user's words as the kind of the question takes them; SKIPPED where they hold nothing of it."""
    words = reply.message.text.strip()
    if _wants_a_time(question):
        if told_in_passing.TWO_SUMS.search(words) and not time_told(words):
            return SKIPPED
        told = as_time(words, question.id)
        of_another = question.id in questions.SINCE and CLOCK_OF.search(plain(words)) is not None
        return SKIPPED if of_another else told or (words if len(words.split()) <= LONGEST_UNFORMED else SKIPPED)
    if question.id in NUMBERS and not question.choices:
        number = NUMBER.search(words)
        return number[0].strip() if number is not None else words
    if question.id == DOCTOR_NAME and (day_told(words) or not NAMED.match(words)):
        return SKIPPED
    return words


def _wants_a_time(question: Question) -> bool:
    """A day or a time in the user's own words."""
    return question.id in TIMES and not question.choices


def chosen(reply: Reply) -> str | None:
    """The choice of the question that the words name or mean; more plainly where they tell facts for other questions."""
    question = questions.asked_now(reply)
    names_doctor = question is not None and question.id not in questions.KINDS[2] and reply.tells_only((DOCTOR_NAME,))
    if question is None or MEANS_THE.is_in(reply.message.text) or names_doctor:
        return None
    said = plain(reply.message.text).strip(" .!")
    same = next((choice for choice in question.choices if plain(choice) == said), None)
    if same is None:
        same = down_for_all.choice_told(reply.message.text, question.id, question.choices)
    if same is None and question.id == reply.script.policy.reach.wish.detail:
        same = questions.wished(reply, reply.reading.heard.details)
    if same is None and question.id in TIMES and (when := _when(reply, question)) is not None:
        return when
    like = choices.BESIDE_FACTS if tells_other_facts(reply) else choices.TOLD_LIKE
    meant = choices.meant_choice(reply, reply.message.text, question, like)
    yes_or_no = _yes_or_no_choices(question)
    begun = yes_or_no.get(begins_with_yes_or_no(reply) or "") if meant is None or meant in yes_or_no.values() else None
    if begun == yes_or_no.get("yes") and question.id in reply.reading.heard.details:
        return reply.reading.heard.details[question.id]  # `yes, walgreens` says more than a yes
    again = answer_in(reply.message.text, question.ask, question.choices)
    return same or again or begun or meant or choices.named_in_clause(reply.message.text, question)


def asks_yes_or_no(reply: Reply) -> bool:
    """A fact is asked for to which a yes or a no is the answer."""
    question = questions.asked_now(reply)
    return question is not None and (question.wants_yes_or_no or bool(_yes_or_no_choices(question)))


def begins_with_yes_or_no(reply: Reply) -> str | None:
    """The answer to such a question with which the words begin, whatever follows: `yes it has`, `no i can't get in at all`."""
    begun, rest = bare_beginning(reply.message.text), plain(reply.message.text).partition(" ")[2]
    unsure = KNOWS_NOT.is_in(rest) or plain(questions.UNSURE) in rest
    if begun is None or unsure or not asks_yes_or_no(reply):
        return None
    return "yes" if begun == "helped" else "no"


def _yes_or_no_choices(question: Question) -> dict[str, str]:
    """The one choice that is the yes, and the one that is the no; none where the list has not one of each."""
    found = {
        word: [one for one in question.choices if plain(one) == word or plain(one).startswith(f"{word},")]
        for word in ("yes", "no")
    }
    return {word: ones[0] for word, ones in found.items()} if all(len(ones) == 1 for ones in found.values()) else {}


def _when(reply: Reply, question: Question) -> str | None:
    """The time that was told, in the user's own words, which tell more than the nearest choice; the choice that has just these."""
    told = reply.reading.heard.details.get(question.id) or time_told(reply.message.text)
    return next((choice for choice in question.choices if told and plain(choice) == plain(told)), told)


def is_bare_to_list(reply: Reply) -> bool:
    """A yes or no alone chooses nothing of a list that has neither."""
    question = questions.asked_now(reply)
    listed = question.choices if question is not None else ()
    return (
        bool(listed)
        and is_bare(reply.message.text)
        and not any(f"{plain(one)} ".startswith(YES_OR_NO) for one in listed)
    )


def is_yes_to_list(reply: Reply) -> bool:
    """A yes alone, where it was asked which of these."""
    return is_bare_to_list(reply) and bare_answer(reply.message.text) == "helped" and asked_once(reply)


def in_other_words(question: Question) -> str:
    """The line that asks once more for what the question wants."""
    if question.choices:
        return "again_choice"
    if question.id in TIMES:
        return "again_time"
    if question.id in NUMBERS:
        return "again_number"
    return "again_name" if question.id in NAMES else "again_words"


def tells_other_facts(reply: Reply) -> bool:
    """It names facts for other questions and says nothing to this one; such words are put to a question only once."""
    question = questions.asked_now(reply)
    if question is None or question.id == "contact" or _is_answer(reply, question):
        return False
    return _is_other(reply, question) and reply.conversation.asked.count(question.id) == 1


def _is_answer(reply: Reply, question: Question) -> bool:
    """A fact of its kind was heard; or a time is told, beside other facts or as what is said somewhere: `June 3, 45 dollars both
    times`, `the clinic says 1, my list says 3`."""
    left = reply.message.text
    if _wants_a_time(question) and (time_told(left) is not None or _begins_with_a_time(left)):
        return True
    if question.id in MESSAGES and not question.choices and SCREEN_SAYS.is_in(left):
        return True
    for value in reply.reading.heard.details.values():
        left = left.replace(value, " ")
    times = question.id in TIMES and not question.choices and TELLS_TIME.is_in(left)
    short = len(reply.message.text.split()) <= LONGEST_UNFORMED
    said = question.id in TIMES and not question.choices and SAYS_A_TIME.is_in(reply.message.text)
    return questions.answers(reply, question) or (times and short) or said


def _tells_only_when(text: str) -> bool:
    """`it today around lunch`: no message of a screen."""
    return only_when.is_all(re.sub(r"^it ", "", plain(text)))


def _begins_with_a_time(text: str) -> bool:
    """`like 2 hours. she only typed it wrong a few times`."""
    return only_when.is_all(first_sentence(text))


def first_sentence(text: str) -> str:
    """The words before the first full stop, without a small word before a time."""
    return ABOUT.sub("", SENTENCE.split(text.strip(), maxsplit=1)[0].strip())


def _is_other(reply: Reply, question: Question) -> bool:
    """Facts of another kind, to a question whose answers are known by their form; or an address to anything."""
    if question.id in KNOWN_BY_FORM and len(reply.message.text.split()) > LONGEST_UNFORMED:
        return True
    meant = reply.meant.act in ("other", "details") and reply.meant.chance >= SURELY_OTHER
    return only_reaches(reply) or (is_formed(question) and (meant or bool(reply.reading.heard.details)))


def is_formed(question: Question) -> bool:
    """Its answers are known by their form: one of its choices, or a fact that is heard."""
    return bool(question.choices) or question.id in FACTS or any(question.id in kind for kind in questions.KINDS)


def only_reaches(reply: Reply) -> bool:
    """True for an address or a number to reach somebody at, with next to nothing beside it."""
    return reply.tells_only(REACHES)


def asked_once(reply: Reply) -> bool:
    known = reply.conversation
    return known.asking is not None and known.asked.count(known.asking) == 1


def fits_not(reply: Reply) -> bool:
    """Words that were put to the question once more and still tell something else: kept for people, and passed over."""
    question = questions.asked_now(reply)
    if question is None:
        return False
    if not looks_right(reply, question):
        return True
    if question.id == "contact" or _is_answer(reply, question):
        return False
    return _is_other(reply, question)


def fits_not_yet(reply: Reply) -> bool:
    """Words that are no answer to what was asked, by their form; put in other words once."""
    question = questions.asked_now(reply)
    return question is not None and asked_once(reply) and not looks_right(reply, question)


def put_otherwise(reply: Reply) -> None:
    question = questions.asked_now(reply)
    if question is not None:
        handover.ask_otherwise(reply, question, in_other_words(question))
