// The coding screen: its parts around one store, and what comes to it from Python.

import { CodebookPanel } from "./codebook_panel.js";
import { CodeFinder } from "./code_finder.js";
import { Codes, mostUsed, NumberKeys } from "./codes.js";
import { CodingEdits } from "./coding_edits.js";
import { Dialogs } from "./dialogs.js";
import { canTurn } from "./edit_history.js";
import { el, isDark } from "./elements.js";
import { openOffers } from "./replay.js";
import { Selection } from "./selection.js";
import { Shortcuts } from "./shortcuts.js";
import { StatusBar } from "./status.js";
import { CLEARED, Store, withoutLostCoding } from "./store.js";
import { Suggestions } from "./suggestions.js";
import { codingsOf, listen, saving } from "./sync.js";
import { readyColors } from "./text_marks.js";
import { Toolbar } from "./toolbar.js";
import { TranscriptView } from "./transcript_view.js";
import { _ } from "./translate.js";
import { Filter } from "./turn_filter.js";
import { Turns } from "./turns.js";
import { Viewport } from "./viewport.js";

/** @typedef {import("./types.js").Trigger} Trigger */
/** @typedef {import("./wire.js").ScreenMount} ScreenMount */

/** One transcript with its codebook, for one coder. */
export class CodingScreen {
  /**
   * @param {HTMLElement} root
   * @param {ScreenMount} data
   * @param {Trigger} trigger
   */
  constructor(root, data, trigger) {
    this.root = root;
    this.trigger = trigger;
    const codes = new Codes(data.codes);
    readyColors(data.codes);
    this.store = new Store({
      data, codes, readonly: Boolean(data.comparison), codings: new Map(), memos: [], offers: [], known: false,
      saving: saving(), turns: canTurn(), ...CLEARED, current: 0, filter: {}, highlights: true, asking: false,
      pinned: [], width: 0,
    });
    this.turns = new Turns(data.turns, data.questions);
    this.numberKeys = new NumberKeys(`${data.project}|${data.coder}`);
    // Who subscribes first draws first: the others read what the transcript works out.
    this.transcript = new TranscriptView(this);
    this.viewport = new Viewport(this);
    this.filter = new Filter(this);
    this.finder = new CodeFinder(this);
    this.dialogs = new Dialogs(this);
    this.edits = new CodingEdits(this);
    this.selection = new Selection(this);
    this.suggestions = new Suggestions(this);
    this.panel = data.comparison ? null : new CodebookPanel(this);
    this.toolbar = new Toolbar(this);
    this.status = new StatusBar(this);
    this.shortcuts = new Shortcuts(this);
    this.build();
    this.resizer = new ResizeObserver(() => this.viewport.resize());
    this.resizer.observe(root);
    this.onWindowResize = () => this.viewport.resize();
    window.addEventListener("resize", this.onWindowResize);
    this.stopListening = listen(() => this.refresh());
  }

  build() {
    this.viewport.scroller.append(this.filter.banner, this.transcript.element);
    this.root.classList.toggle("qc-compare", this.store.state.readonly);
    this.root.replaceChildren(
      // For who hears the page: on the screen itself there is no room for a line of its own.
      this.store.state.readonly ? "" : el("h1.qc-live", {}, _("Coding")),
      this.toolbar.element, this.status.alert,
      el("div.qc-body", {}, this.panel?.element, this.viewport.scroller, this.viewport.ruler),
      this.status.element, this.finder.element, this.dialogs.element, this.status.live);
    this.viewport.resize();
    this.panel?.build();
    this.refresh();
    this.transcript.watch(this.viewport.scroller);
    this.viewport.restore();
  }

  /**
   * Take what Python sent, for the same transcript and coder.
   * @param {ScreenMount} data
   * @param {Trigger} trigger
   */
  update(data, trigger) {
    this.trigger = trigger;
    const before = this.store.state.data;
    // Every run of the page sends new objects, mostly with the same codes: drawing all again is slow.
    const patch = JSON.stringify(before.codes) === JSON.stringify(data.codes) ? {} : { codes: new Codes(data.codes) };
    this.store.update({ data, ...patch, ...(data.suggested ? { asking: false } : {}) });
    this.refresh();
  }

  /** Read the state of the server and the edits on their way again. */
  refresh() {
    const { state } = this.store;
    const { codings, memos, offers, newCodes, known } = this.read();
    // A new code stays although its edit has arrived: the codebook comes with the whole page only.
    const missing = newCodes.filter(({ id }) => !state.codes.byId.has(id));
    const codes = missing.reduce((all, code) => all.with(code), state.codes);
    // The most used codes are known once the server has sent the codings.
    const pinned = state.known ? state.pinned : (this.numberKeys.chosen(codes) ?? mostUsed(codes, codings.values()));
    this.store.update({
      codings, memos, codes, known, pinned,
      offers: state.readonly ? [] : openOffers(offers, codings.values()),
      saving: saving(), turns: canTurn(), ...withoutLostCoding(codings, state),
    });
  }

  read() {
    const { comparison, transcript } = this.store.state.data;
    if (!comparison) return codingsOf(transcript);
    const codings = new Map(comparison.codings.map((coding) => [coding.id, coding]));
    return { codings, memos: [], offers: [], newCodes: [], known: true };
  }

  /**
   * Go to a passage that Python asks to look at.
   * @param {import("./wire.js").Focus} focus
   */
  jump({ start, end }) {
    const { codings } = this.store.state;
    const { index } = this.turns.at(start);
    this.store.update({ filter: {}, current: index });
    this.transcript.showCurrent(index);
    this.viewport.reveal(index);
    const coding = [...codings.values()].find((candidate) => candidate.start === start && candidate.end === end);
    if (coding) this.selection.activate(coding.id);
    else this.transcript.mark("active", [{ start, end }]);
  }

  /** Have a screen reader read something out. @param {string} text */
  say(text) {
    this.status.live.textContent = text;
  }

  /** Give the focus back to where it was, after another transcript was opened. @param {boolean} toChooser */
  focus(toChooser) {
    const chooser = toChooser ? this.root.querySelector("select") : null;
    (chooser ?? this.viewport.scroller).focus({ preventScroll: true });
  }

  destroy() {
    this.viewport.remember();
    this.viewport.stop();
    this.transcript.stop();
    this.shortcuts.stop();
    this.stopListening();
    this.resizer.disconnect();
    window.removeEventListener("resize", this.onWindowResize);
  }
}

/** @param {ScreenMount} data */
const identityOf = ({ transcript, sha256, coder, comparison, language }) =>
  [transcript, sha256, coder, Boolean(comparison), language].join();

/** Keeps a screen in its place on the page, and makes a new one for another transcript. */
export class ScreenHolder {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.parent = parent;
    this.root = el("section.qc", { "aria-label": _("Coding screen") });
    parent.append(this.root);
    /** @type {CodingScreen | null} */
    this.screen = null;
    this.identity = "";
    /** @type {string | undefined} */
    this.focusKey = undefined;
  }

  /** @param {ScreenMount} data @param {Trigger} trigger */
  update(data, trigger) {
    // Streamlit always says "en", so a screen reader would read Dutch as English.
    document.documentElement.lang = data.language;
    this.page = /** @type {HTMLElement | null} */ (this.parent.closest("[data-testid=stMainBlockContainer]"));
    if (this.page) this.page.dataset.qcPage = data.comparison ? "compare" : "coding";
    this.root.classList.toggle("qc-dark", isDark(this.root));
    if (this.screen && this.identity === identityOf(data)) this.screen.update(data, trigger);
    else this.open(data, trigger);
    if (data.focus && data.focus.key !== this.focusKey) this.screen?.jump(data.focus);
    this.focusKey = data.focus?.key;
  }

  /** @param {ScreenMount} data @param {Trigger} trigger */
  open(data, trigger) {
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    this.identity = identityOf(data);
    // Another transcript shares nothing with this one: a new screen has no state left over.
    this.screen?.destroy();
    this.screen = new CodingScreen(this.root, data, trigger);
    if (focused) this.screen.focus(focused.matches("select"));
  }

  destroy() {
    this.screen?.destroy();
    // A page keeps its margins as long as another screen is on it.
    if (!this.page?.querySelector(".qc")) delete this.page?.dataset.qcPage;
  }
}
