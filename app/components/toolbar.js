// The bar above the transcript: which one it is, how far the coding is, and the tools.

import { el, icon, toolButton } from "./elements.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./store.js").Changed} Changed */
/** @typedef {import("./store.js").ScreenState} ScreenState */

/** The toolbar. */
export class Toolbar {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    const { store, edits, filter } = screen;
    this.progress = el("progress.qc-progress", { max: 1, value: 0, "aria-label": _("Turns coded") });
    this.progressText = el("span.qc-muted");
    this.undoButton = toolButton("undo", _("Undo"), () => edits.undo());
    this.redoButton = toolButton("redo", _("Redo"), () => edits.redo());
    this.codedButton = toolButton("funnel", _("Show only coded turns"),
      () => filter.set(store.state.filter.coded ? {} : { coded: true }), _("Only coded"));
    this.marksButton = toolButton("marker", _("Highlights"),
      () => store.update({ highlights: !store.state.highlights }), _("Highlights"));
    const { comparison } = store.state.data;
    this.element = comparison ? this.compare(comparison.coders) : this.code();
    store.subscribe((state, changed) => this.render(state, changed));
  }

  /** The bar of two coders' codings. @param {string[]} coders */
  compare([first, second]) {
    return el("header.qc-head", {},
      el("strong.qc-title.qc-fixed", {}, this.screen.store.state.data.title), el("span.qc-space"),
      el("span.qc-legend.qc-side-a", {}, first), el("span.qc-legend.qc-side-b", {}, second), this.marksButton);
  }

  code() {
    const { root, dialogs, suggestions } = this.screen;
    const panelButton = toolButton("panel", _("Codebook"), () => root.classList.toggle("qc-open"));
    panelButton.classList.add("qc-panel-button");
    return el("header.qc-head", {},
      panelButton, el("span.qc-choose", {}, this.chooser(), icon("down", 15)),
      el("span.qc-progress-box", {}, this.progress, this.progressText), el("span.qc-space"),
      ...suggestions.tools(), this.codedButton, el("span.qc-rule"),
      this.undoButton, this.redoButton, el("span.qc-rule"), this.marksButton,
      toolButton("help", _("Keys"), () => dialogs.keys()));
  }

  chooser() {
    const { data } = this.screen.store.state;
    const select = el("select.qc-title", {
      "aria-label": _("Transcript"),
      onchange: () => this.screen.trigger("open", select.value),
    }, ...data.transcripts.map(({ name, title }) =>
      el("option", { value: name, selected: name === data.transcript }, title)));
    return select;
  }

  /** @param {ScreenState} state @param {Changed} changed */
  render({ filter, highlights, readonly, turns }, changed) {
    this.codedButton.setAttribute("aria-pressed", String(Boolean(filter.coded)));
    this.marksButton.setAttribute("aria-pressed", String(highlights));
    if (readonly) return;
    this.undoButton.disabled = !turns.undo;
    this.redoButton.disabled = !turns.redo;
    if (changed.has("codings")) this.showProgress();
  }

  showProgress() {
    // Questions are not coded: only the turns of respondents count.
    const views = this.screen.transcript.views.filter(({ turn }) => !turn.interviewer);
    const coded = views.filter(({ codings }) => codings.length).length;
    this.progress.max = views.length || 1;
    this.progress.value = coded;
    this.progressText.textContent = _("{coded} of {total} turns coded", { coded, total: views.length });
  }
}
