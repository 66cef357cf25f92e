"""One turn being put together: what the conversation knows so far, and what will be said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bot.dialogue.conversation import Button, Conversation, Message, Outcome, Say, Source
from bot.dialogue.lines import Lines, fingerprint
from bot.understanding.catalog import Catalog
from bot.understanding.intent_file import Intent
from bot.understanding.likeness import Likeness
from bot.understanding.reading import Reading
from handoff.policy import Policy
from handoff.ticket import Excerpt, Request, Tried

Part = tuple[str, Source]


@dataclass(frozen=True)
class Script:
    """Everything approved that the dialogue may say, and the rules it keeps."""

    catalog: Catalog
    lines: Lines
    policy: Policy
    pages: Mapping[str, tuple[str, str]]
    """Page -> title and address; a page past its review date is not in it."""
    excerpt: Callable[[str], Excerpt]
    """Makes a user's words safe to show outside the conversation."""
    likeness: Likeness
    """Which of a few approved sentences is meant."""


@dataclass
class Reply:
    """The turn so far. Lives for one call of `respond`."""

    script: Script
    conversation: Conversation
    reading: Reading
    message: Message
    now: datetime
    says: list[Say] = field(default_factory=list)
    lead: list[Part] = field(default_factory=list)
    """Sentences that open the next message: an apology, a word on what changed."""
    events: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    request: Request | None = None
    thanks: bool = False
    for_ticket: bool = False
    new_signals: tuple[str, ...] = ()

    def know(self, **changes: Any) -> None:
        """Change what the conversation knows."""
        self.conversation = replace(self.conversation, **changes)

    def happened(self, kind: str, **data: Any) -> None:
        """Put something that happened on the record."""
        self.events.append((kind, data))

    def open_with(self, name: str, /, **facts: Any) -> None:
        """An approved line that stands before whatever is said next."""
        self.lead.append(self.script.lines.line(name, **facts))

    def say(
        self,
        *parts: Part,
        buttons: tuple[Button, ...] = (),
        page: str | None = None,
        rating: Literal["bot"] | None = None,
    ) -> None:
        """One message made of approved parts; its buttons become the live ones."""
        whole = [*self.lead, *parts]
        self.lead = []
        text = "\n\n".join(text.strip() for text, _ in whole)
        shown = self.script.pages.get(page) if page else None
        self.says.append(Say(text, tuple(source for _, source in whole), buttons, shown, rating))
        self.know(buttons=buttons)

    def line(self, name: str, /, **facts: Any) -> Part:
        """An approved line as a part of a message."""
        return self.script.lines.line(name, **facts)

    def text_of(self, intent: Intent, where: str, text: str) -> Part:
        """A text of an issue's file as a part of a message."""
        return text, Source(self.script.catalog.files[intent.id], where, fingerprint(text))

    def intent(self, issue: str | None = None) -> Intent:
        """The issue with this id, or the one the conversation is about; raises KeyError."""
        return self.script.catalog.intents[issue or self.conversation.issue or ""]

    def button(self, line: str, value: str) -> Button:
        """A button whose label is an approved line."""
        return Button(self.script.lines.label(line), value)

    def person_button(self) -> Button:
        """The way to a person."""
        return self.button("talk_to_person", "person")

    def mark(self, step: str, outcome: str, said_by: str = "user") -> None:
        """Remember what came of a step of the present issue (once; a later word replaces `no_answer`)."""
        issue = self.conversation.issue or ""
        self.mark_of(issue, step, outcome, said_by)

    def mark_of(self, issue: str, step: str, outcome: str, said_by: str = "user") -> None:
        """Remember what came of a step of any issue."""
        if any(t.issue == issue and t.step == step and t.outcome != "no_answer" for t in self.conversation.tried):
            return
        title = step.replace("_", " ").capitalize()
        kept = tuple(t for t in self.conversation.tried if (t.issue, t.step) != (issue, step))
        self.know(tried=(*kept, Tried(issue, step, title, outcome, self.now, said_by)))

    def outcome(self) -> Outcome:
        """The turn as a value."""
        return Outcome(
            conversation=self.conversation,
            says=tuple(self.says),
            request=self.request,
            events=tuple(self.events),
            for_ticket=self.for_ticket,
            thanks=self.thanks,
            new_signals=self.new_signals,
        )
