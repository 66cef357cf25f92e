"""Makes the vectors anew that a reply to a step is compared with: for new voices, new steps and new buttons.

Usage: python -m tools.teach.sayings
Writes bot/understanding/replying/sayings.npz; half a minute on two cores."""

import os

import numpy as np

from bot.mind import open_the_encoder
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.replying import hedged, hurried, of_request
from bot.understanding.replying.asides import own_questions
from bot.understanding.replying.beside_step import texts_of, texts_of_button
from bot.understanding.replying.replies import special_buttons
from bot.understanding.replying.sayings import SAYINGS, as_kept
from bot.understanding.text.plain import plain
from bot.understanding.voices.cache import cached_voices
from bot.understanding.voices.rows import DEFAULT


def sayings() -> list[str]:
    """What each step asks and has been asked, its buttons, and all that means one of them: the file's own sentences and strangers'; and
    soft answers, what is wanted by a time, and what is said of a request."""
    models = cached_voices(DEFAULT, None)
    assert models is not None
    found = [said for sayings in models.sayings.values() for said in sayings]
    found += [said for said, _ in (*hedged.sayings(of_danger=True), *hurried.sayings(), *of_request.sayings())]
    for intent in load_catalog().intents.values():
        found += own_questions(intent)
        for step in intent.steps:
            found += texts_of(step)
            found += [text for label in special_buttons(step) for text in texts_of_button(step, label)]
            special = special_buttons(step)
            for option in step.options:
                found += [plain(one) for one in (option.label, *option.says)] if option.label in special else []
    return sorted(set(found))


def main() -> None:
    """Make and write them."""
    encoder, why = open_the_encoder(os.environ)
    assert encoder is not None, why
    texts = sayings()
    print(f"{len(texts)} sayings")
    np.savez_compressed(SAYINGS, **as_kept(encoder.name, dict(zip(texts, encoder.encode(texts), strict=True))))


if __name__ == "__main__":
    main()
