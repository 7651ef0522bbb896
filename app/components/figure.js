// A figure whose marks lead to passages: by a click, and by the arrow keys and Enter.

import { el } from "./elements.js";
import { _, setLanguage } from "./translate.js";

/** @typedef {import("./types.js").Trigger} Trigger */
/** @typedef {import("./wire.js").FigureMount} FigureMount */
/** @typedef {import("./wire.js").FigurePick} FigurePick */

/** @type {WeakMap<HTMLElement, FigureView>} */
const views = new WeakMap();

class FigureView {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = el("div.qf");
    parent.append(this.root);
    this.svg = "";
    this.number = 0;
    /** The marks that lead to passages. @type {SVGGElement[]} */
    this.marks = [];
    /** @type {Trigger | null} */
    this.trigger = null;
    this.root.addEventListener("click", (event) => this.pick(this.markOf(event)));
    this.root.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {FigureMount} data @param {Trigger} trigger */
  update(data, trigger) {
    this.trigger = trigger;
    if (data.svg !== this.svg) this.draw(data);
    for (const mark of this.marks) mark.classList.toggle("qf-picked", mark.dataset.mark === data.picked);
  }

  /** @param {FigureMount} data */
  draw(data) {
    this.svg = data.svg;
    const drawing = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement;
    // As wide as the page allows; the file keeps its size in millimetres.
    drawing.removeAttribute("width");
    drawing.removeAttribute("height");
    this.root.replaceChildren(document.importNode(drawing, true));
    const leading = new Set(data.marks);
    const marks = /** @type {NodeListOf<SVGGElement>} */ (this.root.querySelectorAll("[data-mark]"));
    this.marks = [...marks].filter((mark) => leading.has(mark.dataset.mark ?? ""));
    this.marks.forEach((mark, place) => {
      mark.classList.add("qf-mark");
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", mark.querySelector("title")?.textContent ?? "");
      // One stop for Tab; the arrow keys go on from there.
      mark.setAttribute("tabindex", place ? "-1" : "0");
    });
    // Buttons inside a picture would be hidden from who cannot see it.
    if (this.marks.length) this.root.firstElementChild?.setAttribute("role", "group");
    this.root.title = this.marks.length ? _("Click a part of the figure to read its passages") : "";
  }

  /** @param {Event} event @returns {SVGGElement | undefined} */
  markOf(event) {
    const target = event.target instanceof Element ? event.target.closest("[data-mark]") : null;
    return this.marks.find((mark) => mark === target);
  }

  /** @param {SVGGElement | undefined} mark */
  pick(mark) {
    if (!mark) return;
    this.number += 1;
    const pick = { key: mark.dataset.mark ?? "", number: this.number };
    this.trigger?.("pick", /** @type {FigurePick} */ (pick));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const place = this.marks.findIndex((mark) => mark === this.markOf(event));
    if (place < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = this.marks[(place + step + this.marks.length) % this.marks.length];
      this.marks[place].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") this.pick(this.marks[place]);
    else return;
    event.preventDefault();
  }
}

/** @param {import("./types.js").Mount<FigureMount>} mount */
export default function figure({ data, parentElement, setTriggerValue }) {
  setLanguage(data.language, data.messages);
  const view = views.get(parentElement) ?? new FigureView(parentElement);
  views.set(parentElement, view);
  view.update(data, setTriggerValue);
  return () => {};
}
