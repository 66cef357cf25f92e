"""Articles that may help while people look at a request."""

from collections.abc import Iterator

from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import UNKNOWN


def of(reply: Reply, intent: Intent) -> Iterator[tuple[str, str]]:
    """Title and address of what may help while the user waits: the issue's articles, or the best section for what no known
    issue covers."""
    for place in intent.kb if intent.id != UNKNOWN else reply.conversation.articles[:1]:
        page, _, anchor = place.partition("#")
        if page in reply.script.pages:
            title, address = reply.script.pages[page]
            yield title, f"{address}#{anchor}" if anchor and intent.id == UNKNOWN else address
