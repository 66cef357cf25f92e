"""One turn: what we know and what was said -> what we know now, what we say, and perhaps a request for people."""

from datetime import datetime

from bot.dialogue import asides, handover, safety, steps, unclear, waiting
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.gathering import in_gathering
from bot.dialogue.in_step import in_step
from bot.dialogue.questions import PERSON
from bot.dialogue.reply import Reply, Script
from bot.dialogue.rules import Rule, always, decide
from bot.understanding.reading import LIKELY, NOTHING_READ, Reading
from bot.understanding.replies import is_bare
from handoff.ticket import SKIPPED

WORDS_KEPT, ENOUGH_TO_TELL = 12, 5
"""Words kept of what the user said; a shorter answer to a question of ours states no fact by itself."""
NOTHING_BEGUN = ("new", "waiting", "choosing")
URGENT = ("critical", "high")
MAY_TELL_OF_DANGER = ("emergency", "medical", "issue", "unclear", "other")
CLEARLY = 0.4
"""What a reply that may tell of danger looks like; and from which chance on any reply does."""
MAY_BE_ELSEWHERE = (
    "issue",
    "unclear",
    "details",
    "question",
    "not_helped",
    "cannot",
    "emergency",
    "person",
    "other",
    "add",
)
SURE_IN_STEP, SURE_OF_MANY, SURE_IN_REPLY = 0.7, 0.8, 0.92
"""What a reply to us may look like that is really urgent and about something else; how likely that must be when it looks like
another issue, when it is nothing grave (that others have it too), and when it looks like anything else."""
FIRST_TURN = 1
PLAINLY_A_REPLY, BEYOND_DOUBT = 0.9, 0.97
"""From which chance on a reply is plainly an answer to us: then danger that is not beyond doubt is only asked about."""
SURE_OF_ENDING = 0.75
FACTS = ("chat.contact", "chat.about_bot", "chat.status")
GRAVE = frozenset(("data_loss", "security_breach_suspected", "phi_exposure", "emergency"))
"""Facts that make a request Critical: inside a conversation they count only where the whole message is about such a matter."""


def respond(conversation: Conversation, reading: Reading, message: Message, script: Script, now: datetime) -> Outcome:
    """What the assistant does with one message. Pure: the same values give the same outcome."""
    reply = Reply(script, conversation, reading, message, now)
    _remember(reply)
    decide(reply, TURN)
    return reply.outcome()


def respond_to_file(conversation: Conversation, name: str, script: Script, now: datetime) -> Outcome:
    """What the assistant does with a file: a thank-you; a question that is before the user stays before them."""
    reply = Reply(script, conversation, NOTHING_READ, Message(name), now)
    reply.know(turn=conversation.turn + 1)
    reply.for_ticket = conversation.ticket is not None
    if conversation.state != "with_staff":
        reply.say(reply.line("file_received"), buttons=conversation.buttons)
    return reply.outcome()


def _remember(reply: Reply) -> None:
    """Keep what the message told besides its main point: signals, facts, anger, language, words."""
    known, reading = reply.conversation, reply.reading
    typed = reply.typed and reading.decision != "smalltalk"
    signals = _signals(reply)
    reply.fresh = tuple(signal for signal in signals if signal not in known.signals)
    reply.know(
        turn=known.turn + 1,
        signals=tuple(dict.fromkeys([*known.signals, *signals])),
        known={**known.known, **reading.heard.details},
        words=(*known.words, reply.message.text)[-WORDS_KEPT:] if typed and known.state != "gathering" else known.words,
        said_last=reply.message.text if reply.typed else known.said_last,
        angry=known.angry + _is_angry(reading),
        language=reading.heard.language if reply.typed and reading.heard.told else known.language,
        articles=reading.articles if reading.decision == "handoff" and typed else known.articles,
        guesses=tuple(candidate.issue for candidate in reading.candidates) if typed else known.guesses,
    )
    if known.ticket is not None:
        reply.for_ticket = reply.typed
        reply.new_signals = reply.fresh


def _signals(reply: Reply) -> tuple[str, ...]:
    known, reading = reply.conversation, reply.reading
    short_answer = known.state in ("gathering", "answering") and len(reply.message.text.split()) < ENOUGH_TO_TELL
    if short_answer and reading.decision != "emergency":
        return ()
    of_issue = [signal for issue, signal in reading.told if issue == known.issue]
    told = dict.fromkeys(signal for signal in (*reading.signals, *of_issue) if signal != "angry")
    if known.state in NOTHING_BEGUN or reading.decision == "emergency" or _is_urgent_elsewhere(reply):
        return tuple(told)
    own = _own_signals(reply)
    return tuple(signal for signal in told if signal not in GRAVE or signal in own)


def _own_signals(reply: Reply) -> frozenset[str]:
    """Facts that belong to the issue that is already looked at: a privacy concern may turn out to be an exposure."""
    intent = reply.script.catalog.intents.get(reply.conversation.issue or "")
    if intent is None or intent.route != "handoff":
        return frozenset()
    return frozenset((intent.reason or "", *(rule.signal for rule in intent.signals)))


def _is_angry(reading: Reading) -> bool:
    return "angry" in reading.signals or (reading.issue == "chat.frustration" and reading.sure)


# ------------------------------------------------------------------ conditions


def _danger_is_certain(reply: Reply) -> bool:
    return reply.reading.decision == "emergency" and not _is_plainly_a_reply(reply)


def _is_asked(reply: Reply) -> bool:
    """True when a question of ours is before the user."""
    known = reply.conversation
    return (known.state == "answering" and known.step is not None) or known.state == "gathering"


def _is_plainly_a_reply(reply: Reply) -> bool:
    """Surely an answer to us, by its words, with nothing in them that is danger beyond doubt."""
    ranked = reply.reading.ranked
    doubted = ranked is not None and ranked.danger < BEYOND_DOUBT
    if reply.reading.heard.rules or not doubted or not _is_asked(reply) or not reply.typed:
        return False
    return reply.meant.chance >= PLAINLY_A_REPLY and reply.meant.act not in MAY_TELL_OF_DANGER


def _took_wrong_medicine(reply: Reply) -> bool:
    """Decision O12: a wrong prescription that was already taken is an emergency."""
    wrong = "prescription.wrong_information"
    about = (reply.conversation.issue, reply.reading.issue if reply.reading.sure else None)
    told = {signal for issue, signal in reply.reading.told if issue == wrong}
    return wrong in about and "medicine_taken" in (*reply.reading.signals, *told)


def _danger_is_asked_about(reply: Reply) -> bool:
    return reply.conversation.state == "checking"


def _danger_is_possible(reply: Reply) -> bool:
    """Also in a reply; but a reply that plainly answers us must speak of danger more clearly than a message."""
    if reply.reading.decision not in safety.SIGN:
        return False
    ranked = reply.reading.ranked
    plain_answer = _is_asked(reply) and reply.meant.act not in MAY_TELL_OF_DANGER
    return not plain_answer or ranked is None or ranked.danger >= CLEARLY


def _a_person_is_answering(reply: Reply) -> bool:
    return reply.conversation.state == "with_staff"


def _pressed(reply: Reply) -> bool:
    return reply.message.pressed is not None


def _certain_and_urgent(reply: Reply) -> bool:
    """Security, privacy, lost data, an outage: before any Tier 1 attempt."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None or reading.issue == known.issue:
        return False
    if not _is_urgent_elsewhere(reply):
        return False
    if known.state != "gathering" or known.issue is None:
        return True
    rank = reply.script.policy.rank
    return rank(reply.intent(reading.issue).priority) < rank(reply.intent(known.issue).priority)


def _is_urgent_elsewhere(reply: Reply) -> bool:
    """The message is surely about an urgent matter for people; where we asked something, a good deal more surely."""
    known, reading = reply.conversation, reply.reading
    if not reading.sure or reading.decision != "handoff" or reply.intent(reading.issue).priority not in URGENT:
        return False
    if known.state in NOTHING_BEGUN or not reply.typed:
        return True
    if len(reply.message.text.split()) < ENOUGH_TO_TELL or not _may_be_elsewhere(reply):
        return False
    other = reply.intent(reading.issue)
    grave = other.team != "support" or other.reason in GRAVE
    enough = SURE_IN_STEP if reply.meant.act == "issue" else SURE_IN_REPLY if grave else SURE_OF_MANY
    return reading.candidates[0].confidence >= enough


def _may_be_elsewhere(reply: Reply) -> bool:
    """By what it looks like to the question before the user: no plain answer to it."""
    meant = reply.meant
    return meant.act in MAY_BE_ELSEWHERE or (meant.act == "answer" and meant.chance < SURE_OF_ENDING)


def _solved_again(reply: Reply) -> bool:
    """It was solved, or let be, and they say once more that it is well."""
    meant, reading = reply.meant, reply.reading
    text = reply.message.text
    if not reply.typed or is_bare(text) or reading.issue in FACTS:
        return False
    if reply.conversation.state == "solved":
        return meant.act == "helped" and meant.chance >= SURE_OF_ENDING
    if reply.conversation.state != "new" or reply.conversation.turn <= FIRST_TURN:
        return False
    ending = reply.script.replies.to_ending(text)
    return ending.act == "helped" and ending.chance >= SURE_IN_STEP


def _not_solved_after_all(reply: Reply) -> bool:
    """It was told to be solved, and now is not: no other issue is surely meant."""
    known, meant, reading = reply.conversation, reply.meant, reply.reading
    if known.state != "solved" or not reply.typed or not known.solved or is_bare(reply.message.text):
        return False
    if known.solved[-1] not in reply.script.catalog.intents:
        return False
    sure = reading.sure and reading.candidates[0].confidence >= SURE_IN_REPLY
    another = sure and reading.decision in ("answer", "handoff") and reading.issue != known.solved[-1]
    return meant.act in ("not_helped", "cannot") and meant.chance >= SURE_OF_ENDING and not another


def _likely_and_urgent(reply: Reply) -> bool:
    """The same, only likely, where nothing has begun yet: its team looks, and nothing is asked first."""
    known, reading = reply.conversation, reply.reading
    if known.state not in NOTHING_BEGUN or known.ticket is not None:
        return False
    if reading.decision != "handoff" or reading.sure or reading.candidates[0].confidence < LIKELY:
        return False
    return reading.issue != handover.EMERGENCY and reply.intent(reading.issue).priority in URGENT


def _question_before_user(reply: Reply) -> bool:
    return reply.conversation.state == "gathering"


def _other_language(reply: Reply) -> bool:
    """Written in a language that the assistant reads and does not speak."""
    return reply.conversation.language in reply.script.lines.languages and reply.conversation.language != "en"


def _asks_for_person(reply: Reply) -> bool:
    reading, known = reply.reading, reply.conversation
    if reading.sure and reading.issue == PERSON:
        return True
    if known.state == "answering" and bool(known.step) and reply.meant.act == "person":
        return True
    return known.state in ("answering", "choosing") and reply.meant.act != "later" and reply.wants_people


def _ticket_is_open(reply: Reply) -> bool:
    return reply.conversation.ticket is not None and reply.conversation.state in ("with_support", "resolved")


def _step_before_user(reply: Reply) -> bool:
    return reply.conversation.state == "answering" and reply.conversation.step is not None


def _choice_before_user(reply: Reply) -> bool:
    return reply.conversation.state == "choosing"


# --------------------------------------------------------------------- effects


def _hand_over_urgent(reply: Reply) -> None:
    earlier = reply.conversation.issue
    steps.leave_step(reply)
    others = tuple(dict.fromkeys([*reply.conversation.also, *reply.reading.also, *((earlier,) if earlier else ())]))
    reply.know(also=tuple(other for other in others if other != reply.reading.issue), step=None)
    steps.start(reply, reply.reading.issue)


def _start_likely(reply: Reply) -> None:
    steps.start(reply, reply.reading.issue)


def _to_person(reply: Reply) -> None:
    """Honoured at once, in any turn; a known issue is kept (decision O21)."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None:
        waiting.person(reply)
        return
    if known.issue is None or known.state in ("solved", "new", "waiting"):
        named = [issue for issue in reading.also if issue != PERSON]
        reply.know(issue=named[0] if named else None, also=tuple(named[1:]))
    handover.begin(reply, "asked_for_person")


def _press(reply: Reply) -> None:
    known, value = reply.conversation, reply.message.pressed or ""
    if value not in {button.value for button in known.buttons}:
        asides.where_we_are(reply)
        return
    kind, _, rest = value.partition(":")
    PRESSES[kind](reply, rest)


def _press_person(reply: Reply, _: str) -> None:
    if reply.conversation.ticket is not None:
        waiting.person(reply)
        return
    handover.begin(reply, "repeated_anger" if reply.conversation.asking == "person_offer" else "asked_for_person")


def _press_step(reply: Reply, rest: str) -> None:
    issue, step, label = rest.split("/", 2)
    known = reply.conversation
    intent = reply.script.catalog.intents.get(issue)
    options = [] if intent is None else [o for s in intent.steps if s.id == step for o in s.options]
    option = next((option for option in options if option.label == label), None)
    if option is None or (known.issue, known.step) != (issue, step):
        asides.where_we_are(reply)
    else:
        steps.choose_option(reply, option)


def _press_issue(reply: Reply, rest: str) -> None:
    if rest == "none":
        unclear.say_more(reply)
    elif rest not in reply.script.catalog.intents:
        asides.where_we_are(reply)
    else:
        steps.start(reply, rest)


def _press_detail(reply: Reply, rest: str) -> None:
    _, _, choice = rest.partition("/")
    handover.answer(reply, SKIPPED if choice == "skip" else reply.message.text)


PRESSES = {
    "person": _press_person,
    "go_on": lambda reply, _: asides.go_on(reply),
    "step": _press_step,
    "issue": _press_issue,
    "area": unclear.in_area,
    "detail": _press_detail,
    "danger": safety.pressed,
    "close": waiting.pressed_close,
}
"""What a button does, by the first word of its value."""


def fresh(reply: Reply) -> None:
    """A message with no question of ours before it."""
    decide(reply, FRESH)


def _angry_again(reply: Reply) -> bool:
    return asides.anger(reply)


def _sure_issue(reply: Reply) -> bool:
    return reply.reading.decision in ("answer", "handoff") and reply.reading.sure


def _start_sure(reply: Reply) -> None:
    reply.know(also=tuple(dict.fromkeys([*reply.conversation.also, *reply.reading.also])))
    steps.start(reply, reply.reading.issue)


def _no_issue(reply: Reply) -> bool:
    return reply.reading.decision in ("decline", "smalltalk")


def _a_choice(reply: Reply) -> bool:
    return reply.reading.decision == "choose"


def _offer(reply: Reply) -> None:
    reply.know(also=tuple(dict.fromkeys([*reply.conversation.also, *reply.reading.also])))
    unclear.offer(reply, tuple(candidate.issue for candidate in reply.reading.candidates))


def _nothing(_: Reply) -> None:
    """The assistant keeps silent."""


def _bare(reply: Reply) -> bool:
    return reply.typed and is_bare(reply.message.text)


FRESH = (
    Rule("a bare yes or no that answers no question", _bare, asides.nothing_asked),
    Rule("anger a second time: a person is offered", _angry_again, _nothing),
    Rule("a known issue, certain enough: its steps, or people", _sure_issue, _start_sure),
    Rule("no issue: a short answer, or what we cannot do", _no_issue, asides.decline_or_chat),
    Rule("two or three issues are likely: which of these?", _a_choice, _offer),
    Rule("not understood: an open question, then the nearest issues, then a person", always, unclear.say_more),
)

TURN = (
    Rule("danger is certain: the numbers, and people at once", _danger_is_certain, handover.emergency),
    Rule("a wrong medicine was taken: as danger", _took_wrong_medicine, handover.emergency),
    Rule("we asked whether somebody is in danger", _danger_is_asked_about, safety.answered),
    Rule("danger is possible: the numbers in one line, and one question", _danger_is_possible, safety.ask),
    Rule("a button was pressed", _pressed, _press),
    Rule("a person is answering: silent but for status and closing", _a_person_is_answering, waiting.with_staff),
    Rule("it was solved, and they say so again", _solved_again, asides.thanked),
    Rule("it was not solved after all: its next step", _not_solved_after_all, steps.reopen),
    Rule("security, privacy, lost data, an outage: to its team first", _certain_and_urgent, _hand_over_urgent),
    Rule("a question on the way to a person is before the user", _question_before_user, in_gathering),
    Rule("a request is with people: status, closing, additions, new issues", _ticket_is_open, waiting.decide_waiting),
    Rule("written in another language: short texts, and people", _other_language, asides.other_language),
    Rule("a person is asked for", _asks_for_person, _to_person),
    Rule("a step is before the user", _step_before_user, in_step),
    Rule("likely urgent: to its team, nothing asked first", _likely_and_urgent, _start_likely),
    Rule("which of these? is before the user", _choice_before_user, unclear.in_choice),
    Rule("nothing of ours is before the user", always, fresh),
)
"""What wins over what, for every turn."""
