// The transcript on the screen, a row for each turn with exactly one text node, and the marks on
// its text. Rows stand in blocks: the browser draws, and we measure, only those near the window.

import { el, icon } from "./elements.js";
import { assignLanes, inTextOrder } from "./lanes.js";
import { Margin } from "./margin.js";
import { clock } from "./text.js";
import { clearSpecialMarks, specialMark, tint } from "./text_marks.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./store.js").Changed} Changed */
/** @typedef {import("./store.js").ScreenState} ScreenState */
/** @typedef {import("./types.js").TextPoint} TextPoint */
/** @typedef {import("./types.js").Turn} Turn */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Memo} Memo */
/** @typedef {import("./wire.js").Offer} Offer */
/** @typedef {import("./wire.js").Passage} Passage */

/**
 * One turn on the screen, and what is in it. `drawn` and `measured` are the signature and the
 * width that its margin was drawn for.
 * @typedef {object} TurnView
 * @property {Turn} turn
 * @property {HTMLElement} element
 * @property {Text} node
 * @property {HTMLElement} lanes
 * @property {HTMLElement} chips
 * @property {Element} block
 * @property {Coding[]} codings
 * @property {Memo[]} memos
 * @property {Offer[]} offers
 * @property {string} signature
 * @property {string | null} drawn
 * @property {number} measured
 * @property {[Highlight, StaticRange][]} marks
 */

const BLOCK = 20;

/** The rows of a transcript. */
export class TranscriptView {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.turns = screen.turns;
    this.margin = new Margin(screen);
    this.element = el("div.qc-text");
    /** @type {Map<Element, TurnView[]>} */
    this.blocks = new Map();
    /** @type {Set<Element>} */
    this.near = new Set();
    /** @type {Map<Node, TurnView>} */
    this.byNode = new Map();
    /** @type {TurnView | null} */
    this.currentView = null;
    /** @type {Coding[]} */
    this.sorted = [];
    /** @type {Map<string, number>} */
    this.lanes = new Map();
    this.byNumber = new Map(this.turns.list.map((turn) => [String(turn.number), turn]));
    this.views = this.turns.list.map((turn) => this.build(turn));
    screen.store.subscribe((state, changed) => this.render(state, changed));
  }

  /** @param {Turn} turn @returns {TurnView} */
  build(turn) {
    if (turn.index % BLOCK === 0) this.element.append(el("div.qc-block"));
    const block = /** @type {Element} */ (this.element.lastElementChild);
    const node = document.createTextNode(turn.text);
    const lanes = el("div.qc-lanes", { "aria-hidden": "true" });
    const chips = el("div.qc-chips");
    // The speaker is named where another one takes over.
    const named = turn.speaker !== this.turns.list[turn.index - 1]?.speaker;
    const kind = `${turn.interviewer ? ".qc-own" : ""}${named ? ".qc-first" : ""}`;
    const time = turn.time === null ? null : el("span.qc-time", {}, clock(turn.time));
    const element = el(`div.qc-row${kind}`, { "data-row": turn.index },
      el("div.qc-number", {}, el("span", {}, String(turn.number)), time),
      el("div.qc-said", {},
        turn.question ? el("div.qc-question", {}, icon("question", 13), el("span", {}, turn.question)) : null,
        named && turn.speaker ? el("div.qc-speaker", {}, turn.speaker) : null,
        el("p", { lang: this.screen.store.state.data.text_language }, node)),
      lanes, chips);
    block.append(element);
    const view = {
      turn, element, node, lanes, chips, block, codings: [], memos: [], offers: [],
      signature: "", drawn: null, measured: 0, marks: [],
    };
    this.byNode.set(node, view);
    this.byNode.set(element, view);
    this.blocks.set(block, [...(this.blocks.get(block) ?? []), view]);
    return view;
  }

  /**
   * Draw rows as they come near the window of a scroller.
   * @param {Element} scroller
   */
  watch(scroller) {
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.near.add(target);
        else this.near.delete(target);
        for (const view of this.blocks.get(target) ?? []) {
          if (isIntersecting) this.draw(view);
          // Every mark costs when the browser paints: those out of sight are taken away.
          else this.unmark(view);
        }
      }
    }, { root: scroller, rootMargin: "400px 0px" });
    for (const block of this.blocks.keys()) this.observer.observe(block);
  }

  stop() {
    this.observer?.disconnect();
    for (const view of this.views) this.unmark(view);
    clearSpecialMarks();
  }

  /** @param {ScreenState} state @param {Changed} changed */
  render(state, changed) {
    if (changed.has("codings") || changed.has("memos") || changed.has("offers")) this.place(state);
    // Names and colors are not part of a row's signature.
    if (changed.has("codes")) for (const view of this.views) view.drawn = null;
    if (changed.has("codes") || changed.has("highlights") || changed.has("width")) this.redraw();
    // The first turn is current from the start, but shown as such only once somebody works in it.
    if (changed.has("current") || state.selection || state.active || state.offer) this.showCurrent(state.current);
    if (changed.has("selection")) this.mark("pick", state.selection ? [state.selection] : []);
    if (changed.has("active") || changed.has("offer")) {
      const passage = this.screen.store.activeCoding ?? this.screen.store.currentOffer;
      this.mark("active", passage ? [passage] : []);
      this.showActive(state);
    }
  }

  /**
   * Give every row its codings, memos and suggestions, and draw the rows where these changed.
   * @param {ScreenState} state
   */
  place(state) {
    for (const view of this.views) {
      view.codings = [];
      view.memos = [];
      view.offers = [];
    }
    this.sorted = inTextOrder(state.codings.values());
    this.lanes = assignLanes(this.sorted);
    const firstTurn = new Map();
    for (const coding of this.sorted) {
      const turns = this.turns.between(coding.start, coding.end);
      for (const turn of turns) this.views[turn.index].codings.push(coding);
      firstTurn.set(coding.id, turns[0]);
    }
    for (const memo of state.memos) {
      const turn = (memo.target_kind === "turn" ? this.byNumber : firstTurn).get(memo.target);
      if (turn) this.views[turn.index].memos.push(memo);
    }
    for (const offer of state.offers) {
      for (const turn of this.turns.between(offer.start, offer.end)) this.views[turn.index].offers.push(offer);
    }
    for (const view of this.views) {
      const signature = this.signature(view);
      // Of 1,500 turns an edit changes one or two.
      if (signature === view.signature) continue;
      view.signature = signature;
      if (this.near.has(view.block)) this.draw(view);
    }
  }

  /** Everything that the drawing of a row depends on. @param {TurnView} view */
  signature({ codings, memos, offers }) {
    // Most turns have nothing in the margin, and this is asked for every turn after every edit.
    if (!codings.length && !memos.length && !offers.length) return "";
    return codings.map((c) => `${c.id}${c.code}${this.lanes.get(c.id)}${c.start}-${c.end}${c.memo ? 1 : 0}`).join()
      + memos.map((memo) => memo.id).join() + offers.map((offer) => offer.id).join();
  }

  /** Draw the marks and the margin of one row. @param {TurnView} view */
  draw(view) {
    const { codes, highlights, width } = this.screen.store.state;
    this.unmark(view);
    if (highlights) for (const coding of view.codings) this.markRow(view, tint(codes.color(coding.code)), coding);
    for (const offer of view.offers) this.markRow(view, specialMark("offer"), offer);
    // Measuring forces the browser to lay out the page, so it is done only where it must be.
    if (view.drawn === view.signature && view.measured === width) return;
    view.drawn = view.signature;
    view.measured = width;
    this.margin.draw(view);
  }

  /** Draw every row near the window again, after a change of size or of the marks. */
  redraw() {
    for (const block of this.near) for (const view of this.blocks.get(block) ?? []) this.draw(view);
  }

  /**
   * @param {TurnView} view
   * @param {Highlight | null} marks
   * @param {Passage} passage
   */
  markRow(view, marks, passage) {
    const range = marks && this.range(view, passage);
    if (!range) return;
    marks.add(range);
    view.marks.push([marks, range]);
  }

  /** @param {TurnView} view */
  unmark(view) {
    for (const [marks, range] of view.marks) marks.delete(range);
    view.marks = [];
  }

  /**
   * Put a special mark on some passages, and nowhere else.
   * @param {import("./text_marks.js").MarkName} name
   * @param {Passage[]} passages
   */
  mark(name, passages) {
    const marks = specialMark(name);
    marks?.clear();
    for (const passage of passages) {
      for (const turn of this.turns.between(passage.start, passage.end)) {
        const range = this.range(this.views[turn.index], passage);
        if (range) marks?.add(range);
      }
    }
  }

  /**
   * The part of a passage in one row as the browser wants it; null where there is none.
   * @param {TurnView} view
   * @param {Passage} passage
   */
  range({ turn, node }, { start, end }) {
    const part = this.turns.within(turn, start, end);
    if (!part) return null;
    return new StaticRange({ startContainer: node, startOffset: part[0], endContainer: node, endOffset: part[1] });
  }

  /**
   * A point of the native selection as turn and unit; null outside the text.
   * @param {Node} node
   * @param {number} offset
   * @param {Range} range
   * @param {boolean} end whether it is the end of the selection
   * @returns {TextPoint | null}
   */
  point(node, offset, range, end) {
    const view = this.byNode.get(node);
    if (view && node === view.node) return { turn: view.turn, unit: offset };
    // The browser put the point between elements: take the nearest text inside the range.
    const touched = this.views.filter((candidate) => range.intersectsNode(candidate.node));
    const turn = touched.at(end ? -1 : 0)?.turn;
    return turn ? { turn, unit: end ? turn.text.length : 0 } : null;
  }

  /** @param {number} current */
  showCurrent(current) {
    const view = this.views[current];
    if (!view || view === this.currentView) return;
    if (this.currentView) this.margin.tabStops(this.currentView, false);
    this.currentView?.element.classList.remove("qc-current");
    this.currentView = view;
    view.element.classList.add("qc-current");
    this.margin.tabStops(view, true);
  }

  /** @param {ScreenState} state */
  showActive({ active, offer }) {
    for (const node of this.element.querySelectorAll(".qc-is-active")) node.classList.remove("qc-is-active");
    const wanted = [["data-id", active], ["data-offer", offer]];
    for (const [name, id] of wanted) {
      if (!id) continue;
      const selector = `[${name}="${CSS.escape(id)}"]`;
      for (const node of this.element.querySelectorAll(selector)) node.classList.add("qc-is-active");
    }
  }
}
