// What the coder selects, with the mouse or by keys, and which coding a click means.

import { closest } from "./elements.js";
import { moveEdge, passageBetween, passageOfTurn } from "./passages.js";
import { activating, CLEARED, selecting } from "./store.js";
import { short } from "./text.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./wire.js").Passage} Passage */

/** The passage to code, and the coding that was clicked. */
export class Selection {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.store = screen.store;
    /** @type {MouseEvent | null} */
    this.released = null;
    this.listen(screen.viewport.scroller);
  }

  /** @param {Passage} passage */
  select(passage, announce = true) {
    this.store.update(selecting(this.store.state, passage));
    if (announce) this.screen.say(_("Selected: {text}", { text: short(this.screen.turns.quote(passage), 200) }));
  }

  clear() {
    this.screen.finder.hide();
    this.store.update(CLEARED);
  }

  /** Make a coding the active one. @param {string | null} id */
  activate(id) {
    const { state } = this.store;
    const coding = id ? state.codings.get(id) : undefined;
    const current = coding ? this.screen.turns.at(coding.start).index : state.current;
    this.store.update({ ...activating(state, id), current });
  }

  selectTurn() {
    const { turns } = this.screen;
    const passage = passageOfTurn(turns, turns.list[this.store.state.current]);
    if (passage) this.select(passage);
  }

  /**
   * Go to the next or previous turn that is shown.
   * @param {number} step 1 or -1
   */
  move(step) {
    const { transcript, turns, viewport } = this.screen;
    let next = this.store.state.current;
    do next += step; while (transcript.views[next]?.element.classList.contains("qc-off"));
    const turn = turns.list[next];
    if (!turn) return;
    // New boundaries may lie in another turn: moving there keeps them.
    if (!this.store.state.adjusting) this.clear();
    this.store.update({ current: next });
    this.screen.say(`${turn.number}. ${turn.speaker}: ${short(turn.text, 300)}`);
    viewport.follow(next);
  }

  /**
   * Move one end of the selection; without one, those of the active coding.
   * @param {"start" | "end"} side
   * @param {number} step 1 or -1
   * @param {boolean} exact by a character instead of a word
   */
  moveEdge(side, step, exact) {
    if (!this.store.state.selection) this.screen.edits.startAdjusting();
    const { selection } = this.store.state;
    const moved = selection && moveEdge(this.screen.turns, selection, step, side, exact);
    if (moved) this.select(moved);
  }

  /** @param {HTMLElement} scroller */
  listen(scroller) {
    const { transcript } = this.screen;
    scroller.addEventListener("mousedown", (event) => {
      this.screen.finder.hide();
      if (!closest(event, "button")) transcript.mark("pick", []);
    });
    scroller.addEventListener("mouseup", (event) => {
      // The browser gives the selection its final form only after this event.
      if (closest(event, "button")) return;
      this.released = event;
      setTimeout(() => this.takeReleased(), 0);
    });
    // A key pressed at once is about the turn that was clicked, and must not come before the click.
    scroller.addEventListener("keydown", () => this.takeReleased(), true);
    scroller.addEventListener("click", (event) => {
      const id = closest(event, "[data-id]")?.dataset.id;
      if (id) this.activate(id === this.store.state.active ? null : id);
    });
    for (const [name, on] of /** @type {const} */ ([["mouseover", true], ["mouseout", false]])) {
      scroller.addEventListener(name, (event) => {
        const coding = this.store.state.codings.get(closest(event, "[data-id]")?.dataset.id ?? "");
        if (coding) transcript.mark("hover", on ? [coding] : []);
      });
    }
    scroller.addEventListener("copy", (event) => {
      // The native selection is empty by then, so the browser would copy nothing.
      const { selection } = this.store.state;
      if (!selection) return;
      event.clipboardData?.setData("text/plain", this.screen.turns.quote(selection));
      event.preventDefault();
    });
  }

  takeReleased() {
    const event = this.released;
    this.released = null;
    if (event) this.takeMouse(event);
  }

  /** @param {MouseEvent} event */
  takeMouse(event) {
    const { transcript, turns, viewport, finder } = this.screen;
    const native = document.getSelection();
    if (!native || !native.rangeCount) return;
    const range = native.getRangeAt(0);
    if (range.collapsed || !viewport.scroller.contains(range.commonAncestorContainer)) {
      this.takeClick(range, event);
      return;
    }
    const from = transcript.point(range.startContainer, range.startOffset, range, false);
    const to = transcript.point(range.endContainer, range.endOffset, range, true);
    const passage = from && to && passageBetween(turns, from, to, event.altKey);
    // Our own mark shows the selection: it stays when the focus goes to the search field.
    native.removeAllRanges();
    if (!passage) return;
    this.store.update({ current: turns.at(passage.start).index });
    if (this.store.state.readonly) return;
    this.select(passage);
    viewport.focus();
    if (!this.store.state.adjusting) finder.open();
  }

  /**
   * A click in the text: the shortest coding there; once more gives the next longer one.
   * @param {Range} range
   * @param {MouseEvent} event
   */
  takeClick(range, event) {
    const { transcript, turns } = this.screen;
    const node = range.startContainer;
    const row = closest(event, ".qc-row");
    const view = transcript.byNode.get(node) ?? (row ? transcript.byNode.get(row) : undefined);
    if (!view) {
      this.clear();
      return;
    }
    this.screen.finder.hide();
    const position = node === view.node ? turns.position(view.turn, range.startOffset) : -1;
    const here = view.codings
      .filter((coding) => coding.start <= position && position < coding.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    const { active } = this.store.state;
    const next = here[(here.findIndex((coding) => coding.id === active) + 1) % (here.length || 1)];
    this.store.update({ selection: null, adjusting: null, current: view.turn.index });
    transcript.showCurrent(view.turn.index);
    this.activate(next && next.id !== active ? next.id : null);
  }
}
