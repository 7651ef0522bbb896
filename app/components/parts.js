// Small pieces that every part of the screen is built from.

/** Make an element: el("button.qc-btn", {title: "…"}, "text", child, …) */
export function el(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") node.style.cssText = value;
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

const PATHS = {
  spark: "M8 1.5l1.5 4 4 1.5-4 1.5-1.5 4-1.5-4-4-1.5 4-1.5z M13 11v3 M11.500 12.5h3",
  undo: "M5.500 3L2.500 6l3 3 M2.500 6h7a4 4 0 0 1 0 8h-2",
  redo: "M10.500 3l3 3-3 3 M13.500 6h-7a4 4 0 0 0 0 8h2",
  help: "M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13z M6.200 6.300a1.800 1.800 0 1 1 2.600 1.700c-.6.3-.8.6-.8 1.300 M8 11.600v.1",
  down: "M4 6l4 4 4-4",
  left: "M10 4l-4 4 4 4",
  right: "M6 4l4 4-4 4",
  search: "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10z M10.700 10.700L14 14",
  tag: "M2 2.500h5.500l6 6-5 5-6-6z M5 5.500v.1",
  note: "M2.500 2.500h11v7.500l-3.500 3.500h-7.500z M13.500 10H10v3.500",
  check: "M3 8.500l3.500 3.500L13 4.500",
  cross: "M4 4l8 8 M12 4l-8 8",
  pin: "M9.500 2L14 6.500l-3 1-2.500 2.500-.5 3L3 8l3-.5L8.500 5z M5 11l-3 3",
  funnel: "M2 3h12l-4.500 5.500V13l-3-1.500v-3z",
  list: "M2.500 4h11 M2.500 8h11 M2.500 12h7",
  plus: "M8 3v10 M3 8h10",
  panel: "M2.500 3h11v10h-11z M6 3v10",
  trash: "M3 4.500h10 M6 4.500V3h4v1.500 M4.500 4.500l.5 9h6l.5-9",
  marker: "M9.500 2.500l4 4L7 13H3V9z M2.500 15h11",
  question: "M2.500 3h11v8h-6L4.500 13.500V11h-2z",
};

export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 16 16", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 1.5, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  })) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function kbd(text) {
  return el("kbd", {}, text);
}

/** A time in milliseconds as hours, minutes and seconds. */
export function clock(ms) {
  if (ms == null) return "";
  const s = Math.floor(ms / 1000);
  return [s / 3600, (s / 60) % 60, s % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");
}

/** A text cut at whole words to about so many characters. */
export function short(text, length = 60) {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2))}…`;
}

/** How well a code fits what was typed: the lower the better, -1 for not at all. */
export function rank(name, typed) {
  const text = name.toLocaleLowerCase();
  if (text.startsWith(typed)) return 0;
  if (new RegExp(`(^|[\\s\\-/(])${typed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`).test(text)) return 1;
  if (text.includes(typed)) return 2;
  let at = 0;
  for (const character of text) if (character === typed[at]) at++;
  return at === typed.length ? 3 : -1;
}

/** Whether the text of an element is lighter than a middle grey, as in the dark theme. */
export function isDark(element) {
  const [r, g, b] = getComputedStyle(element).color.match(/[\d.]+/g).map(Number);
  return r + g + b > 384;
}
