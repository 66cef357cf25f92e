"""Which of a few choices is named by its place."""

ORDINALS = (
    ("1", "first", "the first", "first one", "the first one", "a"),
    ("2", "second", "the second", "second one", "the second one", "b"),
    ("3", "third", "the third", "third one", "the third one", "last", "the last one", "c"),
)


def ordinal(said: str, count: int) -> int | None:
    """0, 1 or 2 for `1`, `the second one` ...; None for anything else or beyond the choices."""
    return next((n for n, words in enumerate(ORDINALS[:count]) if said in words), None)
