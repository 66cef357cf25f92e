"""What is not an issue: hello and thanks, anger, what we cannot help with, and questions back."""

from bot.dialogue.answering import steps
from bot.dialogue.button_values import GoOn, TakeUp
from bot.dialogue.conversation import UNDER_WAY, Button
from bot.dialogue.hearing import anger
from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import ABOUT_BOT, CONTACT, FRUSTRATION, HOW_TO_BOOK, MEDICAL, OUT_OF_SCOPE, THANKS

THANKED = ("solved_quiet", "thanked_again", "thanked_more")
"""What is said to thanks, and to thanks once more."""


def is_angry_again(reply: Reply) -> bool:
    """The second angry turn, while nobody has it yet."""
    return _is_heard(reply) and reply.conversation.angry > 1 and reply.conversation.ticket is None


def offer_person(reply: Reply) -> None:
    """A person, or to keep going."""
    reply.know(asking="person_offer", angry=0, state="answering" if reply.conversation.step else "waiting")
    reply.say(reply.line("angry_again"), buttons=(reply.person_button(), reply.button("keep_going", GoOn())))


def is_angry(reply: Reply) -> bool:
    """Anger beside a matter, or with people who have it already; anger alone, for the first time, is answered by itself."""
    alone = reply.reading.issue == FRUSTRATION and reply.reading.sure and reply.conversation.angry <= 1
    return _is_heard(reply) and not alone and not is_angry_again(reply)


def name_anger(reply: Reply) -> None:
    """Before anything else is said."""
    reply.open_with("angry")


def _is_heard(reply: Reply) -> bool:
    """What these words are counted already as (hearing/remember.py)."""
    return anger.is_heard(reply.reading, reply.conversation.angry - 1)


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
    pending = known.state in UNDER_WAY
    if intent.id == THANKS:
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
        beside = (reply.button("book_instead", TakeUp(HOW_TO_BOOK)), reply.person_button())
        _answer(reply, intent, beside if known.state != "with_staff" else ())
    if known.state not in UNDER_WAY and known.ticket is None:
        reply.know(state="waiting")


def _facts(reply: Reply, intent: Intent, *, again: bool) -> None:
    """What the guide's own data tell: how to reach people, when, and who answers; asked again, in one line."""
    buttons = () if reply.conversation.ticket is not None else (reply.person_button(),)
    if intent.id == ABOUT_BOT and (local := reply.local("robot")):
        reply.say(local)
        return
    phone = reply.script.phone_number
    if intent.id == CONTACT and (local := reply.local("card_phone", phone=phone)):
        told = reply.with_our_team()
        reply.say(*((told, local) if told is not None else (local,)))
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


def where_we_are(reply: Reply) -> None:
    """A button of an earlier question was pressed: say so, and put the present question once more."""
    known = reply.conversation
    if known.state == "answering" and known.step and known.asking is None:
        reply.open_with("stale_button")
        steps.ask_again(reply)
    else:
        reply.say(reply.line("stale_button"), buttons=known.buttons)
