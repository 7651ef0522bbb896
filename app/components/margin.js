// What stands next to a turn: a stripe for each coding, and chips with names, memos, suggestions.

import { el, icon } from "./elements.js";
import { short } from "./text.js";
import { _, _n } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./transcript_view.js").TurnView} TurnView */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Memo} Memo */
/** @typedef {import("./wire.js").Offer} Offer */
/** @typedef {import("./wire.js").Passage} Passage */

/**
 * A chip and the height where it would like to be.
 * @typedef {{y: number, node: HTMLElement}} Chip
 */

/**
 * A coding and where its text begins and ends, in pixels of its row.
 * @typedef {{coding: Coding, top: number, bottom: number}} Placed
 */

const LANE_WIDTH = 8;
const CHIP_HEIGHT = 25;
const LANES_WIDTH = 46;
// One chip more than lines is no hole in the text yet.
const SLACK = 1;
// A memo on a turn has no passage: its chip goes next to the first line.
const FIRST_LINE = 22;

/** Draws the margin of one turn. */
export class Margin {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    /** Turns that show all their chips. @type {Set<number>} */
    this.expanded = new Set();
  }

  /** @param {TurnView} view */
  draw(view) {
    const { codings, memos, offers } = view;
    if (!codings.length && !memos.length && !offers.length) {
      view.lanes.replaceChildren();
      view.chips.replaceChildren();
      view.element.style.minHeight = "";
      return;
    }
    const rowTop = view.element.getBoundingClientRect().top;
    const placed = codings.map((coding) => ({ coding, ...this.measure(view, coding, rowTop) }));
    view.lanes.replaceChildren(...placed.map((item) => this.stripe(view, item)));
    this.stack(view, [
      ...this.codingChips(view, placed),
      ...this.offerChips(view, rowTop),
      ...this.memoChips(view, placed),
    ]);
    this.tabStops(view, view === this.screen.transcript.currentView);
  }

  /**
   * Where a passage begins and ends in its row, in pixels.
   * @param {TurnView} view
   * @param {Passage} passage
   * @param {number} rowTop
   */
  measure(view, { start, end }, rowTop) {
    const part = this.screen.turns.within(view.turn, start, end) ?? [0, 1];
    // A static range cannot be measured.
    const range = document.createRange();
    range.setStart(view.node, part[0]);
    range.setEnd(view.node, part[1]);
    const rects = range.getClientRects();
    const last = rects[rects.length - 1];
    return last ? { top: rects[0].top - rowTop, bottom: last.bottom - rowTop } : { top: 0, bottom: 0 };
  }

  /**
   * Put chips below each other, each as near as it can to its own height.
   * @param {TurnView} view
   * @param {Chip[]} chips
   */
  stack(view, chips) {
    chips.sort((a, b) => a.y - b.y);
    const room = Math.max(1, Math.floor((view.node.parentElement?.offsetHeight ?? 0) / CHIP_HEIGHT));
    const hidden = this.isFolded(view, chips, room) ? chips.splice(room) : [];
    let low = 0;
    for (const chip of chips) {
      low = Math.max(chip.y, low);
      chip.node.style.top = `${low}px`;
      low += CHIP_HEIGHT;
    }
    view.chips.replaceChildren(...chips.map((chip) => chip.node));
    if (hidden.length) view.chips.append(this.moreChip(view, hidden, low - CHIP_HEIGHT));
    // Chips stand outside the flow: without this they would run over the next turn.
    view.element.style.minHeight = chips.length ? `${low + 6}px` : "";
  }

  /**
   * Whether chips of a turn fold into one: they would tear a hole into the text.
   * @param {TurnView} view
   * @param {Chip[]} chips
   * @param {number} room how many fit next to the text
   */
  isFolded(view, chips, room) {
    if (chips.length <= room + SLACK || this.expanded.has(view.turn.index)) return false;
    const { active, offer } = this.screen.store.state;
    // What somebody looks at is never folded away.
    return !chips.slice(room).some(({ node }) =>
      (active && node.dataset.id === active) || (offer && node.dataset.offer === offer));
  }

  /**
   * The chip that stands for those that are folded away, and shows them.
   * @param {TurnView} view
   * @param {Chip[]} hidden
   * @param {number} y
   */
  moreChip(view, hidden, y) {
    const names = hidden.map(({ node }) => node.querySelector(".qc-chip-name")?.textContent ?? "");
    const show = () => {
      this.expanded.add(view.turn.index);
      this.draw(view);
      // The button that had the focus is gone.
      this.screen.viewport.focus();
    };
    return el("button.qc-chip.qc-more", {
      style: `top:${y}px`, title: names.join(", "), onclick: show,
      "aria-label": _n("Show {count} more code here", "Show {count} more codes here", hidden.length),
    }, `+${hidden.length}`);
  }

  /**
   * @param {TurnView} view
   * @param {Placed} placed
   */
  stripe(view, { coding, top, bottom }) {
    const { codes } = this.screen.store.state;
    // A stripe is rounded where the coding begins and ends, and square where it runs on.
    const begins = coding.start >= view.turn.start;
    const ends = coding.end <= view.turn.end;
    const y = begins ? top + 3 : 0;
    const height = ends ? `${Math.max(bottom - 3 - y, 6)}px` : `calc(100% - ${y}px)`;
    const lanes = this.screen.transcript.lanes;
    const most = Math.max(...view.codings.map(({ id }) => lanes.get(id) ?? 0)) + 1;
    // Many codings on one place stand closer together, so that none runs into the chips.
    const pitch = Math.min(LANE_WIDTH, LANES_WIDTH / most);
    const left = (lanes.get(coding.id) ?? 0) * pitch + 6;
    return el(`div.qc-stripe${begins ? ".qc-begins" : ""}${ends ? ".qc-ends" : ""}`, {
      "data-id": coding.id,
      style: `--c:${codes.color(coding.code)};left:${left}px;width:${Math.min(5, pitch - 1)}px;top:${y}px;height:${height}`,
      title: codes.name(coding.code),
    });
  }

  /**
   * A coding has its chip where it begins, not in the turns that it runs on into.
   * @param {TurnView} view
   * @param {Placed[]} placed
   * @returns {Chip[]}
   */
  codingChips(view, placed) {
    const { turns } = this.screen;
    return placed
      .filter(({ coding }) => coding.start >= view.turn.start || turns.at(coding.start) === view.turn)
      .map(({ coding, top }) => ({ y: top, node: this.codingChip(coding) }));
  }

  /** @param {Coding} coding */
  codingChip(coding) {
    const { codes, data, active } = this.screen.store.state;
    const name = codes.name(coding.code);
    const coder = coding.side && data.comparison ? data.comparison.coders[coding.side === "a" ? 0 : 1] : "";
    const quote = short(this.screen.turns.quote(coding), 60);
    const side = coding.side ? `.qc-side-${coding.side}` : "";
    return el(`button.qc-chip${side}${active === coding.id ? ".qc-is-active" : ""}`, {
      "data-id": coding.id, style: `--c:${codes.color(coding.code)}`,
      "aria-label": `${coder ? `${coder}: ` : ""}${name}: “${quote}”`,
    }, el("span.qc-bar"), coder ? el("span.qc-who", {}, coder) : null, el("span.qc-chip-name", {}, name));
  }

  /**
   * @param {TurnView} view
   * @param {number} rowTop
   * @returns {Chip[]}
   */
  offerChips(view, rowTop) {
    return view.offers
      .filter((offer) => this.screen.turns.at(offer.start) === view.turn)
      .map((offer) => ({ y: this.measure(view, offer, rowTop).top, node: this.offerChip(offer) }));
  }

  /** @param {Offer} offer */
  offerChip(offer) {
    const { suggestions, store } = this.screen;
    const name = store.state.codes.name(offer.code);
    const active = store.state.offer === offer.id ? ".qc-is-active" : "";
    const style = `--c:${store.state.codes.color(offer.code)}`;
    return el(`span.qc-chip.qc-offer${active}`, { "data-offer": offer.id, style },
      el("button.qc-offer-name", { title: offer.why, onclick: () => suggestions.show(offer.id) },
        icon("spark", 14), el("span.qc-chip-name", {}, name),
        el("span.qc-who", {}, `${Math.round(offer.probability * 100)}%`)),
      el("button.qc-offer-yes", {
        "aria-label": _("Accept {code}", { code: name }), onclick: () => suggestions.accept(offer.id),
      }, icon("check", 14)),
      el("button.qc-offer-no", {
        "aria-label": _("Reject {code}", { code: name }), onclick: () => suggestions.reject(offer.id),
      }, icon("cross", 14)));
  }

  /**
   * Memos of this turn and its codings; a coding of an imported table brings its own memo.
   * @param {TurnView} view
   * @param {Placed[]} placed
   * @returns {Chip[]}
   */
  memoChips(view, placed) {
    const chips = view.memos.map((memo) => {
      const place = placed.find(({ coding }) => coding.id === memo.target);
      return { y: place ? place.top + 1 : FIRST_LINE, node: this.memoChip(memo) };
    });
    for (const { coding, top } of placed) {
      if (!coding.memo || coding.start < view.turn.start) continue;
      const node = this.memoChip({ id: "", target_kind: "coding", target: coding.id, text: coding.memo });
      chips.push({ y: top + 1, node });
    }
    return chips;
  }

  /** @param {Memo} memo */
  memoChip(memo) {
    // A click on the memo of a coding activates that coding; a turn cannot be activated.
    const subject = memo.target_kind === "turn" ? {} : { "data-id": memo.target };
    const label = _("Memo: {text}", { text: memo.text });
    return el("button.qc-chip.qc-memo", { ...subject, title: memo.text, "aria-label": label },
      icon("note", 14), el("span.qc-chip-name", {}, memo.text));
  }

  /**
   * Tab goes to the codings of the current turn only: else a text has thousands of stops.
   * @param {TurnView} view
   * @param {boolean} on
   */
  tabStops(view, on) {
    for (const button of view.chips.querySelectorAll("button")) button.tabIndex = on ? 0 : -1;
  }
}
