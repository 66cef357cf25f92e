"""What the words that raise an issue tell already: the answer to the question of the step that would come first."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Intent, Option, Step
from bot.understanding.phrase_matcher import words_of_the_matter
from bot.understanding.replying.replies import special_buttons
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import GRAVE_FACTS, HOW_MANY_AFFECTED, MULTIPLE_USERS_AFFECTED, SINGLE_USER

THE_SAME, ALIKE, LEADS_ON, SURELY = 0.85, 0.75, 0.55, 0.97
"""How like the words must be to a sentence by which a button is meant; where a reader of replies is so sure of it; and the same of one
that leads to another step of the matter."""
LEADS_ON_IN_PART, TELLS = 0.65, 2
"""The same of a part of the words, which has so many telling ones."""
_PARTS = re.compile(r"[,.;:!?]+ |\s+(?:and|but|so|because)\s+")
_WORD = re.compile(r"\w+")
RESULT, SOON = "no,", "visit_soon"
"""What came of a step that nobody has been shown yet (`No, it still closes`), and facts."""
MUCH_ALIKE = 0.7
"""From which likeness on words that name nobody mean others."""
PEOPLE = PHRASES.group("people_at_work")


def told(reply: Reply, intent: Intent, place: str) -> Option | None:
    """The button of this step that the last words press by what they tell, or that a part of them rules the step out by; None where
    the step has to be said first, or where they rather say that it was done (`the Join button does nothing`)."""
    step = intent.find_step(place)
    said = reply.conversation.words[-1:]
    if step is None or not said:
        return None
    if (spread := _pressed_by_spread(reply, step)) is not None:
        return spread
    whole = _pressed_by(reply, intent, step, said[0])
    parts = (part for part in _PARTS.split(said[0]) if part != said[0] and _may_tell(intent, step, part))
    pressed = ((_pressed_by(reply, intent, step, part), part) for part in parts)
    return whole or next(
        (one for one, part in pressed if one is not None and _is_told_in(reply, intent, step, one, part)), None
    )


def _may_tell(intent: Intent, step: Step, part: str) -> bool:
    """Whether a part of the words could press any button of the step, however like it was: most need not be read for that."""
    return any(_counts_in_part(intent, one, part) for one in _pressable(intent, step))


def _pressable(intent: Intent, step: Step) -> list[Option]:
    """The buttons of a step that can be pressed before it is shown."""
    special = special_buttons(step)
    return [one for one in step.options if one.label in special and _can_be_told(intent, one)]


def _counts_in_part(intent: Intent, option: Option, part: str) -> bool:
    """The button rules the step out, or it leads to another step and the part tells enough for that."""
    leads_on = option.go in {one.id for one in intent.steps}
    return option.cannot or (leads_on and len(telling_words(plain(part))) >= TELLS)


def _is_told_in(reply: Reply, intent: Intent, step: Step, option: Option, part: str) -> bool:
    """A part of the words rules the step out, or plainly tells what another step of the matter is for."""
    if option.cannot or not _counts_in_part(intent, option, part):
        return option.cannot
    likest = reply.script.replies.likest_saying(part, step)
    return likest is not None and likest[1] >= LEADS_ON_IN_PART


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
    step = intent.find_step(place)
    told = (one for one in (step.options if step else ()) if one.signal == SOON and one.go == "handoff")
    return next(told, None) if SOON in reply.fresh else None


def tells_of_people(reply: Reply, step: Step) -> bool:
    """Others are named, or the words are much like what is said by who means them: `any doctor is fine` is neither."""
    text = reply.message.text
    likest = reply.script.replies.likest_saying(text, step)
    return not PEOPLE.isdisjoint(_WORD.findall(plain(text))) or (likest is not None and likest[1] >= MUCH_ALIKE)


def _pressed_by_spread(reply: Reply, step: Step) -> Option | None:
    """The button that says that others have it too, where that was told of people: no step of one person's helps several."""
    of_people = not PEOPLE.isdisjoint(_WORD.findall(plain(reply.conversation.words[-1])))
    of_people = of_people or HOW_MANY_AFFECTED in reply.conversation.known
    if MULTIPLE_USERS_AFFECTED not in reply.fresh or SINGLE_USER in reply.fresh or not of_people:
        return None
    return next((one for one in step.options if one.signal == MULTIPLE_USERS_AFFECTED and one.go == "handoff"), None)


def _pressed_by(reply: Reply, intent: Intent, step: Step, said: str) -> Option | None:
    likest = reply.script.replies.likest_saying(said, step) if _pressable(intent, step) else None
    if likest is None:
        return None
    option = next(one for one in step.options if one.label == likest[0])
    leads_on = option.go in {one.id for one in intent.steps}
    enough = likest[1] >= (LEADS_ON if leads_on else ALIKE)
    if not enough or likest[1] < reply.script.replies.likeness_to_tried(said, step):
        return None
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
    return stays and option.signal not in GRAVE_FACTS and not plain(option.label).startswith(RESULT)
