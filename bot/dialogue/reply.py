"""One turn being put together: what the conversation knows so far, and what will be said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from bot.dialogue.button_values import ButtonValue, TalkToPerson
from bot.dialogue.conversation import Button, Conversation, Message, Outcome, Say, Source
from bot.dialogue.lines import fingerprint
from bot.dialogue.script import Script
from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import Meant, Reading
from bot.understanding.replying.replies import Kind
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from handoff.events import Payload
from handoff.facts import OpenRequest
from handoff.notices import clock_time
from handoff.policy.names import DOCTOR_NAME, StepOutcome
from handoff.ticket import Matter, Request, Tried

Part = tuple[str, Source]
NEUTRAL = (
    *("device", "browser", "operating_system", "place_now", "account", DOCTOR_NAME, "pharmacy"),
    *("when_started", "last_worked", "deadline", "appointment_date"),
    *("contact_email", "contact_phone", "contact_wish"),
)
FEW_BESIDE = 2
"""Facts that tell no result by themselves; so many telling words beside them tell nothing more."""
TRIED_BY, TELLS_A_RESULT = "browser", 3
"""A fact that a step may ask to change, and so many words tell at least what came of it."""
WORKS_AGAIN = PHRASES.phrases["works_again"]
ONLY_ONCE = ("understood_anew", "no_secrets", "ashamed", "numbers_stay")
"""An apology that is made twice is none, and a request to keep something back is made once; that danger is over stays known."""
KINDS: Mapping[str, Kind] = {
    "gathering": "gather",
    "choosing": "choose",
    "waiting": "choose",
    "checking": "safety",
    "resolved": "resolved",
}
"""What kind of question is before the user, by the state of the conversation."""


@dataclass
class Reply:
    """The turn so far. Lives for one call of `respond`. What is said after a request is made stands after its letters."""

    script: Script
    conversation: Conversation
    reading: Reading
    message: Message
    now: datetime
    says: list[Say] = field(default_factory=list)
    lead: list[Part] = field(default_factory=list)
    """Sentences that open the next message: an apology, a word on what changed."""
    events: list[Payload] = field(default_factory=list)
    request: Request | None = None
    more: Request | None = None
    withdrawn: bool = False
    closing_taken_back: bool = False
    why: list[str] = field(default_factory=list)
    """The rules that decided, in order."""
    then: list[Say] = field(default_factory=list)
    after_letters: bool = False
    """What is asked stands after the letters of this turn, so that its buttons are before the user."""
    thanks: bool = False
    for_ticket: bool = False
    fresh: tuple[str, ...] = ()
    """Facts that set a priority and were told in this turn for the first time."""
    put_right: bool = False
    """A field of the request was put right by these words."""
    topic_before: str | None = None
    """What the words before these were about that needed no issue of ours."""
    new_signals: tuple[str, ...] = ()
    matter: Matter | None = None

    @property
    def typed(self) -> bool:
        """True for words; False for a button or a file."""
        return self.message.pressed is None and bool(self.message.text.strip())

    @cached_property
    def meant(self) -> Meant:
        """What the words do, read with the question that is before the user."""
        known, text = self.conversation, self.message.text
        intent = self.script.catalog.intents.get(known.issue or "")
        if known.state == "answering" and known.step and intent is not None:
            step = intent.find_step(known.step)
            if step is not None:
                meant = self.script.replies.to_step(text, intent, step)
                tells_more = self._names_what_was_tried(intent) or WORKS_AGAIN.is_in(text)
                only_a_fact = meant.act == "helped" and self.tells_only(NEUTRAL) and not tells_more
                return Meant("details", 1.0) if only_a_fact else meant
        if known.state == "solved":
            return self.script.replies.to_ending(text)
        return self.script.replies.to_question(text, KINDS.get(known.state, "waiting"))

    def _names_what_was_tried(self, intent: Intent) -> bool:
        """`it printed from Edge`, where a step asks to try another browser: what is named is what helped."""
        heard, words = plain(self.reading.heard.details.get(TRIED_BY, "")), self.message.text.split()
        return len(words) >= TELLS_A_RESULT and heard != "" and any(heard in plain(step.say) for step in intent.steps)

    def mean_anew(self) -> None:
        """The words are read once more, with the question that is before the user now."""
        self.__dict__.pop("meant", None)

    @cached_property
    def wants_people(self) -> bool:
        """True where, beside whatever else is told, people shall take it."""
        return self.typed and self.script.replies.wants_people(self.message.text)

    def tells_only(self, kinds: Iterable[str]) -> bool:
        """True where facts of these kinds stand in the message, and next to nothing beside them."""
        heard, left = self.reading.heard.details, self.message.text
        values = [heard[kind] for kind in kinds if kind in heard and heard[kind] in left]
        for value in values:
            left = left.replace(value, " ")
        return bool(values) and len(telling_words(plain(left))) <= FEW_BESIDE

    def know(self, **changes: Any) -> None:
        """Change what the conversation knows."""
        self.conversation = replace(self.conversation, **changes)

    def add_signals(self, *names: str) -> None:
        """Facts that hold from now on, each once."""
        self.know(signals=tuple(dict.fromkeys([*self.conversation.signals, *names])))

    def note_also(self, *issues: str) -> None:
        """Other issues that are still to be looked at, each once."""
        self.know(also=tuple(dict.fromkeys([*self.conversation.also, *issues])))

    def keep_text(self, place: str, text: str) -> None:
        """What was said at this place, so that it is known again under another name."""
        if text:
            self.know(texts={**self.conversation.texts, place: fingerprint(text)})

    def happened(self, event: Payload) -> None:
        """Put something that happened on the record."""
        self.events.append(event)

    def open_with(self, name: str, /, **facts: object) -> None:
        """An approved line that stands before whatever is said next."""
        self.lead.append(self.script.lines.line(name, **facts))

    def open_with_local(self, name: str) -> None:
        """The same, in the user's language where it has this text."""
        self.lead.append(self.local(name) or self.line(name))

    def local(self, name: str, /, **facts: object) -> Part | None:
        """A short text in the user's own language; None for English and where there is none."""
        return self.script.lines.in_language(self.conversation.language, name, **facts)

    def first_unsaid(self, *names: str) -> str:
        """The first of these lines that was not said since the step was shown; the last when all were."""
        return next((name for name in names if name not in self.conversation.unsaid), names[-1])

    def said_once(self) -> tuple[str, ...]:
        """The lines that stand only once in a conversation, of those that were said."""
        return tuple(dict.fromkeys(name for name in self.conversation.unsaid if name in ONLY_ONCE))

    def longest_unsaid(self, *names: str) -> str:
        """The first of these lines that was not said lately, or the one that was said longest ago."""
        said = {name: place for place, name in enumerate(self.conversation.unsaid)}
        return min(names, key=lambda name: said.get(name, -1))

    def explained(self) -> Part | None:
        """The approved answer to a question about the step, by meaning; None when the issue's file has none."""
        intent = self.intent()
        number = self.script.replies.answer_to(self.message.text, intent, self.conversation.step or "")
        if number is None:
            return None
        return self.text_of(intent, f"glossary.{number}", intent.glossary[number].say)

    def as_of_a_step(self) -> Meant:
        """What the words would mean said to the last step of this issue, or to any where none was shown: who is asked for details
        may still be at it."""
        known, text = self.conversation, self.message.text
        intent = self.script.catalog.intents.get(known.issue or "")
        shown = [place.partition("/")[2] for place in known.offered if place.startswith(f"{known.issue}/")]
        last = intent.find_step(shown[-1]) if intent and shown else None
        replies = self.script.replies
        return replies.to_step(text, intent, last) if intent and last else replies.to_ending(text)

    def phone(self) -> Part:
        """The phone line, for what cannot wait."""
        return self.line("phone_now", phone=self.script.phone_number)

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
        said = Say(text, tuple(source for _, source in whole), buttons, shown, rating)
        (self.then if self.after_letters or self.request is not None else self.says).append(said)
        names = tuple(source.id for _, source in whole)
        self.know(buttons=buttons, unsaid=(*self.conversation.unsaid, *names)[-20:])

    def line(self, name: str, /, **facts: object) -> Part:
        """An approved line as a part of a message."""
        return self.script.lines.line(name, **facts)

    def text_of(self, intent: Intent, where: str, text: str) -> Part:
        """A text of an issue's file as a part of a message."""
        return text, Source(self.script.catalog.files[intent.id], where, fingerprint(text))

    def intent(self, issue: str | None = None) -> Intent:
        """The issue with this id, or the one the conversation is about; raises KeyError."""
        return self.script.catalog.intents[issue or self.conversation.issue or ""]

    def button(self, line: str, does: ButtonValue) -> Button:
        """A button whose label is an approved line."""
        return Button.that(self.script.lines.label(line), does)

    def with_our_team(self, one: OpenRequest | None = None) -> Part | None:
        """That people have this request, or the one that is spoken of, and when the next word is due, in the user's own language; None
        for English."""
        request, known = one or self.message.request, self.conversation
        if request is None:
            return None
        home, at = self.script.policy.hours.zone, request.due_at
        time = request.due if at is None else clock_time(at, known.user.zone, home, known.language)
        return self.local("status", number=request.number, time=time)

    def added(self) -> Part:
        """That it is on the open request, in the user's own language where it has this text."""
        number = self.conversation.ticket
        return self.local("added", number=number) or self.line("added_to_ticket", number=number)

    def local_button(self, line: str, does: ButtonValue) -> Button:
        """The same in the user's language, where it has this text."""
        local = self.local(line)
        return Button.that(local[0].strip(), does) if local else self.button(line, does)

    def person_button(self) -> Button:
        """The way to a person."""
        return self.button("talk_to_person", TalkToPerson())

    def mark(self, step: str, outcome: StepOutcome, said_by: str = "user") -> None:
        """Remember what came of a step of the present issue (once; a later word replaces `no_answer`)."""
        issue = self.conversation.issue or ""
        self.mark_of(issue, step, outcome, said_by)

    def mark_of(self, issue: str, step: str, outcome: StepOutcome, said_by: str = "user") -> None:
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
            then=tuple(self.then),
            more=self.more,
            withdrawn=self.withdrawn,
            closing_taken_back=self.closing_taken_back,
            why=tuple(self.why),
            for_ticket=self.for_ticket,
            thanks=self.thanks,
            new_signals=self.new_signals,
            matter=self.matter,
        )
