"""What teaches the acts of replies and the answers to our questions: strangers' words, and what the files say who means a button."""

from bot.understanding.intents.catalog import load_catalog
from bot.understanding.replying.replies import special_buttons
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads
from bot.understanding.voices.rows import Answered, load_voices


def taught_by(task: str) -> list[tuple[str, str]]:
    """Every text that teaches a task, with the name that is right."""
    voices = load_voices()
    if task == heads.QUESTION:
        return [(plain(one.reply), f"{one.kind}:{one.act}") for one in voices.answers]
    found = [(plain(one.reply), one.act) for one in voices.replies]
    for intent in load_catalog().intents.values():
        for step in intent.steps:
            special = special_buttons(step)
            options = [option for option in step.options if option.label in special]
            found += [(plain(said), "button") for option in options for said in option.says]
    return found


def replies_to_steps() -> list[Answered]:
    """Every reply to a step, and what the intents files say who means a button."""
    found = list(load_voices().replies)
    for intent in load_catalog().intents.values():
        for step in intent.steps:
            special = special_buttons(step)
            for option in step.options:
                told = option.says if option.label in special else ()
                found += [_says(said, intent.id, step.id, option.label) for said in told]
    return found


def _says(said: str, issue: str, step: str, button: str) -> Answered:
    return Answered(issue=issue, step=step, reply=said, act="button", button=button, writer="own")
