// The transcript on the page: which lines there are, and how each is drawn. A line is drawn once; later only its small print changes.

import { el, icon, setText } from "./widget_dom.js";
import { newLink, safe, safeAddress } from "./widget_safe.js";
import { dayOf, say, sizeOf, timeOf } from "./widget_words.js";
import { drawRating, ratingPhase, updateRating } from "./widget_rating.js";

const RUN = 5 * 60_000;

/** The lines of a conversation, top to bottom: `{key, kind, …}`. A line keeps its key for life. */
export function linesOf(conversation) {
  const stored = conversation.transcript.messages.map((message) => ({ message, ...message, state: "sent" }));
  const unsent = conversation.outbox.items.map((item) => ({ ...item, from: "user", author: "", attachment: fileOf(item) }));
  const all = [...stored, ...unsent].map((one) => ({ ...one, kind: "message", date: new Date(one.at), key: keyOf(one) }));
  const lines = all.flatMap((line, index) => [...dayBefore(line, all[index - 1]), runOf(line, all[index - 1], all[index + 1])]);
  const last = conversation.transcript.lastAnswer;
  if (last?.buttons.length && conversation.pressable(last)) lines.push({ key: `answers ${last.number}`, kind: "answers", message: last });
  const rating = ratingPhase(conversation);
  if (rating) lines.push({ key: `rating ${rating.message.number}`, kind: "rating", ...rating });
  return lines;
}

function keyOf(one) {
  return one.client_id && one.from === "user" ? one.client_id : `number ${one.number}`;
}

function fileOf(item) {
  return item.kind === "file" ? { name: item.text, size: item.file.size, url: null } : null;
}

function dayBefore(line, before) {
  const day = line.date.toDateString();
  return before?.date.toDateString() === day ? [] : [{ key: `day ${day}`, kind: "day", date: line.date }];
}

/** Lines that one person says in a row are drawn together: the name over the first, the time under the last. */
function runOf(line, before, after) {
  const together = (a, b) => a && b && a.from === b.from && a.author === b.author && Math.abs(a.date - b.date) < RUN;
  return { ...line, first: !together(before, line), last: !together(line, after) || line.state !== "sent" };
}

const DRAW = { day: drawDay, message: drawMessage, answers: drawAnswers, rating: drawRating };
const UPDATE = { day: updateDay, message: updateMessage, answers: () => {}, rating: updateRating };

/** Keeps the elements of a log in step with a conversation. */
export class Lines {
  #log;
  #drawn = new Map();

  constructor(log) {
    this.#log = log;
  }

  /** Draws what is new, updates the rest; gives the new lines. `to` has base, press, retry, takeBack, vote and score. */
  show(lines, to) {
    const fresh = [];
    const keys = new Set(lines.map((line) => line.key));
    for (const [key, element] of this.#drawn) if (!keys.has(key)) this.#remove(key, element);
    let place = this.#log.firstChild;
    for (const line of lines) {
      let element = this.#drawn.get(line.key);
      if (!element) {
        element = DRAW[line.kind](line, to);
        this.#drawn.set(line.key, element);
        fresh.push({ line, element });
      }
      UPDATE[line.kind](element, line, to);
      if (element === place) place = place.nextSibling;
      else this.#log.insertBefore(element, place);
    }
    return fresh;
  }

  elementOf(message) {
    return this.#drawn.get(keyOf(message));
  }

  clear() {
    this.#log.replaceChildren();
    this.#drawn.clear();
  }

  #remove(key, element) {
    element.remove();
    this.#drawn.delete(key);
  }
}

function drawDay() {
  return el("p", { class: "day", part: "day" });
}

function updateDay(element, line) {
  setText(element, dayOf(line.date)); // what was today is yesterday after midnight
}

function drawMessage(line, to) {
  const by = el("p", { class: "by", part: "author" }, line.from === "user" ? say("you") : line.author);
  const bubble = el("div", { class: "bubble", part: "bubble", dir: "auto", "data-testid": "message-text" }, ...contentOf(line, to));
  const whole = el("article", { class: `line ${line.from}`, part: `message message-${line.from}`, "data-testid": "message", "data-from": line.from });
  whole.append(by, bubble, el("p", { class: "meta", part: "meta" }));
  return whole;
}

function contentOf(line, to) {
  if (line.attachment) return [fileCard(line.attachment, to)];
  if (line.from === "user" || !line.html) return [el("p", { class: "typed" }, line.text)];
  return [safe(line.html, to.base), line.source ? sourceOf(line.source, to.base) : ""];
}

function sourceOf(source, base) {
  const address = safeAddress(source.url, base);
  if (!address) return "";
  const link = newLink(address);
  link.append(icon("page"), say("source", { title: source.title }));
  return el("p", { class: "source", part: "source" }, link);
}

function fileCard(file, to) {
  const address = file.url && safeAddress(file.url, to.base);
  const card = address ? newLink(address) : el("span");
  if (address) card.addEventListener("click", (event) => (event.preventDefault(), to.download(address, file.name)));
  card.className = "file";
  card.append(icon("file"), el("span", {}, el("b", {}, file.name), el("small", {}, sizeOf(file.size))));
  return card;
}

function updateMessage(element, line, to) {
  element.classList.toggle("first", line.first);
  element.classList.toggle("last", line.last);
  element.dataset.number = line.number ?? "";
  if (line.attachment?.url) addAddress(element, line.attachment, to);
  const print = `${line.state} ${line.last} ${line.detail ?? ""}`;
  if (element.dataset.print === print) return;
  Object.assign(element.dataset, { print, state: line.state });
  element.querySelector(".meta").replaceChildren(...smallPrint(line, to));
}

/** A file that was being sent is stored now and can be opened. */
function addAddress(element, file, to) {
  const card = element.querySelector("span.file");
  if (card) card.replaceWith(fileCard(file, to));
}

function smallPrint(line, to) {
  if (line.state === "sent") return [el("time", { datetime: line.at }, timeOf(line.date))];
  if (line.state === "waiting" || line.state === "sending") return [say(line.state)];
  const deed = (name, act) => el("button", { type: "button", class: "deed", part: name, "data-testid": name, onclick: act }, say(name));
  if (line.state === "failed") return [say("failed"), " ", deed("retry", () => to.retry())];
  const words = line.kind === "message" && !line.value && !line.attachment;
  return [line.detail || say("refused"), " ", deed(words ? "edit" : "remove", () => to.takeBack(line.client_id))];
}

function drawAnswers({ message }, to) {
  const buttons = message.buttons.map((button) =>
    el("button", { type: "button", class: "answer", part: "button", "data-testid": "reply", onclick: () => to.press(message, button) }, button.label),
  );
  return el("div", { class: "answers", part: "buttons", role: "group", "aria-label": say("answers"), "data-testid": "replies" }, ...buttons);
}
