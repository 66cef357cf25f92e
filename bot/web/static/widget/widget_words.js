// Every word of the widget that a person reads lies in words.json. It is fetched once; times and dates follow the reader's locale.

const PAUSES = [500, 2_000, 5_000];
const FORMS = new Intl.PluralRules("en");
let words = {};

/** Fetches the words; raises when they cannot be had. */
export async function loadWords() {
  for (const pause of [...PAUSES, null]) {
    try {
      const answer = await fetch(new URL("words.json", import.meta.url));
      if (!answer.ok) throw new Error(`words.json answered ${answer.status}`);
      words = await answer.json();
      return;
    } catch (error) {
      if (pause === null) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The words under a name, with facts put in as they are. */
export function say(name, facts = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, fact) => String(facts[fact]));
}

/** The words for a number of things: one of the forms that its language has. */
export function sayCount(name, count) {
  return say(`${name}_${FORMS.select(count)}`, { count: count.toLocaleString() });
}

export function timeOf(date) {
  return date.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" });
}

/** The day, and in which zone the times below it are told. */
export function dayOf(date) {
  const parts = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" }).formatToParts(date);
  return say("day", { day: nameOf(date), zone: parts.find((part) => part.type === "timeZoneName").value });
}

/** Today, yesterday, or the date. */
function nameOf(date, now = new Date()) {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return say("today");
  if (date.toDateString() === yesterday.toDateString()) return say("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return date.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", ...year });
}

export function sizeOf(bytes) {
  const short = (number) => number.toLocaleString(undefined, { maximumFractionDigits: number < 10 ? 1 : 0 });
  if (bytes < 1024) return sayCount("bytes", bytes);
  if (bytes < 1024 ** 2) return say("kilobytes", { count: short(bytes / 1024) });
  return say("megabytes", { count: short(bytes / 1024 ** 2) });
}
