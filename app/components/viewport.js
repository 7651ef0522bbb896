// The part of the transcript that is in view: scrolling, the overview at its side, the place to
// come back to, and the size of the screen.

import { el } from "./elements.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./transcript_view.js").TurnView} TurnView */

const NARROW = 1000;
const SMALL = 720;
const RULER_WIDTH = 14;
const EDGE = 20;

/**
 * Where the reader was in each transcript: a turn, as heights are estimates until it is drawn.
 * @type {Map<string, {index: number, offset: number}>}
 */
const places = new Map();

/** The window on the transcript. */
export class Viewport {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    const { transcript } = screen.store.state.data;
    this.scroller = el("div.qc-scroll", {
      tabindex: "0", role: "group", "aria-label": _("Transcript {name}", { name: transcript }),
    });
    this.ruler = el("canvas.qc-ruler", { width: RULER_WIDTH, height: 100, "aria-hidden": "true" });
    this.moved = false;
    this.rulerIsOld = true;
    /** @type {TurnView | null} */
    this.revealing = null;
    this.listen();
    this.timer = setInterval(() => this.catchUp(), 300);
    screen.store.subscribe((_state, changed) => {
      if (changed.has("codings") || changed.has("width")) this.rulerIsOld = true;
    });
  }

  listen() {
    // Somebody who scrolls has the last word over what is being revealed.
    for (const name of ["wheel", "keydown", "mousedown", "touchstart"]) {
      this.scroller.addEventListener(name, () => { this.revealing = null; }, { passive: true });
    }
    this.scroller.addEventListener("scroll", () => { this.moved = true; }, { passive: true });
    this.ruler.addEventListener("click", (event) => {
      const { turns } = this.screen;
      this.reveal(turns.at((event.offsetY / this.ruler.clientHeight) * turns.end).index);
    });
  }

  stop() {
    clearInterval(this.timer);
  }

  focus() {
    this.scroller.focus({ preventScroll: true });
  }

  /** Do what may wait, so that it slows no key down: the overview and the place in the text. */
  catchUp() {
    if (!this.scroller.isConnected) return;
    if (this.moved) this.remember();
    if (this.rulerIsOld) this.drawRuler();
  }

  /**
   * Bring a turn into view, a third from the top or at an offset from it.
   * @param {number} index
   * @param {number} [offset]
   */
  reveal(index, offset) {
    const view = this.screen.transcript.views[index];
    if (!view) return;
    const until = performance.now() + 600;
    this.revealing = view;
    const scroll = () => {
      if (this.revealing !== view || !view.element.isConnected) return;
      const top = view.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
      const off = top - (offset ?? this.scroller.clientHeight / 3);
      // Not scrollIntoView: it would scroll the page around us too.
      if (Math.abs(off) > 1) this.scroller.scrollTop += off;
      // Rows get their true height, and their chips, only when they come into view.
      if (performance.now() < until) requestAnimationFrame(scroll);
    };
    scroll();
  }

  /** Reveal a turn that is not wholly in view. @param {number} index */
  revealIfHidden(index) {
    const box = this.screen.transcript.views[index].element.getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) this.reveal(index);
  }

  /** Scroll no further than needed to see a turn, or its beginning. @param {number} index */
  follow(index) {
    const box = this.screen.transcript.views[index].element.getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    const toTop = box.top - frame.top - EDGE;
    const toBottom = box.bottom - frame.bottom + EDGE;
    if (toTop < 0) this.scroller.scrollTop += toTop;
    else if (toBottom > 0) this.scroller.scrollTop += Math.min(toBottom, toTop);
  }

  remember() {
    this.moved = false;
    if (!this.scroller.isConnected) return;
    const { top } = this.scroller.getBoundingClientRect();
    // Blocks first: asking 1,500 rows for their place would lay out the whole transcript.
    for (const [block, views] of this.screen.transcript.blocks) {
      if (block.getBoundingClientRect().bottom <= top) continue;
      const view = views.find(({ element }) => element.getBoundingClientRect().bottom > top);
      if (!view) return;
      const offset = view.element.getBoundingClientRect().top - top;
      places.set(this.screen.store.state.data.transcript, { index: view.turn.index, offset });
      return;
    }
  }

  restore() {
    const place = places.get(this.screen.store.state.data.transcript);
    if (place) this.reveal(place.index, place.offset);
  }

  drawRuler() {
    this.rulerIsOld = false;
    const { ruler } = this;
    const { transcript, turns, store } = this.screen;
    const height = ruler.clientHeight;
    const context = ruler.getContext("2d");
    if (!height || !context) return;
    // Setting the size also empties the canvas.
    ruler.height = height * devicePixelRatio;
    ruler.width = RULER_WIDTH * devicePixelRatio;
    context.scale(devicePixelRatio, devicePixelRatio);
    for (const coding of transcript.sorted) {
      context.fillStyle = store.state.codes.color(coding.code);
      const x = 3 + ((transcript.lanes.get(coding.id) ?? 0) % 3) * 3;
      const y = (coding.start / turns.end) * height;
      context.fillRect(x, y, 3, Math.max(((coding.end - coding.start) / turns.end) * height, 2));
    }
  }

  /** Fill the window below the top of the screen; there is no way to ask Streamlit for that. */
  resize() {
    const { root, store } = this.screen;
    if (!root.isConnected) return;
    // At 200 % on a laptop little height is left: what is saved must still be in sight.
    const room = window.innerHeight - Math.max(root.getBoundingClientRect().top, 0) - 12;
    root.style.height = `${store.state.readonly ? Math.max(420, Math.min(room, 640)) : Math.max(room, 280)}px`;
    const width = root.clientWidth;
    root.classList.toggle("qc-narrow", width < NARROW);
    root.classList.toggle("qc-small-window", width < SMALL);
    if (width !== store.state.width) store.update({ width });
  }
}
