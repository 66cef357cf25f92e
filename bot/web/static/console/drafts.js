// What staff write stays in this tab until the server has it: over a reload, a lost connection, a sign-in that ended, a refusal,
// and a ticket that a colleague closed meanwhile. The same press never counts twice: its id is kept with the words.

import { formOf, goTo, placeOf, swap } from "./swap.js";

const words = JSON.parse(document.body.dataset.kept || "{}");
const PREFIX = `smartmed:${document.body.dataset.staff ?? ""}:`;
const SIGN_IN = "/console/sign-in";
const FIELDS = "textarea, input:not([type=hidden]), select";

const read = (key) => JSON.parse(sessionStorage.getItem(key) || "{}");
const keyOf = (form) => PREFIX + form.dataset.keep;
const hasWords = (draft) => Object.keys(draft).some((name) => name !== "once" && draft[name]);
const field = (form, name) => form.querySelector(`input[type=hidden][name=${name}]`);

/** Put what was kept back into the forms below `root`, and keep what is written there from now on. */
export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) {
    restore(form, read(keyOf(form)));
    form.addEventListener("input", () => {
      keep(form);
      hush(form);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
  }
  showOrphans(root);
}

function restore(form, draft) {
  for (const part of form.querySelectorAll(FIELDS)) {
    if (draft[part.name] === undefined) continue;
    if (part.type === "checkbox") part.checked = draft[part.name];
    else part.value = draft[part.name];
  }
  if (draft.once && field(form, "once")) field(form, "once").value = draft.once;
  if (hasWords(draft)) form.closest("details")?.setAttribute("open", "");
}

function keep(form) {
  const draft = { once: field(form, "once")?.value };
  for (const part of form.querySelectorAll(FIELDS)) draft[part.name] = part.type === "checkbox" ? part.checked : part.value;
  sessionStorage.setItem(keyOf(form), JSON.stringify(draft));
}

/** Words for a form that this ticket does not have any more. */
function showOrphans(root) {
  const [, number] = /\/console\/tickets\/(\d+)$/.exec(location.pathname) ?? [];
  const place = root.querySelector(".answer");
  if (!number || !place) return;
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX) && one.endsWith(`-${number}`))) {
    const name = key.slice(PREFIX.length);
    const text = Object.entries(read(key)).filter(([part, value]) => part !== "once" && typeof value === "string" && value).map(([, value]) => value);
    if (!text.length || root.querySelector(`form[data-keep="${name}"]`)) continue;
    place.append(orphan(key, text.join("\n\n")));
  }
}

/** Whoever was signed out while they wrote is told, where they sign in again, that it is kept. */
export function tellKept() {
  const line = document.querySelector("[data-if-kept]");
  const drafts = Object.keys(sessionStorage).filter((key) => /^smartmed:[^:]+:[\w-]+-\d+$/.test(key) && hasWords(read(key)));
  if (line) line.hidden = drafts.length === 0;
}

function orphan(key, text) {
  const box = document.createElement("section");
  const label = Object.assign(document.createElement("p"), { className: "kept-told", textContent: words.orphan });
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, rows: 3, ariaLabel: words.orphan });
  const discard = Object.assign(document.createElement("button"), { type: "button", textContent: words.discard });
  discard.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    box.remove();
  });
  box.className = "write";
  box.append(label, area, discard);
  return box;
}

/** Who types or sends again has read what was told about this form. */
function hush(form) {
  for (const part of form.querySelectorAll("[data-told]")) part.remove();
}

/** One line below a form; the newer replaces the older. */
function tell(form, text, kind = "") {
  for (const part of document.querySelectorAll(".done[data-told]")) if (part.parentNode !== form) part.remove();
  const here = formOf(form.dataset.keep) ?? form;
  here.querySelector(".alarm")?.remove();
  let line = here.querySelector(".kept-told");
  if (!line) {
    line = document.createElement("p");
    line.setAttribute("role", "status");
    line.dataset.told = "";
    here.append(line);
  }
  line.className = `kept-told ${kind}`;
  line.textContent = text;
}

const page = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const signedOut = (answer) => new URL(answer.url).pathname === SIGN_IN;

async function post(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  return fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
}

/** Signed in again in another tab: the page's forms get the new word. */
async function renewWord(form) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-By-Itself": "1" } });
  const word = answer.ok && !signedOut(answer) ? (await page(answer)).querySelector("input[name=form]")?.value : "";
  if (word) for (const one of document.querySelectorAll("input[name=form]")) one.value = word;
  return Boolean(word) && Boolean(field(form, "form"));
}

async function send(form, submitter) {
  const buttons = [...form.querySelectorAll("button")];
  const place = placeOf(submitter ?? document.activeElement);
  keep(form);
  tell(form, words.sending);
  form.setAttribute("aria-busy", "true");
  buttons.forEach((button) => (button.disabled = true));
  try {
    let answer = await post(form, submitter);
    if (answer.status === 403 && (await renewWord(form))) answer = await post(form, submitter);
    await settle(form, answer, place);
  } catch {
    tell(form, words.offline);
  } finally {
    form.removeAttribute("aria-busy");
    buttons.forEach((button) => (button.disabled = false));
    if (place && document.activeElement === document.body) goTo(place);
    document.dispatchEvent(new Event("settled"));
  }
}

async function settle(form, answer, place) {
  if (signedOut(answer)) return tell(form, words.signed_out);
  if (answer.status >= 500 || answer.status === 429) return tell(form, words.unavailable);
  const fresh = await page(answer);
  const refusal = fresh.querySelector(".alarm[role=alert], h1")?.textContent ?? "";
  if (!answer.ok && answer.status !== 409) return tell(form, `${words.refused} ${refusal}`);
  const told = new URL(answer.url).searchParams;
  if (answer.ok && !told.has("problem")) sessionStorage.removeItem(keyOf(form));
  if (answer.status === 409 && form.dataset.after === "page") return form.submit(); // the page shows why, at its form
  const leaves = form.dataset.after === "page" || told.has("handed"); // the page tells what came of it; another team has it now
  if (answer.ok && leaves) return location.assign(answer.url);
  hush(formOf(form.dataset.keep) ?? form);
  const dress = (main) => {
    keepDrafts(main);
    (answer.ok ? showDone : showRefusal)(form, main);
  };
  swap(fresh.querySelector("main"), dress, placeOf() ?? place);
  document.querySelector("main > [data-told], form .alarm[data-told]")?.scrollIntoView({ block: "nearest" });
}

/** Beside the form, or above all when the form has done its work. */
function showDone(form, main) {
  if (formOf(form.dataset.keep)) return tell(form, words.done, "done");
  const line = Object.assign(document.createElement("p"), { className: "told done", role: "status", textContent: words.done });
  line.dataset.told = "";
  return main.prepend(line);
}

/** Why it was refused, above what was written; it stays until it is read. */
function showRefusal(form, main) {
  const alarm = main.querySelector(".alarm[role=alert]");
  if (!alarm) return;
  alarm.dataset.told = "";
  const here = formOf(form.dataset.keep);
  here?.prepend(alarm);
  here?.closest("details")?.setAttribute("open", "");
}
