// The console stays fresh by itself: when the desk changes, the page fetches itself and swaps the live part.
// What staff are writing is never touched. What the page does by itself does not keep anybody signed in; what a person does, does.

import { keepDrafts } from "./drafts.js";

const BY_ITSELF = { Accept: "text/html", "X-By-Itself": "1" };
const MINUTE = 60_000;
const SIGN_IN = "/console/sign-in";

const busy = () => {
  const field = document.activeElement;
  return field && field.matches("textarea, input, select");
};

let wanted = false;
async function refresh() {
  const old = document.querySelector("main");
  const answer = await fetch(location.href, { headers: BY_ITSELF }).catch(() => null);
  if (answer && new URL(answer.url).pathname === SIGN_IN && location.pathname !== SIGN_IN) return signedOut();
  if (!answer?.ok || !document.querySelector("[data-live], .empty")) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!fresh) return;
  if (busy()) {
    const lines = old.querySelector(".lines");
    const newer = fresh.querySelector(".lines");
    if (lines && newer) lines.replaceWith(newer);
    wanted = true;
    return;
  }
  wanted = false;
  const open = [...old.querySelectorAll("details")].map((part) => part.open);
  const done = [...old.children].filter((part) => part.matches(".done"));
  old.replaceChildren(...done, ...fresh.childNodes);
  [...old.querySelectorAll("details")].forEach((part, index) => { if (open[index]) part.open = true; });
  keepDrafts(old);
}

/** Nobody was here for too long: what stands on the screen is for nobody else. What was being written is kept for its writer. */
function signedOut() {
  location.replace(SIGN_IN);
}

let told = Date.now();
function stillHere() {
  if (Date.now() - told < MINUTE) return;
  told = Date.now();
  fetch("/console/here", { method: "POST" }).catch(() => {});
}

keepDrafts(document);
document.addEventListener("focusout", () => { if (wanted) setTimeout(() => { if (!busy()) refresh(); }, 300); });
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
