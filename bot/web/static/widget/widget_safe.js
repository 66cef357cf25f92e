// Approved answers come as HTML that the service has cleaned. It is cleaned once more here: known tags, and links that are links.

const ALLOWED = new Set(["P", "OL", "UL", "LI", "STRONG", "EM", "CODE", "BR", "BLOCKQUOTE"]);
const BLOCKS = new Set(["H1", "H2", "H3", "H4", "DIV", "SECTION"]);
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "EMBED", "NOSCRIPT", "TITLE", "SVG", "MATH", "TEXTAREA"]);
const SCHEMES = new Set(["http:", "https:", "tel:", "mailto:"]);

/** The HTML as nodes: tags outside the list lose their tag and keep their words, attributes other than a link's are gone. */
export function safe(html, base) {
  const kept = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(html, "text/html").body, kept, base);
  return kept;
}

/** The address of a link, made whole; null when it is no link that a person may follow. */
export function safeAddress(address, base) {
  try {
    const url = new URL(address, base);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function copy(from, to, base) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const name = node.tagName.toUpperCase();
    if (DROPPED.has(name)) continue;
    const made = ALLOWED.has(name) ? document.createElement(name) : BLOCKS.has(name) ? document.createElement("p") : null;
    const target = made ?? (name === "A" ? link(node, base) : null) ?? to;
    if (name === "OL" && /^\d{1,4}$/.test(node.getAttribute("start") ?? "")) target.start = Number(node.getAttribute("start"));
    if (target !== to) to.append(target);
    copy(node, target, base);
  }
}

function link(node, base) {
  const address = safeAddress(node.getAttribute("href") ?? "", base);
  return address && newLink(address);
}

/** A link that tells nobody where it was followed from; a page opens in a tab of its own, a number is dialled. */
export function newLink(address) {
  const made = document.createElement("a");
  const beside = /^(tel|mailto):/.test(address) ? {} : { target: "_blank" };
  return Object.assign(made, { href: address, rel: "noopener noreferrer", ...beside });
}
