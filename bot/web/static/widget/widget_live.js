// The live stream: server-sent events read with fetch (EventSource cannot send the identity), resumed after every break.

import { Refused } from "./widget_calls.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const SILENCE = 40_000; // the service says something every 15 seconds
const STEADY = 5_000;

/** Cuts the text of a stream into events, however it arrives. */
export class EventReader {
  #rest = "";

  /** The events that are complete with this piece: `{type, id, data}`. */
  read(piece) {
    this.#rest += piece;
    const whole = this.#rest.replace(/\r\n/g, "\n");
    const blocks = whole.split("\n\n");
    this.#rest = blocks.pop();
    return blocks.map(eventOf).filter((event) => event.data !== "");
  }
}

function eventOf(block) {
  const event = { type: "message", id: null, data: "" };
  for (const line of block.split("\n")) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === "event") event.type = value;
    if (name === "id") event.id = value;
    if (name === "data") event.data += (event.data && "\n") + value;
  }
  return event;
}

/** A pause that can be cut short. */
export class Pause {
  #wake = () => {};

  wait(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => (clearTimeout(timer), resolve());
    });
  }

  end() {
    this.#wake();
  }
}

/** Keeps one stream open. `to` has open(signal), heard(event), changed(live), silent() and refused(error). */
export class Live {
  #to;
  #stop = null;
  #pause = new Pause();
  live = false;

  constructor(to) {
    this.#to = to;
  }

  get running() {
    return this.#stop !== null;
  }

  start() {
    if (this.#stop) return this.#pause.end();
    this.#stop = new AbortController();
    this.#run(this.#stop.signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
    this.#pause.end();
    this.#set(false);
  }

  async #run(stopped) {
    let pause = FIRST_PAUSE;
    while (!stopped.aborted) {
      const begun = Date.now();
      const error = await this.#once(stopped);
      if (stopped.aborted) return;
      this.#set(false);
      if (error instanceof Refused && !error.passing) {
        this.#stop = null;
        return this.#to.refused(error);
      }
      if (Date.now() - begun > STEADY) pause = FIRST_PAUSE;
      await this.#pause.wait(Math.max(error?.wait ?? 0, pause * (0.5 + Math.random() / 2)));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** One connection until it ends; gives what ended it. */
  async #once(stopped) {
    const quiet = new AbortController();
    const end = () => quiet.abort();
    let watch = setTimeout(end, SILENCE);
    stopped.addEventListener("abort", end);
    try {
      const answer = await this.#to.open(quiet.signal);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      const events = new EventReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(watch);
        watch = setTimeout(end, SILENCE);
        this.#set(true);
        for (const event of events.read(piece.value)) this.#to.heard(event);
      }
      return null;
    } catch (error) {
      if (quiet.signal.aborted && !stopped.aborted) this.#to.silent();
      return error;
    } finally {
      clearTimeout(watch);
      stopped.removeEventListener("abort", end);
    }
  }

  #set(live) {
    if (this.live === live) return;
    this.live = live;
    this.#to.changed(live);
  }
}
