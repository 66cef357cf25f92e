// The chat API, as the widget calls it. What the service declines comes as `Refused`; a broken connection as any other error.

const SECONDS = 1000;
const PATIENCE = 20 * SECONDS;
const PATIENCE_FOR_FILES = 120 * SECONDS;

/** The service answered, and said no: its status, its words for people, and how long to wait in milliseconds. */
export class Refused extends Error {
  constructor(status, detail, wait) {
    super(`answered ${status}`);
    Object.assign(this, { status, detail, wait });
  }

  /** True when the same request may well be taken a little later. */
  get passing() {
    return this.status === 429 || this.status === 408 || this.status >= 500;
  }
}

/** An id that no other message has. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Who a signed identity speaks for; an empty string when it cannot be read. */
export function subjectOf(token) {
  try {
    const part = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
    return String(JSON.parse(new TextDecoder().decode(bytes)).sub ?? "");
  } catch {
    return "";
  }
}

export class Calls {
  constructor(base, token) {
    Object.assign(this, { base, token });
  }

  /** The user's conversation that is still open, or undefined; opens none. */
  async openOne() {
    return (await this.#json("GET", "conversations")).find((one) => !one.closed_at);
  }

  /** Opens the user's conversation, or gives the open one, with its messages. */
  open() {
    return this.#json("POST", "conversations", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "" });
  }

  /** Stores what the user wrote, pressed or added; gives the stored message. */
  post(id, item) {
    const { client_id } = item;
    if (item.kind === "action") return this.#json("POST", `conversations/${id}/actions`, { client_id, value: item.value });
    if (item.kind === "message") return this.#json("POST", `conversations/${id}/messages`, { client_id, text: item.text });
    const form = new FormData();
    form.append("client_id", client_id);
    form.append("file", item.file, item.file.name || "file");
    return this.#json("POST", `conversations/${id}/attachments`, form, PATIENCE_FOR_FILES);
  }

  after(id, number) {
    return this.#json("GET", `conversations/${id}/messages?after=${number}&read=false`);
  }

  /** The user has seen every line up to this number. */
  read(id, number) {
    return this.#json("POST", `conversations/${id}/read`, { number });
  }

  rate(id, vote) {
    return this.#json("POST", `conversations/${id}/rating`, vote);
  }

  /** Save a file of the user's own; the browser cannot ask for it by itself, for it has no identity to show. */
  async save(address, name) {
    const link = document.createElement("a");
    try {
      const answer = await this.#fetch(address, { headers: {}, signal: AbortSignal.timeout(PATIENCE_FOR_FILES) });
      link.href = URL.createObjectURL(await answer.blob());
    } catch {
      return; // it can be pressed again
    }
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** The live stream from a number on. */
  events(id, number, signal) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(number) };
    return this.#fetch(`conversations/${id}/events?read=false`, { headers, signal });
  }

  async #json(method, path, body, patience = PATIENCE) {
    const options = { method, headers: {}, signal: AbortSignal.timeout(patience) };
    if (body instanceof FormData) options.body = body;
    else if (body) Object.assign(options, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
    const answer = await this.#fetch(path, options);
    return answer.status === 204 ? null : answer.json();
  }

  async #fetch(path, options) {
    const headers = { ...options.headers, Authorization: `Bearer ${this.token}` };
    const address = path instanceof URL ? path : new URL(`api/v1/${path}`, this.base);
    const answer = await fetch(address, { ...options, headers, cache: "no-store", credentials: "omit" });
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    const detail = typeof problem.detail === "string" ? problem.detail : "";
    throw new Refused(answer.status, detail, Number(answer.headers.get("Retry-After")) * SECONDS || 0);
  }
}
