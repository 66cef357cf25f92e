"""By which words of the user's each issue was told: they lead its request, whatever was told before and after."""

from collections.abc import Mapping

from bot.dialogue.reply import Reply


def begin(reply: Reply) -> None:
    """What was told before this turn, or is one of those it was asked about, is not told by its words; what was solved is forgotten."""
    known, request = reply.conversation, reply.message.request
    here = (known.issue, request.issue if request else None, *known.also, *known.choices)
    before = {issue: words for issue, words in known.decided.items() if issue not in known.solved}
    reply.know(decided={**{issue: "" for issue in here if issue is not None}, **before})


def forget(reply: Reply, issue: str) -> None:
    """It is told anew, by the words of this turn."""
    reply.know(decided={one: words for one, words in reply.conversation.decided.items() if one != issue})


def note(reply: Reply) -> None:
    """What was told in this turn, for the turns to come."""
    reply.know(decided=_now(reply))


def _now(reply: Reply) -> Mapping[str, str]:
    """With this turn's words for what they told of; with none where a button was pressed."""
    known, words = reply.conversation, reply.message.text if reply.typed else ""
    named = (*((known.issue,) if known.issue else ()), *known.also)
    return {**dict.fromkeys(named, words), **known.decided}


def words_of(reply: Reply, issue: str) -> str | None:
    """The words that told of this issue; None where a button or an answer to us began it."""
    return _now(reply).get(issue) or None
