// What outlives a reload of the page. Words that are not stored by the service yet stay in this tab only, apart for each user;
// the conversation itself is never written to the device: it comes from the service.

const TAB = "smartmed-chat:";
const READ = "smartmed-chat-read";

function readJson(storage, key) {
  try {
    return JSON.parse(storage().getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function writeJson(storage, key, value) {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: the chat works without it.
  }
}

const tab = () => sessionStorage;
const device = () => localStorage;

/** The draft, the unsent words, the votes and whether the panel was open, for one user in this tab. */
export class Kept {
  #key;
  #values;
  #forgotten = false;

  constructor(subject) {
    this.#key = TAB + subject;
    this.#values = readJson(tab, this.#key);
  }

  get(name, otherwise) {
    return this.#values[name] ?? otherwise;
  }

  set(name, value) {
    if (this.#forgotten) return;
    this.#values[name] = value;
    writeJson(tab, this.#key, this.#values);
  }

  /** The user has signed out: nothing stays. */
  forget() {
    this.#values = {};
    this.#forgotten = true;
    try {
      tab().removeItem(this.#key);
    } catch {
      // Storage is switched off: there was nothing to forget.
    }
  }
}

/** The number up to which a conversation was read on this device. */
export function readUpTo(conversation) {
  const kept = readJson(device, READ);
  return kept.conversation === conversation ? Number(kept.number) || 0 : 0;
}

export function keepReadUpTo(conversation, number) {
  writeJson(device, READ, { conversation, number });
}
