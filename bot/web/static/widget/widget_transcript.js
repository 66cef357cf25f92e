// The stored messages of a conversation, each once, in the order of their numbers. Knows no page and no network.

export class Transcript {
  #byNumber = new Map();
  #ordered = [];

  /** The number up to which every message is here; the stream resumes after it. */
  cursor = 0;

  /** Put in a stored message; `inOrder` when it came by a way that leaves none out. False when it was here already. */
  take(message, inOrder) {
    if (inOrder) this.cursor = Math.max(this.cursor, message.number);
    const before = this.#byNumber.get(message.number);
    this.#byNumber.set(message.number, before ?? message);
    if (before) return false;
    this.#ordered = [...this.#byNumber.values()].sort((a, b) => a.number - b.number);
    return true;
  }

  clear() {
    this.#byNumber.clear();
    this.#ordered = [];
    this.cursor = 0;
  }

  get messages() {
    return this.#ordered;
  }

  get lastNumber() {
    return this.#ordered.at(-1)?.number ?? 0;
  }

  /** The last message that the user was sent. */
  get lastAnswer() {
    return this.#ordered.findLast((message) => message.from !== "user");
  }

  get lastOwnNumber() {
    return this.#ordered.findLast((message) => message.from === "user")?.number ?? 0;
  }

  /** How many messages came after this number, and after the user's own last one. */
  unread(readUpTo) {
    return this.#unread(readUpTo).length;
  }

  /** The first of these, or undefined. */
  firstUnread(readUpTo) {
    return this.#unread(readUpTo)[0];
  }

  #unread(readUpTo) {
    const from = Math.max(readUpTo, this.lastOwnNumber);
    return this.#ordered.filter((message) => message.from !== "user" && message.number > from);
  }
}
