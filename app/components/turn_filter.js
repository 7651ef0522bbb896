// Showing only the turns with some code, or with any.

import { el } from "./elements.js";
import { _, _n } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./store.js").Changed} Changed */
/** @typedef {import("./types.js").TurnFilter} TurnFilter */
/** @typedef {import("./wire.js").Coding} Coding */

/** Hides turns, and says so above the transcript. */
export class Filter {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.banner = el("div.qc-banner", { hidden: true });
    screen.store.subscribe((state, changed) => this.render(state.filter, changed));
  }

  /** @param {TurnFilter} filter */
  set(filter) {
    this.screen.store.update({ filter });
  }

  /** @param {TurnFilter} filter @param {Changed} changed */
  render({ code, coded }, changed) {
    const on = Boolean(code || coded);
    // Without a filter an edit hides nothing: the 1,500 rows need not be asked.
    if (!changed.has("filter") && !(on && changed.has("codings"))) return;
    const wanted = new Set(code ? this.screen.store.state.codes.branch(code) : []);
    const fits = (/** @type {Coding} */ coding) => !code || wanted.has(coding.code);
    let count = 0;
    for (const { element, codings } of this.screen.transcript.views) {
      const shown = !on || codings.some(fits);
      element.classList.toggle("qc-off", !shown);
      if (shown) count++;
    }
    this.banner.hidden = !on;
    if (on) this.fill(count, code);
  }

  /** @param {number} count @param {string} [code] */
  fill(count, code) {
    const name = this.screen.store.state.codes.name(code ?? "");
    const text = code
      ? _n("{count} turn with {code}", "{count} turns with {code}", count, { code: name })
      : _n("{count} coded turn", "{count} coded turns", count);
    this.banner.replaceChildren(el("span", {}, text),
      el("button.qc-btn.qc-small", { type: "button", onclick: () => this.set({}) }, _("Show all turns")));
  }
}
