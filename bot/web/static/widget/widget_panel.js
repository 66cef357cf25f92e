// The frame of the chat: the round button, and the panel with its header, ticket, conversation and composer.

import { Composer } from "./widget_composer.js";
import { el, icon, setText } from "./widget_dom.js";
import { Lines, linesOf } from "./widget_lines.js";
import { Follow } from "./widget_scroll.js";
import { safe } from "./widget_safe.js";
import { helperOf, stateOf } from "./widget_ticket.js";
import { say } from "./widget_words.js";

const MOST_COUNTED = 9;
const NARROW = "(max-width: 480px)";
const BREAK_SHOWN_AFTER = 2_000;

export class Panel {
  #follow;
  #lines;
  #timer = 0;
  #broken = false;
  #typing = false;
  #arriving = false;

  /** `to` has open(), close(), and what the composer and the lines tell. */
  constructor(root, to) {
    this.to = to;
    this.composer = new Composer(to);
    this.#buildLauncher();
    this.#buildTalk();
    this.#buildPanel();
    root.append(this.launcher, this.panel);
    this.#follow = new Follow(this.scroll, this.pill);
    this.#lines = new Lines(this.log);
    const room = new ResizeObserver(() => this.#follow.settle());
    for (const part of [this.scroll, this.log, this.dots]) room.observe(part);
  }

  #buildLauncher() {
    this.badge = el("span", { class: "badge", part: "badge", "aria-hidden": "true", "data-testid": "unread", hidden: true });
    const labels = { "aria-label": say("open"), "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" };
    const attributes = { type: "button", class: "launcher", part: "launcher", "data-testid": "launcher", ...labels };
    this.launcher = el("button", { ...attributes, onclick: () => this.to.open() }, icon("chat"), this.badge);
  }

  #buildTalk() {
    this.notice = el("p", { class: "notice", part: "notice", role: "status", "data-testid": "connection", hidden: true });
    this.ticket = el("section", { class: "ticket", part: "ticket", "aria-label": say("ticket"), "data-testid": "ticket", hidden: true });
    this.log = el("div", { class: "log", part: "log", role: "log", "aria-live": "polite", "aria-label": say("log"), "data-testid": "log" });
    this.dots = el("div", { class: "typing", part: "typing", role: "status", "data-testid": "typing" });
    this.state = el("p", { class: "state", role: "status", "data-testid": "state", hidden: true });
    this.scroll = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("log") }, this.state, this.log, this.dots);
    this.pill = el("button", { type: "button", class: "pill", part: "pill", "data-testid": "new-messages", hidden: true }, icon("down"), say("new_messages"));
  }

  #buildPanel() {
    const close = { type: "button", class: "close", part: "close", "data-testid": "close", "aria-label": say("close"), title: say("close") };
    this.subtitle = el("p", {}, say("assistant"));
    this.title = el("h2", { id: "title", tabindex: -1 }, say("title"));
    const names = el("div", { class: "names" }, this.title, this.subtitle);
    const mark = el("span", { class: "mark", "aria-hidden": "true" }, icon("plus"));
    const head = el("div", { class: "head", part: "header" }, mark, names, el("button", { ...close, onclick: () => this.to.close() }, icon("close")));
    const labels = { id: "panel", role: "dialog", "aria-labelledby": "title", "data-testid": "panel" };
    const middle = el("div", { class: "middle" }, this.scroll, this.pill);
    this.panel = el("section", { class: "panel", part: "panel", ...labels, hidden: true, onkeydown: (event) => this.#pressed(event) });
    this.panel.append(head, this.ticket, this.notice, middle, this.composer.form);
  }

  get shown() {
    return !this.panel.hidden;
  }

  /** Show or hide; `focus` moves the focus with it. */
  toggle(shown, focus) {
    this.panel.hidden = !shown;
    this.launcher.setAttribute("aria-expanded", String(shown));
    this.panel.setAttribute("aria-modal", String(matchMedia(NARROW).matches));
    this.#arriving = shown;
    if (shown) {
      this.composer.fit();
      this.#follow.toEnd();
    }
    if (focus) (shown ? this.#writingPlace : this.launcher).focus({ preventScroll: true });
  }

  /** Where the focus goes to go on: not the text box on a phone, whose keyboard would cover the conversation. */
  get #writingPlace() {
    return matchMedia("(hover: none)").matches ? this.title : this.composer.box;
  }

  clear() {
    this.#lines.clear();
    this.#arriving = this.shown;
  }

  /** Draw a conversation as it is now; `firstUnread` is the first message that the user has not seen, if there is one. */
  show(conversation, firstUnread) {
    this.#showUnread(conversation.unread);
    this.#showTicket(conversation.ticket);
    this.#showNotice(conversation);
    this.#showState(conversation);
    const hadFocus = this.log.contains(this.log.getRootNode().activeElement);
    this.log.setAttribute("aria-busy", String(conversation.status === "new"));
    const fresh = this.#lines.show(linesOf(conversation), this.to);
    if (hadFocus && !this.log.contains(this.log.getRootNode().activeElement) && this.shown) this.#writingPlace.focus({ preventScroll: true });
    this.#showTyping(conversation);
    if (this.#arriving && conversation.transcript.messages.length) this.#arrive(conversation, firstUnread);
    else this.#followNew(fresh);
  }

  /** What stood there before is not new: begin at the first line that was not seen, or else at the end. */
  #arrive({ outbox }, firstUnread) {
    this.#arriving = false;
    const own = outbox.items.length > 0;
    this.#follow.arrived(firstUnread && !own ? this.#lines.elementOf(firstUnread) : null);
  }

  #followNew(fresh) {
    const messages = fresh.filter(({ line }) => line.kind === "message");
    const own = messages.some(({ line }) => line.from === "user");
    if (fresh.length) this.#follow.added(messages[0]?.element, own);
  }

  #showUnread(count) {
    this.badge.hidden = count === 0 || this.shown;
    setText(this.badge, count > MOST_COUNTED ? say("many") : String(count));
    this.launcher.setAttribute("aria-label", this.badge.hidden ? say("open") : say("open_new", { count }));
  }

  #showTicket(ticket) {
    this.ticket.hidden = !ticket;
    const owner = helperOf(ticket);
    setText(this.subtitle, owner ? say("helped_by", { owner }) : say("assistant"));
    if (!ticket) return;
    const text = say(stateOf(ticket), { ...ticket, due: ticket.due_text });
    const print = `${text} ${ticket.title} ${ticket.care}`;
    if (this.ticket.dataset.text === print) return;
    this.ticket.dataset.text = print;
    const facts = el("p", { class: "facts", "data-testid": "ticket-facts" }, text);
    const care = ticket.care ? el("div", { class: "care", "data-testid": "care" }, safe(ticket.care, this.to.base)) : "";
    this.ticket.replaceChildren(care, facts, el("p", { class: "about", dir: "auto" }, ticket.title ?? ""));
  }

  /** A small line while the connection is gone for longer than a moment. */
  #showNotice(conversation) {
    const broken = conversation.status === "open" && !conversation.connected;
    if (broken && !this.#timer) this.#timer = setTimeout(() => ((this.#broken = true), this.to.draw()), BREAK_SHOWN_AFTER);
    if (!broken) {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#broken = false;
    }
    setText(this.notice, navigator.onLine ? (this.#broken ? say("reconnecting") : "") : say("offline"));
    this.notice.hidden = !this.notice.textContent;
  }

  #showState({ status, transcript }) {
    const names = { new: "loading", signed_out: "sign_in", unreachable: "cannot_open" };
    const hidden = status === "open" || (status === "new" && transcript.messages.length > 0);
    setText(this.state, hidden ? "" : say(names[status]));
    this.state.hidden = hidden;
  }

  /** A person who helps is not waited for like that. */
  #showTyping(conversation) {
    const typing = conversation.typing && !helperOf(conversation.ticket);
    if (typing === this.#typing) return;
    this.#typing = typing;
    const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    const words = typing ? el("span", { class: "unseen" }, say("typing", { name: say("assistant") })) : "";
    this.dots.replaceChildren(...(typing ? [dots, words] : []));
  }

  #pressed(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.to.close();
    }
    if (event.key === "Tab" && matchMedia(NARROW).matches) this.#keepInside(event);
  }

  /** The panel covers the page: Tab goes round within it. */
  #keepInside(event) {
    const stops = [...this.panel.querySelectorAll("button, a[href], textarea, [tabindex='0']")].filter((one) => one.offsetParent);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (this.panel.getRootNode().activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }
}
