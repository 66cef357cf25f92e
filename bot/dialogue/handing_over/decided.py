"""By which words of the user's each issue was told: they lead its request, whatever was told before and after."""

from collections.abc import Mapping

from bot.dialogue.reply import Reply


def begin(reply: Reply) -> None:
    """What was told before this turn was not told by its words."""
    reply.know(decided=_with_named(reply, ""))


def note(reply: Reply) -> None:
    """What was told in this turn, for the turns to come."""
    reply.know(decided=_now(reply))


def _now(reply: Reply) -> Mapping[str, str]:
    """With this turn's words for what they told of; with none where a button was pressed."""
    return _with_named(reply, reply.message.text if reply.typed else "")


def _with_named(reply: Reply, words: str) -> Mapping[str, str]:
    known = reply.conversation
    named = (*((known.issue,) if known.issue else ()), *known.also)
    return {**dict.fromkeys(named, words), **known.decided}


def words_of(reply: Reply, issue: str) -> str | None:
    """The words that told of this issue, where they belong to what is spoken of still."""
    known, words = reply.conversation, _now(reply).get(issue)
    return words if words and words in (*known.words, *known.so_far, reply.message.text) else None
