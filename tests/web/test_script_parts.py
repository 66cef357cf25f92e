"""Each part of the chat's script by itself, in a real browser: what it says that it does, without a service behind it."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.documents import HOME

pytestmark = pytest.mark.browser
STATIC = HOME / "bot" / "web" / "static"
PARTS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
ALONE = [part for part in PARTS if not part.endswith(("demo.js", "console.js", "widget.js"))]
"""What does nothing before somebody calls it; the others are the program of a page, and are tested with it."""
SITE = "http://parts.test"
Runs = Callable[..., Any]


@pytest.fixture
def runs(page: Page) -> Runs:
    """Runs a body of JavaScript in an empty page, after these names were imported from a part; gives what it returns."""

    def files(route: Route) -> None:
        path = STATIC / route.request.url.removeprefix(f"{SITE}/")
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(body="<!doctype html><body></body>", content_type="text/html")

    page.route(f"{SITE}/**", files)
    page.goto(f"{SITE}/")

    def run(part: str, names: str, body: str, given: Any = None) -> Any:
        return page.evaluate(f"async (given) => {{ const {names} = await import('/{part}'); {body} }}", given)

    return run


@pytest.mark.parametrize("part", ALONE)
def test_a_part_is_imported_by_itself_and_does_nothing_to_the_page(runs: Runs, page: Page, part: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    left = runs(part, "_", "return document.body.innerHTML + JSON.stringify({ ...localStorage, ...sessionStorage });")

    assert left == "{}" and faults == []


def test_a_transcript_holds_each_message_once_and_in_order_and_resumes_where_nothing_is_left_out(runs: Runs) -> None:
    body = """
        const all = new Transcript();
        const bot = (number) => ({ number, from: "bot" });
        const taken = [all.take(bot(1), true), all.take(bot(4), false), all.take(bot(2), true), all.take(bot(4), true)];
        const unread = all.unread(1);
        all.take({ number: 5, from: "user" }, false);
        return [taken, all.messages.map((one) => one.number), all.cursor, unread, all.unread(1)];
    """

    assert runs("widget/widget_transcript.js", "{ Transcript }", body) == [
        [True, True, True, False],
        [1, 2, 4, 5],
        4,
        2,
        0,
    ]


def test_events_of_a_stream_are_whole_however_they_are_cut(runs: Runs) -> None:
    stream = 'retry: 1000\n\n: still here\n\nid: 7\r\nevent: ticket\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata: x\n\n'
    body = """
        const cut = (size) => {
          const reader = new EventReader();
          const pieces = given.match(new RegExp(`[^]{1,${size}}`, "g"));
          return JSON.stringify(pieces.flatMap((piece) => reader.read(piece)));
        };
        return [1, 2, 5, 1000].map(cut);
    """

    found = runs("widget/widget_live.js", "{ EventReader }", body, stream)

    assert len(set(found)) == 1
    assert json.loads(found[0]) == [
        {"type": "ticket", "id": "7", "data": '{"a":\n1}'},
        {"type": "message", "id": None, "data": "x"},
    ]


def test_a_stream_that_breaks_is_opened_again_and_one_that_is_refused_is_not(runs: Runs) -> None:
    body = """
        const { Refused } = await import("/widget/widget_calls.js");
        const told = [];
        let opened = 0;
        await new Promise((done) => {
          new Live({
            open: () => {
              opened += 1;
              if (opened === 2) throw new TypeError("no network");
              if (opened === 4) throw new Refused(401, "signed out", 0);
              return Promise.resolve(new Response(`data: ${opened}\\n\\n`));
            },
            heard: (event) => told.push(event.data),
            changed: (live) => told.push(live),
            silent: () => told.push("silent"),
            refused: (error) => done(told.push(error.status)),
          }).start();
        });
        return [opened, told];
    """

    assert runs("widget/widget_live.js", "{ Live }", body) == [4, [True, "1", False, True, "3", False, 401]]


def test_what_is_written_goes_out_in_order_under_its_id_and_what_is_refused_stands_aside(runs: Runs) -> None:
    body = """
        const { Refused } = await import("/widget/widget_calls.js");
        const posted = [];
        const post = async (item) => {
          posted.push(item.client_id);
          if (posted.length === 1) throw new TypeError("no network");
          if (item.client_id === "b") throw new Refused(422, "too long", 0);
        };
        let changes = 0;
        const box = new Outbox([{ client_id: "a", state: "sending" }], post, () => (changes += 1));
        box.add({ client_id: "b" });
        box.add({ client_id: "c" });
        while (box.items.length > 1) await new Promise((next) => setTimeout(next, 20));
        return [posted, box.items.map((one) => [one.client_id, one.state, one.detail]), changes > 3];
    """

    assert runs("widget/widget_outbox.js", "{ Outbox }", body) == [
        ["a", "a", "b", "c"],
        [["b", "refused", "too long"]],
        True,
    ]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p onclick='x()'>a <b>b</b></p>", "<p>a b</p>"),
        ("x<script>x()</script><style>p{}</style><svg><a>y</a></svg>", "x"),
        ("<a href='javascript:x()'>go</a> <a href='tel:911'>call</a>", 'go <a href="tel:911" rel="noopener noreferrer">call</a>'),
        ("<ol start='3'><li>c</li></ol><h2>t</h2>", '<ol start="3"><li>c</li></ol><p>t</p>'),
        ("<img src=x onerror=x()><custom-x>in</custom-x>", "in"),
        (
            "<a href='/help' style='x'>h</a>",
            f'<a href="{SITE}/help" rel="noopener noreferrer" target="_blank">h</a>',
        ),
    ],
)  # fmt: skip
def test_an_answer_is_shown_with_its_words_and_with_known_tags_alone(runs: Runs, html: str, shown: str) -> None:
    body = "const box = document.createElement('div'); box.append(safe(given, location.href)); return box.innerHTML;"

    assert runs("widget/widget_safe.js", "{ safe }", body, html) == shown


def test_what_is_kept_in_the_tab_is_each_users_own_and_goes_when_they_sign_out(runs: Runs) -> None:
    body = """
        const one = new Kept("maria");
        one.set("draft", "not yet");
        const seen = [new Kept("maria").get("draft", ""), new Kept("omar").get("draft", "")];
        one.forget();
        one.set("draft", "too late");
        keepReadUpTo("c1", 7);
        return [...seen, new Kept("maria").get("draft", ""), readUpTo("c1"), readUpTo("c2")];
    """

    assert runs("widget/widget_kept.js", "{ Kept, readUpTo, keepReadUpTo }", body) == ["not yet", "", "", 7, 0]


def test_whose_identity_it_is_and_what_may_be_tried_again_is_read_rightly(runs: Runs) -> None:
    whose = base64.urlsafe_b64encode(json.dumps({"sub": "zoë?~"}, ensure_ascii=False).encode()).decode().rstrip("=")
    body = """
        const passing = [408, 429, 500, 503, 401, 404, 422].map((status) => new Refused(status, "", 0).passing);
        return [subjectOf(given), subjectOf("no token"), subjectOf(""), passing, newId() !== newId()];
    """

    assert runs("widget/widget_calls.js", "{ Refused, newId, subjectOf }", body, f"h.{whose}.s") == [
        "zoë?~",
        "",
        "",
        [True, True, True, True, False, False, False],
        True,
    ]


def test_words_are_filled_in_as_they_are_and_numbered_in_their_form(runs: Runs) -> None:
    body = """
        await loadWords();
        const sizes = [1, 2, 1536, 5 * 1024 ** 2].map(sizeOf);
        return [say("typing", { name: "<b>Bo</b>" }), sizes];
    """

    named, sizes = runs("widget/widget_words.js", "{ loadWords, say, sizeOf }", body)

    assert named == "<b>Bo</b> is typing…"
    assert sizes == ["1 byte", "2 bytes", "1.5 KB", "5 MB"]


def test_words_become_text_and_never_markup(runs: Runs) -> None:
    body = "return el('p', { class: 'x', hidden: true, title: null }, given, el('b', {}, 'y')).outerHTML;"

    made = runs("widget/widget_dom.js", "{ el }", body, "<i>hello</i>")

    assert made == '<p class="x" hidden="">&lt;i&gt;hello&lt;/i&gt;<b>y</b></p>'


def test_whoever_reads_further_up_is_left_there_and_told_of_what_is_new(runs: Runs) -> None:
    body = """
        const box = document.body.appendChild(document.createElement("div"));
        box.style.cssText = "height:100px; overflow:auto; position:relative";
        const pill = document.body.appendChild(document.createElement("button"));
        const line = () => { const made = box.appendChild(document.createElement("p")); made.style.height = "80px"; return made; };
        const settled = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        for (let n = 0; n < 10; n += 1) line();
        const follow = new Follow(box, pill);
        follow.arrived(null);
        await settled();
        const atEnd = box.scrollHeight - box.clientHeight - box.scrollTop < 2;
        box.scrollTop = 100;
        await settled();
        follow.added(line(), false);
        const stayed = [box.scrollTop, pill.hidden];
        follow.added(line(), true);
        const own = [box.scrollTop > 500, pill.hidden];
        return [atEnd, stayed, own];
    """

    assert runs("widget/widget_scroll.js", "{ Follow }", body) == [True, [100, False], [True, True]]


def test_the_head_of_the_chat_says_how_far_the_request_is(runs: Runs) -> None:
    tickets = [
        {"over": True, "owner": "Bo", "waiting": True},
        {"waiting": True, "owner": "Bo", "due_text": "soon"},
        {"due_text": "soon", "owner": "Bo"},
        {"owner": "Bo"},
        {},
    ]

    body = "return given.map((one) => [helperOf(one), stateOf(one)]);"

    found = runs("widget/widget_ticket.js", "{ helperOf, stateOf }", body, tickets)

    assert found == [
        [None, "ticket_over"],
        ["Bo", "ticket_waiting"],
        ["Bo", "ticket_due"],
        ["Bo", "ticket_owner"],
        [None, "ticket_status"],
    ]


def test_lines_of_one_person_stand_together_and_each_day_begins_with_its_name(runs: Runs) -> None:
    body = """
        const at = (day, minute) => new Date(2026, 10, day, 9, minute).toISOString();
        const one = (number, from, author, day, minute) => ({ number, from, author, at: at(day, minute), buttons: [] });
        const of = [["bot", "", 23, 0], ["bot", "", 23, 1], ["staff", "Bo", 23, 2], ["staff", "Bo", 24, 0]];
        const messages = of.map((facts, index) => one(index + 1, ...facts));
        const transcript = { messages, lastAnswer: messages[3] };
        const lines = linesOf({ transcript, outbox: { items: [] }, voteOn: () => null, pressable: () => false });
        return lines.map((line) => (line.kind === "day" ? "day" : [line.number, line.first, line.last]));
    """

    assert runs("widget/widget_lines.js", "{ linesOf }", body) == [
        "day",
        [1, True, False],
        [2, False, True],
        [3, True, True],
        "day",
        [4, True, True],
    ]


def test_whether_it_helped_is_asked_once_and_no_more_when_the_user_goes_on(runs: Runs) -> None:
    body = """
        const asked = { number: 3, from: "bot", rating: "bot", buttons: [] };
        const talk = (messages, vote) => ({ transcript: { messages }, outbox: { items: [] }, voteOn: () => vote });
        const phase = (...of) => ratingPhase(talk(...of))?.phase ?? null;
        const later = { number: 4, from: "user" };
        return [phase([asked]), phase([asked], { done: false }), phase([asked], { done: true }), phase([asked, later]), phase([])];
    """

    assert runs("widget/widget_rating.js", "{ ratingPhase }", body) == ["ask", "score", "thanks", None, None]


def test_a_page_that_takes_up_what_has_changed_leaves_the_focus_on_the_same_control(runs: Runs, page: Page) -> None:
    shown = "<main data-live><button>Take</button><a href='#x'>Next</a></main>"
    page.evaluate("(html) => { document.body.innerHTML = html; }", shown)
    page.get_by_text("Next").focus()

    place = "const place = placeOf(); document.body.innerHTML = given; goTo(place); return document.activeElement.textContent;"

    assert runs("console/swap.js", "{ placeOf, goTo }", place, f"<p>new</p>{shown}") == "Next"
