// Puts what the server shows now in the place of what the page shows, and leaves the person where they are: the focus on the same
// control, at the same height, the parts open that were open, and what was told about a form beside it.

const PLACES = "a[href], button, input:not([type=hidden]), select, textarea, summary, h2, [tabindex]";
const PLACE = "smartmed:place";

let swaps = 0;
/** How many times a newer page was put here. */
export const swapped = () => swaps;

/** What a part is known by on a page that is made anew; its figures may change. */
function printOf(part) {
  const words = part.matches("button, summary, h2") ? part.textContent.replace(/\d+/g, "").trim() : "";
  const form = part.closest("form")?.getAttribute("action");
  return [part.tagName, part.id, part.getAttribute("name"), part.getAttribute("href"), form, words].join("|");
}

/** The parts by what they are known by, and by their order where that is the same. */
function named(root, selector, print = printOf) {
  const found = new Map();
  for (const part of root.querySelectorAll(selector)) {
    let nth = 0;
    while (found.has(`${nth}|${print(part)}`)) nth += 1;
    found.set(`${nth}|${print(part)}`, part);
  }
  return found;
}

const detailsOf = (root) => named(root, "details", (part) => part.querySelector("summary")?.textContent.replace(/\d+/g, ""));
const main = () => document.querySelector("main");

/** Where a person is: on this control, or else on the one that has the focus; null when that is nowhere in the main part. */
export function placeOf(part = document.activeElement) {
  const parts = [...named(main(), PLACES)];
  const key = parts.find(([, one]) => one === part)?.[0];
  if (!key) return null;
  const heading = part.closest("section")?.querySelector("h2");
  const [section] = parts.find(([, one]) => one === heading) ?? [];
  return { key, print: printOf(part), section, top: part.getBoundingClientRect().top, caret: [part.selectionStart, part.selectionEnd] };
}

/** The focus goes back to a place: to the same control, or to the heading of its part of the page when it is not there any more. */
export function goTo(place) {
  const parts = named(main(), PLACES);
  const part = parts.get(place.key) ?? parts.get(place.section) ?? main();
  if (part.tabIndex < 0) part.tabIndex = -1;
  part.focus({ preventScroll: true });
  if (part.matches("textarea")) part.setSelectionRange(...place.caret);
  return part;
}

/** Show `fresh`, a main part from the server; `dress` is called with it, before the person is brought back to where they were. */
export function swap(fresh, dress, place = placeOf()) {
  const here = main();
  const open = detailsOf(here);
  const told = [...here.querySelectorAll("[data-told]")].map((part) => ({ part, form: part.closest("form")?.dataset.keep }));
  const at = window.scrollY;
  here.replaceChildren(...fresh.childNodes);
  swaps += 1;
  for (const [key, part] of detailsOf(here)) part.open ||= Boolean(open.get(key)?.open);
  for (const { part, form } of told) (form ? formOf(form) : here)?.[part.matches(".kept-told") ? "append" : "prepend"](part);
  dress(here);
  window.scrollTo(0, at);
  if (place) bringBack(place);
}

function bringBack(place) {
  const part = goTo(place);
  if (printOf(part) === place.print) window.scrollBy(0, part.getBoundingClientRect().top - place.top);
  else part.scrollIntoView({ block: "nearest" });
}

export const formOf = (name) => document.querySelector(`form[data-keep="${name}"]`);

/** The page is left for a moment by a press on the keyboard: the focus comes back with it. */
export function rememberPlace() {
  const place = document.activeElement.matches(":focus-visible") && placeOf();
  if (place) sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, place }));
}

export function backToPlace() {
  const { path, place } = JSON.parse(sessionStorage.getItem(PLACE) || "{}");
  sessionStorage.removeItem(PLACE);
  if (path && location.pathname.startsWith(path) && document.activeElement === document.body) goTo(place).scrollIntoView({ block: "nearest" });
}
