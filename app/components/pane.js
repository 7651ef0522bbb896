// The coding screen: header, codebook, transcript with its margin, overview, status bar; and
// what mouse and keys do in it. Edits are painted at once and sent by the hub.

import { CodebookPanel, Codes, Pins } from "./codebook.js";
import { Dialogs } from "./dialogs.js";
import { Finder } from "./finder.js";
import { _, _n, dismiss, hub, listen, newId, pending, perform, push, redo, stateOf, undo } from "./hub.js";
import { characterEdge, countWords, snapCharacters, snapWords, trim, wordEdge } from "./offsets.js";
import { el, icon, isDark, kbd, short } from "./parts.js";
import { Rows, readyColors } from "./rows.js";

const NARROW = 1000;
const SMALL = 720;

export class Pane {
  constructor(parent) {
    this.parent = parent;
    this.root = el("section.qc", { "aria-label": _("Coding screen") });
    parent.append(this.root);
    this.filter = {};
    this.highlights = true;
    this.selection = null;
    this.active = null;
    this.adjusting = null;
    this.offer = null;
    this.offers = [];
    this.current = 0;
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.resizer = new ResizeObserver(() => this.resize());
    this.onWindow = () => this.resize();
    window.addEventListener("resize", this.onWindow);
    this.stopListening = listen(() => this.refresh());
  }

  get readonly() {
    return this.data.mode === "compare";
  }

  update(data, trigger) {
    this.trigger = trigger;
    const doc = data.doc + data.hash + data.coder + (data.mode || "") + data.language;
    const codes = JSON.stringify(data.codes);
    const before = this.data;
    this.data = data;
    document.documentElement.lang = data.language;
    this.page = this.parent.closest("[data-testid=stMainBlockContainer]");
    if (this.page) this.page.dataset.qcPage = this.readonly ? "compare" : "coding";
    this.root.classList.toggle("qc-dark", isDark(this.root));
    if (this.doc !== doc) {
      this.doc = doc;
      this.codesText = codes;
      this.build();
    } else if (this.codesText !== codes) {
      this.codesText = codes;
      this.codes = new Codes(data.codes);
      this.pins.codes = this.codes;
      this.refresh();
      this.panel?.build();
      for (const row of this.rows.rows) row.drawn = null;
      this.rows.redraw();
    } else {
      this.refresh();
    }
    if (data.focus && data.focus.n !== before?.focus?.n) this.jump(data.focus);
  }

  destroy() {
    this.remember();
    this.rows?.stop();
    if (!this.page?.querySelector(".qc")) delete this.page?.dataset.qcPage;
    this.stopListening();
    this.resizer.disconnect();
    window.removeEventListener("resize", this.onWindow);
    clearInterval(this.timer);
  }

  // --- building -------------------------------------------------------------------------------

  build() {
    const { data } = this;
    const focused = document.activeElement;
    const within = this.root.contains(focused);
    this.rows?.stop();
    Object.assign(this, { currentRow: null, selection: null, active: null, adjusting: null, offer: null, filter: {}, current: 0 });
    this.codes = new Codes(data.codes);
    readyColors(data.codes);
    this.state = this.read();
    this.offers = [];
    this.pins = new Pins(`${data.project}|${data.coder}`, this.codes, this.state.codings.values());
    this.rows = new Rows(this, data.turns, data.questions || {});
    this.scroller = el("div.qc-scroll", {
      tabindex: "0", role: "group", "aria-label": _("Transcript {name}", { name: data.doc }),
    }, this.banner = el("div.qc-banner", { hidden: true }), this.rows.root);
    this.ruler = el("canvas.qc-ruler", { width: 14, height: 100, "aria-hidden": "true" });
    this.live = el("div.qc-live", { "aria-live": "polite", role: "status" });
    this.alert = el("div.qc-alert", { role: "alert", hidden: true });
    this.alerted = "";
    this.status = el("div.qc-status-main");
    this.saved = el("span.qc-saved");
    this.total = el("span.qc-total");
    this.panel = this.readonly ? null : new CodebookPanel(this);
    this.finder = new Finder(this);
    this.dialogs = new Dialogs(this);
    this.root.replaceChildren(
      this.header(), this.alert,
      el("div.qc-body", {}, this.panel?.root, this.scroller, this.ruler),
      el("div.qc-status", {}, this.status, el("div.qc-status-end", {}, this.total, this.saved)),
      this.finder.root, this.dialogs.root, this.live);
    this.root.classList.toggle("qc-compare", this.readonly);
    this.listenToMouse();
    this.resizer.disconnect();
    this.resizer.observe(this.root);
    this.resize();
    this.panel?.build();
    this.refresh();
    this.rows.watch(this.scroller);
    this.restore();
    if (within) (focused.matches("select") ? this.root.querySelector("select") : this.scroller).focus({ preventScroll: true });
    clearInterval(this.timer);
    this.timer = setInterval(() => this.quietly(), 300);
  }

  header() {
    const { data } = this;
    this.progress = el("progress.qc-progress", { max: 1, value: 0, "aria-label": _("Turns coded") });
    this.progressText = el("span.qc-muted");
    const choose = el("select.qc-title", {
      "aria-label": _("Transcript"),
      onchange: () => this.trigger("open", choose.value),
    }, ...data.documents.map(([name, title]) => el("option", { value: name, selected: name === data.doc }, title)));
    const button = (name, label, action, text) => el(text ? "button.qc-btn" : "button.qc-icon", {
      type: "button", title: label, "aria-label": label, onclick: action,
    }, icon(name), text ? el("span", {}, text) : null);
    this.undoButton = button("undo", _("Undo"), () => this.undo());
    this.redoButton = button("redo", _("Redo"), () => this.redo());
    this.codedButton = button("funnel", _("Show only coded turns"), () => this.setFilter(this.filter.coded ? {} : { coded: true }), _("Only coded"));
    this.marksButton = button("marker", _("Highlights"), () => this.toggleMarks(), _("Highlights"));
    this.marksButton.setAttribute("aria-pressed", String(this.highlights));
    this.panelButton = button("panel", _("Codebook"), () => this.root.classList.toggle("qc-open"));
    this.panelButton.classList.add("qc-panel-button");
    const title = this.readonly
      ? el("strong.qc-title.qc-fixed", {}, data.title)
      : el("span.qc-choose", {}, choose, icon("down", 15));
    const tools = this.readonly
      ? [el("span.qc-legend.qc-side-a", {}, data.coders[0]), el("span.qc-legend.qc-side-b", {}, data.coders[1])]
      : [...this.offerTools(button), this.codedButton, el("span.qc-rule"), this.undoButton, this.redoButton, el("span.qc-rule")];
    return el("header.qc-head", {}, this.readonly ? null : this.panelButton, title,
      this.readonly ? null : el("span.qc-progress-box", {}, this.progress, this.progressText),
      el("span.qc-space"), ...tools, this.marksButton,
      this.readonly ? null : button("help", _("Keys"), () => this.dialogs.keys()));
  }

  offerTools(button) {
    if (!this.data.suggesting) return [];
    this.offerButton = button("spark", _("Suggestions"), () => this.askOffers(), _("Suggestions"));
    this.offerCount = el("span.qc-offer-count");
    this.offerBack = button("left", _("Previous suggestion"), () => this.stepOffer(-1));
    this.offerNext = button("right", _("Next suggestion"), () => this.stepOffer(1));
    this.offerYes = el("button.qc-btn", { type: "button", onclick: () => this.accept() }, icon("check"), el("span", {}, _("Accept")), kbd("A"));
    this.offerNo = el("button.qc-btn", { type: "button", onclick: () => this.reject() }, icon("cross"), el("span", {}, _("Reject")), kbd("X"));
    this.offerBox = el("span.qc-offer-box", {}, this.offerBack, this.offerCount, this.offerNext, this.offerYes, this.offerNo);
    return [this.offerButton, this.offerBox, el("span.qc-rule")];
  }

  // --- suggestions ----------------------------------------------------------------------------

  askOffers() {
    this.asking = true;
    this.focus();
    this.showOffers();
    this.trigger("suggest", this.data.doc);
  }

  /** Offers that the coder did not act on: no coding with that code lies there. */
  freeOffers() {
    const taken = [...this.state.codings.values()];
    return (this.state.offers ?? []).filter((offer) =>
      !taken.some((one) => one.code === offer.code && one.s < offer.e && offer.s < one.e));
  }

  showOffers() {
    if (!this.offerBox) return;
    const place = this.offers.findIndex((one) => one.id === this.offer);
    const count = this.offers.length;
    if (this.data.suggested) this.asking = false;
    this.offerBox.hidden = !this.data.suggested;
    this.offerButton.disabled = Boolean(this.asking) || Boolean(this.data.suggested);
    this.offerButton.querySelector("span").textContent = this.asking ? _("Looking for suggestions…") : _("Suggestions");
    this.offerCount.textContent = place >= 0 ? `${place + 1} / ${count}` : String(count);
    for (const one of [this.offerYes, this.offerNo]) one.disabled = place < 0;
    for (const one of [this.offerBack, this.offerNext]) one.disabled = !count;
  }

  stepOffer(step) {
    if (!this.offers.length) return;
    const place = this.offers.findIndex((one) => one.id === this.offer);
    const start = this.rows.rows[this.current].start;
    const first = Math.max(0, this.offers.findIndex((one) => one.s >= start));
    const next = place < 0 ? first : (place + step + this.offers.length) % this.offers.length;
    this.showOffer(this.offers[next].id);
  }

  showOffer(id) {
    const offer = this.offers.find((one) => one.id === id);
    if (!offer) return;
    this.clear();
    this.offer = id;
    this.current = this.rows.at(offer.s).index;
    this.showCurrent();
    for (const node of this.root.querySelectorAll(`[data-offer="${CSS.escape(id)}"]`)) node.classList.add("qc-is-active");
    this.rows.mark("active", [offer]);
    this.showStatus();
    this.showOffers();
    const { element } = this.rows.rows[this.current];
    const box = element.getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) this.reveal(this.rows.rows[this.current]);
    this.say(_("Suggestion {code}: {text}", { code: this.codes.name(offer.code), text: short(this.rows.quote(offer.s, offer.e), 200) }));
  }

  /** Do something with an offer, then go on to the next one. */
  settle(id, act) {
    const place = this.offers.findIndex((one) => one.id === id);
    if (place < 0) return;
    const next = this.offers[place + 1]?.id;
    act(this.offers[place]);
    if (next && this.offer === id) this.showOffer(next);
    else if (this.offer === id) this.clear();
    this.focus();
  }

  /** What an edit says of the text it was made on: positions mean nothing in another one. */
  get place() {
    return { doc: this.data.doc, hash: this.data.hash };
  }

  accept(id = this.offer) {
    this.settle(id, ({ code, s, e, by }) => {
      perform({ ...this.place, before: null, after: { code, s, e, by } });
      this.say(_("Coded: {code}", { code: this.codes.name(code) }));
    });
  }

  reject(id = this.offer) {
    this.settle(id, ({ id: offer, code, from, to, by }) => {
      perform({ ...this.place, reject: { id: offer, code, s: from, e: to, by } });
      this.say(_("Rejected: {code}", { code: this.codes.name(code) }));
    });
  }

  /** Another code for the passage of an offer: the offer is taken as rejected. */
  otherCode() {
    const offer = this.offers.find((one) => one.id === this.offer);
    if (!offer) return;
    this.select(offer.s, offer.e);
    this.openFinder({ focus: true });
  }

  // --- state ----------------------------------------------------------------------------------

  read() {
    if (!this.readonly) return stateOf(this.data.doc);
    const codings = new Map();
    for (const [id, code, s, e, memo, side] of this.data.codings) codings.set(id, { id, code, s, e, memo, side });
    return { codings, memos: [], codes: [], known: true };
  }

  /** Read server state and outbox again, and redraw what changed. */
  refresh() {
    if (!this.rows) return;
    this.state = this.read();
    for (const op of this.state.codes) this.addPendingCode(op);
    this.offers = this.readonly ? [] : this.freeOffers();
    this.sorted = this.rows.update(this.state);
    if (this.active && !this.state.codings.has(this.active)) this.activate(null);
    this.panel?.count();
    this.applyFilter();
    this.showProgress();
    this.showOffers();
    this.showStatus();
    this.dirty = true;
    if (this.shown !== this.data.doc && this.state.known) {
      this.shown = this.data.doc;
      if (!this.pins.stored()) this.pins.ids = this.pins.usual(this.state.codings.values());
      this.panel?.build();
    }
  }

  addPendingCode(op) {
    if (this.codes.byId.has(op.id)) return;
    const above = this.codes.byId.get(op.code);
    const rows = [...this.codes.rows, { id: op.id, parent: op.code, name: op.text, color: above?.color ?? "#64748b", retired: false, about: "" }];
    this.codes = new Codes(rows);
    this.pins.codes = this.codes;
    this.panel?.build();
  }

  showProgress() {
    if (this.readonly) return;
    const rows = this.rows.rows.filter((row) => !row.own);
    const coded = rows.filter((row) => row.codings.length).length;
    this.progress.max = rows.length || 1;
    this.progress.value = coded;
    this.progressText.textContent = _("{coded} of {total} turns coded", { coded, total: rows.length });
    this.undoButton.disabled = !hub.undo.length;
    this.redoButton.disabled = !hub.redo.length;
  }

  showStatus() {
    const coding = this.active && this.state.codings.get(this.active);
    const button = (name, text, action, key) => el("button.qc-btn.qc-small", { type: "button", onclick: action },
      icon(name, 15), el("span", {}, text), key ? kbd(key) : null);
    const hint = (keys, text) => el("span.qc-hint", {}, ...keys.map(kbd), " ", text);
    let parts;
    if (this.adjusting) {
      parts = [el("strong", {}, _("New boundaries")), hint(["⇧ ← →"], _("end")), hint(["Ctrl ⇧ ← →"], _("start")),
        button("check", _("Save"), () => this.saveBounds(), "Enter"), button("cross", _("Cancel"), () => this.clear(), "Esc")];
    } else if (coding) {
      parts = [el("span.qc-swatch", { style: `--c:${this.codes.color(coding.code)}` }),
        el("strong.qc-path", {}, this.codes.path(coding.code)),
        el("span.qc-muted.qc-quote", {}, `“${short(this.rows.quote(coding.s, coding.e), 48)}”`)];
      if (!this.readonly) {
        parts.push(
          button("tag", _("Change code"), () => this.openFinder({ focus: true, change: coding }), "C"),
          button("note", _("Memo"), () => this.memo(), "M"),
          button("right", _("Boundaries"), () => this.startAdjusting(), "⇧ →"),
          button("trash", _("Remove"), () => this.remove(), "Del"));
      }
    } else if (this.offer && this.offers.some((one) => one.id === this.offer)) {
      const offer = this.offers.find((one) => one.id === this.offer);
      parts = [icon("spark", 15), el("span.qc-swatch", { style: `--c:${this.codes.color(offer.code)}` }),
        el("strong.qc-path", {}, this.codes.path(offer.code)),
        el("span.qc-muted.qc-quote", { title: offer.why }, `${Math.round(offer.score * 100)}% · ${offer.why}`),
        button("check", _("Accept"), () => this.accept(), "A"), button("cross", _("Reject"), () => this.reject(), "X"),
        button("tag", _("Other code"), () => this.otherCode(), "C")];
    } else if (this.selection) {
      const words = countWords(this.rows.quote(this.selection.s, this.selection.e));
      parts = [el("strong", {}, _n("{count} word selected", "{count} words selected", words)),
        hint(["1", "–", "9"], _("assign")), hint(["C"], _("find a code")), hint(["⇧ ← →"], _("adjust end")),
        hint(["Ctrl ⇧ ← →"], _("adjust start")), hint(["M"], _("memo")), hint(["Esc"], _("clear"))];
    } else {
      parts = this.readonly ? [hint(["J", "K"], _("next, previous turn"))]
        : [hint(["J", "K"], _("next, previous turn")), hint(["Space"], _("select it")), hint(["?"], _("all keys"))];
    }
    this.status.replaceChildren(...parts);
    if (this.readonly) return;
    const count = _n("{count} coding", "{count} codings", this.state.codings.size);
    const who = _("coding as {coder}", { coder: this.data.coder });
    this.total.textContent = `${count} · ${who}`;
    const waiting = pending().length > 0;
    const lost = waiting ? hub.trouble : hub.refused.length > 0;
    this.saved.className = `qc-saved${waiting ? " qc-waiting" : ""}${lost ? " qc-refused" : ""}`;
    this.saved.textContent = lost ? _("Not saved") : waiting ? _("Saving…") : _("All changes saved");
    this.showAlert(waiting ? hub.trouble : "");
  }

  /** Say in full what could not be saved, until the coder has read it. */
  showAlert(trouble) {
    const said = [...(trouble ? [trouble] : []), ...hub.refused.map(([, , why]) => why)];
    if (said.join() === this.alerted) return;
    this.alerted = said.join();
    this.alert.hidden = !said.length;
    this.alert.replaceChildren(
      el("strong", {}, _("Not saved")),
      el("span", {}, said.join(" ")),
      ...(hub.refused.length ? [el("button.qc-btn.qc-small", { type: "button", onclick: () => { dismiss(); this.focus(); } }, _("Close"))] : []));
  }

  say(text) {
    this.live.textContent = text;
  }

  // --- selection ------------------------------------------------------------------------------

  select(s, e, announce = true) {
    this.selection = { s, e };
    this.leaveOffer();
    if (!this.adjusting) this.activate(null);
    this.rows.mark("pick", [this.selection]);
    this.showStatus();
    if (announce) this.say(_("Selected: {text}", { text: short(this.rows.quote(s, e), 200) }));
  }

  clear() {
    this.selection = null;
    this.adjusting = null;
    this.leaveOffer();
    this.finder.hide();
    this.rows.mark("pick", []);
    this.activate(null);
  }

  leaveOffer() {
    this.offer = null;
    for (const node of this.root.querySelectorAll("[data-offer].qc-is-active")) node.classList.remove("qc-is-active");
    this.showOffers();
  }

  listenToMouse() {
    const { scroller } = this;
    scroller.addEventListener("mousedown", (event) => {
      this.finder.hide();
      if (event.target.closest("button")) return;
      this.rows.mark("pick", []);
    });
    scroller.addEventListener("mouseup", (event) => {
      if (event.target.closest("button")) return;
      const exact = event.altKey;
      setTimeout(() => this.fromMouse(event, exact), 0);
    });
    scroller.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-id]");
      if (mark) this.activate(mark.dataset.id === this.active ? null : mark.dataset.id);
    });
    for (const [name, on] of [["mouseover", true], ["mouseout", false]]) {
      scroller.addEventListener(name, (event) => {
        const mark = event.target.closest("[data-id]");
        const coding = mark && this.state.codings.get(mark.dataset.id);
        if (coding) this.rows.mark("hover", on ? [coding] : []);
      });
    }
    scroller.addEventListener("copy", (event) => {
      if (!this.selection) return;
      event.clipboardData.setData("text/plain", this.rows.quote(this.selection.s, this.selection.e));
      event.preventDefault();
    });
    for (const name of ["wheel", "keydown", "mousedown", "touchstart"]) {
      scroller.addEventListener(name, () => { this.revealing = null; }, { passive: true });
    }
    scroller.addEventListener("scroll", () => { this.moved = true; }, { passive: true });
    this.ruler.addEventListener("click", (event) => {
      const share = event.offsetY / this.ruler.clientHeight;
      const last = this.rows.rows[this.rows.rows.length - 1];
      this.reveal(this.rows.at(share * last.end));
    });
  }

  fromMouse(event, exact) {
    const native = document.getSelection();
    if (!native || !native.rangeCount) return;
    const range = native.getRangeAt(0);
    if (range.collapsed || !this.scroller.contains(range.commonAncestorContainer)) {
      this.clickText(range, event);
      return;
    }
    const span = this.span(range, exact);
    native.removeAllRanges();
    if (!span) return;
    this.current = this.rows.at(span.s).index;
    if (this.readonly) return;
    this.select(span.s, span.e);
    this.scroller.focus({ preventScroll: true });
    if (!this.adjusting) this.openFinder({});
  }

  span(range, exact) {
    const from = this.rows.point(range.startContainer, range.startOffset, range, false);
    const to = this.rows.point(range.endContainer, range.endOffset, range, true);
    if (!from || !to) return null;
    if (from.row === to.row) {
      const { row } = from;
      let part = snapCharacters(row.text, from.unit, to.unit);
      part = trim(row.text, ...part);
      if (part && !exact) part = snapWords(row.text, ...part);
      return part && { s: this.rows.position(row, part[0]), e: this.rows.position(row, part[1]) };
    }
    const first = this.tidy(from.row, from.unit, from.row.text.length, exact);
    const last = this.tidy(to.row, 0, to.unit, exact);
    const s = first ? this.rows.position(from.row, first[0]) : this.rows.rows[from.row.index + 1].start;
    const e = last ? this.rows.position(to.row, last[1]) : this.rows.rows[to.row.index - 1].end;
    return s < e ? { s, e } : null;
  }

  tidy(row, start, end, exact) {
    const part = trim(row.text, ...snapCharacters(row.text, start, end));
    return part && !exact ? snapWords(row.text, ...part) : part;
  }

  clickText(range, event) {
    const row = this.rows.byNode.get(range.startContainer) ?? this.rows.byElement.get(event.target.closest(".qc-row"));
    this.selection = null;
    this.finder.hide();
    if (!row) { this.clear(); return; }
    this.current = row.index;
    const at = this.rows.byNode.has(range.startContainer) ? this.rows.position(row, range.startOffset) : -1;
    const here = row.codings.filter((coding) => coding.s <= at && at < coding.e).sort((a, b) => a.e - a.s - (b.e - b.s));
    const next = here[(here.findIndex((coding) => coding.id === this.active) + 1) % (here.length || 1)];
    this.adjusting = null;
    this.activate(next && next.id !== this.active ? next.id : null);
    this.showCurrent();
  }

  openFinder(options) {
    const span = options.change ?? this.selection;
    if (!span) {
      this.say(_("Select some text first."));
      return;
    }
    this.finder.show(this.rect(span), options);
  }

  rect({ s, e }) {
    const rows = this.rows.rowsOf(s, e);
    const row = rows[rows.length - 1];
    const part = this.rows.within(row, s, e) ?? [0, 1];
    const range = document.createRange();
    range.setStart(row.node, part[0]);
    range.setEnd(row.node, part[1]);
    const rects = range.getClientRects();
    const last = rects[rects.length - 1] ?? row.element.getBoundingClientRect();
    const first = rows.length > 1 ? rows[0].element.getBoundingClientRect() : rects[0] ?? last;
    return { top: first.top, bottom: last.bottom, left: last.left };
  }

  // --- edits ----------------------------------------------------------------------------------

  assign(code) {
    if (this.readonly) return;
    const coding = this.active && this.state.codings.get(this.active);
    if (!this.selection && coding) {
      this.recode(coding, code);
      return;
    }
    if (!this.selection) {
      this.say(_("Select some text first."));
      this.flash();
      return;
    }
    const { s, e } = this.selection;
    const same = [...this.state.codings.values()].find((one) => one.code === code && one.s === s && one.e === e);
    if (same) perform({ ...this.place, before: { ...same }, after: null });
    else perform({ ...this.place, before: null, after: { code, s, e } });
    this.lastTheme = this.codes.byId.get(code)?.parent || undefined;
    this.say(same ? _("Removed: {code}", { code: this.codes.name(code) }) : _("Coded: {code}", { code: this.codes.name(code) }));
  }

  recode(coding, code) {
    if (coding.code === code) return;
    const after = { code, s: coding.s, e: coding.e };
    perform({ ...this.place, before: { ...coding }, after });
    this.activate(after.id);
    this.say(_("Coded: {code}", { code: this.codes.name(code) }));
  }

  remove() {
    const coding = this.state.codings.get(this.active);
    if (!coding || this.readonly) return;
    perform({ ...this.place, before: { ...coding }, after: null });
    this.say(_("Removed: {code}", { code: this.codes.name(coding.code) }));
    this.focus();
  }

  startAdjusting() {
    const coding = this.state.codings.get(this.active);
    if (!coding || this.readonly) return;
    this.adjusting = coding.id;
    this.select(coding.s, coding.e, false);
    this.focus();
  }

  saveBounds() {
    const coding = this.state.codings.get(this.adjusting);
    const span = this.selection;
    this.clear();
    if (!coding || !span || (coding.s === span.s && coding.e === span.e)) return;
    const after = { code: coding.code, s: span.s, e: span.e };
    perform({ ...this.place, before: { ...coding }, after });
    this.activate(after.id);
    this.say(_("Boundaries saved"));
  }

  addCode(label, parent) {
    const id = newId();
    push({ op: "new_code", doc: this.data.doc, id, code: parent, text: label });
    this.finder.hide();
    if (this.selection) this.assign(id);
  }

  memo() {
    if (this.readonly) return;
    const coding = this.active && this.state.codings.get(this.active);
    const row = this.selection ? this.rows.at(this.selection.s) : this.rows.rows[this.current];
    const kind = coding ? "coding" : "turn";
    const target = coding ? coding.id : String(row.number);
    const about = coding ? _("Memo on {code}", { code: this.codes.name(coding.code) }) : _("Memo on turn {number}", { number: row.number });
    const quote = coding ? this.rows.quote(coding.s, coding.e) : this.selection ? this.rows.quote(this.selection.s, this.selection.e) : row.text;
    const earlier = this.state.memos.filter((memo) => memo.kind === kind && memo.target === target);
    if (coding?.memo) earlier.unshift({ text: coding.memo });
    this.finder.hide();
    this.dialogs.memo(about, quote, earlier, (text) => {
      push({ op: "memo", doc: this.data.doc, kind, target, text });
      this.say(_("Memo saved"));
    });
  }

  undo() {
    this.say(undo() ? _("Undone") : _("There is nothing to undo."));
  }

  redo() {
    this.say(redo() ? _("Done again") : _("There is nothing to redo."));
  }

  pin(id) {
    if (!this.pins.toggle(id)) this.say(_("All nine number keys are in use. Take one away first."));
    this.panel.build();
    if (this.finder.open) this.finder.fill();
  }

  toggleMarks() {
    this.highlights = !this.highlights;
    this.marksButton.setAttribute("aria-pressed", String(this.highlights));
    this.rows.redraw();
  }

  // --- showing --------------------------------------------------------------------------------

  activate(id) {
    for (const node of this.root.querySelectorAll(".qc-is-active")) node.classList.remove("qc-is-active");
    this.active = id;
    const coding = id && this.state.codings.get(id);
    if (coding) {
      if (!this.adjusting) this.selection = null;
      this.rows.mark("pick", this.selection ? [this.selection] : []);
      for (const node of this.root.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) node.classList.add("qc-is-active");
      this.current = this.rows.at(coding.s).index;
      this.showCurrent();
    }
    this.rows.mark("active", coding ? [coding] : []);
    this.showStatus();
  }

  setFilter(filter) {
    this.filter = filter;
    this.applyFilter(true);
    this.panel?.build();
  }

  applyFilter(changed = false) {
    const { code, coded } = this.filter;
    if (!changed && !code && !coded) return;
    const wanted = new Set();
    if (code) {
      const add = (id) => { wanted.add(id); (this.codes.children.get(id) ?? []).forEach((child) => add(child.id)); };
      add(code);
    }
    let count = 0;
    for (const row of this.rows.rows) {
      const shown = code ? row.codings.some((one) => wanted.has(one.code)) : coded ? row.codings.length > 0 : true;
      row.element.classList.toggle("qc-off", !shown);
      if (shown) count++;
    }
    const on = Boolean(code || coded);
    this.codedButton.setAttribute("aria-pressed", String(Boolean(coded)));
    this.banner.hidden = !on;
    if (on) {
      const text = code ? _n("{count} turn with {code}", "{count} turns with {code}", count, { code: this.codes.name(code) })
        : _n("{count} coded turn", "{count} coded turns", count);
      this.banner.replaceChildren(el("span", {}, text),
        el("button.qc-btn.qc-small", { type: "button", onclick: () => this.setFilter({}) }, _("Show all turns")));
    }
  }

  showCurrent(announce = false) {
    const row = this.rows.rows[this.current];
    if (this.currentRow !== row) {
      this.currentRow?.element.classList.remove("qc-current");
      if (this.currentRow) this.rows.tabStops(this.currentRow, false);
      this.currentRow = row;
      row.element.classList.add("qc-current");
      this.rows.tabStops(row, true);
    }
    if (announce) this.say(`${row.number}. ${row.speaker}: ${short(row.text, 300)}`);
  }

  move(step) {
    let next = this.current;
    do next += step; while (this.rows.rows[next]?.element.classList.contains("qc-off"));
    if (!this.rows.rows[next]) return;
    this.current = next;
    if (!this.adjusting) this.clear();
    this.showCurrent(true);
    const { element } = this.rows.rows[next];
    const box = element.getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    if (box.top < frame.top + 20) this.scroller.scrollTop += box.top - frame.top - 20;
    else if (box.bottom > frame.bottom - 20) this.scroller.scrollTop += Math.min(box.bottom - frame.bottom + 20, box.top - frame.top - 20);
  }

  /** Bring a row into view, a third from the top. */
  reveal(row, offset = null) {
    const until = performance.now() + 600;
    this.revealing = row;
    const go = () => {
      if (this.revealing !== row || !row.element.isConnected) return;
      const top = row.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
      const off = top - (offset ?? this.scroller.clientHeight / 3);
      if (Math.abs(off) > 1) this.scroller.scrollTop += off;
      // Rows get their true height, and their chips, only when they come into view.
      if (performance.now() < until) requestAnimationFrame(go);
    };
    go();
  }

  jump({ s, e }) {
    const row = this.rows.at(s);
    this.setFilter({});
    this.current = row.index;
    this.showCurrent();
    this.reveal(row);
    const coding = [...this.state.codings.values()].find((one) => one.s === s && one.e === e);
    if (coding) this.activate(coding.id);
    else this.rows.mark("active", [{ s, e }]);
  }

  remember() {
    if (!this.scroller?.isConnected || !this.rows) return;
    const top = this.scroller.getBoundingClientRect().top;
    for (const block of this.rows.root.children) {
      if (block.getBoundingClientRect().bottom <= top) continue;
      const row = block.rows.find((one) => one.element.getBoundingClientRect().bottom > top);
      if (row) hub.places.set(this.data.doc, { row: row.index, offset: row.element.getBoundingClientRect().top - top });
      return;
    }
  }

  restore() {
    const place = hub.places.get(this.data.doc);
    if (place && this.rows.rows[place.row]) this.reveal(this.rows.rows[place.row], place.offset);
  }

  /** What may wait: the overview and the place in the text. */
  quietly() {
    if (!this.root.isConnected) return;
    if (this.moved) {
      this.moved = false;
      this.remember();
    }
    if (this.dirty) {
      this.dirty = false;
      this.drawRuler();
    }
  }

  drawRuler() {
    const { ruler } = this;
    const height = ruler.clientHeight;
    if (!height) return;
    ruler.height = height * devicePixelRatio;
    ruler.width = 14 * devicePixelRatio;
    const context = ruler.getContext("2d");
    context.scale(devicePixelRatio, devicePixelRatio);
    const total = this.rows.rows[this.rows.rows.length - 1]?.end || 1;
    for (const coding of this.sorted) {
      context.fillStyle = this.codes.color(coding.code);
      const y = (coding.s / total) * height;
      context.fillRect(3 + (coding.lane % 3) * 3, y, 3, Math.max(((coding.e - coding.s) / total) * height, 2));
    }
  }

  resize() {
    if (!this.root.isConnected) return;
    const room = window.innerHeight - Math.max(this.root.getBoundingClientRect().top, 0) - 12;
    this.root.style.height = `${this.readonly ? Math.max(420, Math.min(room, 640)) : Math.max(room, 360)}px`;
    const width = this.root.clientWidth;
    this.root.classList.toggle("qc-narrow", width < NARROW);
    this.root.classList.toggle("qc-small-window", width < SMALL);
    if (width === this.width) return;
    this.width = width;
    this.dirty = true;
    this.rows?.redraw();
  }

  focus() {
    this.scroller.focus({ preventScroll: true });
  }

  flash() {
    this.status.classList.remove("qc-flash");
    requestAnimationFrame(() => this.status.classList.add("qc-flash"));
    this.status.replaceChildren(el("strong", {}, _("Select some text first.")));
  }

  // --- keys -----------------------------------------------------------------------------------

  key(event) {
    // Streamlit listens on the document: r runs everything again, c clears its memory.
    if (!this.readonly || /^[rc]$/i.test(event.key)) event.stopPropagation();
    if (this.dialogs.open || event.target.closest("input, select, textarea") || this.panel?.key(event)) return;
    if (event.key === "Tab" || this.keyOnText(event)) return;
    const button = event.target.closest("button");
    if (button && (event.key === "Enter" || event.key === " ")) return;
    const action = this.actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  }

  actionOf(event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() === "z" && !this.readonly) return () => (event.shiftKey ? this.redo() : this.undo());
      return null;
    }
    // Beside the queue of adjudication J and K step through the queue.
    if (key === "ArrowDown" || (key === "j" && !this.readonly)) return () => this.move(1);
    if (key === "ArrowUp" || (key === "k" && !this.readonly)) return () => this.move(-1);
    if (key === "Escape") return () => this.clear();
    if (this.readonly) return null;
    if (/^[1-9]$/.test(key)) {
      const id = this.pins.ids[Number(key) - 1];
      return id ? () => this.assign(id) : null;
    }
    const coding = this.active && this.state.codings.get(this.active);
    return {
      " ": () => this.selectTurn(),
      n: () => this.stepOffer(1),
      p: () => this.stepOffer(-1),
      a: () => this.accept(),
      x: () => this.reject(),
      c: () => this.offer ? this.otherCode() : this.openFinder({ focus: true, change: this.selection ? null : coding }),
      "/": () => this.openFinder({ focus: true, change: this.selection ? null : coding }),
      i: () => this.dialogs.newCode(this.selection ? this.rows.quote(this.selection.s, this.selection.e) : ""),
      m: () => this.memo(),
      z: () => this.undo(),
      Z: () => this.redo(),
      Delete: () => this.remove(),
      Backspace: () => this.remove(),
      Enter: () => (this.adjusting ? this.saveBounds() : this.selection ? this.openFinder({ focus: true }) : this.selectTurn()),
      "?": () => this.dialogs.keys(),
    }[key] ?? null;
  }

  /** Keys that move the ends of the selection. */
  keyOnText(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !event.shiftKey || this.readonly) return false;
    event.preventDefault();
    if (!this.selection && this.active) this.startAdjusting();
    if (!this.selection) return true;
    this.moveEdge(step, event.ctrlKey || event.metaKey ? "start" : "end", event.altKey);
    return true;
  }

  moveEdge(step, side, exact) {
    const { s, e } = this.selection;
    let row = this.rows.at(side === "end" ? e - 1 : s);
    const to = side === "end" ? e : s;
    let at = to <= row.start ? 0 : this.rows.within(row, row.start, to)[1];
    let edge = exact ? characterEdge(row.text, at, step) : wordEdge(row.text, at, step, side);
    if (edge === at) {
      // The end of this turn: go on in the one beside it.
      row = this.rows.rows[row.index + step];
      if (!row) return;
      at = step > 0 ? 0 : row.text.length;
      edge = side === "end" && step < 0 ? at : side === "start" && step > 0 ? 0 : wordEdge(row.text, at, step, side);
    }
    const place = this.rows.position(row, edge);
    if (side === "end" && place > s) this.select(s, place);
    if (side === "start" && place < e) this.select(place, e);
  }

  selectTurn() {
    const row = this.rows.rows[this.current];
    const part = trim(row.text, 0, row.text.length);
    if (!part) return;
    this.showCurrent();
    this.select(this.rows.position(row, part[0]), this.rows.position(row, part[1]));
  }
}
