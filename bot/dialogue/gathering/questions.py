"""What is asked on the way to a person: only what is missing, and never what the user's words have told already."""

import re
from collections.abc import Iterator, Mapping

from bot.dialogue.conversation import Source
from bot.dialogue.gathering import choices, to_the_point, told_in_passing, what_for
from bot.dialogue.gathering.choices import CLAUSE, FEW, Question
from bot.dialogue.handing_over import down_for_all
from bot.dialogue.hearing import wrong_prescription
from bot.dialogue.hearing.correction import told_right
from bot.dialogue.hearing.times import TELLS_TIME
from bot.dialogue.lines import fingerprint
from bot.dialogue.reply import Reply
from bot.understanding.details import day_in, facts_of
from bot.understanding.intents.names import JOIN_VIDEO, OUTAGE, PERSON, UNKNOWN
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import DESCRIPTION, PAGE_OR_FEATURE, PHI_EXPOSURE
from handoff.ticket import SKIPPED, Gathered

ENOUGH_WORDS = 6
"""From so many words on it was told what a person is wanted for."""
MOST_ASKED = 2
"""So often a question is put; after that it is passed over."""
UNSURE = "I don't know"
"""The choice that means that the user does not know, in every file that offers one."""
CLOCK = PHRASES.group("clock")
KINDS = (
    frozenset("appointment_date expected_time new_time when_started last_worked last_seen deadline".split()),
    frozenset("error_message error_code lock_message reset_message where_stuck".split()),
    frozenset("doctor_name affected how_many how_many_affected".split()),
    frozenset("device operating_system".split()),
)
"""Facts of one kind: what is heard as one of them is an answer to a question for another."""
HEARD_AS = {
    "lock_message": ("error_message", "error_code"),
    "reset_message": ("error_message", "error_code"),
    "error_message": ("error_code",),
    "time_zone": ("place_now",),
}
"""Under which names a fact is heard besides that answers a question."""
TELLS_OF_WORKING = re.compile(
    r"\b(?:was|were|has been|still) (?:still |all )?(?:fine|ok|okay|good|alright|there)\b|\bworked\b"
)
"""A day on which it went well is no day of a visit."""
USES_APP, THE_APP = PHRASES.phrases["uses_app"], {"smartmed", "app"}
OF_A_VISIT = frozenset("appointment_date expected_time new_time deadline".split())
LONGEST = 4000
"""Letters of what was told that are read for a day."""
AGO, AMOUNT = " ago", "amount"
SINCE = frozenset("when_started last_worked last_seen".split())
"""The day of a visit tells nothing of since when something is wrong."""
NAMES_THINGS = PHRASES.phrases["asks_for_a_thing"]
"""A page or a feature in the user's own words answers such a question, though it is none of its choices."""
IDEA, WISHING, LONGEST_IDEA = "feature_idea", PHRASES.group("wishing"), 300
"""What is wished for: told by words that name two things of their own."""
HEARS_NOBODY = PHRASES.phrases["hears_nobody"]
SOUND, HEARS, SEES = "sound", "hear", "see"


def missing(reply: Reply) -> Iterator[Question]:
    """What is still to be asked, in order."""
    known = reply.conversation
    have = {detail.id for detail in known.gathered}
    open_still = (question for question in all_questions(reply) if question.id not in have | {*known.asked})
    return (question for question in open_still if not to_the_point.is_beside(reply, question.id))


def all_questions(reply: Reply) -> Iterator[Question]:
    """Every question that a ticket of this issue can ask, in order."""
    known = reply.conversation
    intent = reply.intent()
    file = reply.script.catalog.files[intent.id]
    for detail in intent.details:
        yield Question(
            detail.id,
            detail.label,
            detail.ask,
            detail.choices,
            Source(file, f"details.{detail.id}", fingerprint(detail.ask)),
        )
    own = {detail.id for detail in intent.details}
    for row in reply.script.policy.escalation.gather:
        wanted = {
            "no_user_id": not known.user.id,
            "issue_asks": row.id in intent.gather,
            "nothing_told": intent.id in (PERSON, UNKNOWN) and not _told(reply),
        }[row.when]
        if wanted and row.id not in own:
            source = Source("handoff/guide/escalation.yml", f"gather.{row.id}", fingerprint(row.ask))
            yield Question(row.id, row.label, row.ask, (), source)


def _told(reply: Reply) -> bool:
    """True when the user has said what it is about, not only that they want a person."""
    known = reply.conversation
    if known.issue == UNKNOWN:
        return any(len(telling_words(plain(words))) >= FEW for words in known.words)
    return any(len(words.split()) >= ENOUGH_WORDS for words in known.words)


def asked_now(reply: Reply) -> Question | None:
    """The question before the user."""
    return next((question for question in all_questions(reply) if question.id == reply.conversation.asking), None)


def keep_what_was_heard(reply: Reply) -> None:
    """Details heard in passing answer the questions of the same name, also those that were passed over, so that they are not asked."""
    known, asked = reply.conversation, list(all_questions(reply))
    heard = {question.id: value for question in asked if (value := _heard(reply, question)) is not None}
    passed = {detail.id for detail in known.gathered if detail.value == SKIPPED or _is_guess(reply, detail)}
    have = {detail.id for detail in known.gathered} - (passed & heard.keys())
    fresh = [Gathered(one.id, one.label, heard[one.id]) for one in asked if one.id in heard and one.id not in have]
    have = (have - passed) | {detail.id for detail in fresh}
    wanted = [one for one in asked if one.id not in have and not to_the_point.tells_nothing(reply, one.id)]
    fresh += [told for question in wanted if (told := _told_by(reply, question))]
    now = {detail.id for detail in fresh}
    reply.know(gathered=(*(detail for detail in known.gathered if detail.id not in now), *fresh))


def _is_guess(reply: Reply, told: Gathered) -> bool:
    """A mere number, where the sum itself is told now: `120 maybe`, then `it was 129 dollars`."""
    return told.id == AMOUNT and AMOUNT in reply.reading.heard.details and AMOUNT not in facts_of(told.value)


def _heard(reply: Reply, question: Question) -> str | None:
    """The fact that answers the question: of its own name, or of a name under which the same is heard."""
    known = reply.conversation
    if question.id == reply.script.policy.reach.wish.detail:
        return wished(reply, known.known) if "contact_wish" in known.known else None
    if question.id == DESCRIPTION:
        return what_for.told(reply)
    value = next((known.known[i] for i in (question.id, *HEARD_AS.get(question.id, ())) if i in known.known), None)
    if value is not None and told_in_passing.is_the_new_day(reply, question.id, value):
        return None
    if value is None or not question.choices or question.id not in choices.NAMED_BY_CHOICE:
        return value
    meant = choices.meant_choice(reply, value, question)
    if meant is None:
        return value if NAMES_THINGS.is_in(question.ask) else None
    return None if choices.says_more(meant) else meant


def wished(reply: Reply, heard: Mapping[str, str]) -> str | None:
    """The way to answer that was wished for, or that an address or a number alone means, whether it is offered or not."""
    wish = reply.script.policy.reach.wish
    ways = {"phone": wish.by_phone[0], "email": wish.by_email[0]}
    alone = {"contact_email": "email", "contact_phone": "phone"}
    return ways.get(heard.get("contact_wish") or next((way for fact, way in alone.items() if fact in heard), ""))


def keep_what_always_holds(reply: Reply) -> None:
    """Of an issue of which one fact always holds (an exposure, or a request under the law) the one that all its words tell:
    the last of them may be `no hurry from me`; and that nothing can be taken, of a dose that is wrong."""
    known, intent, told = reply.conversation, reply.intent(), reply.script.phrase_matcher
    wrong_prescription.block(reply)
    down_for_all.hold(reply)
    if intent.one_signal_holds and len(known.words) > 1:
        held = told.nearest_signal(told.heard(". ".join(known.words)), intent.id)
        reply.add_signals(*held)


def _told_by(reply: Reply, question: Question) -> Gathered | None:
    """The choice that the user's earlier words mean, when they say it plainly enough not to ask."""
    if question.id == reply.conversation.asking:
        return None
    told = _app_used(reply, question) or wrong_prescription.choice_told(reply, question.id, question.choices)
    told = told or _sound(reply, question) or told_in_passing.answer_told(reply, question)
    if told is not None:
        return Gathered(question.id, question.label, told)
    if reply.conversation.issue == OUTAGE:
        said = (down_for_all.choice_told(words, question.id, question.choices) for words in reply.conversation.words)
        told = next((one for one in said if one is not None), None)
        if told is not None:
            return Gathered(question.id, question.label, told)
    if question.id == IDEA:
        return _idea(reply, question)
    known_kind = question.id == to_the_point.KIND and PHI_EXPOSURE in reply.conversation.signals
    for words in reply.conversation.words:
        if question.id in KINDS[0] and (not TELLS_TIME.is_in(words) or _is_of_a_step(reply, words)):
            continue
        if (choice := choices.told_earlier(reply, words, question, named=known_kind)) is not None:
            return Gathered(question.id, question.label, choice)
    now = choices.stated(reply, reply.message.text, question) if reply.typed else None
    return Gathered(question.id, question.label, now) if now is not None else _day_told(reply, question)


def _is_of_a_step(reply: Reply, words: str) -> bool:
    """`updated, still crashes`: what was done because we said so tells nothing of when it began."""
    known, told = reply.conversation, reply.script.phrase_matcher
    return words != known.words[0] and bool(known.tried) and bool(told.steps(told.heard(words), [known.issue or ""]))


def _idea(reply: Reply, question: Question) -> Gathered | None:
    """The wish itself, where it was told: `I wish there was dark mode`."""
    wishes = (words for words in reply.conversation.words if len({*telling_words(plain(words))} - WISHING) >= FEW)
    return next((Gathered(question.id, question.label, words[:LONGEST_IDEA]) for words in wishes), None)


def _day_told(reply: Reply, question: Question) -> Gathered | None:
    """The day told with the matter, where it is no other fact: `block off friday afternoon`; with its time, where that is wanted."""
    if question.id not in ("appointment_date", "when_started") or question.choices:
        return None
    told_in = [clause for words in _all_words(reply) for clause in _of_no_good_day(words)]
    days = ((words, day_in(words)) for words in told_in)
    if question.id in SINCE:
        days = ((words, day) for words, day in days if day and day.endswith(AGO))
    own = (day for words, day in days if day and not any(day in value for value in facts_of(words).values()))
    clock = not CLOCK.isdisjoint(plain(question.ask).split())
    told = [day for day in own if not clock or _is_exact(day)]
    exact = [day for day in told if _is_exact(day)]
    day = exact[-1] if told and _is_exact(told[0]) else next(iter(told), None)
    return Gathered(question.id, question.label, day) if day else None


def _is_exact(day: str) -> bool:
    """A date or a time of day; of two, the one told later is meant: `the 24th still shows open`."""
    return any(letter.isdigit() for letter in day)


def _all_words(reply: Reply) -> tuple[str, ...]:
    """What was told of the matter, and what is said now, as it was put right."""
    words = reply.conversation.words
    told = words if not reply.typed or reply.message.text in words else (*words, reply.message.text)
    return told_right(told, LONGEST)


def _of_no_good_day(words: str) -> list[str]:
    """The message as it is; its clauses that tell of no good day, where one does: `yesterday it was fine`."""
    if not TELLS_OF_WORKING.search(plain(words)):
        return [words]
    return [clause for clause in CLAUSE.split(words) if not TELLS_OF_WORKING.search(plain(clause))]


def _sound(reply: Reply, question: Question) -> str | None:
    """The choice of the sound, where it was told that somebody is not heard in the visit."""
    found = (HEARS_NOBODY.expression.search(plain(words)) for words in reply.conversation.words)
    said = any(one is not None and HEARS in one[0].split() and SEES not in one[0].split() for one in found)
    told = said and reply.conversation.issue == JOIN_VIDEO and question.id == PAGE_OR_FEATURE
    return next((one for one in question.choices if SOUND in plain(one).split()), None) if told else None


def _app_used(reply: Reply, question: Question) -> str | None:
    """The choice that names our app, where it was told to be used: by its version, or `in the app`."""
    app = next((choice for choice in question.choices if set(plain(choice).split()) >= THE_APP), None)
    known = reply.conversation
    used = "app_version" in known.known or any(USES_APP.is_in(words) for words in known.words)
    return app if used and "browser" not in known.known else None


def answers(reply: Reply, question: Question) -> bool:
    """A fact was heard that is of the kind which the question asks for."""
    heard = set(reply.reading.heard.details) - (OF_A_VISIT if question.id in SINCE else frozenset())
    return question.id in heard or any(question.id in kind and heard & kind for kind in KINDS)
