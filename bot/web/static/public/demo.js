// The demo app: signs in as one of four people and hands the signed identity to the chat, as a real app would.

const KEPT = "smartmed-demo-as";
const chat = document.querySelector("smartmed-chat");
const all = (selector) => document.querySelectorAll(selector);

/** A signed identity from the service: `{token, name, role}`. */
async function identityOf(as) {
  const answer = await fetch("/demo/sign-in", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as }),
  });
  if (answer.status === 403) throw Object.assign(new Error("not near"), { told: (await answer.json()).detail });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
  return answer.json();
}

async function signIn(as) {
  try {
    const person = await identityOf(as);
    sessionStorage.setItem(KEPT, as);
    showApp(as, person.name);
    chat.token = person.token;
    chat.hidden = false;
  } catch (error) {
    showWelcome();
    const fault = document.querySelector("[data-fault]");
    if (error.told) fault.textContent = error.told;
    fault.hidden = false;
    console.error(error);
  }
}

function signOut() {
  sessionStorage.removeItem(KEPT);
  chat.open = false;
  chat.token = "";
  chat.hidden = true;
  showWelcome();
  document.querySelector("[data-as]").focus();
}

function showWelcome() {
  document.body.dataset.as = "";
  for (const part of all("[data-when]")) part.hidden = part.dataset.when !== "out";
}

function showApp(as, name) {
  document.body.dataset.as = as;
  for (const part of all("[data-when]")) part.hidden = part.dataset.when !== "in";
  for (const part of all(".for")) part.hidden = !part.classList.contains(as);
  const called = name.startsWith("Dr. ") ? `Dr. ${name.split(" ").at(-1)}` : name.split(" ")[0];
  const letters = name.replace("Dr. ", "").split(" ").map((word) => word[0]);
  document.querySelector("[data-hello]").textContent = `Hello, ${called}`;
  document.querySelector("[data-name]").textContent = name;
  document.querySelector("[data-initials]").textContent = letters.join("");
  document.querySelector("[data-fault]").hidden = true;
}

/** Dates of the demo are told from today on, so that it never looks old. */
function fillDates() {
  const formats = {
    day: { day: "numeric" },
    month: { month: "short" },
    short: { day: "numeric", month: "short" },
    time: { hour: "numeric", minute: "2-digit" },
    whole: { weekday: "long", hour: "numeric", minute: "2-digit" },
  };
  for (const place of all("[data-days]")) {
    const [hours, minutes] = (place.dataset.at ?? "12:00").split(":").map(Number);
    const date = new Date();
    date.setDate(date.getDate() + Number(place.dataset.days));
    date.setHours(hours, minutes, 0, 0);
    place.textContent = date.toLocaleString(undefined, formats[place.dataset.part ?? "whole"]);
  }
  document.querySelector("[data-today]").textContent = new Date().toLocaleDateString(undefined, {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
}

fillDates();
for (const button of all("[data-as]")) if (button.tagName === "BUTTON") button.addEventListener("click", () => signIn(button.dataset.as));
for (const button of all("[data-ask]")) button.addEventListener("click", () => chat.ask(button.dataset.ask));
document.querySelector("[data-sign-out]").addEventListener("click", signOut);
chat.addEventListener("smartmed-token-needed", () => {
  const as = sessionStorage.getItem(KEPT);
  if (as) identityOf(as).then(({ token }) => (chat.token = token), console.error);
});

await customElements.whenDefined("smartmed-chat");
const as = sessionStorage.getItem(KEPT);
if (as) await signIn(as);
else showWelcome();
