"""A question of the user's, asked in the place of an answer to ours or beside one: how long it takes, what a file answers, or something
for people. It is met first, and ours stays before them; what was told beside it is read as the answer."""

import re
from dataclasses import replace

from bot.dialogue.answering import explaining
from bot.dialogue.gathering import answer_checks, choices, no_answer, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing.times import time_told
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import asked_of_request, request_status
from bot.understanding.details import day_told
from bot.understanding.intents.names import ABOUT_BOT, CONTACT, GREETING, MEDICAL, STATUS
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.cuts import AFTER_MARK, CLAUSES_APART, QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.ticket import SKIPPED

NOT_ANSWERED, ASKS_US, OF_OURS = (PHRASES.phrases[name] for name in ("not_answered", "asks_us", "asks_of_our_question"))
SURE, SURELY_ANSWERS, ASKS_HOW_FAR, SURELY_HOW_FAR = 0.5, 0.8, 0.6, 0.9
"""How surely words ask something; answer ours, whatever their form; and ask how far it is, with a word for that and without one."""
MAY_I = re.compile(r"\b(?:should|shall|may|must|can) i\b|\bdo (?:you|u) want\b")
"""Whether they are to do something: what holds until people have answered says it."""
ASKED_OF_US = re.compile(r"^\W*(?:(?:and|so|please|but) )*(?:can|could|would|will) (?:you|u)\b")
"""A wish in the form of a question."""
FEW, SHORT = 3, 5
"""So many words are a question of their own; and so few that name a thing of our question ask about that."""
ASKS_FOR_PERSON = "person"
LONGEST_CALL, SURELY_WHO = 7, 0.85
"""So many words at most only ask after the request; and from which chance on it is asked who answers."""
FACTS = (CONTACT, ABOUT_BOT, MEDICAL)


def part(reply: Reply) -> None:
    """`About ten minutes ago. Will it let me in tomorrow?`: what is asked is met, and what is told goes on alone."""
    parted = _parted(reply)
    if parted is None:
        return
    told, asked = parted
    reply.lead.append(_met(reply, asked))
    reply.message = replace(reply.message, text=told)
    reply.mean_anew()


def _parted(reply: Reply) -> tuple[str, str] | None:
    """What is told first, and what is asked after it and is not about our question; None where it is all the one or the other, or
    a question of which the service has a text."""
    if not reply.typed or not reply.conversation.in_english or questions.asked_now(reply) is None:
        return None
    if reply.reading.sure and reply.reading.issue in FACTS:
        return None
    pieces = [one for one in AFTER_MARK.split(reply.message.text) if one.strip()]
    asked = [one for one in pieces if _is_question(one) and not _is_of_ours(reply, one)]
    if any(_wants_people(reply, one) for one in asked):
        return None
    told = " ".join(one for one in pieces if one not in asked).strip(" ,;")
    if not asked or pieces[0] in asked or told.endswith("?") or no_answer.is_filler(told):
        return None
    tells = is_bare(told) or bool(telling_words(plain(told)))
    return (told if "." in told[:-1] else told.rstrip("."), " ".join(asked)) if tells else None


def _is_question(piece: str) -> bool:
    own = len(piece.split()) >= FEW and ASKS_US.is_in(piece) and not ASKED_OF_US.search(plain(piece))
    return own or request_status.asks_what_comes(piece)


def _wants_people(reply: Reply, piece: str) -> bool:
    """`Chrome. Can I talk to a human?`: a wish, and no question."""
    return reply.wants_people or reply.script.replies.to_ending(piece).act == ASKS_FOR_PERSON


def _is_of_ours(reply: Reply, text: str) -> bool:
    """Why it is asked, how to find it out, or a thing of our question that few words name."""
    question = questions.asked_now(reply)
    names = set(telling_words(plain(question.ask))) if question is not None else set()
    few = len(text.split()) <= SHORT and not names.isdisjoint(telling_words(plain(text)))
    return few or any(OF_OURS.is_in(one) for one in CLAUSES_APART.split(text))


def _met(reply: Reply, asked: str) -> Part:
    """By the file, by how far it is, or by the word that a person answers it."""
    if (found := asked_of_request.answer_of(reply, asked)) is not None:
        return found
    if not _asks_what_comes(reply, asked):
        return _kept(reply)
    if reply.conversation.ticket is None:
        return reply.line("how_long_then")
    return reply.with_our_team() or request_status.state_of(reply)


def _asks_what_comes(reply: Reply, text: str) -> bool:
    """By its words, or by what it would mean while a request is open."""
    if request_status.asks_what_comes(text):
        return True
    waits = reply.script.replies.to_question(text, "waiting")
    enough = ASKS_HOW_FAR if asked_of_request.PROGRESS.is_in(text) else SURELY_HOW_FAR
    return ASKS_US.is_in(text) and waits.act == "status" and waits.chance >= enough


def asks_how_long(reply: Reply) -> bool:
    """`how long will it take?`, `what happens after I send this`, also with thanks before it."""
    text = reply.message.text
    if request_status.asks_what_comes(text):
        return reply.typed
    return reply.typed and _asks(reply) and not _is_of_ours(reply, text) and _asks_what_comes(reply, text)


def asks_after_it(reply: Reply) -> bool:
    """`any update?`, `are you there?`, `hello?`, in any language: of the request, and never the answer to a question of ours."""
    text, reading = reply.message.text.strip(), reply.reading
    first = reading.candidates[0]
    calls = first.issue == GREETING or (first.issue == ABOUT_BOT and first.confidence < SURELY_WHO)
    if not reply.typed or len(text.split()) > LONGEST_CALL or _answers(reply):
        return False
    if reading.sure and first.issue == STATUS:
        return True
    if (
        _is_of_ours(reply, text)
        or explaining.is_asked(reply)
        or (reading.sure and first.issue == CONTACT)
        or (no_answer.is_filler(text) and not no_answer.CALLS.search(text))
    ):
        return False
    asks = text.endswith(QUESTION_MARKS) or reply.meant.act == "question"
    waits = reply.script.replies.to_question(text, "waiting")
    return asks and (calls or (waits.act == "status" and waits.chance >= SURELY_ANSWERS))


def _answers(reply: Reply) -> bool:
    """A day, a fact of its kind or a choice: `Monday?`."""
    question, text = questions.asked_now(reply), reply.message.text
    if question is None or time_told(text) is not None or day_told(text) is not None:
        return True
    named = plain(text).strip(" .!?") in {plain(choice) for choice in question.choices}
    return named or questions.answers(reply, question) or choices.named_in_clause(text, question) is not None


def tell_how_long(reply: Reply) -> None:
    """By when people answer, where they have it; else that it is told with the request."""
    if reply.conversation.ticket is not None:
        request_status.tell_status(reply)
    else:
        reply.open_with("how_long_then")
    go_on(reply)


def is_for_people(reply: Reply) -> bool:
    """`do you have a pdf of that`, `will I lose the visit?`: no question about ours, and nobody but a person can answer it."""
    if NOT_ANSWERED.is_in(reply.message.text):
        return reply.typed
    return reply.typed and _asks(reply) and not _is_of_ours(reply, reply.message.text)


def _asks(reply: Reply) -> bool:
    """By what it means to our question; or by its form, where our question wants no free words and this is hardly one."""
    meant, question = reply.meant, questions.asked_now(reply)
    if meant.act == "question" and meant.chance >= SURE:
        return True
    answers = meant.act == "answer" and meant.chance >= SURELY_ANSWERS
    formed = question is not None and answer_checks.is_formed(question)
    return formed and not answers and len(reply.message.text.split()) >= FEW and ASKS_US.is_in(reply.message.text)


def keep_for_people(reply: Reply) -> None:
    """It stands on the request, or will; ours is put once more, and then passed over."""
    request = reply.message.request
    if request is not None and request.care and MAY_I.search(plain(reply.message.text)):
        reply.lead.append(reply.line("what_to_do", care=request.care))
    reply.lead.append(_kept(reply))
    if answer_checks.asked_once(reply):
        go_on(reply)
    else:
        handover.answer(reply, SKIPPED)


def names_in_a_word(reply: Reply) -> bool:
    """`sending. i told you`; never where people shall take it."""
    question = questions.asked_now(reply)
    named = question is not None and choices.named_in_clause(reply.message.text, question) is not None
    return named and reply.typed and not reply.wants_people and answer_checks.chosen(reply) is not None


def _kept(reply: Reply) -> Part:
    if reply.conversation.ticket is None:
        return reply.line("question_kept")
    return reply.line(reply.longest_unsaid(*asked_of_request.ADDED), number=reply.conversation.ticket)


def go_on(reply: Reply) -> None:
    """The same question, or the next one where the words told its answer too."""
    questions.keep_what_was_heard(reply)
    if any(one.id == reply.conversation.asking for one in reply.conversation.gathered):
        reply.know(asking=None)
    handover.ask_next(reply)
