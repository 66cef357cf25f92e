"""What a word means, and that we cannot do it in somebody's place: asked where no step answers it."""

from bot.dialogue.answering import steps
from bot.dialogue.choosing import offering
from bot.dialogue.reply import Part, Reply
from bot.understanding.reading import MAY_OPEN_MATTER
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

ASKS, WANTS_IT_DONE = PHRASES.phrases["asks_what_it_is"], PHRASES.phrases["wants_it_done"]
DOES_NOT_KNOW = PHRASES.phrases["does_not_know"]
THE_SAME, SURELY_OURS = 0.9, 0.85
"""How like one of the files' own questions it must be; and from which chance on it asks about us, or is of an issue of ours."""
TELLING, LIKELY_NAMED = 3, 0.5
"""So many telling words beside the wish name an issue, and how likely it is at least."""


def _found(reply: Reply) -> tuple[str, int] | None:
    """The issue, and the number of its approved answer to this very question."""
    intents = reply.script.catalog.intents.values()
    asks = [(ask, one.id, number) for one in intents for number, said in enumerate(one.glossary) for ask in said.asks]
    best = reply.script.semantic_matcher.closest(_thing(reply.message.text), [ask for ask, _, _ in asks], THE_SAME)
    return None if best is None else asks[best][1:]


def is_asked(reply: Reply) -> bool:
    """`what is a browser?`, with no step before the user, and nothing that is surely about us or an issue of ours."""
    if not reply.typed or not ASKS.is_in(reply.message.text):
        return False
    return reply.reading.candidates[0].confidence < SURELY_OURS and _found(reply) is not None


def answer(reply: Reply) -> Part | None:
    """The approved answer of whichever file has it to what a word means."""
    found = _found(reply) if ASKS.is_in(reply.message.text) else None
    if found is None:
        return None
    intent = reply.intent(found[0])
    return reply.text_of(intent, f"glossary.{found[1]}", intent.glossary[found[1]].say)


def _thing(text: str) -> str:
    """The question that stands in `he doesn't know what a browser is`."""
    asked = DOES_NOT_KNOW.expression.search(plain(text))
    words = asked[0].partition(" what ")[2].split() if asked else []
    return f"what {words[-1]} {' '.join(words[:-1])}" if words else text


def is_unknown(reply: Reply) -> bool:
    """A thing that the step names, and somebody does not know: no step was tried, and none failed."""
    return reply.typed and DOES_NOT_KNOW.is_in(reply.message.text) and _found(reply) is not None


def explain_beside(reply: Reply) -> None:
    """What it is, and the question of the step once more."""
    _open_with_it(reply)
    steps.ask_again(reply, person=True)


def explain_in_choice(reply: Reply) -> None:
    """What it is, and the choice once more."""
    _open_with_it(reply)
    offering.offer(reply, reply.conversation.choices)


def _open_with_it(reply: Reply) -> None:
    issue, number = _found(reply) or ("", 0)
    intent = reply.intent(issue)
    reply.lead.append(reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say))


def explain(reply: Reply) -> None:
    """By the approved answer of whichever file has it."""
    found = _found(reply)
    if found is None:
        return
    intent = reply.intent(found[0])
    if reply.conversation.ticket is None and reply.conversation.state != "gathering":
        reply.know(state="waiting")
    text = intent.glossary[found[1]].say
    reply.say(reply.text_of(intent, f"glossary.{found[1]}", text), buttons=(reply.person_button(),))


def wants_it_done(reply: Reply) -> bool:
    """`can you do it for me?`"""
    return reply.typed and WANTS_IT_DONE.is_in(reply.message.text)


def _named(reply: Reply) -> str | None:
    """The issue of ours that was told with the wish: `he needs his 3pm visit moved to thursday, can you do that for me`."""
    reading, first = reply.reading, reply.reading.candidates[0]
    told = len(telling_words(WANTS_IT_DONE.expression.sub(" ", plain(reply.message.text)))) >= TELLING
    likely = reading.decision in MAY_OPEN_MATTER and (reading.sure or first.confidence >= LIKELY_NAMED)
    return first.issue if told and likely and reply.intent(first.issue).tier is not None else None


def say_how(reply: Reply) -> None:
    """We can show it, and people can help: the step stays, the issue that was told begins, or it is asked what it is about."""
    known = reply.conversation
    if known.state == "answering" and known.step:
        steps.ask_again(reply, "cant_do_it", person=True)
    elif (issue := _named(reply)) is not None:
        if reply.intent(issue).route == "answer":
            reply.open_with("cant_do_it_so")
        steps.start(reply, issue)
    else:
        reply.know(state="waiting", choices=())
        reply.say(reply.line("cant_do_it"), reply.line("ask_issue"), buttons=(reply.person_button(),))
