"""What is an address of a page, that a person may safely press."""

from urllib.parse import urlsplit


def is_link(text: str) -> bool:
    """True for an http or https address with a host, without blanks; never for a script or words."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not any(letter.isspace() for letter in text)
