// The codes on the left: a tree with counts, number keys, a filter, and what the keys 1 to 9 mean.

import { _, _n } from "./hub.js";
import { el, icon, kbd, rank } from "./parts.js";

/** The codes of a document with their place in the tree. */
export class Codes {
  constructor(rows) {
    this.rows = rows;
    this.byId = new Map(rows.map((code) => [code.id, code]));
    this.children = new Map();
    for (const code of rows) {
      if (!this.children.has(code.parent)) this.children.set(code.parent, []);
      this.children.get(code.parent).push(code);
    }
  }

  name(id) {
    return this.byId.get(id)?.name ?? _("Unknown code");
  }

  color(id) {
    return this.byId.get(id)?.color ?? "#64748b";
  }

  path(id) {
    const code = this.byId.get(id);
    if (!code) return this.name(id);
    return code.parent ? `${this.path(code.parent)} › ${code.name}` : code.name;
  }

  parentName(id) {
    const code = this.byId.get(id);
    return code && code.parent ? this.name(code.parent) : "";
  }

  depth(id) {
    const code = this.byId.get(id);
    return code && code.parent ? 1 + this.depth(code.parent) : 0;
  }

  /** Active codes that fit what was typed, best first. */
  search(typed) {
    const wanted = typed.trim().toLocaleLowerCase();
    const active = this.rows.filter((code) => !code.retired);
    if (!wanted) return active;
    return active
      .map((code, place) => ({ code, place, score: rank(code.name, wanted) }))
      .filter(({ score }) => score >= 0)
      .sort((a, b) => a.score - b.score || a.place - b.place)
      .map(({ code }) => code);
  }
}

/** Which codes the keys 1 to 9 stand for: chosen by the coder, else the most used ones. */
export class Pins {
  constructor(name, codes, codings) {
    this.name = `qualcode-pins:${name}`;
    this.codes = codes;
    this.ids = this.stored() ?? this.usual(codings);
  }

  stored() {
    try {
      const ids = JSON.parse(localStorage.getItem(this.name) || "null");
      return ids && ids.filter((id) => this.codes.byId.has(id));
    } catch {
      return null;
    }
  }

  usual(codings) {
    const counts = new Map();
    for (const { code } of codings) counts.set(code, (counts.get(code) ?? 0) + 1);
    const leaves = this.codes.rows.filter((code) => code.parent && !code.retired);
    const order = [...leaves].sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
    const taken = new Set((leaves.length ? order : this.codes.rows).slice(0, 9).map((code) => code.id));
    return this.codes.rows.filter((code) => taken.has(code.id)).map((code) => code.id);
  }

  key(id) {
    return this.ids.indexOf(id) + 1;
  }

  toggle(id) {
    if (this.ids.includes(id)) this.ids = this.ids.filter((other) => other !== id);
    else if (this.ids.length < 9) this.ids = [...this.ids, id];
    else return false;
    try {
      localStorage.setItem(this.name, JSON.stringify(this.ids));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    return true;
  }
}

/** The panel itself. */
export class CodebookPanel {
  constructor(pane) {
    this.pane = pane;
    this.closed = new Set();
    this.typed = "";
    this.title = el("span.qc-panel-count");
    this.filter = el("input", {
      type: "search", placeholder: _("Filter codes"), "aria-label": _("Filter codes"),
      oninput: () => { this.typed = this.filter.value; this.build(); },
    });
    this.list = el("ul.qc-codes", { role: "list" });
    this.root = el("aside.qc-panel", { "aria-label": _("Codebook") },
      el("div.qc-panel-head", {},
        el("h2", {}, _("Codebook")), this.title),
      el("label.qc-filter", {}, icon("search", 15), this.filter),
      this.list,
      el("p.qc-panel-foot", {}, _("Select text, then click a code or press its number")));
    // The selection in the text must survive a click on a code.
    this.root.addEventListener("mousedown", (event) => {
      if (event.target !== this.filter) event.preventDefault();
    });
  }

  build() {
    const { codes } = this.pane;
    const within = this.list.contains(document.activeElement);
    const found = this.typed.trim() ? new Set(codes.search(this.typed).map((code) => code.id)) : null;
    const rows = [];
    const add = (code) => {
      const children = (codes.children.get(code.id) ?? []).filter((child) => !child.retired);
      const shown = !found || found.has(code.id) || children.some((child) => deep(child));
      if (shown) rows.push(this.row(code, children));
      if (!this.closed.has(code.id) || found) children.forEach(add);
    };
    const deep = (code) => found.has(code.id) || (codes.children.get(code.id) ?? []).some(deep);
    (codes.children.get("") ?? []).filter((code) => !code.retired).forEach(add);
    this.list.replaceChildren(...rows);
    this.counted = new Map(rows.map((row) => [row.dataset.code, row.querySelector(".qc-count")]));
    const active = codes.rows.filter((code) => !code.retired).length;
    this.title.textContent = _n("{count} code", "{count} codes", active);
    this.stop(this.counted.has(this.current) ? this.current : rows[0]?.dataset.code);
    if (within) this.name(this.current)?.focus();
    if (!rows.length) this.list.append(el("li.qc-none", {}, _("No code fits this filter.")));
    this.count();
  }

  row(code, children) {
    const { pane } = this;
    const depth = Math.min(pane.codes.depth(code.id), 3);
    const key = pane.pins.key(code.id);
    const closed = this.closed.has(code.id);
    const theme = depth === 0;
    const fold = children.length && theme
      ? el("button.qc-fold", {
        "aria-expanded": String(!closed), "aria-label": _("Fold {code}", { code: code.name }),
        style: `--c:${code.color}`, tabindex: "-1", onclick: () => this.fold(code.id, !closed),
      }, icon(closed ? "right" : "down", 13))
      : el("span.qc-swatch", { style: `--c:${code.color}` });
    const only = pane.filter.code === code.id;
    return el(`li.qc-code.qc-depth${depth}`, { "data-code": code.id },
      fold,
      el("button.qc-code-name", {
        title: code.about || code.name, tabindex: "-1",
        onclick: () => pane.assign(code.id),
        onfocus: () => this.stop(code.id),
      }, code.name),
      el(`button.qc-mini${only ? ".qc-on" : ""}`, {
        title: _("Show only passages with this code"), tabindex: "-1",
        "aria-label": _("Show only passages with {code}", { code: code.name }), "aria-pressed": String(only),
        onclick: () => pane.setFilter(only ? {} : { code: code.id }),
      }, icon("funnel", 13)),
      el(`button.qc-mini.qc-key${key ? ".qc-pinned" : ""}`, {
        title: key ? _("Take this number key away") : _("Give this code a number key"), tabindex: "-1",
        "aria-label": key
          ? _("Number key {key} of {code}: take away", { key, code: code.name })
          : _("Give {code} a number key", { code: code.name }),
        onclick: () => pane.pin(code.id),
      }, key ? kbd(String(key)) : icon("pin", 13)),
      el("span.qc-count"));
  }

  fold(id, closed) {
    if (closed) this.closed.add(id);
    else this.closed.delete(id);
    this.build();
  }

  name(id) {
    return this.list.querySelector(`[data-code="${CSS.escape(id ?? "")}"] .qc-code-name`);
  }

  /** Tab goes to one code of the list; the arrows go from there. */
  stop(id) {
    this.tabStops(this.current, -1);
    this.current = id;
    this.tabStops(id, 0);
  }

  tabStops(id, tabIndex) {
    const row = this.name(id)?.parentElement;
    for (const button of row?.querySelectorAll(".qc-code-name, .qc-mini") ?? []) button.tabIndex = tabIndex;
  }

  /** Arrows in the list: to the next code, fold and unfold a theme. Tells whether it was one. */
  key(event) {
    const row = event.target.closest?.(".qc-code");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const theme = row && this.pane.codes.byId.get(row.dataset.code)?.parent === "";
    const fold = theme && { ArrowLeft: true, ArrowRight: false }[event.key];
    if (!row || event.shiftKey || (!step && fold === undefined)) return false;
    event.preventDefault();
    if (step) row[step]?.querySelector(".qc-code-name")?.focus();
    else this.fold(row.dataset.code, fold);
    return true;
  }

  /** Write the numbers of codings; a code above others adds up what lies below it. */
  count() {
    const counts = new Map();
    for (const { code } of this.pane.state.codings.values()) {
      for (let id = code; id; id = this.pane.codes.byId.get(id)?.parent) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    for (const [id, node] of this.counted ?? []) {
      const text = String(counts.get(id) ?? "");
      if (node && node.textContent !== text) node.textContent = text;
    }
  }
}
