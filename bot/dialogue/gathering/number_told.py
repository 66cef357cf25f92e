"""A number that a question asks for, by its form: a sum in whatever sentence, or one number in a few words."""

import re

from bot.dialogue.gathering import questions
from bot.dialogue.reply import Reply

AMOUNT = "amount"
NUMBERS = frozenset((AMOUNT, "app_version"))
FEW_BESIDE_NUMBER = 8
NUMBER = re.compile(r"[$€£₹₱¥]? ?\d+(?:[.,]\d+)*(?: ?(?:[€£₹₱¥$]|[a-z]+s\b))?", re.IGNORECASE)
A_SUM = re.compile(
    r"(?<![\d.,:/-])\d{1,5}[.,]\d{2}(?![\d:/%-]|[.,]\d| ?(?:[ap]\.?m|uhr|h|mg|ml)\b)",
    re.IGNORECASE,
)
"""`i think 62.50. insurance paid it`: two places after the point, and no time of day or weight."""


def guesses_number(reply: Reply) -> bool:
    """`how should i know. 120 maybe`, or a sum among other words, to a question for a number."""
    question, text = questions.asked_now(reply), reply.message.text
    if (
        question is None
        or not reply.typed
        or question.id not in NUMBERS
        or question.choices
        or text.rstrip().endswith("?")
    ):
        return False
    few = len(text.split()) <= FEW_BESIDE_NUMBER and len(NUMBER.findall(text)) == 1
    return few or (question.id == AMOUNT and the_sum(text) is not None)


def the_sum(text: str) -> str | None:
    """The one sum in the words; None where there is none, or more than one."""
    found = A_SUM.findall(text)
    return found[0] if len(found) == 1 else None
