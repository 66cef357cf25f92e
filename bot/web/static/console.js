// The console stays fresh by itself: when the desk changes, the page fetches itself and swaps the live part.
// What staff are writing is never touched, and survives a reload.

const kept = (form) => `smartmed:${form.dataset.keep}`;

function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) {
    const saved = JSON.parse(sessionStorage.getItem(kept(form)) || "{}");
    for (const field of form.querySelectorAll("textarea, input:not([type=hidden]), select")) {
      if (saved[field.name]) field.value = saved[field.name];
      field.addEventListener("input", () => {
        const now = JSON.parse(sessionStorage.getItem(kept(form)) || "{}");
        sessionStorage.setItem(kept(form), JSON.stringify({ ...now, [field.name]: field.value }));
      });
    }
    form.addEventListener("submit", () => sessionStorage.removeItem(kept(form)));
  }
}

const busy = () => {
  const field = document.activeElement;
  return field && field.matches("textarea, input, select");
};

let wanted = false;
async function refresh() {
  const old = document.querySelector("main");
  if (!document.querySelector("[data-live], .empty")) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
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
  old.replaceChildren(...fresh.childNodes);
  [...old.querySelectorAll("details")].forEach((part, index) => { if (open[index]) part.open = true; });
  keepDrafts(old);
}

keepDrafts(document);
document.addEventListener("focusout", () => { if (wanted) setTimeout(() => { if (!busy()) refresh(); }, 300); });
if (document.querySelector(".who")) {
  const events = new EventSource("/console/events");
  let soon = 0;
  events.addEventListener("changed", () => { clearTimeout(soon); soon = setTimeout(refresh, 150); });
  setInterval(refresh, 60000);
}
