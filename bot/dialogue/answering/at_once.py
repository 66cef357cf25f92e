"""What the words that raise an issue tell already: the answer to the question of the step that would come first."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Intent, Option, Step
from bot.understanding.replying.replies import GRAVE
from bot.understanding.said_before import words_of_the_matter
from bot.understanding.text.plain import plain, telling_words

THE_SAME, ALIKE, SURELY = 0.85, 0.75, 0.95
"""How like the words must be to a sentence by which a button is meant; and how like where a reader of replies is so sure of it."""
_PARTS = re.compile(r"[,.;:!?]+ |\s+(?:and|but|so|because)\s+")
RESULT, SOON = "no,", "visit_soon"
"""What came of a step that nobody has been shown yet: `No, it still closes`."""


def told(reply: Reply, intent: Intent, place: str) -> Option | None:
    """The button of this step that the last words press by what they tell, or that a part of them rules the step out by; None where
    the step has to be said first, or where they rather say that it was done (`the Join button does nothing`)."""
    step = next((one for one in intent.steps if one.id == place), None)
    said = reply.conversation.words[-1:]
    if step is None or not said:
        return None
    whole = _pressed_by(reply, intent, step, said[0])
    parts = (_pressed_by(reply, intent, step, part) for part in _PARTS.split(said[0]) if part != said[0])
    return whole or next((one for one in parts if one is not None and one.cannot), None)


def all_told(reply: Reply, intent: Intent, places: tuple[str, ...]) -> tuple[Option, ...]:
    """The first of these steps that is told already, and what is told of each step to which that leads: `a new phone, and no backup
    codes`."""
    found = [option for place in places if (option := told(reply, intent, place))][:1]
    while found:
        further = told(reply, intent, found[-1].go)
        if further is None or further in found:
            break
        found.append(further)
    if found and (urgent := _pressed_by_time(reply, intent, found[-1].go)) is not None:
        found.append(urgent)
    return tuple(found)


def _pressed_by_time(reply: Reply, intent: Intent, place: str) -> Option | None:
    """The button that says that the visit starts now, where that was told beside what presses another one already."""
    step = next((one for one in intent.steps if one.id == place), None)
    told = (one for one in (step.options if step else ()) if one.signal == SOON and one.go == "handoff")
    return next(told, None) if SOON in reply.fresh else None


def _pressed_by(reply: Reply, intent: Intent, step: Step, said: str) -> Option | None:
    likest = reply.script.replies.likest_saying(said, step)
    if likest is None or likest[1] < max(ALIKE, reply.script.replies.likeness_to_tried(said, step)):
        return None
    option = next(one for one in step.options if one.label == likest[0])
    alike = likest[1] >= THE_SAME or _is_meant(reply, said, intent, step, option)
    fits = alike and _can_be_told(intent, option) and not _names_another(intent, option, said)
    return option if fits else None


def _is_meant(reply: Reply, said: str, intent: Intent, step: Step, option: Option) -> bool:
    meant = reply.script.replies.to_step(said, intent, step)
    return meant.act == "button" and meant.button == option.label and meant.chance >= SURELY


def _names_another(intent: Intent, option: Option, said: str) -> bool:
    """A word of the matter that nobody says who means this button: `my address is wrong` is like `my date of birth is wrong`."""
    own = {word for one in (option.label, *option.says) for word in telling_words(plain(one))}
    return bool((words_of_the_matter(intent) & set(telling_words(plain(said)))) - own)


def _can_be_told(intent: Intent, option: Option) -> bool:
    """Not what came of the step, nothing grave, which is heard elsewhere, and no other issue: which one it is was read before."""
    stays = option.go == "handoff" or option.go in {one.id for one in intent.steps}
    return stays and option.signal not in GRAVE and not plain(option.label).startswith(RESULT)
