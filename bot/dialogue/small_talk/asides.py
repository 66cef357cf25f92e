"""What is not an issue: hello and thanks, anger, other languages, what we cannot help with, and questions back."""

from bot.dialogue.answering import steps
from bot.dialogue.conversation import MEDICAL, Button
from bot.dialogue.gathering import questions
from bot.dialogue.gathering.questions import UNKNOWN
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import abroad
from bot.dialogue.in_danger import wrong_dose
from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import LIKELY, Candidate
from bot.understanding.text.language import UNREAD
from handoff.events import HandoverBegun, IssueRaised
from handoff.ticket import Gathered

A_NAME, LONGEST_ANSWER = 3, 400
"""Fewer words may be a name, which is of no language; and so much of an answer is kept."""
CONTACT, ROBOT, NOT_READ = "chat.contact", "chat.about_bot", "unread_language"
BOOKING, WRONG_MEDICINE = "appointment.how_to_book", "prescription.wrong_information"
OUT_OF_SCOPE = "chat.out_of_scope"
PENDING = ("answering", "choosing", "gathering")
"""Something of ours is before the user."""
THANKED = ("solved_quiet", "thanked_again", "thanked_more")
"""What is said to thanks, and to thanks once more."""
ENOUGH, NAMED, HINTED = 0.4, 0.3, 0.15
"""How likely an issue must be to be passed on in another language without an open question first, where it is for people, and after the
question."""


def anger(reply: Reply) -> bool:
    """Acknowledge anger first; the second angry turn is offered a person. True when that settles the turn."""
    known, reading = reply.conversation, reply.reading
    if reading.issue == "chat.frustration" and reading.sure and known.angry < 2:
        return False
    if "angry" not in reading.signals and not (reading.issue == "chat.frustration" and reading.sure):
        return False
    if known.angry < 2 or known.ticket is not None:
        reply.open_with("angry")
        return False
    reply.know(asking="person_offer", angry=0, state="answering" if known.step else "waiting")
    reply.say(reply.line("angry_again"), buttons=(reply.person_button(), reply.button("keep_going", "go_on")))
    return True


def go_on(reply: Reply) -> None:
    """The user would rather keep trying: the next step, or the question what it is about."""
    reply.know(asking=None)
    known = reply.conversation
    if known.step and known.issue:
        step = reply.intent().step(known.step)
        steps.choose_option(reply, step.onward)
    else:
        reply.know(state="waiting")
        reply.say(reply.line("ask_issue"), buttons=(reply.person_button(),))


def decline_or_chat(reply: Reply) -> None:
    """The approved answer to what is no issue of ours."""
    known = reply.conversation
    intent = reply.intent(reply.reading.issue)
    again = reply.topic_before == intent.id
    reply.know(topic=intent.id)
    pending = known.state in PENDING
    if intent.id == "chat.thanks":
        thanked(reply)
    elif intent.route == "facts":
        _facts(reply, intent, again=again)
        if not pending and known.ticket is None:
            reply.know(state="waiting")
    elif known.ticket is not None and intent.route == "smalltalk":
        reply.say(reply.line("ticket_open", number=known.ticket))
    elif intent.id == MEDICAL:
        decline_clinical(reply)
    else:
        _decline(reply, intent, again=again)
        if not pending and known.ticket is None:
            reply.know(state="waiting")


def decline_trick(reply: Reply) -> None:
    """As what we cannot help with, whatever it was read as."""
    again = reply.topic_before == OUT_OF_SCOPE
    reply.know(topic=OUT_OF_SCOPE, state="waiting" if reply.conversation.ticket is None else reply.conversation.state)
    _decline(reply, reply.intent(OUT_OF_SCOPE), again=again)


def _decline(reply: Reply, intent: Intent, *, again: bool) -> None:
    """In the file's words; in few others to who goes on about what we cannot help with."""
    if again and intent.id == OUT_OF_SCOPE:
        reply.say(
            reply.line(reply.longest_unsaid("not_mine_either", "not_mine_still")), buttons=(reply.person_button(),)
        )
    else:
        _answer(reply, intent, ())


def decline_clinical(reply: Reply) -> None:
    """Doses, symptoms, side effects: whom to ask, and a visit instead (decision O19); what was before the user stays."""
    known, intent = reply.conversation, reply.intent(MEDICAL)
    reply.know(topic=MEDICAL)
    if local := reply.local("medical"):
        reply.say(local)
    else:
        beside = (reply.button("book_instead", f"issue:{BOOKING}"), reply.person_button())
        _answer(reply, intent, beside if known.state != "with_staff" else ())
    if known.state not in PENDING and known.ticket is None:
        reply.know(state="waiting")


def _facts(reply: Reply, intent: Intent, *, again: bool) -> None:
    """What the guide's own data tell: how to reach people, when, and who answers; asked again, in one line."""
    buttons = () if reply.conversation.ticket is not None else (reply.person_button(),)
    if intent.id == ROBOT and (local := reply.local("robot")):
        reply.say(local)
        return
    if intent.id == CONTACT and in_another_language(reply) and (told := reply.with_our_team()):
        reply.say(told)
        return
    if again and intent.id == CONTACT:
        reply.say(
            reply.line(reply.first_unsaid("contact_short", "contact_person"), **reply.message.facts), buttons=buttons
        )
        return
    text, source = reply.text_of(intent, "answer", intent.answer)
    reply.say((reply.script.lines.filled(text, reply.message.facts), source), buttons=buttons)


def _answer(reply: Reply, intent: Intent, buttons: tuple[Button, ...]) -> None:
    reply.say(reply.text_of(intent, "answer", intent.answer), buttons=buttons)


def thanked(reply: Reply) -> None:
    """Thanks is only thanks: what is solved is told by a result."""
    reply.thanks = True
    reply.say(reply.local("thanks") or reply.line(reply.longest_unsaid(*THANKED)))


def nothing_asked(reply: Reply) -> None:
    """A bare yes or no that answers no question: ask what is still needed."""
    known = reply.conversation
    if known.ticket is not None:
        reply.say(reply.with_our_team() or reply.line("ticket_open", number=known.ticket))
        return
    reply.know(state="waiting", choices=())
    reply.say(reply.local("ask_issue") or reply.line("ask_issue"), buttons=(reply.person_button(),))


def in_another_language(reply: Reply) -> bool:
    """Written in a language that the assistant reads and does not speak."""
    return reply.conversation.language in reply.script.lines.languages and reply.conversation.language != "en"


def cannot_be_read(reply: Reply) -> bool:
    """Written in letters that the assistant does not know: whether anybody is in danger cannot be told either. A person who is
    answering can read it."""
    return reply.typed and reply.conversation.state != "with_staff" and reply.reading.heard.language in UNREAD


def unread(reply: Reply) -> None:
    """The numbers, with every such message, and people, soon, who get the words as they are."""
    known = reply.conversation
    own, said = reply.script.lines.where_unread(reply.reading.heard.language), reply.line("unread")
    parts = (own, said) if own else (said,)
    if known.ticket is not None:
        reply.for_ticket, reply.new_signals = True, (NOT_READ,)
        reply.say(*parts, reply.line("added_to_ticket", number=known.ticket))
        return
    reply.say(*parts)
    steps.leave_step(reply)
    reply.know(issue=UNKNOWN, reason="other_language", step=None, signals=(NOT_READ,))
    reply.happened(IssueRaised(UNKNOWN))
    reply.happened(HandoverBegun("other_language", UNKNOWN))
    handover.hand_over(reply)


def other_language(reply: Reply) -> None:
    """Short approved texts in the user's language, and a person, who gets the issue that was read; never a guess."""
    reading = reply.reading
    intent = reply.intent(reading.issue)
    chat = "hello" if intent.id == "chat.greeting" else "thanks" if intent.id == "chat.thanks" else None
    if intent.id == MEDICAL:
        chat = "medical"
    if chat and reading.decision in ("smalltalk", "decline") and (local := reply.local(chat)):
        reply.know(state="waiting")
        reply.say(local)
        return
    if _is_vague(reply, intent) and (local := reply.local("ask_issue")):
        reply.know(state="waiting", unclear=1)
        reply.say(local)
        return
    steps.leave_step(reply)
    to_people(reply, _likeliest(reply))


def take_over(reply: Reply, issues: tuple[str, ...]) -> None:
    """What was read besides a danger that is none, in the user's language: people where it is one issue, else an open question."""
    if len(issues) == 1 and reply.intent(issues[0]).tier is not None:
        to_people(reply, issues[0])
    else:
        reply.know(state="waiting", unclear=1)
        reply.say(reply.local("ask_issue") or reply.line("ask_issue"))


def to_people(reply: Reply, issue: str) -> None:
    """What protects first of all, and the request; else whether there is more to tell."""
    known, protects = reply.conversation, issue == WRONG_MEDICINE
    if known.issue not in (None, issue):
        reply.know(words=known.words[-1:], so_far=known.so_far[-1:])
    reply.know(issue=issue, reason=reply.intent(issue).reason or "other_language", step=None)
    reply.know(signals=abroad.facts_that_hold(reply.intent(), reply.conversation.signals))
    reply.happened(IssueRaised(issue))
    reply.happened(HandoverBegun("other_language", issue))
    questions.keep_what_was_heard(reply)
    wrong_dose.block(reply)
    if protects and (local := reply.local("wrong_medicine")):
        reply.say(local)
    handover.hand_over(reply)
    if not protects and (local := reply.local("question")):
        reply.say(local)


def answers_abroad(reply: Reply) -> bool:
    """A question of ours in English is answered in another language, with more than a name or a number."""
    return reply.typed and in_another_language(reply) and len(reply.message.text.split()) >= A_NAME


def end_questions(reply: Reply) -> None:
    """The answer is kept, and nothing more is asked in English: people have it, in the short texts of the language."""
    question, known = questions.asked_now(reply), reply.conversation
    if question is not None:
        kept = tuple(detail for detail in known.gathered if detail.id != question.id)
        told = Gathered(question.id, question.label, reply.message.text.strip()[:LONGEST_ANSWER])
        reply.know(gathered=(*kept, told), asking=None)
    questions.keep_what_was_heard(reply)
    if known.ticket is None:
        handover.hand_over(reply)
        return
    reply.for_ticket = True
    reply.more = handover.request_of(reply, known.reason or "other_language")
    handover.enough(reply)


def _is_vague(reply: Reply, intent: Intent) -> bool:
    """Too little to go by, and not asked about yet; a grave matter wakes people up, and must be likelier."""
    reading = reply.reading
    if reply.conversation.unclear > 0 or _is_known(reply):
        return False
    first = reading.candidates[0].confidence
    if intent.is_grave and reading.decision == "handoff":
        return not (reading.sure or abroad.says_so(reading))
    if reading.decision == "handoff":
        return not reading.sure and (intent.tier is None or first < NAMED)
    return reading.decision == "choose" and first < (LIKELY if intent.route == "handoff" else ENOUGH)


def _is_known(reply: Reply) -> bool:
    """What it is about was told before, in whatever language."""
    issue = reply.conversation.issue
    return issue in reply.script.catalog.intents and issue != UNKNOWN


def _likeliest(reply: Reply) -> str:
    """What it is about by these words, or by all that was said since it was asked, whichever is likelier; what was looked at, where
    the words are not surely of anything else."""
    reading, issue = reply.reading, reply.conversation.issue
    if issue is not None and _is_known(reply) and not (reading.sure or reply.intent(reading.issue).is_grave):
        return issue
    read = sorted([*reading.candidates[:1], *reading.matter], key=lambda one: -one.confidence)
    likely = (one.issue for one in read if reply.intent(one.issue).tier is not None and _may_be_meant(reply, one))
    return next(likely, UNKNOWN)


def _may_be_meant(reply: Reply, one: Candidate) -> bool:
    """Where little was told in another language, a grave matter is called for only by words that say so, and no other by chance."""
    here = reply.reading.candidates[0] == one
    if reply.intent(one.issue).is_grave:
        return abroad.says_so(reply.reading) if here else one.confidence >= abroad.NEARLY_CERTAIN
    return one.confidence >= HINTED or (here and reply.reading.sure)


def where_we_are(reply: Reply) -> None:
    """A button of an earlier question was pressed: say so, and put the present question once more."""
    known = reply.conversation
    if known.state == "answering" and known.step and known.asking is None:
        reply.open_with("stale_button")
        steps.ask_again(reply)
    else:
        reply.say(reply.line("stale_button"), buttons=known.buttons)
