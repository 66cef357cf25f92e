"""What words do to a request that people have, in whatever language: by their likeness to what others say who do so, borne out by what
was learnt of words to us who wait."""

from bot.dialogue.reply import Reply
from bot.understanding.intents.names import CLOSE_REQUEST
from bot.understanding.reading import Act, Meant
from bot.understanding.text.cuts import CLAUSES_OF_ANY

LIKE, BORNE_OUT, BY_BOTH = 0.6, 0.5, 0.33
"""From which likeness on words do it by themselves; and from which likeness and chance on where both readings say so."""
LIKE_AN_END, LAST_OF_IT, SURELY_BOTH = 0.6, 0.55, 0.6
"""From which likeness on words tell that it is well, or over, or their last clause does; and how sure the other reading must be."""
ONLY_THANKS, SURELY_WELL, SURELY_OVER = 0.8, 0.9, 0.75
"""From which chance on words only thank; and from which on thanks beside them tell that it is well, as said to a step, or over."""
SURELY_CLOSED = 0.8
"""From which chance on words by themselves ask to close it."""
LIKE_HERE, ENDS_A_STEP = 0.65, ("helped", "stop")
"""How like the words must be in English, and what they are then as said to a step."""
ENDS: tuple[Act, ...] = ("helped", "close")


def heard(reply: Reply) -> tuple[Meant, ...]:
    """What the words do, and then what each of their clauses does."""
    text, read = reply.message.text, reply.script.replies.of_request
    clauses = [one for one in CLAUSES_OF_ANY.split(text) if one.strip()]
    return (read(text), *(read(one) for one in clauses if len(clauses) > 1))


def does(reply: Reply, act: Act, like: float = LIKE) -> bool:
    """The words or one of their clauses do it; less like, where they are read so in both ways."""
    if not reply.typed:
        return False
    told = max((one.chance for one in heard(reply) if one.act == act), default=0.0)
    waiting = reply.script.replies.to_question(reply.message.text, "waiting")
    return told >= like or (told >= BORNE_OUT and waiting.act == act and waiting.chance >= BY_BOTH)


def end_told(reply: Reply) -> Act | None:
    """`helped` where it is well now, `close` where it is over, by both readings; None for whatever tells no end."""
    if not reply.typed:
        return None
    (whole, *clauses), text = heard(reply), reply.message.text
    waiting, ending = reply.script.replies.to_question(text, "waiting"), reply.script.replies.to_ending(text)
    thanks, surely_over = waiting.act == "thanks", whole.act == "close" and whole.chance >= SURELY_OVER
    well = waiting.chance < ONLY_THANKS and ending.act == "helped" and ending.chance >= SURELY_WELL
    borne_out = waiting.act in ENDS or (thanks and (well or surely_over))
    if whole.act in ENDS and whole.chance >= LIKE_AN_END and borne_out:
        return whole.act
    last = clauses[-1] if clauses else whole
    like = LAST_OF_IT if waiting.chance >= SURELY_BOTH else LIKE_AN_END
    surely = waiting.act == "close" and waiting.chance >= BY_BOTH
    return last.act if surely and last.act in ENDS and last.chance >= like else None


def end_told_here(reply: Reply) -> bool:
    """`found it, it was in my gym bag`, `forget it, I used another one`, in English: read as an end by itself and as said to a step.
    Whoever gives a figure (`it was 129 dollars, found the letter`) tells a fact."""
    if any(letter.isdigit() for letter in reply.message.text):
        return False
    whole, ending = heard(reply)[0], reply.script.replies.to_ending(reply.message.text)
    told = ending.act in ENDS_A_STEP and ending.chance >= SURELY_WELL
    return reply.typed and reply.conversation.in_english and told and whole.act in ENDS and whole.chance >= LIKE_HERE


def asks_to_close(reply: Reply) -> bool:
    """`consegui pelo celular. pode fechar`: the last clause asks for it, by both readings."""
    last, waiting = heard(reply)[-1], reply.script.replies.to_question(reply.message.text, "waiting")
    return (
        last.act == "close" and last.chance >= LAST_OF_IT and waiting.act == "close" and waiting.chance >= SURELY_BOTH
    )


def surely_asks_to_close(reply: Reply) -> bool:
    """The same where words by themselves are surely read so too."""
    reading = reply.reading
    certain = reading.sure and reading.issue == CLOSE_REQUEST and reading.candidates[0].confidence >= SURELY_CLOSED
    return certain and asks_to_close(reply) and heard(reply)[-1].chance >= LIKE


def is_only_told(reply: Reply) -> bool:
    """News, or a question of something else (`wann ist mein Termin`), whatever else it sounds like."""
    whole = reply.script.replies.of_request(reply.message.text)
    return whole.act == "add" and whole.chance >= LIKE
