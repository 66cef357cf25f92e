// Where the user writes: Enter sends, Shift+Enter begins a line. Files come by button, paste or drop, and go when the user sends.

import { el, icon, setText } from "./widget_dom.js";
import { say, sayCount } from "./widget_words.js";

const MOST = 4_000;
const NEAR = 3_600;
const MOST_BYTES = 10 * 2 ** 20;
const KINDS = "image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain,.txt";

export class Composer {
  /** `to` has write(text), attach(file) and draft(text). */
  constructor(to) {
    this.to = to;
    this.box = el("textarea", {
      id: "message", rows: 1, part: "composer", "data-testid": "composer", placeholder: say("placeholder"), dir: "auto",
      "aria-label": say("composer"), "aria-describedby": "count", enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#pressed(event),
      onpaste: (event) => this.#pasted(event, event.clipboardData),
    });
    this.count = el("p", { id: "count", class: "count", part: "count", role: "status", "data-testid": "count" });
    this.fault = el("p", { class: "fault", role: "alert", "data-testid": "composer-fault" });
    this.send = el("button", { class: "send", part: "send", "data-testid": "send", "aria-label": say("send"), title: say("send") }, icon("send"));
    this.chosen = [];
    this.list = el("ul", { class: "chosen", part: "chosen", "data-testid": "chosen" });
    this.file = el("input", { type: "file", accept: KINDS, hidden: true, "data-testid": "file", onchange: () => this.#chosen() });
    const clip = { type: "button", class: "clip", part: "attach", "data-testid": "attach", "aria-label": say("attach"), title: say("attach") };
    const row = el("div", { class: "write" }, el("button", { ...clip, onclick: () => this.file.click() }, icon("clip")), this.box, this.send);
    const acts = {
      onsubmit: (event) => this.#submit(event),
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => this.#take(event, event.dataTransfer),
    };
    this.form = el("form", { class: "composer", novalidate: true, ...acts }, this.fault, this.count, this.list, row, this.file);
    this.#changed();
  }

  get text() {
    return this.box.value;
  }

  /** Put words in for the user to send or change; what stands there already stays. */
  put(text) {
    const before = this.text.trim();
    this.box.value = before && before !== text.trim() ? `${before}\n${text}` : text;
    this.#changed();
  }

  /** Another user, or the page was loaded again: the draft that was kept. */
  restore(draft) {
    this.box.value = draft;
    this.#choose([]);
    this.#changed();
  }

  /** The box is as high as its words, up to a limit of the style sheet. Needs to be visible. */
  fit() {
    this.box.style.height = "auto";
    if (this.box.scrollHeight) this.box.style.height = `${this.box.scrollHeight}px`;
  }

  #changed() {
    const length = [...this.text].length;
    const over = length - MOST;
    const words = over > 0 ? sayCount("over", over) : length > NEAR ? sayCount("left", -over) : "";
    setText(this.count, words);
    this.count.classList.toggle("over", over > 0);
    this.box.setAttribute("aria-invalid", String(over > 0));
    this.send.setAttribute("aria-disabled", String(over > 0 || !(this.text.trim() || this.chosen.length)));
    setText(this.fault, "");
    this.fit();
    this.to.draft(this.text);
  }

  #pressed(event) {
    const composing = event.isComposing || event.keyCode === 229; // Safari ends a composition before its Enter
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    if ([...this.text].length > MOST) return;
    const { text, chosen } = this;
    this.box.value = "";
    this.#choose([]);
    for (const file of chosen) this.to.attach(file);
    if (text.trim()) this.to.write(text);
    this.box.focus();
  }

  #take(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    for (const file of data.files) this.#attach(file);
  }

  /** Words that come with a picture of them, as from a table, are pasted by the browser; a file alone is ours. */
  #pasted(event, data) {
    if (!data?.getData("text/plain")) return this.#take(event, data);
    for (const file of data.files) this.#attach(file);
  }

  #chosen() {
    for (const file of this.file.files) this.#attach(file);
    this.file.value = "";
    this.box.focus();
  }

  #attach(file) {
    setText(this.fault, file.size > MOST_BYTES ? say("file_large") : file.size === 0 ? say("file_empty") : "");
    if (!this.fault.textContent) this.#choose([...this.chosen, file]);
  }

  /** What goes with the next message, each with a way back. */
  #choose(files) {
    this.chosen = files;
    const dropped = (file) => {
      this.#choose(this.chosen.filter((one) => one !== file));
      this.box.focus();
    };
    const told = (file) => [
      el("span", { dir: "auto" }, file.name),
      el("button", { type: "button", "aria-label": say("file_remove_named", { name: file.name }), onclick: () => dropped(file) }, say("file_remove")),
    ];
    this.list.replaceChildren(...files.map((file) => el("li", {}, ...told(file))));
    this.#changed();
  }
}
