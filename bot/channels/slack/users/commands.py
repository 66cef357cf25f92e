"""Other ways for users to ask: /support, the message shortcut, and the Home tab."""

import re

from slack_bolt import Ack, App

from bot.channels.slack.blocks import button, context, form_view, rows_of, section, text_view, told_in
from bot.channels.slack.client import SLACK_ERRORS, error_code
from bot.channels.slack.context import SlackContext, log, message_key, place
from bot.channels.slack.mrkdwn import decoded, emoji_in, moment, mrkdwn
from bot.channels.slack.payloads import Action, Block, Command, HomeOpened, Press, Submission, answer_of
from bot.channels.slack.users.incoming import UserIntake
from bot.storage import tickets
from handoff import kinds, sla
from handoff.ticket import Ticket, User

COMMAND, SHORTCUT, FORM = "/support", "ask_support", "support"
START, HELP, PAGE = "home:start", "home:help", "home:page"
A_PAGE = 20
"""Requests on a page of the Home tab, which holds a hundred parts at most."""


class Commands:
    """Opens the form to ask in, takes it in, and keeps the Home tab."""

    def __init__(self, parts: SlackContext, users: UserIntake) -> None:
        self.parts, self.users = parts, users

    def register(self, app: App) -> None:
        """Hang the listeners into the app."""
        app.command(COMMAND)(self.on_command)
        app.shortcut(SHORTCUT)(self.on_shortcut)
        app.action(START)(self.on_start)
        app.action(re.compile(f"^{PAGE}:"))(self.on_page)
        app.view(FORM)(self.on_form)
        app.event("app_home_opened")(self.on_home)

    def on_command(self, ack: Ack, body: Command) -> None:
        """`/support`, perhaps with words after it."""
        text = decoded(str(body.get("text") or ""))
        self._open(str(body["trigger_id"]), str(body["user_id"]), text, str(body.get("channel_id") or ""))
        ack()

    def on_shortcut(self, ack: Ack, body: Press) -> None:
        """ "Ask support about this" under a message."""
        message = body.get("message") or {}
        text = decoded(str(message.get("text") or ""), drawn=emoji_in(message.get("blocks")))
        channel = str(body["channel"]["id"]) if body.get("channel") else ""
        self._open(str(body["trigger_id"]), str(body["user"]["id"]), text, channel)
        ack()

    def on_start(self, ack: Ack, body: Press) -> None:
        """The button on the Home tab."""
        self._open(str(body["trigger_id"]), str(body["user"]["id"]), "", "")
        ack()

    def _open(self, trigger: str, user: str, text: str, channel: str) -> None:
        """A window at once, since the trigger lasts three seconds; who asks is looked up while it says so."""
        parts = self.parts
        window = parts.open_window(trigger, parts.loading())
        if window is None:
            if channel:
                parts.tell_alone(channel, user, parts.words.text("too_slow"))
            return
        _, may = parts.asker(user)
        form = parts.words.forms[FORM]
        view = form_view(form, FORM, values={"text": text}) if may else text_view(form, parts.guest_text())
        parts.client.views_update(view_id=window, view=view)

    def on_form(self, ack: Ack, body: Press, view: Submission) -> None:
        """The form comes back: the conversation goes on in the direct messages."""
        parts, user = self.parts, str(body["user"]["id"])
        text = told_in(view).get("text", "")
        if not text:
            ack(response_action="errors", errors={"text": parts.words.problem("empty")})
            return
        person, may = parts.asker(user)
        form = parts.words.forms[FORM]
        if not may:
            ack(response_action="update", view=text_view(form, parts.guest_text()))
            return
        if parts.too_often(person.user):
            ack(response_action="update", view=text_view(form, parts.too_often_text()))
            return
        opened = answer_of(parts.client.conversations_open(users=user))
        address = place(str(opened["channel"]["id"]), None, user)
        key = message_key(parts.people.identity().team, "view", str(view["id"]))
        self.users.say(person, address, text, key)
        ack(response_action="update", view=text_view(form, parts.words.text("opened_in_messages")))

    def on_home(self, event: HomeOpened) -> None:
        """Somebody opens the Home tab: drawn from what is true now. It can be opened again, so a failure is only logged."""
        if event.get("tab") != "home":
            return
        self._show_home(str(event["user"]), 1)

    def on_page(self, ack: Ack, body: Press, action: Action) -> None:
        """Another page of the requests on the Home tab."""
        ack()
        written = str(action.get("value") or "")
        self._show_home(str(body["user"]["id"]), int(written) if written.isdecimal() and len(written) < 5 else 1)

    def _show_home(self, user: str, page: int) -> None:
        try:
            person, may = self.parts.asker(user)
            view = self._home(person.user, page) if may else [section(mrkdwn(self.parts.guest_text()))]
            self.parts.client.views_publish(user_id=user, view={"type": "home", "blocks": view})
        except SLACK_ERRORS as error:
            log.warning("slack_home_failed", error=error_code(error))

    def _home(self, user: User, page: int) -> list[Block]:
        words, policy = self.parts.words, self.parts.deps.policy
        with self.parts.deps.reading.begin() as db:
            count = tickets.count_open_of_user(db, user.id)
            page = min(max(page, 1), max(1, -(-count // A_PAGE)))  # some may have been closed since it was drawn
            own = [tickets.ticket_of(row) for row in tickets.open_of_user(db, user.id, A_PAGE, (page - 1) * A_PAGE)]
        buttons = [
            button(words.text("home_start"), START, "start", style="primary"),
            button(words.text("home_help"), HELP, url=self.parts.settings.help_url),
        ]
        shown = [section(self._own_ticket(ticket)) for ticket in own]
        none = [section(mrkdwn(words.text("home_none")))]
        hello = mrkdwn(words.text("home_hello", emergency_number=policy.words.emergency_number))
        title = section(mrkdwn(words.text("home_tickets")))
        return [section(hello), *rows_of(buttons), title, *(shown or none), *self._pages(page, count)]

    def _pages(self, page: int, count: int) -> list[Block]:
        """Which of how many requests are shown, and the ways to the others; nothing where all are."""
        if count <= A_PAGE:
            return []
        words, last = self.parts.words, min(page * A_PAGE, count)
        shown = words.text("home_page", first=(page - 1) * A_PAGE + 1, last=last, count=count)
        ways = {"before": page - 1, "next": page + 1 if last < count else 0}
        buttons = [button(words.text(f"home_{way}"), f"{PAGE}:{way}", str(to)) for way, to in ways.items() if to]
        return [context(mrkdwn(shown)), *rows_of(buttons)]

    def _own_ticket(self, ticket: Ticket) -> str:
        words, policy = self.parts.words, self.parts.deps.policy
        facts = {
            "number": ticket.number,
            "title": ticket.request.title,
            "status": policy.lifecycle.states[ticket.status].for_user,
            "priority": policy.words.priorities[ticket.priority],
        }
        text = words.text("home_ticket", **facts)
        promised = sla.promise(ticket)
        if promised is not None:
            due = moment(promised, policy.hours.zone)
            text += "\n" + words.texts["home_due"].strip().format(due=due)
        if care := kinds.care(policy, ticket):
            text += "\n" + care
        return mrkdwn(text)
