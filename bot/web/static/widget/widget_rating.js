// The question whether it helped, and how well: yes or no, then one to five if the user likes.

import { el } from "./widget_dom.js";
import { say } from "./widget_words.js";

const SCORES = [1, 2, 3, 4, 5];

/** What is asked now, and about which message: `{message, phase}` with phase ask, score or thanks; null for nothing. */
export function ratingPhase(conversation) {
  const { messages } = conversation.transcript;
  const message = messages.findLast((one) => one.rating);
  if (!message || conversation.outbox.items.length) return null;
  const vote = conversation.voteOn(message.number);
  const own = messages.filter((one) => one.from === "user" && one.number > message.number).length;
  const asksByButtons = message.buttons.length > 0; // then the press itself is the vote, and one line of the user's own
  if (own > (asksByButtons ? 1 : 0)) return null;
  if (!vote) return asksByButtons ? null : { message, phase: "ask" };
  if (!vote.done) return { message, phase: "score" };
  return asksByButtons ? null : { message, phase: "thanks" };
}

export function drawRating() {
  return el("div", { class: "rating", part: "rating", "data-testid": "rating" });
}

/** `to` has vote(message, helpful) and score(message, score or null); each raises when it was not stored. */
export function updateRating(element, { message, phase }, to) {
  if (element.dataset.phase === phase) return;
  const hadFocus = element.contains(element.getRootNode().activeElement);
  element.dataset.phase = phase;
  element.replaceChildren(...PHASES[phase](message, to, element));
  if (hadFocus) (element.querySelector("button") ?? element).focus();
}

const PHASES = {
  ask: (message, to, element) => {
    const answer = (name, helpful) => button(name, say(name), () => tell(element, () => to.vote(message, helpful)));
    return [question(message.rating === "ticket" ? "rate_ticket" : "rate_bot", answer("yes", true), answer("no", false))];
  },
  score: (message, to, element) => {
    const give = (score) => () => tell(element, () => to.score(message, score));
    const scores = SCORES.map((score) => button(`score-${score}`, String(score), give(score), say("score_of", { score })));
    const scale = el("span", { class: "scale", "aria-hidden": "true" }, el("span", {}, say("score_low")), el("span", {}, say("score_high")));
    return [question("score", ...scores, scale), button("score-skip", say("score_skip"), give(null))];
  },
  thanks: () => [el("p", { class: "asked" }, say("rated"))],
};

function question(name, ...answers) {
  return el("fieldset", { class: name }, el("legend", { class: "asked" }, say(name)), ...answers);
}

/** A second click of a double click is meant for what was there before. */
function button(name, text, act, label = null) {
  const once = (event) => event.detail < 2 && act();
  return el("button", { type: "button", class: `vote ${name}`, "data-testid": `rating-${name}`, "aria-label": label, onclick: once }, text);
}

/** Send it; say so when it was not stored, and leave the buttons for another try. */
async function tell(element, send) {
  const buttons = element.querySelectorAll("button");
  if (buttons[0].hasAttribute("aria-disabled")) return;
  for (const one of buttons) one.setAttribute("aria-disabled", "true");
  element.querySelector(".fault")?.remove();
  try {
    await send();
  } catch (error) {
    element.append(el("p", { class: "fault", role: "alert" }, error.detail || say("rate_failed")));
  }
  for (const one of buttons) one.removeAttribute("aria-disabled");
}
