"""What a conversation knows is parted by what changes together; what is stored of it stands in one row of names, as it always did."""

from dataclasses import fields

from bot.dialogue.conversation import Button, Conversation, DangerAsked, Ended, Matters, Parties, Place, Shown, Told
from bot.storage import conversations
from bot.storage.tables import ConversationRow
from tests.makers import MARIA

STORED = {
    **{"user": {"id": "u1", "name": "Maria"}, "channel": "slack", "state": "gathering", "turn": 4, "issue": "a.b"},
    **{"step": "s", "asking": "q", "reason": "r", "choices": ["a.b"], "buttons": [{"label": "Yes", "value": "yes"}]},
    **{"offered": ["a.b/s"], "texts": {"a.b": "hash"}, "gone": "a.b/t", "asked": ["q"], "known": {"device": "iPhone"}},
    **{
        "tried": [{"issue": "a.b", "step": "s", "title": "T", "outcome": "did_not_help", "at": "2026-11-24T09:00:00Z"}],
        "signals": ["x"],
        "also": ["c.d"],
    },
    **{"gathered": [{"id": "q", "label": "Which?", "value": "this"}], "words": ["hello"]},
    **{"so_far": ["hello"], "said_last": "hello", "articles": ["page#part"], "unclear": 1, "unsaid": ["line"]},
    **{"refused": ["e.f"], "guesses": ["a.b"], "before": "choosing", "checked": 1, "topic": "chat.thanks"},
    **{"plan": ["a.b"], "beside": 1001, "angry": 1, "language": "es", "ticket": 1002, "solved": ["g.h"]},
    **{
        "previous": 1000,
        "decided": {"a.b": "w"},
        "ended": {"issue": "g.h", "words": ["w"], "known": {"device": "iPad"}},
        "closed": "g.h",
    },
}


def test_every_field_is_of_one_part() -> None:
    parts = [{field.name for field in fields(part)} for part in (Parties, Place, DangerAsked, Told, Shown, Matters)]

    assert sum(map(len, parts)) == len(set.union(*parts)) == len(fields(Conversation)) == len(STORED)


def test_what_an_earlier_version_stored_is_read_whole() -> None:
    row = ConversationRow(memory=STORED)
    memory = conversations.memory_of(row)

    assert (memory.user.name, memory.language, memory.known) == ("Maria", "es", {"device": "iPhone"})
    assert memory.ended == Ended(issue="g.h", words=("w",), known={"device": "iPad"})
    assert (memory.buttons, memory.before, memory.beside) == ((Button("Yes", "yes"),), "choosing", 1001)
    conversations.keep_memory(row, memory)
    assert isinstance(row.memory, dict) and set(row.memory) == set(STORED)
    assert all(row.memory[name] == value for name, value in STORED.items() if isinstance(value, str | int))


def test_after_its_request_is_closed_a_conversation_is_free_and_knows_who_it_is() -> None:
    before = Conversation(
        MARIA, "slack", state="resolved", ticket=7, issue="a.b", turn=3, known={"device": "x"}, words=("w",)
    )

    free = before.free_for_next(7)

    assert free == Conversation(MARIA, "slack", state="solved", turn=3, known={"device": "x"}, previous=7)
