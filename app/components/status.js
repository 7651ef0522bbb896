// The bar below the transcript: what can be done now, how much is coded, whether all is stored.

import { el, icon, kbd } from "./elements.js";
import { countWords } from "./offsets.js";
import { dismissRefusals } from "./sync.js";
import { short } from "./text.js";
import { _, _n } from "./translate.js";

/** @typedef {import("./elements.js").IconName} IconName */
/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./store.js").ScreenState} ScreenState */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Offer} Offer */
/** @typedef {import("./wire.js").Passage} Passage */

/** @param {IconName} name @param {string} text @param {() => void} action @param {string} key */
const button = (name, text, action, key) =>
  el("button.qc-btn.qc-small", { type: "button", onclick: action }, icon(name, 15), el("span", {}, text), kbd(key));

/** @param {string[]} keys @param {string} text */
const hint = (keys, text) => el("span.qc-hint", {}, ...keys.map(kbd), " ", text);

/** The status bar, the alert above the transcript, and what is read out aloud. */
export class StatusBar {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.main = el("div.qc-status-main");
    this.saved = el("span.qc-saved");
    this.total = el("span.qc-total");
    this.element = el("div.qc-status", {}, this.main, el("div.qc-status-end", {}, this.total, this.saved));
    this.live = el("div.qc-live", { "aria-live": "polite", role: "status" });
    this.alert = el("div.qc-alert", { role: "alert", hidden: true });
    this.alerted = "";
    screen.store.subscribe((state) => this.render(state));
  }

  /** Ask for a selection, where a code was given to nothing. */
  flash() {
    // The animation starts again only where a frame without the class lies in between.
    this.main.classList.remove("qc-flash");
    requestAnimationFrame(() => this.main.classList.add("qc-flash"));
    this.main.replaceChildren(el("strong", {}, _("Select some text first.")));
  }

  /** @param {ScreenState} state */
  render(state) {
    this.main.replaceChildren(...this.parts(state));
    if (state.readonly) return;
    const count = _n("{count} coding", "{count} codings", state.codings.size);
    const coder = _("coding as {coder}", { coder: state.data.coder });
    this.total.textContent = `${count} · ${coder}`;
    this.showSaving(state.saving);
  }

  /** @param {ScreenState} state */
  parts({ adjusting, selection, readonly }) {
    const { activeCoding, currentOffer } = this.screen.store;
    // The nearest to what the coder does comes first: new boundaries are a selection too.
    if (adjusting) return this.adjustingParts();
    if (activeCoding) return this.codingParts(activeCoding, readonly);
    if (currentOffer) return this.offerParts(currentOffer);
    if (selection) return this.selectionParts(selection);
    const move = hint(["J", "K"], _("next, previous turn"));
    return readonly ? [move] : [move, hint(["Space"], _("select it")), hint(["?"], _("all keys"))];
  }

  adjustingParts() {
    const { edits, selection } = this.screen;
    return [
      el("strong", {}, _("New boundaries")), hint(["⇧ ← →"], _("end")), hint(["Ctrl ⇧ ← →"], _("start")),
      button("check", _("Save"), () => edits.saveBoundaries(), "Enter"),
      button("cross", _("Cancel"), () => selection.clear(), "Esc"),
    ];
  }

  /** @param {string} code */
  codeParts(code) {
    const { codes } = this.screen.store.state;
    return [el("span.qc-swatch", { style: `--c:${codes.color(code)}` }), el("strong.qc-path", {}, codes.path(code))];
  }

  /** @param {Coding} coding @param {boolean} readonly */
  codingParts(coding, readonly) {
    const { edits, finder, turns } = this.screen;
    const quote = el("span.qc-muted.qc-quote", {}, `“${short(turns.quote(coding), 48)}”`);
    const parts = [...this.codeParts(coding.code), quote];
    if (readonly) return parts;
    return [...parts,
      button("tag", _("Change code"), () => finder.open({ focus: true, change: coding }), "C"),
      button("note", _("Memo"), () => edits.memo(), "M"),
      button("right", _("Boundaries"), () => edits.startAdjusting(), "⇧ →"),
      button("trash", _("Remove"), () => edits.remove(), "Del")];
  }

  /** @param {Offer} offer */
  offerParts({ code, probability, why }) {
    const { suggestions } = this.screen;
    return [icon("spark", 15), ...this.codeParts(code),
      el("span.qc-muted.qc-quote", { title: why }, `${Math.round(probability * 100)}% · ${why}`),
      button("check", _("Accept"), () => suggestions.accept(), "A"),
      button("cross", _("Reject"), () => suggestions.reject(), "X"),
      button("tag", _("Other code"), () => suggestions.otherCode(), "C")];
  }

  /** @param {Passage} selection */
  selectionParts(selection) {
    const words = countWords(this.screen.turns.quote(selection));
    return [el("strong", {}, _n("{count} word selected", "{count} words selected", words)),
      hint(["1", "–", "9"], _("assign")), hint(["C"], _("find a code")), hint(["⇧ ← →"], _("adjust end")),
      hint(["Ctrl ⇧ ← →"], _("adjust start")), hint(["M"], _("memo")), hint(["Esc"], _("clear"))];
  }

  /** @param {ScreenState["saving"]} saving */
  showSaving({ waiting, trouble, refused }) {
    // Trouble with the project matters while edits wait for it; a refused edit until it is read.
    const lost = waiting ? trouble : refused.length > 0;
    this.saved.className = `qc-saved${waiting ? " qc-waiting" : ""}${lost ? " qc-refused" : ""}`;
    this.saved.textContent = lost ? _("Not saved") : waiting ? _("Saving…") : _("All changes saved");
    const reasons = [...(waiting && trouble ? [trouble] : []), ...refused.map(({ why }) => why)];
    // Filled once for each reason: a screen reader reads an alert out whenever it changes.
    if (reasons.join() === this.alerted) return;
    this.alerted = reasons.join();
    this.alert.hidden = !reasons.length;
    const close = el("button.qc-btn.qc-small", {
      type: "button", onclick: () => { dismissRefusals(); this.screen.viewport.focus(); },
    }, _("Close"));
    this.alert.replaceChildren(
      el("strong", {}, _("Not saved")), el("span", {}, reasons.join(" ")), ...(refused.length ? [close] : []));
  }
}
