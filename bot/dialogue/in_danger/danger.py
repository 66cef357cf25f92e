"""Whether words tell of danger surely, or may tell of it, beside what is before the user."""

from bot.dialogue.conversation import NOTHING_BEGINS
from bot.dialogue.handing_over import cannot_hear
from bot.dialogue.hearing import grief, party, unspoken_language, wrong_prescription
from bot.dialogue.in_danger import emergency_rules, news, plain_no, prescribed_wrong, taken_twice
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import request_status
from bot.understanding.intents.names import WRONG_INFORMATION
from bot.understanding.reading import DANGEROUS
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.worrying import worries

DENIES_TAKING = PHRASES.phrases["denies_taking"]
MAY_TELL_OF_DANGER = ("emergency", "medical", "issue", "unclear", "other", "stop")
CLEARLY, LITTLE_TOLD = 0.25, 0.4
"""What a reply that may tell of danger looks like; from which chance on any is asked about, and one word, or where somebody is."""
ENDS_IT = ("helped", "solved", "stop", "thanks", "close")
"""What would end the matter: no word that may tell of danger is taken for that alone."""
OF_ACCOUNT = "account."
BESIDE, BESIDE_ABROAD = "in_case_of_danger", "emergency"
PLAINLY_A_REPLY, BEYOND_DOUBT, FIRST_TURN = 0.9, 0.97, 1
"""From which chance on a reply is plainly an answer to us: then danger that is not beyond doubt is only asked about; and the turn
before which nothing was said."""


def is_certain(reply: Reply) -> bool:
    certain = reply.reading.decision == "emergency" and not (_is_harmless(reply) or _help_comes(reply))
    return certain and not (_is_plainly_a_reply(reply) or _is_only_likely(reply) or _nothing_was_taken(reply))


def _is_harmless(reply: Reply) -> bool:
    """The label of a live button, grief for somebody who died, or a plain no to any danger."""
    return reply.message.pressed is not None or grief.is_grief(reply) or plain_no.is_said(reply)


def _help_comes(reply: Reply) -> bool:
    """`ambulance aa rahi hai`, told to people who have the emergency."""
    return emergency_rules.is_open(reply) and news.help_comes(reply)


def _nothing_was_taken(reply: Reply) -> bool:
    """Of a wrong prescription, and no rule heard more: danger is asked about then, not declared."""
    of_medicine = reply.conversation.issue == WRONG_INFORMATION and not reply.reading.heard.rules
    return of_medicine and DENIES_TAKING.is_in(reply.message.text)


def _is_only_likely(reply: Reply) -> bool:
    """In the midst of a conversation words lean on others that we did not read: danger that is not beyond doubt is asked about,
    with the numbers."""
    ranked = reply.reading.ranked
    under_way = reply.conversation.turn > FIRST_TURN and not reply.reading.heard.rules
    return under_way and ranked is not None and ranked.danger < BEYOND_DOUBT


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


def _is_one_word(reply: Reply) -> bool:
    """`cant`, the first piece of a message; scripts without spaces are left alone."""
    return reply.typed and reply.message.text.isascii() and len(reply.message.text.split()) == 1


def is_possible(reply: Reply) -> bool:
    """Also in a reply; but a reply that plainly answers us must speak of danger more clearly than a message;
    despair and fear of somebody are always asked about."""
    if wrong_prescription.tells_of_unwell(reply) and reply.conversation.state not in NOTHING_BEGINS:
        return True
    if wrong_prescription.tells_of_allergy(reply) and reply.conversation.state not in NOTHING_BEGINS:
        return True
    if taken_twice.is_told(reply) and reply.conversation.state not in NOTHING_BEGINS:
        return True
    if prescribed_wrong.goes_on(reply):
        return False
    if _is_harmless(reply) and not worries(reply.message.text):
        return False
    if reply.reading.decision not in DANGEROUS or cannot_hear.is_of_sound(reply) or emergency_rules.is_open(reply):
        return False
    if reply.typed and worries(reply.message.text):
        return True
    ranked = reply.reading.ranked
    if _is_one_word(reply) and ranked is not None and ranked.danger < LITTLE_TOLD and not reply.reading.heard.rules:
        return False
    clearly = LITTLE_TOLD if party.is_all(reply) or _asks_of_account(reply) else CLEARLY
    return not (_is_plain_answer(reply) or _asks_what_comes(reply)) or ranked is None or ranked.danger >= clearly


def _is_plain_answer(reply: Reply) -> bool:
    """Likely only an answer to us, and none that would end the matter."""
    spoken_to = _is_asked(reply) or reply.conversation.ticket is not None
    calm = party.is_all(reply) or _asks_of_account(reply)
    return spoken_to and (reply.meant.act not in (*MAY_TELL_OF_DANGER, *ENDS_IT) or calm)


def _asks_of_account(reply: Reply) -> bool:
    """`what do I do now? can you freeze the account?`, in another language: a question that is likest to be of signing in, to people
    who have the request."""
    request, text = reply.message.request, reply.message.text
    asks = unspoken_language.holds(reply) and any(mark in text for mark in QUESTION_MARKS)
    first = reply.reading.candidates[0].issue
    return asks and request is not None and not reply.reading.heard.rules and first.startswith(OF_ACCOUNT)


def _asks_what_comes(reply: Reply) -> bool:
    """`ok whats gonna happen now`, while a question of ours is before the user or people have it, and no rule heard more."""
    spoken_to = _is_asked(reply) or reply.conversation.ticket is not None
    return spoken_to and not reply.reading.heard.rules and request_status.asks_what_comes(reply.message.text)


def is_faint(reply: Reply) -> bool:
    """It may tell of danger by itself, and is so likely an answer that nothing is asked: the numbers are told with what follows."""
    if reply.reading.decision not in DANGEROUS or not (_is_asked(reply) and _is_plain_answer(reply)):
        return False
    told = (name.rpartition(".")[2] for name in reply.conversation.unsaid)
    said = not {*told}.isdisjoint((BESIDE, BESIDE_ABROAD)) or _is_harmless(reply) or prescribed_wrong.goes_on(reply)
    return reply.typed and not (said or party.is_all(reply) or cannot_hear.is_of_sound(reply))


def tell_numbers(reply: Reply) -> None:
    """Shortly and in the user's language, before whatever answers the words."""
    reply.lead.append(reply.local(BESIDE_ABROAD) or reply.line(BESIDE))
