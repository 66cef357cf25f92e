"""One turn: what we know and what was said -> what we know now, what we say, and perhaps a request for people."""

from collections.abc import Sequence
from datetime import datetime

from bot.dialogue import asides, handover, steps
from bot.dialogue.conversation import Conversation, Message, Outcome
from bot.dialogue.reply import Reply, Script
from bot.understanding.intent_file import Option
from bot.understanding.reading import NOTHING_READ, Reading
from bot.understanding.text import plain, telling_words
from handoff.ticket import SKIPPED

MOST_UNCLEAR = 2
WORDS_KEPT = 12
ENOUGH_WORDS, FEW_WORDS, WORDS_OF_A_CHOICE = 5, 3, 8
MEANT = (0.55, 0.1)
"""How like an answer's own words, and how much more than the next one, what means that answer is."""
YES_OR_NO = ("yes", "no")
OUT_OF_SCOPE = "chat.out_of_scope"
CHOICE_LIKE = (0.38, 0.08)
"""How like a title, and how much more than the next one, words are that choose it."""


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
        _in_gathering(reply)
    elif reading.heard.language != "en":
        asides.other_language(reply)
    elif _asks_for_person(reply):
        _to_person(reply)
    elif known.state == "resolved":
        _after_resolution(reply)
    elif known.state == "answering" and known.step:
        _in_step(reply)
    elif known.state == "choosing":
        _in_choice(reply)
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
    return "person" in reply.reading.heard.acts or (reply.reading.sure and reply.reading.issue == handover.PERSON)


def _to_person(reply: Reply) -> None:
    """Honoured at once, in any turn; a known issue is kept (decision O21)."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None:
        reply.say(reply.line("ticket_open", number=known.ticket))
        return
    if known.issue is None or known.state in ("solved", "new", "waiting"):
        named = [issue for issue in reading.also if issue != handover.PERSON]
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
        _unclear(reply)
    else:
        steps.start(reply, issue)


def _in_gathering(reply: Reply) -> None:
    acts = reply.reading.heard.acts
    question = handover.asked_now(reply)
    if "thanks" in acts and reply.reading.issue == "chat.thanks" and reply.reading.sure and "no" not in acts:
        steps.solved(reply)
        return
    if "cancel" in acts:
        steps.dropped(reply)
        return
    if "person" in acts:
        handover.hand_over(reply)
        return
    if question and _tells_only_other_details(reply, question.id):
        handover.ask_once_more(reply, question)
        return
    told = _answer(reply, question)
    beside = question is not None and question.choices and told not in (*question.choices, SKIPPED)
    once = question is not None and reply.conversation.asked.count(question.id) == 1
    if question and beside and once and handover.answers_another(reply, told):
        handover.ask_once_more(reply, question)
    else:
        handover.answer(reply, told)


def _answer(reply: Reply, question: handover.Question | None) -> str:
    """The user's answer: the choice that it means, their own words, or SKIPPED when they say nothing to it."""
    text, acts = reply.message.text.strip(), set(reply.reading.heard.acts)
    if "skip" in acts or not text or question is None:
        return SKIPPED if "skip" in acts or not text else text
    same = next((choice for choice in question.choices if plain(choice) == plain(text)), None)
    if same is not None:
        return same
    knows_not = next((choice for choice in question.choices if plain(choice) == plain(handover.UNSURE)), SKIPPED)
    if "unsure" in acts and len(telling_words(plain(text))) <= FEW_WORDS:
        return knows_not
    if acts & {"no", "unsure"} and len(telling_words(plain(text))) <= 1 and not question.wants_yes_or_no:
        return knows_not
    return handover.meant_choice(reply, text, question) or text


def _tells_only_other_details(reply: Reply, asked: str) -> bool:
    """The answer names facts for other questions and says nothing to this one; it is asked once more, and only once."""
    again = asked in reply.reading.heard.details or reply.conversation.asked.count(asked) > 1
    return not again and _tells_only_details(reply)


def _tells_only_details(reply: Reply) -> bool:
    """The message names facts, such as the device, and says nothing else."""
    rest = plain(reply.message.text)
    for value in reply.reading.heard.details.values():
        rest = rest.replace(plain(value), " ")
    return bool(reply.reading.heard.details) and not telling_words(rest)


def _in_step(reply: Reply) -> None:
    """Typed words while a step is before the user."""
    known, reading = reply.conversation, reply.reading
    acts = reading.heard.acts
    step = reply.intent().step(known.step or "")
    said = plain(reply.message.text).rstrip(".!")
    for option in step.options:
        if plain(option.label) == said:
            steps.choose_option(reply, option)
            return
    if (meant := _meant(reply, step.options)) is not None:
        steps.choose_option(reply, meant)
        return
    if asides.anger(reply):
        return
    elsewhere = reading.sure and reading.issue != known.issue and reading.decision in ("answer", "handoff")
    if elsewhere and ("correction" in acts or not {"no", "tried", "yes"} & set(acts)):
        _change_topic(reply)
    elif "cancel" in acts and not {"yes", "thanks"} & set(acts):
        steps.dropped(reply)
    elif _tells_of_another_step(reply):
        steps.note_tried(reply)
        steps.ask_again(reply, "noted_tried")
    elif "no" in acts or "tried" in acts or known.step in steps.tried_here(reply):
        outcome = "tried_before" if "no" not in acts else "did_not_help"
        reply.mark(step.id, outcome)
        steps.note_tried(reply)
        steps.choose_option(reply, steps.onward(step))
    elif "yes" in acts or "thanks" in acts or (reading.issue == "chat.thanks" and reading.sure):
        steps.solved(reply)
    elif reading.decision in ("decline", "smalltalk") and reading.sure:
        asides.decline_or_chat(reply)
        steps.ask_again(reply)
    else:
        _not_sure_about_step(reply)


def _tells_of_another_step(reply: Reply) -> bool:
    """The user says that they have done a step of this issue, and not the one before them."""
    own = steps.tried_here(reply)
    return bool(own) and reply.conversation.step not in own and "no" not in reply.reading.heard.acts


def _meant(reply: Reply, options: Sequence[Option]) -> Option | None:
    """The answer that was meant, when it says more than yes or no, and the user says it in other words."""
    if "yes" in reply.reading.heard.acts:
        return None
    telling = [option for option in options if telling_words(plain(option.label))]
    labels = [option.label for option in telling if plain(option.label) not in YES_OR_NO]
    found = reply.script.likeness.closest(reply.message.text, labels, *MEANT)
    return next(option for option in telling if option.label == labels[found]) if found is not None else None


def _change_topic(reply: Reply) -> None:
    steps.leave_step(reply)
    reply.know(step=None)
    if reply.conversation.issue and reply.reading.heard.acts and "correction" in reply.reading.heard.acts:
        reply.happened("corrected", was=reply.conversation.issue)
    reply.open_with("changed_topic")
    steps.start(reply, reply.reading.issue)


def _not_sure_about_step(reply: Reply) -> None:
    known = reply.conversation
    if _tells_only_details(reply):
        steps.ask_again(reply, "noted_detail")
        return
    if known.unclear + 1 >= MOST_UNCLEAR:
        handover.begin(reply, "not_resolved_by_documentation")
        return
    reply.know(unclear=known.unclear + 1)
    steps.ask_again(reply, "did_it_help_or_person", person=True)


def _in_choice(reply: Reply) -> None:
    """Typed words while "which of these is it?" is before the user."""
    known, reading = reply.conversation, reply.reading
    said = plain(reply.message.text).rstrip(".!")
    titles = {plain(reply.script.catalog.title(issue)): issue for issue in known.choices}
    ordinal = asides.ordinal(said, len(known.choices))
    if asides.anger(reply):
        return
    if {"cancel", "thanks"} & set(reading.heard.acts) or (reading.issue == "chat.thanks" and reading.sure):
        steps.dropped(reply)
        return
    shown = [reply.script.catalog.title(issue) for issue in known.choices]
    meant = reply.script.likeness.closest(reply.message.text, shown, *CHOICE_LIKE)
    if said in titles:
        steps.start(reply, titles[said])
    elif ordinal is not None:
        steps.start(reply, known.choices[ordinal])
    elif (reading.sure and reading.decision in ("answer", "handoff")) or (
        reading.issue in known.choices and len(said.split()) > 1
    ):
        steps.start(reply, reading.issue)
    elif meant is not None and len(said.split()) <= WORDS_OF_A_CHOICE:
        steps.start(reply, known.choices[meant])
    elif reading.decision in ("decline", "smalltalk") and reading.sure:
        asides.decline_or_chat(reply)
        asides.offer(reply, known.choices)
    else:
        _unclear(reply)


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
        _offer(reply, tuple(candidate.issue for candidate in reading.candidates))
    else:
        _unclear(reply)


def _offer(reply: Reply, issues: tuple[str, ...]) -> None:
    if reply.conversation.unclear >= MOST_UNCLEAR:
        handover.begin(reply, "not_understood")
        return
    reply.know(unclear=reply.conversation.unclear + 1)
    asides.offer(reply, issues)


def _unclear(reply: Reply) -> None:
    """Too little told: ask for more, at most twice. Enough told and still not understood: a person."""
    known = reply.conversation
    told = len(reply.message.text.split()) >= ENOUGH_WORDS and reply.message.pressed is None
    if (
        known.unclear >= MOST_UNCLEAR
        or (told and known.state in ("choosing", "waiting"))
        or (told and reply.reading.decision == "handoff")
    ):
        reply.know(issue=None)
        handover.begin(reply, "not_understood")
        return
    reply.know(state="waiting", choices=(), unclear=known.unclear + 1)
    reply.say(reply.line("say_more_again" if known.unclear else "say_more"), buttons=(reply.person_button(),))
