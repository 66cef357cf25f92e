// The console stays fresh by itself: when the desk changes, the page fetches itself and swaps the live part.
// What staff are writing is never touched. What the page does by itself does not keep anybody signed in; what a person does, does.

import { keepDrafts, tellKept } from "./drafts.js";
import { backToPlace, rememberPlace, swap, swapped } from "./swap.js";

const BY_ITSELF = { Accept: "text/html", "X-By-Itself": "1" };
const MINUTE = 60_000;
const SIGN_IN = "/console/sign-in";

/** Somebody is writing, or what they wrote is on its way. */
const busy = () => document.activeElement?.matches("textarea, input, select") || document.querySelector("form[aria-busy=true]");

let wanted = false;
async function refresh() {
  const before = swapped();
  const answer = await fetch(location.href, { headers: BY_ITSELF }).catch(() => null);
  if (answer && new URL(answer.url).pathname === SIGN_IN && location.pathname !== SIGN_IN) return signedOut();
  if (!answer?.ok || !document.querySelector("[data-live], .empty")) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!fresh) return;
  if (swapped() !== before) return refresh(); // what stands here by now is newer
  wanted = Boolean(busy());
  if (wanted) showLines(fresh);
  else swap(fresh, keepDrafts);
}

/** All that may change under the hands of somebody who writes. */
function showLines(fresh) {
  const newer = fresh.querySelector(".lines");
  const older = document.querySelector("main .lines");
  if (older?.querySelector("details")?.open) newer?.querySelector("details")?.setAttribute("open", "");
  if (newer) older?.replaceWith(newer);
  const here = document.querySelector("[data-last]");
  if (here) here.dataset.last = fresh.querySelector("[data-last]")?.dataset.last ?? here.dataset.last;
}

function refreshSoon() {
  if (wanted) setTimeout(() => { if (!busy()) refresh(); }, 300);
}

/** Nobody was here for too long: what stands on the screen is for nobody else. What was being written is kept for its writer. */
function signedOut() {
  location.replace(SIGN_IN);
}

const lastLine = () => Number(document.querySelector("[data-last]")?.dataset.last ?? 0);
let seen = lastLine();
/** What appeared by itself counts as seen when somebody does something on the page. */
function seeHere() {
  const [page] = /^\/console\/tickets\/\d+/.exec(location.pathname) ?? [];
  if (!page || lastLine() <= seen) return;
  seen = lastLine();
  fetch(`${page}/seen`, { method: "POST", body: new URLSearchParams({ line: seen }) }).catch(() => {});
}

let told = Date.now();
function stillHere() {
  seeHere();
  if (Date.now() - told < MINUTE) return;
  told = Date.now();
  fetch("/console/here", { method: "POST" }).catch(() => {});
}

keepDrafts(document);
tellKept();
backToPlace();
document.addEventListener("submit", (event) => { if (!event.defaultPrevented) rememberPlace(); });
for (const over of ["focusout", "settled"]) document.addEventListener(over, refreshSoon);
if (document.querySelector(".who")) {
  let soon = 0;
  const listen = () => {
    const events = new EventSource("/console/events");
    events.addEventListener("changed", () => { clearTimeout(soon); soon = setTimeout(refresh, 150); });
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) refresh().then(() => setTimeout(listen, MINUTE)); });
  };
  listen();
  setInterval(refresh, MINUTE);
  for (const done of ["keydown", "pointerdown", "wheel"]) document.addEventListener(done, stillHere, { passive: true });
}
