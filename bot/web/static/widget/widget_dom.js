// Elements in one line each. Words only ever become text, never markup.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  chat: "M5 5.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L8 21v-3.5H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z M8 10h8 M8 13.2h5",
  close: "M6 6l12 12 M18 6 6 18",
  send: "M4.5 12h14 M12.5 5.5 19 12l-6.5 6.5",
  clip: "m20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.6 1.6 0 0 1-2.3-2.3l7.6-7.6",
  plus: "M12 6v12 M6 12h12",
  file: "M7 3.5h7l4 4V20a.5.5 0 0 1-.5.5h-10A1.5 1.5 0 0 1 6 19V4.5a1 1 0 0 1 1-1Z M13.5 3.5V8H18",
  down: "M12 5v13 M6.5 12.5 12 18l5.5-5.5",
  page: "M6 4h9l3 3v13H6Z M9 10h6 M9 13.5h6 M9 17h3",
};

/** An element; functions become listeners (`onclick`), true and false become attributes or none, everything else attributes. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A decorative icon: whoever cannot see it is told by the label of what it stands in. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** Change a text only when it differs, so that nothing is read out twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
