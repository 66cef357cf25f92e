"""Whether a fault was told, where an issue's priority hangs on what it contains."""

from collections.abc import Iterable

from bot.dialogue.reply import Reply
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

TELLING = 3
"""Words that tell something at least."""
FAULT = "feature_fault"
"""A fault, as a fact of the guide."""
ASKS = PHRASES.phrases["asks"]


def asks_on(text: str) -> bool:
    """A question that tells more than a word or two, in whatever language: `merci, et mon ordonnance ?`."""
    return text.rstrip().endswith(QUESTION_MARKS) and len(telling_words(plain(text))) > 1


def fault_told(reply: Reply, told: Iterable[str]) -> tuple[str, ...]:
    """The signal of a fault, for an issue whose priority its content decides: more than a question was told, or a wish for a
    person."""
    known, request = reply.conversation, reply.message.request
    intent = reply.script.catalog.intents.get(known.issue or (request.issue if request else ""))
    if intent is None or intent.priority != "low" or FAULT in known.signals:
        return ()
    if not any(rule.signal == FAULT for rule in intent.signals) or _is_low_by_itself(reply):
        return ()
    return (FAULT,) if any(_is_no_question(reply, words) for words in told) else ()


def _is_low_by_itself(reply: Reply) -> bool:
    """A wish, a document, a blemish was heard: the guide calls these Low, however they are told."""
    rules = reply.script.policy.priorities.signals
    return any(name in rules and rules[name].lowers for name in reply.conversation.signals)


def _is_no_question(reply: Reply, words: str) -> bool:
    said = plain(words)
    if len(telling_words(said)) < TELLING or words.rstrip().endswith(QUESTION_MARKS) or ASKS.is_in(said):
        return False
    return reply.script.replies.to_ending(words).act not in ("question", "person", "medical", "stop")
