"""Counts the words of the voices, by which slips of the keyboard are told: python -m tools.teach.spelling

Run it after voices were added (voices/README.md). A word counts once in each text; of other languages' words only that they are
written is kept, so that they are not taken for slips and nothing is taken for a slip of them."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator

from bot.understanding.text.plain import plain
from bot.understanding.text.spelling import OFTEN, SHORTEST, WRITTEN
from bot.understanding.voices.rows import Voices, load_voices

_WORD = re.compile(r"[a-z]+")
FEWEST = 2


def texts(voices: Voices) -> Iterator[tuple[str, str]]:
    """Every text that people wrote, with its language."""
    yield from ((one.text, one.lang) for one in (*voices.messages, *voices.alarms, *voices.signals))
    yield from ((one.reply, one.lang) for one in (*voices.replies, *voices.answers))


def counted(voices: Voices) -> dict[str, int]:
    """How many texts hold each word; one of another language is never meant by a slip."""
    english, other = Counter[str](), Counter[str]()
    for text, language in texts(voices):
        (english if language == "en" else other).update(set(_WORD.findall(plain(text))))
    kept = {word: count for word, count in english.items() if count >= FEWEST and len(word) >= SHORTEST}
    return kept | {
        word: max(kept.get(word, 0), OFTEN - 1)
        for word, count in other.items()
        if count >= FEWEST and len(word) >= SHORTEST and kept.get(word, 0) < OFTEN
    }


if __name__ == "__main__":
    rows = "".join(f"{word} {count}\n" for word, count in sorted(counted(load_voices()).items()))
    WRITTEN.write_bytes(gzip.compress(rows.encode(), mtime=0))
    print(f"{len(rows.splitlines())} words")
