"""The assistant says something: kept with its sources, and sent to who is not in the app."""

from collections.abc import Sequence

from bot.actions.deps import Deps
from bot.actions.transaction import Transaction
from bot.dialogue.button_values import Answer
from bot.dialogue.conversation import Button, Say
from bot.storage import conversations, outbox
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow
from handoff import reach
from handoff.ticket import BOT


def say(tx: Transaction, row: ConversationRow, what: Say, why: Sequence[str] = ()) -> MessageRow:
    """One approved message of the assistant, with its sources and the rules that decided; to other channels by the outbox."""
    script = tx.deps.assistant().script
    source = {
        "texts": [{"file": s.file, "id": s.id, "hash": s.hash} for s in what.sources],
        "catalog": script.catalog.version,
        "page": {"title": what.page[0], "url": what.page[1]} if what.page else None,
        "why": list(why),
    }
    buttons = tuple(_as_json(button) for button in what.buttons if _can_be_kept(tx.deps, row, button))
    line = Line("bot", BOT.name, what.text, visible_to_user=True, buttons=buttons, source=source, rating=what.rating)
    message = conversations.append(tx, row, line)
    send_to_channel(tx, row, message)
    return message


def _can_be_kept(deps: Deps, row: ConversationRow, button: Button) -> bool:
    """False for a way to be answered that we could not keep."""
    if row.channel in deps.policy.channels.letters or not isinstance(button.does, Answer):
        return True
    user = conversations.memory_of(row).user
    return reach.may_ask_for(deps.policy, button.does.question, button.label, user, mail=deps.mail)


def _as_json(button: Button) -> dict[str, str]:
    """A button as it is stored and sent."""
    return {"label": button.label, "value": button.value}


def send_to_channel(tx: Transaction, row: ConversationRow, message: MessageRow) -> None:
    """A line of the assistant's for the user, unless the conversation is one in which it says nothing."""
    if not row.address.get("quiet"):
        outbox.put_line(tx, row, message, row.ticket_number)
