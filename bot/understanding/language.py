"""First light: everything is English."""


def language_of(text: str) -> str:
    """ISO code."""
    del text
    return "en"
