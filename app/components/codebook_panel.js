// The codebook at the left: a tree with counts and number keys, and a filter.

import { closest, el, icon, kbd } from "./elements.js";
import { _, _n } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./store.js").Changed} Changed */
/** @typedef {import("./wire.js").Code} Code */

/** The panel of codes; a click gives the code to the selection. */
export class CodebookPanel {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    /** Themes that are folded. @type {Set<string>} */
    this.closed = new Set();
    /** The code that Tab goes to. @type {string | undefined} */
    this.current = undefined;
    /** @type {Map<string, Element>} */
    this.counted = new Map();
    this.typed = "";
    this.title = el("span.qc-panel-count");
    this.filter = el("input", {
      type: "search", placeholder: _("Filter codes"), "aria-label": _("Filter codes"),
      oninput: () => { this.typed = this.filter.value; this.build(); },
    });
    this.list = el("ul.qc-codes", { role: "list" });
    this.element = el("aside.qc-panel", { "aria-label": _("Codebook") },
      el("div.qc-panel-head", {},
        el("h2", {}, _("Codebook")), this.title),
      el("label.qc-filter", {}, icon("search", 15), this.filter),
      this.list,
      el("p.qc-panel-foot", {}, _("Select text, then click a code or press its number")));
    // The selection in the text must survive a click on a code.
    this.element.addEventListener("mousedown", (event) => {
      if (event.target !== this.filter) event.preventDefault();
    });
    screen.store.subscribe((_state, changed) => this.render(changed));
  }

  /** @param {Changed} changed */
  render(changed) {
    if (changed.has("codes") || changed.has("pinned") || changed.has("filter")) this.build();
    else if (changed.has("codings")) this.count();
  }

  build() {
    const { codes } = this.screen.store.state;
    const focused = this.list.contains(document.activeElement);
    const rows = this.rows();
    this.list.replaceChildren(...rows);
    this.counted = new Map(rows.map((row) => [row.dataset.code ?? "", /** @type {Element} */ (row.lastElementChild)]));
    this.title.textContent = _n("{count} code", "{count} codes", codes.current.length);
    this.stop(this.counted.has(this.current ?? "") ? this.current : rows[0]?.dataset.code);
    // The row that had the focus was replaced by a new one.
    if (focused) this.name(this.current)?.focus();
    if (!rows.length) this.list.append(el("li.qc-none", {}, _("No code fits this filter.")));
    this.count();
  }

  /** The rows to show: all but folded ones, or those that fit the filter and what is above them. */
  rows() {
    const { codes } = this.screen.store.state;
    const fitting = this.typed.trim() ? new Set(codes.search(this.typed).map((code) => code.id)) : null;
    /** @type {HTMLElement[]} */
    const rows = [];
    const add = (/** @type {Code} */ code) => {
      if (code.retired) return;
      const children = codes.children(code.id).filter((child) => !child.retired);
      if (!fitting || codes.branch(code.id).some((id) => fitting.has(id))) rows.push(this.row(code, children));
      // A filter looks into folded themes too.
      if (!this.closed.has(code.id) || fitting) children.forEach(add);
    };
    codes.children("").forEach(add);
    return rows;
  }

  /** @param {Code} code @param {Code[]} children */
  row(code, children) {
    const { store, edits, filter } = this.screen;
    const { codes, pinned, filter: { code: filtered } } = store.state;
    const depth = Math.min(codes.depth(code.id), 3);
    const key = pinned.indexOf(code.id) + 1;
    const closed = this.closed.has(code.id);
    const fold = children.length && depth === 0
      ? el("button.qc-fold", {
        "aria-expanded": String(!closed), "aria-label": _("Fold {code}", { code: code.name }),
        style: `--c:${code.color}`, tabindex: "-1", onclick: () => this.fold(code.id, !closed),
      }, icon(closed ? "right" : "down", 13))
      : el("span.qc-swatch", { style: `--c:${code.color}` });
    // The funnel of the code that is filtered by takes the filter away.
    const only = filtered === code.id;
    return el(`li.qc-code.qc-depth${depth}`, { "data-code": code.id },
      fold,
      el("button.qc-code-name", {
        title: code.about || code.name, tabindex: "-1",
        onclick: () => edits.assign(code.id),
        onfocus: () => this.stop(code.id),
      }, code.name),
      el(`button.qc-mini${only ? ".qc-on" : ""}`, {
        title: _("Show only passages with this code"), tabindex: "-1",
        "aria-label": _("Show only passages with {code}", { code: code.name }), "aria-pressed": String(only),
        onclick: () => filter.set(only ? {} : { code: code.id }),
      }, icon("funnel", 13)),
      el(`button.qc-mini.qc-key${key ? ".qc-pinned" : ""}`, {
        title: key ? _("Take this number key away") : _("Give this code a number key"), tabindex: "-1",
        "aria-label": key
          ? _("Number key {key} of {code}: take away", { key, code: code.name })
          : _("Give {code} a number key", { code: code.name }),
        onclick: () => edits.togglePin(code.id),
      }, key ? kbd(String(key)) : icon("pin", 13)),
      el("span.qc-count"));
  }

  /** @param {string} id @param {boolean} closed */
  fold(id, closed) {
    if (closed) this.closed.add(id);
    else this.closed.delete(id);
    this.build();
  }

  /** @param {string} [id] @returns {HTMLElement | null} */
  name(id = "") {
    return this.list.querySelector(`[data-code="${CSS.escape(id)}"] .qc-code-name`);
  }

  /** Tab goes to one code of the list; the arrows go from there. @param {string} [id] */
  stop(id) {
    this.tabStops(-1);
    this.current = id;
    this.tabStops(0);
  }

  /** @param {number} tabIndex */
  tabStops(tabIndex) {
    const row = this.name(this.current)?.parentElement;
    for (const button of row?.querySelectorAll("button:not(.qc-fold)") ?? []) {
      if (button instanceof HTMLElement) button.tabIndex = tabIndex;
    }
  }

  /**
   * Take an arrow key in the list: to the next code, fold and unfold a theme.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was one
   */
  press(event) {
    const row = closest(event, ".qc-code");
    const code = this.screen.store.state.codes.byId.get(row?.dataset.code ?? "");
    const step = { ArrowDown: "next", ArrowUp: "previous" }[event.key];
    const fold = code && !code.parent ? { ArrowLeft: true, ArrowRight: false }[event.key] : undefined;
    // Shift and an arrow move the end of the selection, also from here.
    if (!row || !code || event.shiftKey || (!step && fold === undefined)) return false;
    event.preventDefault();
    const neighbor = step === "next" ? row.nextElementSibling : row.previousElementSibling;
    if (step) this.name(neighbor instanceof HTMLElement ? neighbor.dataset.code : undefined)?.focus();
    else this.fold(code.id, Boolean(fold));
    return true;
  }

  /** Write how many codings each code has. */
  count() {
    const { codes, codings } = this.screen.store.state;
    const counts = codes.count(codings.values());
    for (const [id, node] of this.counted) {
      // Written only where it changed: this runs with every key that codes.
      const text = String(counts.get(id) ?? "");
      if (node.textContent !== text) node.textContent = text;
    }
  }
}
