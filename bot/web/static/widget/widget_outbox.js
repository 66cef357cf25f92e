// What the user has written and the service has not stored yet: sent one by one, in order, under the same id until it is stored.

import { Refused } from "./widget_calls.js";
import { Pause } from "./widget_live.js";

const TRIES = 4;
const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 8_000;

/**
 * An item is `{client_id, kind: "message"|"action"|"file", text, value, file, on, at, state, detail}`.
 * `state`: waiting (its turn, or a connection, is still to come), sending, failed (may be retried), refused (the service said no).
 */
export class Outbox {
  #post;
  #changed;
  #pause = new Pause();
  #running = false;

  /** `post(item)` stores an item; `changed()` is told of every change. */
  constructor(items, post, changed) {
    this.items = items.map((item) => ({ ...item, state: item.state === "refused" ? "refused" : "waiting" }));
    this.#post = post;
    this.#changed = changed;
  }

  add(item) {
    this.items.push({ detail: "", ...item, at: new Date().toISOString(), state: "waiting" });
    this.resume();
  }

  /** Take an item out: it is stored, or the user does not want it any more. */
  drop(clientId) {
    const item = this.items.find((one) => one.client_id === clientId);
    this.items = this.items.filter((one) => one !== item);
    return item;
  }

  /** Try again from the first that is not stored. */
  resume() {
    for (const item of this.items) if (item.state === "failed") item.state = "waiting";
    this.#pause.end();
    this.#changed();
    this.#run();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    try {
      let next = this.#next();
      while (next && (await this.#deliver(next))) next = this.#next();
    } finally {
      this.#running = false;
      this.#changed();
    }
  }

  #next() {
    return this.items.find((item) => item.state !== "refused");
  }

  /** True when the next item may have its turn. */
  async #deliver(item) {
    for (let tried = 0; tried < TRIES; tried += 1) {
      this.#set(item, "sending");
      try {
        await this.#post(item);
        this.drop(item.client_id);
        return true;
      } catch (error) {
        if (!this.items.includes(item)) return true; // the stream has brought it: it is stored
        if (error instanceof Refused && !error.passing) return this.#refuse(item, error);
        if (!navigator.onLine) return this.#set(item, "waiting");
        if (tried < TRIES - 1) await this.#rest(tried, error);
        if (!this.items.includes(item)) return true;
      }
    }
    return this.#set(item, "failed");
  }

  #refuse(item, error) {
    if (error.status === 401) return this.#set(item, "waiting");
    item.detail = error.detail;
    this.#set(item, "refused");
    return true;
  }

  #rest(tried, error) {
    const pause = Math.min(FIRST_PAUSE * 3 ** tried, LONGEST_PAUSE);
    return this.#pause.wait(Math.max(error.wait ?? 0, pause));
  }

  /** Gives false: unless the caller knows better, the line stops here. */
  #set(item, state) {
    item.state = state;
    this.#changed();
    return false;
  }
}
