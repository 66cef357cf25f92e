"""What is told with `I told you`, `as told` or `said so` beside it is told all the same."""

from dataclasses import replace

from bot.dialogue.gathering import no_answer
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import neat, plain, telling_words

TOLD_BEFORE = PHRASES.phrases["told_before"]


def take_out(reply: Reply) -> None:
    """`its windows, said so` goes on as `its windows`; what tells nothing else, as `I already said a phone number`, stays as it is."""
    if no_answer.passes_over(reply):
        return
    text = neat(reply.message.text)
    said = plain(text)
    found = TOLD_BEFORE.expression.search(said) if reply.typed and len(said) == len(text) else None
    if found is None:
        return
    left = (text[: found.start()] + " " + text[found.end() :]).strip(" ,;.!-")
    if telling_words(plain(left)):
        reply.message = replace(reply.message, text=left)
        reply.mean_anew()
