// One user's conversation: what is stored, what is still to be sent, the ticket, the votes. Says "change" whenever it looks different.

import { Calls, Refused, newId, subjectOf } from "./widget_calls.js";
import { Kept, keepReadUpTo, readUpTo } from "./widget_kept.js";
import { Live, Pause } from "./widget_live.js";
import { Outbox } from "./widget_outbox.js";
import { Transcript } from "./widget_transcript.js";

const TYPING_AFTER = 300;
const TYPING_FOR = 5_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
const LOOK_EVERY = 60_000; // a page in the background has no stream, but still learns that somebody answered

export class Conversation extends EventTarget {
  #calls;
  #read = 0;
  #wanted = false;
  #connecting = false;
  #announced = false;
  #pause = new Pause();
  #live;
  #ended = false;
  #loading = null;
  #timers = [];
  #looking = 0;
  #expecting = false;
  #pressed = new Set();

  id = null;
  ticket = null;
  /** new, open, signed_out or unreachable */
  status = "new";
  typing = false;

  constructor(base, token) {
    super();
    this.#calls = new Calls(base, token);
    this.subject = subjectOf(token);
    this.transcript = new Transcript();
    this.kept = new Kept(this.subject);
    this.outbox = new Outbox(this.kept.get("unsent", []), (item) => this.#post(item), () => this.#keepUnsent());
    for (const item of this.outbox.items) this.#pressed.add(item.on);
    this.#live = new Live({
      open: (signal) => this.#calls.events(this.id, this.transcript.cursor, signal),
      heard: (event) => this.#heard(event),
      changed: () => this.#changed(),
      silent: () => this.#catchUp(),
      refused: (error) => this.#streamRefused(error),
    });
  }

  /** Connects when there is something to show already; opens nothing. */
  look() {
    this.#wanted ||= this.outbox.items.length > 0;
    return this.#connect();
  }

  /** Opens the conversation: from now on it is kept connected. */
  open() {
    this.#wanted = true;
    return this.#connect();
  }

  /** The connection may be back, or the page is looked at again. */
  wake() {
    clearInterval(this.#looking);
    this.#pause.end();
    if (this.id) this.#live.start();
    else if (this.#wanted) this.#connect();
    if (this.outbox.items.length) this.outbox.resume();
  }

  /** Nobody looks at the page: let go of the stream until `wake`, and only look now and then. */
  rest() {
    this.#live.stop();
    clearInterval(this.#looking);
    if (this.id) this.#looking = setInterval(() => this.#catchUp(), LOOK_EVERY);
  }

  /** The user is gone from this page; with `forget`, signed out, and what was kept for them goes too. */
  end(forget) {
    this.#ended = true;
    clearInterval(this.#looking);
    this.#live.stop();
    this.#quiet();
    if (forget) this.kept.forget();
  }

  /** There is no identity yet: wait for one. */
  signOut() {
    this.#unauthorized(new Refused(401, ""));
  }

  renew(token) {
    this.#calls.token = token;
    this.#announced = false;
    if (this.status === "signed_out") this.status = this.id ? "open" : "new";
    this.wake();
    if (!this.id) this.#connect();
    this.#changed();
  }

  /** Save a file of this conversation. */
  download(address, name) {
    return this.#calls.save(new URL(address), name);
  }

  /** False while new messages cannot reach this page. */
  get connected() {
    return this.#live.live || !this.#live.running;
  }

  get unread() {
    return this.transcript.unread(this.#read);
  }

  /** The first line that the user has not seen, or undefined. */
  get firstUnread() {
    return this.transcript.firstUnread(this.#read);
  }

  /** The user has seen everything that is here. */
  seen() {
    if (!this.id || this.transcript.lastNumber <= this.#read) return;
    this.#read = this.transcript.lastNumber;
    keepReadUpTo(this.id, this.#read);
    this.#calls.read(this.id, this.#read).catch(() => {}); // the next line that is seen tells it again
  }

  write(text) {
    this.outbox.add({ client_id: newId(), kind: "message", text });
  }

  attach(file) {
    this.outbox.add({ client_id: newId(), kind: "file", text: file.name, file });
  }

  press(message, button) {
    if (!this.pressable(message)) return;
    this.#pressed.add(message.number);
    if (message.rating && button.value === "confirm:yes") this.#keepVote(message.number, { helpful: true });
    this.outbox.add({ client_id: newId(), kind: "action", text: button.label, value: button.value, on: message.number });
  }

  /** Take back words that were not accepted; gives the item. */
  takeBack(clientId) {
    const item = this.outbox.drop(clientId);
    if (item) this.#pressed.delete(item.on);
    this.#keepUnsent();
    return item;
  }

  /** True when the buttons of a message can be pressed: it is the last one, and no answer to it is under way. */
  pressable(message) {
    const underWay = this.#expecting || this.outbox.items.some((item) => item.state !== "refused");
    return message === this.transcript.lastAnswer && !underWay && !this.#pressed.has(message.number);
  }

  /** What the user has voted under a message: undefined, or {helpful, done, scored}. */
  voteOn(number) {
    return this.kept.get("votes", {})[number];
  }

  /** Send a vote; raises when it was not stored. */
  async vote(message, helpful) {
    await this.#calls.rate(this.id, { helpful, score: null, about: message.rating });
    this.#keepVote(message.number, { helpful });
  }

  /** Add a score from 1 to 5 to the vote, or null for none; raises when it was not stored. */
  async score(message, score) {
    const { helpful } = this.voteOn(message.number);
    if (score) await this.#calls.rate(this.id, { helpful, score, about: message.rating });
    this.#keepVote(message.number, { helpful, done: true, scored: Boolean(score) });
  }

  #keepVote(number, vote) {
    this.kept.set("votes", { ...this.kept.get("votes", {}), [number]: vote });
    this.#changed();
  }

  async #connect() {
    if (this.id) return this.#live.start();
    if (this.#connecting || this.status === "signed_out") return undefined;
    this.#connecting = true;
    for (let pause = FIRST_PAUSE; !this.id && !this.#ended; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const error = await this.#load().then(() => null, (reason) => reason);
      if (!error || this.#unauthorized(error) || !this.#wanted) break;
      this.status = "unreachable";
      this.#changed();
      await this.#pause.wait(Math.max(error.wait ?? 0, pause));
    }
    this.#connecting = false;
    if (this.#wanted && !this.id && this.status !== "signed_out" && !this.#ended) this.#connect(); // wanted meanwhile
    return undefined;
  }

  #load() {
    this.#loading ??= this.#loadOnce().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #loadOnce() {
    if (!this.#wanted && !(await this.#calls.openOne())) return;
    const opened = await this.#calls.open();
    if (this.#ended) return;
    this.transcript.clear();
    Object.assign(this, { id: opened.id, ticket: opened.ticket, status: "open" });
    this.#read = readUpTo(opened.id);
    for (const message of opened.messages) this.#take(message, true);
    this.#live.start();
    if (this.outbox.items.length) this.outbox.resume();
    this.#changed();
  }

  async #post(item) {
    this.#expect();
    try {
      if (!this.id) await this.#load();
      const message = await this.#calls.post(this.id, item).catch((error) => this.#postAgain(item, error));
      this.#take(message, false);
      if (!this.#live.live) this.#catchUp();
      if (this.#expecting) this.#timers.push(setTimeout(() => this.#quiet(), TYPING_FOR));
    } catch (error) {
      this.#quiet();
      this.#unauthorized(error);
      throw error;
    }
  }

  /** The conversation is not there any more: open the present one, and send the words there. */
  async #postAgain(item, error) {
    if (error.status !== 404) throw error;
    this.#live.stop();
    this.id = null;
    await this.#load();
    return this.#calls.post(this.id, item);
  }

  async #catchUp() {
    const messages = await this.#calls.after(this.id, this.transcript.cursor).catch(() => []);
    for (const message of messages) this.#take(message, true);
    this.#changed();
  }

  #heard(event) {
    const data = JSON.parse(event.data);
    if (event.type === "message") this.#take(data, true);
    if (event.type === "ticket") this.ticket = data;
    if (event.type === "typing") this.typing = data.on;
    this.#changed();
  }

  #take(message, inOrder) {
    if (message.client_id) this.outbox.drop(message.client_id);
    const fresh = this.transcript.take(message, inOrder);
    if (fresh && message.from !== "user") this.#quiet();
    this.#keepUnsent();
  }

  #streamRefused(error) {
    if (this.#unauthorized(error)) return;
    this.id = null;
    this.#connect();
  }

  /** True, and the page is asked for a new identity, when the present one is not accepted. */
  #unauthorized(error) {
    if (!(error instanceof Refused) || error.status !== 401) return false;
    this.status = "signed_out";
    this.#live.stop();
    if (!this.#announced) this.dispatchEvent(new Event("token-needed"));
    this.#announced = true;
    this.#changed();
    return true;
  }

  /** An answer is on its way. */
  #expect() {
    this.#quiet();
    this.#expecting = true;
    const show = () => {
      this.typing = true;
      this.#changed();
    };
    this.#timers = [setTimeout(show, TYPING_AFTER)];
  }

  #quiet() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.typing = false;
    this.#expecting = false;
    this.#changed();
  }

  #keepUnsent() {
    this.kept.set("unsent", this.outbox.items.filter((item) => item.kind !== "file"));
    this.#changed();
  }

  #changed() {
    if (!this.#ended) this.dispatchEvent(new Event("change"));
  }
}
