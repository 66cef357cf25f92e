"""What is told at once in a matter of security, and not left to its letter: the bank, where card details were given away; how to be
safe from somebody close who gets in; and honestly whether such a person can read this chat."""

from dataclasses import replace

from bot.dialogue.answering import steps
from bot.dialogue.gathering import answer_checks, asked_meanwhile, choices, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import urgency
from bot.dialogue.reply import Part, Reply
from bot.dialogue.small_talk import secrets_typed
from bot.understanding.intents.names import SECURITY
from bot.understanding.text.cuts import CLAUSES_APART
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import SECURITY_BREACH_SUSPECTED

GAVE_CARD, ASKS_BANK = PHRASES.phrases["gave_card_away"], PHRASES.phrases["asks_about_bank"]
SOMEBODY_CLOSE, ASKS_CHAT = PHRASES.phrases["somebody_close_gets_in"], PHRASES.phrases["asks_if_chat_is_seen"]
BANK, BANK_AGAIN, CLOSE, CHAT = "call_your_bank", "call_bank_yes", "somebody_close", "who_sees_chat"


def begins(reply: Reply) -> bool:
    """`my ex still has my login`, with nothing begun: a matter of security, however it is read."""
    nothing = reply.conversation.state in urgency.NOTHING_BEGUN and reply.conversation.ticket is None
    graver = reply.reading.sure and reply.reading.issue != SECURITY and reply.intent(reply.reading.issue).is_grave
    close = SOMEBODY_CLOSE.is_in(reply.message.text) or (ASKS_CHAT.is_in(reply.message.text) and _is_likely(reply))
    return reply.typed and reply.conversation.in_english and nothing and close and not graver


def _is_likely(reply: Reply) -> bool:
    """Somebody reads what they write, as far as was told."""
    return any(one.issue.startswith("escalate.") for one in reply.reading.candidates[: urgency.SEVERAL])


def begin(reply: Reply) -> None:
    """Its team gets it at once."""
    steps.start(reply, SECURITY)


def asks(reply: Reply) -> bool:
    """Whether to call the bank, or whether this chat is seen, asked in a matter of security."""
    return reply.typed and _is_here(reply) and _asked(reply) is not None


def tell_and_go_on(reply: Reply) -> None:
    """The approved answer; a question of ours stays before the user, or is answered by the words beside it."""
    said = _asked(reply)
    reply.lead.extend((said,) if said else ())
    if reply.conversation.state != "gathering":
        reply.say()
    elif (chosen := _chosen(reply)) is not None:
        handover.answer(reply, chosen)
    else:
        asked_meanwhile.go_on(reply)


def _chosen(reply: Reply) -> str | None:
    """The choice that the words name, or their first clause: `android. did you tell me to ring the bank?`"""
    question, first = questions.asked_now(reply), CLAUSES_APART.split(reply.message.text)[0]
    return answer_checks.chosen(reply) or (choices.meant_choice(reply, first, question) if question else None)


def warn(reply: Reply) -> None:
    """Put first what cannot wait for people, once, as soon as it is told."""
    said = reply.says or reply.then
    if not reply.typed or not said or not _is_here(reply) or secrets_typed.speaks_of_danger(reply):
        return
    known, text = reply.conversation, reply.message.text
    for name, phrase in ((BANK, GAVE_CARD), (CLOSE, SOMEBODY_CLOSE), (CHAT, ASKS_CHAT)):
        if phrase.is_in(text) and name not in known.unsaid:
            part, source = _line(reply, name)
            said[0] = replace(said[0], text=f"{part}\n\n{said[0].text}", sources=(source, *said[0].sources))
            reply.know(unsaid=(*reply.conversation.unsaid, source.id))


def _is_here(reply: Reply) -> bool:
    """People of security have it, or get it now; in English."""
    request = reply.message.request
    here = reply.conversation.issue == SECURITY or (request is not None and request.reason == SECURITY_BREACH_SUSPECTED)
    return here and reply.conversation.in_english and reply.conversation.state != "with_staff"


def _asked(reply: Reply) -> Part | None:
    text = reply.message.text
    if ASKS_BANK.is_in(text):
        return _line(reply, reply.longest_unsaid(BANK_AGAIN, BANK))
    return _line(reply, CHAT) if ASKS_CHAT.is_in(text) else None


def _line(reply: Reply, name: str) -> Part:
    phone = reply.script.phone_number
    return reply.line(name, phone=phone) if name == CHAT else reply.line(name)
