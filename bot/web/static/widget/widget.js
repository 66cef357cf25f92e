// <smartmed-chat>: the support chat of SmartMed for any page.
//   <script type="module" src="https://support.example.com/widget.js"></script>
//   <smartmed-chat token="signed identity of the user"></smartmed-chat>
// Attributes: base-url (where the service is; by default where this file came from), token, open, sound (a short one for each new message).
// Properties: token (empty signs the user out), open. Method: ask(text) opens the chat with words to send or change.
// Events, on the element: smartmed-token-needed, smartmed-open, smartmed-close, smartmed-unread ({detail: {count}}).

import { Attention } from "./static/widget_attention.js";
import { subjectOf } from "./static/widget_calls.js";
import { Conversation } from "./static/widget_conversation.js";
import { Panel } from "./static/widget_panel.js";
import { loadWords } from "./static/widget_words.js";

const HOME = new URL(".", import.meta.url);
const STYLE = new URL("static/widget.css", HOME).href;
const REST_AFTER = 60_000; // a page in the background gives its stream back
const waiting = new Set(); // further chats of a page: all would lie in the same corner
let shown = null;

/** The chat that is gone from its page gives its place to one that waits for it. */
function passOn() {
  if (shown?.isConnected) return;
  shown = [...waiting].find((chat) => chat.isConnected) ?? null;
  waiting.delete(shown);
  shown?.connectedCallback();
}

class SmartmedChat extends HTMLElement {
  static observedAttributes = ["token", "open", "base-url"];

  #panel = null;
  #conversation = null;
  #token = "";
  #unread = 0;
  #attention = new Attention();
  #drawn = true;
  #resting = 0;
  #building = null;
  #left = null;
  #asked = "";

  connectedCallback() {
    if (shown !== this && shown?.isConnected) {
      waiting.add(this);
      console.warn("smartmed-chat: this page has a chat already. A further one is shown when that is taken away.");
      return;
    }
    shown = this;
    this.#left = new AbortController();
    const { signal } = this.#left;
    for (const name of ["token", "open"]) this.#takeEarly(name);
    this.#token ||= this.getAttribute("token") ?? "";
    window.addEventListener("online", () => this.#conversation?.wake(), { signal });
    window.addEventListener("offline", () => this.draw(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#conversation?.wake(), { signal });
    window.addEventListener("pagehide", () => this.#conversation?.rest(), { signal });
    document.addEventListener("visibilitychange", () => this.#looked(), { signal });
    window.visualViewport?.addEventListener("resize", () => this.#fit(), { signal });
    this.#building ??= this.#build();
    this.#building.then(() => this.#begin());
  }

  disconnectedCallback() {
    if (waiting.delete(this)) return;
    queueMicrotask(passOn); // not at once: it may only have been moved
    this.#left.abort();
    this.#conversation?.end(false);
    this.#conversation = null;
    this.#attention.tell(0, false);
  }

  attributeChangedCallback(name, _before, value) {
    if (name === "token") this.token = value ?? "";
    if (name === "base-url" && this.#conversation) this.#begin();
    if (name === "open") this.#toggle(value !== null);
  }

  get token() {
    return this.#token;
  }

  set token(token) {
    const before = this.#token;
    this.#token = token || "";
    if (!this.#panel || !this.isConnected || before === this.#token) return;
    const same = this.#token && this.#conversation && subjectOf(this.#token) === this.#conversation.subject;
    if (same) this.#conversation.renew(this.#token);
    else this.#begin(!this.#token);
  }

  get open() {
    return this.hasAttribute("open");
  }

  set open(open) {
    this.toggleAttribute("open", Boolean(open));
  }

  /** Open the chat with these words in its box, for the user to send or change. */
  ask(text) {
    this.#asked = text;
    this.open = true;
    this.#putAsked();
  }

  /** What the page set before this class was there. */
  #takeEarly(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  async #build() {
    const root = this.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    const styled = new Promise((resolve) => Object.assign(style, { rel: "stylesheet", href: STYLE, onload: resolve, onerror: resolve }));
    root.append(style);
    await Promise.all([styled, loadWords()]);
    this.#panel = new Panel(root, this.#deeds());
  }

  /** What the panel may ask for. */
  #deeds() {
    const base = () => this.#base;
    return {
      get base() {
        return base();
      },
      open: () => (this.open = true),
      close: () => (this.open = false),
      draw: () => this.draw(),
      write: (text) => this.#conversation?.write(text),
      attach: (file) => this.#conversation?.attach(file),
      download: (address, name) => this.#conversation?.download(address, name),
      draft: (text) => this.#conversation?.kept.set("draft", text),
      press: (message, button) => this.#conversation.press(message, button),
      retry: () => this.#conversation.outbox.resume(),
      takeBack: (id) => this.#takeBack(id),
      vote: (message, helpful) => this.#conversation.vote(message, helpful),
      score: (message, score) => this.#conversation.score(message, score),
    };
  }

  get #base() {
    return new URL(`${(this.getAttribute("base-url") || HOME.href).replace(/\/+$/, "")}/`, HOME);
  }

  /** Begin with the user of the present token; whoever was here before is gone. */
  #begin(signedOut = false) {
    if (!this.isConnected) return;
    this.#conversation?.end(signedOut);
    this.#panel.clear();
    const conversation = new Conversation(this.#base, this.#token);
    conversation.addEventListener("change", () => this.draw());
    conversation.addEventListener("token-needed", () => this.#tell("smartmed-token-needed"));
    this.#conversation = conversation;
    this.#panel.composer.restore(conversation.kept.get("draft", ""));
    if (!this.#token) conversation.signOut();
    else conversation.look();
    if (this.open || (this.#token && conversation.kept.get("open", false))) this.#restoreOpen();
    this.#putAsked();
    this.draw();
  }

  #restoreOpen() {
    this.#panel.toggle(true, false);
    this.open = true;
    this.#conversation.open();
  }

  #toggle(open) {
    if (!this.#conversation || open === this.#panel.shown) return;
    this.#panel.toggle(open, true);
    this.#conversation.kept.set("open", open);
    if (open) this.#conversation.open();
    this.#tell(open ? "smartmed-open" : "smartmed-close");
    this.draw();
  }

  #putAsked() {
    if (!this.#asked || !this.#conversation) return;
    this.#panel.composer.put(this.#asked);
    this.#panel.composer.box.focus();
    this.#asked = "";
  }

  #takeBack(id) {
    const item = this.#conversation.takeBack(id);
    if (item?.kind === "message") this.#panel.composer.put(item.text);
    this.#panel.composer.box.focus();
  }

  #looked() {
    clearTimeout(this.#resting);
    if (document.hidden) this.#resting = setTimeout(() => this.#conversation?.rest(), REST_AFTER);
    else this.#conversation?.wake();
    this.draw();
  }

  /** The keyboard of a phone takes room from the page: the panel keeps to what is left. */
  #fit() {
    this.style.setProperty("--smartmed-height", `${Math.round(window.visualViewport.height * window.visualViewport.scale)}px`);
  }

  /** Draw once for all that changes in one go. */
  draw() {
    if (!this.#drawn) return;
    this.#drawn = false;
    queueMicrotask(() => {
      this.#drawn = true;
      if (!this.#conversation) return;
      const { firstUnread } = this.#conversation;
      if (this.#panel.shown && !document.hidden) this.#conversation.seen();
      this.#panel.show(this.#conversation, firstUnread);
      if (this.#unread === this.#conversation.unread) return;
      this.#unread = this.#conversation.unread;
      this.#attention.tell(this.#unread, this.hasAttribute("sound"));
      this.#tell("smartmed-unread", { count: this.#unread });
    });
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("smartmed-chat")) customElements.define("smartmed-chat", SmartmedChat);
