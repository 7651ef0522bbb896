// Colors on the text, as highlights of the browser: text nodes are never split for them, so that
// positions and the native selection stay simple.

import { el } from "./elements.js";

/** @typedef {"pick" | "active" | "hover" | "offer"} MarkName */

/** The light style and the dark one. @typedef {[string, string]} Styles */

/** @type {(style: string) => Styles} */
const alike = (style) => [style, style];

// Text keeps its contrast on any pile of marks: a tint has the hue of its code and always the
// same lightness (tests/app/test_contrast.py).
/** @type {Record<MarkName, Styles>} */
const SPECIAL = {
  pick: alike("background-color: #1d4ed8; color: #ffffff;"),
  active: [
    "background-color: rgb(250 204 21 / 0.5); color: #1f2328;",
    "background-color: rgb(161 98 7 / 0.5); color: #ffffff;",
  ],
  hover: [
    "background-color: rgb(250 204 21 / 0.35); color: #1f2328;",
    "background-color: rgb(161 98 7 / 0.35); color: #ffffff;",
  ],
  offer: alike("text-decoration: underline dotted 2px; text-underline-offset: 3px;"),
};

/** Which mark lies over which. @type {Record<MarkName, number>} */
const PRIORITY = { pick: 3, active: 2, hover: 1, offer: 0 };

/** @type {(color: string) => Styles} */
const tintOf = (color) => [
  `background-color: oklch(from ${color} 0.895 min(c, 0.09) h / 0.62);`,
  `background-color: oklch(from ${color} 0.40 min(c, 0.09) h / 0.62);`,
];

/** @param {string} color */
const nameOf = (color) => `qc-${color.slice(1).toLowerCase()}`;

/** @type {HTMLStyleElement | null} */
let sheet = null;
const written = new Set();

/**
 * Write the rules of marks that have none yet: all at once, as each new rule restyles the text.
 * @param {[string, Styles][]} rules
 */
function writeRules(rules) {
  sheet ??= document.head.appendChild(el("style"));
  const missing = rules.filter(([name]) => !written.has(name));
  for (const [name] of missing) written.add(name);
  const write = (/** @type {[string, Styles]} */ [name, [light, dark]]) =>
    `.qc p::highlight(${name}) { ${light} } .qc.qc-dark p::highlight(${name}) { ${dark} }\n`;
  if (missing.length) sheet.append(missing.map(write).join(""));
}

/**
 * The browser's highlight of a name; null where the browser has none.
 * @param {string} name
 */
function highlight(name) {
  if (!CSS.highlights) return null;
  // Several transcripts may be on a page one after the other: they share the highlight of a color.
  const highlights = CSS.highlights.get(name) ?? new Highlight();
  CSS.highlights.set(name, highlights);
  return highlights;
}

/**
 * Make ready to mark text in the colors of these codes.
 * @param {{color: string}[]} codes
 */
export function readyColors(codes) {
  /** @type {[string, Styles][]} */
  const special = Object.entries(SPECIAL).map(([name, styles]) => [`qc-${name}`, styles]);
  /** @type {[string, Styles][]} */
  const tints = codes.map(({ color }) => [nameOf(color), tintOf(color)]);
  writeRules([...special, ...tints]);
}

/**
 * The highlight that tints text in a color.
 * @param {string} color
 */
export function tint(color) {
  readyColors([{ color }]);
  return highlight(nameOf(color));
}

/**
 * The highlight of a special mark.
 * @param {MarkName} name
 */
export function specialMark(name) {
  const marks = highlight(`qc-${name}`);
  if (marks) marks.priority = PRIORITY[name];
  return marks;
}

/** Take every special mark away. */
export function clearSpecialMarks() {
  for (const name of /** @type {MarkName[]} */ (Object.keys(SPECIAL))) specialMark(name)?.clear();
}
