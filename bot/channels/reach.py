"""Do the other sides answer: Slack, the mail server that sends, the mailbox? Nothing is sent or read."""

from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot.channels.email.imap import opened
from bot.channels.email.smtp import Smtp


def slack_answers(client: WebClient) -> None:
    """Raises what Slack, or the way to it, says against our token."""
    client.auth_test()


def smtp_answers(url: str) -> None:
    """Raises what the server says against being greeted and signed in to."""
    Smtp(url).greet()


def imap_answers(url: str) -> None:
    """Raises what the server says against being signed in to."""
    opened(urlsplit(url)).logout()
