// The elements that every part of the screen is built from.

/**
 * Make an element: el("button.qc-btn", {title: "…"}, "text", child, …)
 * @template {string} Spec
 * @param {Spec} spec its tag and classes
 * @param {import("./types.js").Attributes} [attributes]
 * @param {import("./types.js").Children} children those that are null or false are left out
 * @returns {import("./types.js").ElementOf<Spec>}
 */
export function el(spec, attributes, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes || {})) {
    // Never an attribute such as onclick: the policy of a page may forbid code in attributes.
    if (typeof value === "function") node.addEventListener(key.slice(2), (event) => value(event));
    else if (value === true) node.setAttribute(key, "");
    else if (key === "style") node.style.cssText = String(value);
    else if (value !== false && value != null) node.setAttribute(key, String(value));
  }
  for (const child of children) if (child != null && child !== false) node.append(child);
  return /** @type {import("./types.js").ElementOf<Spec>} */ (node);
}

/**
 * The nearest element around the target of an event that fits a selector.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
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

/** @typedef {keyof typeof PATHS} IconName */

/**
 * A drawing of 16 by 16 units.
 * @param {IconName} name
 */
export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 16 16", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 1.5, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  })) svg.setAttribute(key, String(value));
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/**
 * The name of a key.
 * @param {string} text
 */
export function kbd(text) {
  return el("kbd", {}, text);
}

/**
 * A button of the toolbar: an icon, or an icon with its text.
 * @param {IconName} name
 * @param {string} label for people who do not see the icon
 * @param {() => void} action
 * @param {string} [text]
 */
export function toolButton(name, label, action, text) {
  return el(text ? "button.qc-btn" : "button.qc-icon", {
    type: "button", title: label, "aria-label": label, onclick: action,
  }, icon(name), text ? el("span", {}, text) : null);
}

/**
 * Whether the text of an element is lighter than a middle grey, as in the dark theme.
 * @param {Element} element
 */
export function isDark(element) {
  // Streamlit says nowhere which theme it shows, but the color of its text is inherited.
  const [r, g, b] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return r + g + b > 384;
}
