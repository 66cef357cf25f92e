"""The pages behind the links in our mails. Mail scanners open links: looking at a page changes nothing, its button does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.rating import Rating, last_resolution, rate_in
from bot.actions.transaction import transaction
from bot.channels.email.texts import fill_html, load_email_words
from bot.channels.email.tokens import Call, Tokens, Vote
from bot.config import Settings
from bot.storage import conversations, tickets, unread
from handoff import on_call
from handoff.lifecycle import NotAllowed
from handoff.ticket import Actor, Ticket

LONGEST_TOKEN = 500


def email_pages(settings: Settings, deps: Deps, now: Callable[[], datetime]) -> APIRouter:
    """The routes of all of them."""
    links = _Links(deps, Tokens(settings.signing_key("mail"), settings.mail_from), now)
    votes, letters, calls = VotePages(links), LettersPages(links), CallPages(links)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/votes/{word}", votes.ask, methods=["GET"])
    router.add_api_route("/votes/{word}", votes.count, methods=["POST"])
    router.add_api_route("/letters/{word}", letters.ask, methods=["GET"])
    router.add_api_route("/letters/{word}", letters.off, methods=["POST"])
    router.add_api_route("/letters/{word}/on", letters.ask_on, methods=["GET"])
    router.add_api_route("/letters/{word}/on", letters.on, methods=["POST"])
    router.add_api_route("/acknowledge/{word}", calls.ask, methods=["GET"])
    router.add_api_route("/acknowledge/{word}", calls.answer, methods=["POST"])
    return router


@dataclass(frozen=True)
class _Links:
    deps: Deps
    tokens: Tokens
    now: Callable[[], datetime]

    def vote(self, word: str) -> Vote | None:
        return self.tokens.vote_of(word[:LONGEST_TOKEN])

    def user(self, word: str) -> str | None:
        """Whose letters the signed word of a conversation is about."""
        conversation = self.tokens.letters_of(word[:LONGEST_TOKEN])
        with self.deps.reading.begin() as db:
            row = conversations.by_public_id(db, conversation) if conversation else None
            return row.user_id if row else None

    def call(self, word: str) -> tuple[Call, Ticket] | None:
        """Which page the link answers, of a contact that the guide still names, and its ticket."""
        call = self.tokens.call_of(word[:LONGEST_TOKEN])
        if call is None or call.contact not in self.deps.policy.contacts.contacts:
            return None
        with self.deps.reading.begin() as db:
            row = tickets.get(db, call.ticket)
            return (call, tickets.ticket_of(row)) if row else None


class VotePages:
    """Behind the links under a resolution: solved, or not."""

    def __init__(self, links: _Links) -> None:
        self._links = links

    def ask(self, word: str) -> HTMLResponse:
        """What pressing the button will say."""
        vote = self._links.vote(word)
        if vote is None:
            return link_page("unknown", status=404)
        return link_page("ask_yes", button="button_yes") if vote.helpful else link_page("ask_no", button="button_no")

    def count(self, word: str, score: Annotated[int | None, Form(ge=1, le=5)] = None) -> HTMLResponse:
        """The vote: once for each resolution, changeable with the other link; then, if they like, a mark (decision O1)."""
        vote, deps = self._links.vote(word), self._links.deps
        if vote is None:
            return link_page("unknown", status=404)
        with transaction(deps, self._links.now()) as tx:
            row = conversations.by_public_id(tx.db, vote.conversation, for_update=True)
            memory = conversations.memory_of(row) if row else None
            if row is None or memory is None or vote.ticket not in (memory.ticket, memory.previous):
                return link_page("old", status=410)
            if memory.ticket is not None and vote.ticket != memory.ticket:
                return link_page("old", status=410)
            ticket = tickets.lock(tx.db, vote.ticket)
            if ticket is not None and vote.cycle and vote.cycle != last_resolution(ticket):
                return link_page("old", status=410)
            rate_in(tx, row, Rating("ticket", vote.helpful, score))
            ticket = tickets.lock(tx.db, vote.ticket)
            reopened = ticket is not None and ticket.is_open
        rule = deps.policy.metrics.satisfaction
        marks = () if score else tuple(range(rule.lowest, rule.highest + 1))
        if vote.helpful:
            return link_page("thanks_yes", scores=marks)
        return link_page("thanks_no" if reopened else "thanks_no_closed", scores=marks)


class LettersPages:
    """Behind the link under a letter that an answer waits: such letters off, and on again."""

    def __init__(self, links: _Links) -> None:
        self._links = links

    def ask(self, word: str) -> HTMLResponse:
        """What pressing the button will do."""
        return self._asked(word, "letters_ask", "letters_off")

    def ask_on(self, word: str) -> HTMLResponse:
        """What pressing the button will do."""
        return self._asked(word, "letters_ask_on", "letters_on")

    def off(self, word: str) -> HTMLResponse:
        """No such letters any more: the button of the page, or the one of the mail program (RFC 8058)."""
        return self._turned(word, on=False)

    def on(self, word: str) -> HTMLResponse:
        """Letters again."""
        return self._turned(word, on=True)

    def _asked(self, word: str, text: str, button: str) -> HTMLResponse:
        if self._links.user(word) is None:
            return link_page("unknown", status=404)
        return link_page(text, button=button)

    def _turned(self, word: str, *, on: bool) -> HTMLResponse:
        user = self._links.user(word)
        if user is None:
            return link_page("unknown", status=404)
        with self._links.deps.sessions.begin() as db:
            unread.turn_letters(db, user, on=on, now=self._links.now())
        return link_page("letters_are_on" if on else "letters_are_off")


class CallPages:
    """Behind the button of a page by mail: somebody is on it."""

    def __init__(self, links: _Links) -> None:
        self._links = links

    def ask(self, word: str) -> HTMLResponse:
        """What pressing the button will say."""
        found = self._links.call(word)
        if found is None:
            return link_page("unknown", status=404)
        call, ticket = found
        if not on_call.is_paged(ticket):
            return _why_nobody_is_called(ticket)
        return link_page("call_ask", button="call_button", number=call.ticket)

    def answer(self, word: str) -> HTMLResponse:
        """Somebody is on it: nobody else is called, and the ticket says who and when."""
        found, deps, now = self._links.call(word), self._links.deps, self._links.now()
        if found is None:
            return link_page("unknown", status=404)
        call, ticket = found
        person = on_call.person(deps.policy, call.contact, now)
        by = Actor("staff", f"contact:{person.key}", person.name or person.role)
        try:
            ticket = staff.acknowledge(staff.Command(deps, call.ticket, by, now))
        except NotAllowed:
            return _why_nobody_is_called(ticket)
        mine = ticket.acknowledged_by is not None and ticket.acknowledged_by.id == by.id
        return link_page("call_thanks", number=call.ticket) if mine else _why_nobody_is_called(ticket)


def _why_nobody_is_called(ticket: Ticket) -> HTMLResponse:
    who = ticket.acknowledged_by
    if who is not None and ticket.is_open:
        return link_page("call_other", number=ticket.number, name=who.name)
    return link_page("call_over", number=ticket.number)


def link_page(
    text: str, *, button: str = "", scores: tuple[int, ...] = (), status: int = 200, **facts: object
) -> HTMLResponse:
    """One of the approved pages behind a link in a mail: with the button that does what it says, or with marks to give."""
    pages = load_email_words().pages
    shown = {
        "title": pages["title"],
        "text": pages[text].format(**facts),
        "button": pages.get(button, ""),
        "press": pages["press"],
        "scores": scores,
        "score_question": pages["score_question"],
    }
    return HTMLResponse(fill_html("vote.html", shown), status, {"Cache-Control": "no-store"})
