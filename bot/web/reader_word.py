"""Pages of the help center that are for some alone: whoever is given their address there holds a word that only we can sign."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from hmac import compare_digest, new

from fastapi import Request, Response

from bot.config import Settings
from handoff.policy.model import Policy

NAME, LENGTH = "for", 22
COOKIE = "help-"
LASTS_SECONDS = 12 * 3600


def word_of(settings: Settings, section: str) -> str:
    """The word of a section: the same for all its pages, for as long as our key is the same."""
    signed = new(settings.signing_key("help").encode(), section.encode(), sha256).digest()
    return urlsafe_b64encode(signed).decode()[:LENGTH]


def is_word(settings: Settings, section: str, told: str) -> bool:
    """Whether this is the word of a section."""
    return compare_digest(told.encode(), word_of(settings, section).encode())


def ending(settings: Settings, policy: Policy) -> Callable[[str], str]:
    """What is put behind the address of a page, by its name: nothing, or the word of its section."""
    words = {section: word_of(settings, section) for section in policy.knowledge_base.only_for}

    def behind(page: str) -> str:
        section = page.partition("/")[0]
        return f"?{NAME}={words[section]}" if section in words else ""

    return behind


def keep(answer: Response, settings: Settings, section: str) -> None:
    """This browser keeps the word of a section for a working day."""
    safe, word = settings.base_url.startswith("https"), word_of(settings, section)
    answer.set_cookie(f"{COOKIE}{section}", word, LASTS_SECONDS, httponly=True, samesite="lax", secure=safe)


def kept(request: Request, section: str) -> str:
    """The word of a section that this browser keeps; empty where it keeps none."""
    return request.cookies.get(f"{COOKIE}{section}", "")
