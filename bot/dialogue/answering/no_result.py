"""Words to a step that tell no result: they are back, thank us, ask what no file answers, will do it later, or say nothing of it."""

import re

from bot.dialogue.answering import about_step, steps
from bot.dialogue.button_values import TalkToPerson
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import only_when
from bot.dialogue.reply import NEUTRAL, Reply
from bot.understanding.intents.names import THANKS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import NOT_RESOLVED_BY_DOCUMENTATION

IS_BACK, ASKS_WHOM, HURRIES, ASKS = (
    PHRASES.phrases[name] for name in ("asks_where_we_were", "asks_whom", "hurries", "asks")
)
MOST_UNCLEAR, TELLING, SURELY_ADDS, FEW = 2, 2, 0.85, 4
"""How often it is asked in other words, so many words with a question mark are a question, how surely something is only told, and so
many words tell only a number."""
CLAUSE, PARTS = re.compile(r"[,;.!]+"), re.compile(r"[,;.!]+\s|\s(?:but|and|then)\s")
SCREEN_SAYS = PHRASES.phrases["screen_says"]
FACTS = ("details", "add", "other")
LEADS = re.compile(r"^(?:(?:no|oh|sorry|wait|actually|ok|or|better)[ ,.!]+)+")
"""What stands before a day that puts another one right."""


def is_back(reply: Reply) -> bool:
    """`ok back. where was i`, after a while."""
    return reply.typed and IS_BACK.is_in(reply.message.text)


def show_again(reply: Reply) -> None:
    """The whole step once more."""
    intent = reply.intent()
    steps.show(reply, intent, intent.step(reply.conversation.step or ""), [reply.line("where_we_were")])


def thanks(reply: Reply) -> bool:
    """`ok thanks`, after an answer of ours: neither a result nor none."""
    return reply.reading.sure and reply.reading.issue == THANKS


def later(reply: Reply) -> None:
    """The step stays; it is waited for, and never in a word that knows no hurry. Who was asked already how it went has no way on:
    a person is offered."""
    if HURRIES.is_in(reply.message.text):
        steps.ask_again(reply, person=True)
        return
    if reply.conversation.unclear:
        ask_how_it_went(reply)
        return
    steps.ask_again(reply, reply.first_unsaid("later", "later_again"), question=False)


def asks(reply: Reply) -> bool:
    """A question by its mark, whom to ask, or a clause that begins as a question and that the file answers; read as nothing else."""
    text = reply.message.text.rstrip()
    if any(ASKS.is_in(one.strip()) for one in CLAUSE.split(text)) and reply.explained() is not None:
        return True
    return ASKS_WHOM.is_in(text) or (text.endswith("?") and len(text.split()) >= TELLING)


def answer(reply: Reply) -> None:
    """Honestly, with the way to a person."""
    if ASKS_WHOM.is_in(reply.message.text):
        steps.ask_again(reply, "cant_say_person", person=True)
    else:
        about_step.explain(reply)


def is_only_a_fact(reply: Reply) -> bool:
    """`iphone safari`, `no, thursday`, and whatever is read as a detail."""
    when = only_when.is_all(LEADS.sub("", plain(reply.message.text)))
    return reply.meant.act in FACTS or reply.tells_only(NEUTRAL) or when or _adds(reply)


def _adds(reply: Reply) -> bool:
    """`im 15`, `there are three of us`: read as nothing that answers the step, and as a fact by themselves; few words with a number are
    one."""
    text, ending = reply.message.text, reply.script.replies.to_ending(reply.message.text)
    number = any(map(str.isdigit, text)) and len(text.split()) <= FEW and not text.rstrip().endswith("?")
    return reply.meant.act == "unclear" and (number or (ending.act == "details" and ending.chance >= SURELY_ADDS))


def tells_what_stands_there(reply: Reply) -> bool:
    """`right did that, it says 'conflict'`: what a screen says, and no success."""
    works = reply.script.replies.to_ending(reply.message.text).act == "helped"
    return reply.typed and reply.meant.act in ("unclear", "later") and screen_says(reply.message.text) and not works


def tells_to_wait(reply: Reply) -> bool:
    """`too many tries, wait an hour`: read as put off, and only what the screen says."""
    return reply.meant.act == "later" and tells_what_stands_there(reply)


def screen_says(text: str) -> bool:
    """A part of these words tells what a screen says: `now it tells too many tries, wait` asks nobody to wait."""
    return any(SCREEN_SAYS.is_in(one.strip()) for one in (text, *PARTS.split(text)))


def note(reply: Reply) -> None:
    """Once, with the step's question; who tells no result again is asked which of the answers fits, by their names; then a person."""
    if "noted_detail" not in reply.conversation.unsaid:
        steps.ask_again(reply, "noted_detail", person=reply.conversation.unclear > 0)
    elif "which_fits" not in reply.conversation.unsaid:
        reply.know(unclear=MOST_UNCLEAR)
        answers = "; ".join(
            f'"{button.label}"' for button in reply.conversation.buttons if button.does != TalkToPerson()
        )
        steps.ask_again(reply, reply.line("which_fits", answers=answers), person=True, question=False)
    else:
        ask_how_it_went(reply)


def ask_how_it_went(reply: Reply) -> None:
    """Asked in other words; then with a person beside it; then a person."""
    known = reply.conversation
    if known.unclear >= MOST_UNCLEAR:
        handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION)
        return
    reply.know(unclear=known.unclear + 1)
    if known.unclear:
        steps.ask_again(reply, "did_it_help_or_person", person=True)
    else:
        steps.ask_again(reply, "how_did_it_go", question=False)
