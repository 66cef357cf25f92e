"""One turn: what we know and what was said -> what we know now, what we say, and perhaps a request for people."""

from datetime import datetime

from bot.dialogue import asides, handover, steps, unclear
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.gathering import in_gathering
from bot.dialogue.in_step import in_step
from bot.dialogue.questions import PERSON
from bot.dialogue.reply import Reply, Script
from bot.understanding.reading import LIKELY, NOTHING_READ, Reading
from bot.understanding.text import plain, telling_words
from handoff.ticket import SKIPPED

WORDS_KEPT = 12
NOTHING_BEGUN = ("new", "waiting", "choosing", "solved")
OUT_OF_SCOPE = "chat.out_of_scope"


def respond(conversation: Conversation, reading: Reading, message: Message, script: Script, now: datetime) -> Outcome:
    """What the assistant does with one message. Pure: the same values give the same outcome."""
    reply = Reply(script, conversation, reading, message, now)
    _remember(reply)
    _decide(reply)
    return reply.outcome()


def respond_to_file(conversation: Conversation, name: str, script: Script, now: datetime) -> Outcome:
    """What the assistant does with a file: an answer to a question on the way to a person, else a thank-you."""
    reply = Reply(script, conversation, NOTHING_READ, Message(name), now)
    reply.know(turn=conversation.turn + 1)
    reply.for_ticket = conversation.ticket is not None
    if conversation.state == "gathering":
        handover.answer(reply, name)
    elif conversation.state != "with_staff":
        reply.say(reply.line("file_received"), buttons=conversation.buttons)
    return reply.outcome()


def _remember(reply: Reply) -> None:
    """Keep what the message told besides its main point: signals, details, anger, language."""
    known, reading = reply.conversation, reply.reading
    own_words = (message.text,) if (message := reply.message).pressed is None and message.text.strip() else ()
    if known.state == "gathering" or reading.decision == "smalltalk":
        own_words = ()
    of_issue = [signal for issue, signal in reading.told if issue == known.issue]
    issue_signals = tuple(dict.fromkeys(signal for signal in (*reading.signals, *of_issue) if signal != "angry"))
    reply.know(
        turn=known.turn + 1,
        signals=tuple(dict.fromkeys([*known.signals, *issue_signals])),
        known={**known.known, **reading.heard.details},
        words=(*known.words, *own_words)[-WORDS_KEPT:],
        angry=known.angry + ("angry" in reading.signals or (reading.issue == "chat.frustration" and reading.sure)),
        language=reading.heard.language if own_words else known.language,
        articles=reading.articles if reading.decision == "handoff" and own_words else known.articles,
    )
    if known.ticket is not None:
        reply.for_ticket = reply.message.pressed is None
        reply.new_signals = tuple(signal for signal in issue_signals if signal not in known.signals)


def _decide(reply: Reply) -> None:
    known, reading = reply.conversation, reply.reading
    if reading.decision == "emergency" or _took_wrong_medicine(reply):
        handover.emergency(reply)
    elif known.state == "with_staff":
        return
    elif reply.message.pressed is not None:
        _pressed(reply, reply.message.pressed)
    elif _urgent_for_people(reply):
        _hand_over_urgent(reply)
    elif known.state == "gathering":
        in_gathering(reply)
    elif reading.heard.language != "en":
        asides.other_language(reply)
    elif _asks_for_person(reply):
        _to_person(reply)
    elif known.state == "resolved":
        _after_resolution(reply)
    elif known.state == "answering" and known.step:
        in_step(reply)
    elif known.state in NOTHING_BEGUN and known.ticket is None and _likely_urgent(reply):
        steps.start(reply, reading.issue)
    elif known.state == "choosing":
        unclear.in_choice(reply)
    else:
        fresh(reply)


def _took_wrong_medicine(reply: Reply) -> bool:
    """Decision O12: a wrong prescription that was already taken is an emergency."""
    about = (reply.conversation.issue, reply.reading.issue if reply.reading.sure else None)
    return "medicine_taken" in reply.conversation.signals and "prescription.wrong_information" in about and _new(reply)


def _new(reply: Reply) -> bool:
    """True when this very message told it, not an earlier one."""
    told = {signal for issue, signal in reply.reading.told if issue == "prescription.wrong_information"}
    return "medicine_taken" in reply.reading.signals or "medicine_taken" in told


def _urgent_for_people(reply: Reply) -> bool:
    """True for what always goes before a Tier 1 attempt: security, privacy, data loss, outage, heard with certainty."""
    known, reading = reply.conversation, reply.reading
    if not reading.sure or reading.decision != "handoff" or known.ticket is not None:
        return False
    intent = reply.script.catalog.intents[reading.issue]
    return intent.priority in ("critical", "high") and reading.issue != known.issue and _outranks(reply, reading.issue)


def _likely_urgent(reply: Reply) -> bool:
    """True for what is likely security, privacy, lost data or an outage: its team looks, and nothing is asked first."""
    reading = reply.reading
    if reading.decision != "handoff" or reading.sure or reading.candidates[0].confidence < LIKELY:
        return False
    return reading.issue != handover.EMERGENCY and reply.intent(reading.issue).priority in ("critical", "high")


def _outranks(reply: Reply, issue: str) -> bool:
    known = reply.conversation
    if known.state != "gathering" or known.issue is None:
        return True
    rank = reply.script.policy.rank
    certain = reply.reading.heard.issue == issue
    return certain and rank(reply.intent(issue).priority) < rank(reply.intent(known.issue).priority)


def _hand_over_urgent(reply: Reply) -> None:
    earlier = reply.conversation.issue
    steps.leave_step(reply)
    others = tuple(dict.fromkeys([*reply.conversation.also, *reply.reading.also, *((earlier,) if earlier else ())]))
    reply.know(also=tuple(other for other in others if other != reply.reading.issue), step=None)
    steps.start(reply, reply.reading.issue)


def _asks_for_person(reply: Reply) -> bool:
    return "person" in reply.reading.heard.acts or (reply.reading.sure and reply.reading.issue == PERSON)


def _to_person(reply: Reply) -> None:
    """Honoured at once, in any turn; a known issue is kept (decision O21)."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None:
        reply.say(reply.line("ticket_open", number=known.ticket))
        return
    if known.issue is None or known.state in ("solved", "new", "waiting"):
        named = [issue for issue in reading.also if issue != PERSON]
        reply.know(issue=named[0] if named else None, also=tuple(named[1:]))
    handover.begin(reply, "asked_for_person")


def _pressed(reply: Reply, value: str) -> None:
    known = reply.conversation
    if value not in {button.value for button in known.buttons}:
        asides.where_we_are(reply)
        return
    kind, _, rest = value.partition(":")
    if kind == "person":
        handover.begin(reply, "repeated_anger" if known.asking == "person_offer" else "asked_for_person")
    elif kind == "go_on":
        asides.go_on(reply)
    elif kind == "step":
        _, step, number = rest.split("/")
        steps.choose_option(reply, reply.intent().step(step).options[int(number)])
    elif kind == "issue":
        _chosen(reply, rest)
    elif kind == "detail":
        _, _, choice = rest.partition("/")
        handover.answer(reply, SKIPPED if choice == "skip" else reply.message.text)


def _chosen(reply: Reply, issue: str) -> None:
    if issue == "none":
        unclear.say_more(reply)
    else:
        steps.start(reply, issue)


def _after_resolution(reply: Reply) -> None:
    """The ticket is resolved: a thank-you leaves it so, another issue starts anew, anything else goes back to people."""
    known, reading = reply.conversation, reply.reading
    acts = reading.heard.acts
    if ("thanks" in acts or (reading.issue == "chat.thanks" and reading.sure)) and "no" not in acts:
        reply.thanks = True
        reply.say(reply.line("solved_quiet"))
    elif reading.sure and reading.decision in ("answer", "handoff") and reading.issue != known.issue:
        reply.know(
            ticket=None,
            issue=None,
            state="new",
            gathered=(),
            asked=(),
            tried=(),
            signals=reading.signals,
            words=(reply.message.text,),
        )
        reply.for_ticket = False
        fresh(reply)


def fresh(reply: Reply) -> None:
    """A message with no question of ours before it."""
    known, reading = reply.conversation, reply.reading
    if asides.anger(reply):
        return
    if {"yes", "no", "skip", "unsure"} & set(reading.heard.acts) and not telling_words(plain(reply.message.text)):
        asides.nothing_asked(reply)
        return
    reply.know(also=tuple(dict.fromkeys([*known.also, *reading.also])))
    if reading.decision in ("answer", "handoff") and reading.sure:
        if known.ticket is not None and (reading.decision == "handoff" or reading.issue == known.issue):
            reply.say(reply.line("added_to_ticket", number=known.ticket))
        else:
            steps.start(reply, reading.issue)
    elif reading.decision in ("decline", "smalltalk") and not (known.ticket and reading.issue == OUT_OF_SCOPE):
        asides.decline_or_chat(reply)
    elif known.ticket is not None:
        reply.say(reply.line("added_to_ticket", number=known.ticket))
    elif reading.decision == "choose":
        unclear.offer(reply, tuple(candidate.issue for candidate in reading.candidates))
    else:
        unclear.say_more(reply)
