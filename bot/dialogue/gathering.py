"""What the user says to a question on the way to a person: the answer, another fact, never mind, or a person now."""

from bot.dialogue import handover, questions, steps
from bot.dialogue.reply import Reply
from bot.understanding.text import plain, telling_words
from handoff.ticket import SKIPPED

FEW_WORDS = 3


def in_gathering(reply: Reply) -> None:
    """Typed words while a question on the way to a person is before the user."""
    acts = reply.reading.heard.acts
    question = questions.asked_now(reply)
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
    if question and beside and once and questions.answers_another(reply, told):
        handover.ask_once_more(reply, question)
    else:
        handover.answer(reply, told)


def _answer(reply: Reply, question: questions.Question | None) -> str:
    """The user's answer: the choice that it means, their own words, or SKIPPED when they say nothing to it."""
    text, acts = reply.message.text.strip(), set(reply.reading.heard.acts)
    if "skip" in acts or not text or question is None:
        return SKIPPED if "skip" in acts or not text else text
    same = next((choice for choice in question.choices if plain(choice) == plain(text)), None)
    if same is not None:
        return same
    knows_not = next((choice for choice in question.choices if plain(choice) == plain(questions.UNSURE)), SKIPPED)
    if "unsure" in acts and len(telling_words(plain(text))) <= FEW_WORDS:
        return knows_not
    if acts & {"no", "unsure"} and len(telling_words(plain(text))) <= 1 and not question.wants_yes_or_no:
        return knows_not
    return questions.meant_choice(reply, text, question) or text


def _tells_only_other_details(reply: Reply, asked: str) -> bool:
    """The answer names facts for other questions and says nothing to this one; it is asked once more, and only once."""
    again = asked in reply.reading.heard.details or reply.conversation.asked.count(asked) > 1
    return not again and tells_only_details(reply)


def tells_only_details(reply: Reply) -> bool:
    """The message names facts, such as the device, and says nothing else."""
    rest = plain(reply.message.text)
    for value in reply.reading.heard.details.values():
        rest = rest.replace(plain(value), " ")
    return bool(reply.reading.heard.details) and not telling_words(rest)
