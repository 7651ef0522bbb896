// The transcript as rows of one turn each, and all that is drawn beside and on the text: marks,
// stripes, chips. Text nodes are never split, so positions and the native selection stay simple.

import { _ } from "./hub.js";
import { pairsOf, toPoints, toUnits } from "./offsets.js";
import { clock, el, icon, short } from "./parts.js";

const BLOCK = 20;
const LANES = 5;
const LANE_WIDTH = 8;
const CHIP = 25;
const LINE = 70;

// Marks on the text as [light, dark]. Text keeps its contrast on any pile of them: a tint has the
// hue of its code and always the same lightness (tests/app/test_contrast.py).
const SPECIAL = {
  pick: Array(2).fill("background-color: #1d4ed8; color: #ffffff;"),
  active: [
    "background-color: rgb(250 204 21 / 0.5); color: #1f2328;",
    "background-color: rgb(161 98 7 / 0.5); color: #ffffff;",
  ],
  hover: [
    "background-color: rgb(250 204 21 / 0.35); color: #1f2328;",
    "background-color: rgb(161 98 7 / 0.35); color: #ffffff;",
  ],
  offer: Array(2).fill("text-decoration: underline dotted 2px; text-underline-offset: 3px;"),
};
const tintOf = (color) => [
  `background-color: oklch(from ${color} 0.895 min(c, 0.09) h / 0.62);`,
  `background-color: oklch(from ${color} 0.40 min(c, 0.09) h / 0.62);`,
];

let sheet = null;
const ruled = new Set();

/** Write the rules of marks that have none yet: all at once, each new one restyles the text. */
function rule(rules) {
  sheet ??= document.head.appendChild(el("style", {}));
  const fresh = rules.filter(([name]) => !ruled.has(name));
  for (const [name] of fresh) ruled.add(name);
  const write = ([name, [light, dark]]) =>
    `.qc p::highlight(${name}) { ${light} } .qc.qc-dark p::highlight(${name}) { ${dark} }\n`;
  if (fresh.length) sheet.append(fresh.map(write).join(""));
}

/** The browser's highlight of a name; null where the browser has none. */
function highlight(name) {
  if (!CSS.highlights) return null;
  let found = CSS.highlights.get(name);
  if (!found) CSS.highlights.set(name, (found = new Highlight()));
  return found;
}

const nameOf = (color) => `qc-${color.slice(1).toLowerCase()}`;

/** Make ready to mark text in the colors of these codes. */
export function readyColors(codes) {
  const tints = codes.map(({ color }) => [nameOf(color), tintOf(color)]);
  rule([...Object.entries(SPECIAL).map(([name, body]) => [`qc-${name}`, body]), ...tints]);
}

function tint(color) {
  readyColors([{ color }]);
  return highlight(nameOf(color));
}

const special = (name) => highlight(`qc-${name}`);

export class Rows {
  constructor(pane, turns, questions) {
    this.pane = pane;
    this.rows = turns.map(([number, speaker, time, start, text, own], index) => {
      const pairs = pairsOf(text);
      return {
        index, number, speaker, time, start, text, pairs, own: Boolean(own),
        end: start + toPoints(pairs, text.length),
        question: questions[number], codings: [], memos: [], offers: [], signature: "", drawn: null, marks: [],
      };
    });
    this.byNode = new Map();
    this.byElement = new Map();
    this.root = el("div.qc-text");
    this.visible = new Set();
    this.build();
  }

  build() {
    let before = null;
    for (let at = 0; at < this.rows.length; at += BLOCK) {
      const block = el("div.qc-block");
      for (const row of this.rows.slice(at, at + BLOCK)) {
        row.block = block;
        this.rowElement(row, row.speaker !== before);
        before = row.speaker;
        block.append(row.element);
      }
      block.rows = this.rows.slice(at, at + BLOCK);
      this.root.append(block);
    }
  }

  rowElement(row, named) {
    row.node = document.createTextNode(row.text);
    row.p = el("p", { lang: this.pane.data.lang }, row.node);
    row.lanes = el("div.qc-lanes", { "aria-hidden": "true" });
    row.chips = el("div.qc-chips");
    row.element = el(`div.qc-row${row.own ? ".qc-own" : ""}${named ? ".qc-first" : ""}`, { "data-row": row.index },
      el("div.qc-number", {}, el("span", {}, String(row.number)), row.time == null ? null : el("span.qc-time", {}, clock(row.time))),
      el("div.qc-said", {},
        row.question ? el("div.qc-question", {}, icon("question", 13), el("span", {}, row.question)) : null,
        named && row.speaker ? el("div.qc-speaker", {}, row.speaker) : null, row.p),
      row.lanes, row.chips);
    this.byNode.set(row.node, row);
    this.byElement.set(row.element, row);
  }

  watch(scroller) {
    this.observer?.disconnect();
    this.observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.visible.add(target);
        else this.visible.delete(target);
        for (const row of target.rows) {
          if (isIntersecting) this.draw(row);
          else this.unmark(row);
        }
      }
    }, { root: scroller, rootMargin: "400px 0px" });
    for (const block of this.root.children) this.observer.observe(block);
  }

  stop() {
    this.observer?.disconnect();
    for (const row of this.rows) this.unmark(row);
    for (const name of Object.keys(SPECIAL)) special(name)?.clear();
  }

  /** The row that holds a position, or the nearest one after it. */
  at(position) {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle].end <= position) low = middle + 1;
      else high = middle;
    }
    return this.rows[low];
  }

  rowsOf(s, e) {
    const found = [];
    for (let i = this.at(s)?.index ?? 0; i < this.rows.length && this.rows[i].start < e; i++) found.push(this.rows[i]);
    return found;
  }

  /** The part of a row, in units of its text, that lies in [s, e); null where nothing does. */
  within(row, s, e) {
    const from = toUnits(row.pairs, Math.max(s, row.start) - row.start);
    const to = toUnits(row.pairs, Math.min(e, row.end) - row.start);
    return from < to ? [from, to] : null;
  }

  quote(s, e) {
    return this.rowsOf(s, e).map((row) => {
      const part = this.within(row, s, e);
      return part ? row.text.slice(...part) : "";
    }).filter(Boolean).join("\n");
  }

  position(row, unit) {
    return row.start + toPoints(row.pairs, unit);
  }

  range(row, s, e) {
    const part = this.within(row, s, e);
    if (!part) return null;
    return new StaticRange({ startContainer: row.node, startOffset: part[0], endContainer: row.node, endOffset: part[1] });
  }

  /** Take the codings and memos, and redraw the rows that changed. */
  update(state) {
    for (const row of this.rows) {
      row.codings = [];
      row.memos = [];
      row.offers = [];
    }
    const sorted = [...state.codings.values()].sort((a, b) => a.s - b.s || b.e - a.e || (a.id < b.id ? -1 : 1));
    const free = { "": [], a: [], b: [] };
    const byCoding = new Map();
    for (const coding of sorted) {
      const lanes = free[coding.side ?? ""];
      const count = coding.side ? 3 : LANES;
      let lane = 0;
      while (lane < count - 1 && (lanes[lane] ?? -1) > coding.s) lane++;
      lanes[lane] = coding.e + LINE;
      coding.lane = coding.side === "b" ? lane + 4 : lane;
      const rows = this.rowsOf(coding.s, coding.e);
      for (const row of rows) row.codings.push(coding);
      byCoding.set(coding.id, rows[0]);
    }
    for (const memo of state.memos) {
      const row = memo.kind === "turn"
        ? this.rows.find((one) => String(one.number) === memo.target)
        : byCoding.get(memo.target);
      if (row) row.memos.push(memo);
    }
    for (const offer of this.pane.offers) for (const row of this.rowsOf(offer.s, offer.e)) row.offers.push(offer);
    for (const row of this.rows) {
      const signature = row.codings.map((c) => `${c.id}${c.code}${c.lane}${c.s}-${c.e}${c.memo ? 1 : 0}`).join()
        + row.memos.map((memo) => memo.id).join() + row.offers.map((offer) => offer.id).join();
      if (signature === row.signature) continue;
      row.signature = signature;
      if (this.visible.has(row.block)) this.draw(row);
    }
    return sorted;
  }

  unmark(row) {
    for (const [marks, range] of row.marks) marks.delete(range);
    row.marks = [];
  }

  /** Marks on the text, stripes and chips of one row. */
  draw(row) {
    this.unmark(row);
    for (const coding of row.codings) {
      const range = this.range(row, coding.s, coding.e);
      const marks = range && this.pane.highlights ? tint(this.pane.codes.color(coding.code)) : null;
      if (marks) {
        marks.add(range);
        row.marks.push([marks, range]);
      }
    }
    for (const offer of row.offers) {
      const range = this.range(row, offer.s, offer.e);
      const marks = range && special("offer");
      if (marks) {
        marks.add(range);
        row.marks.push([marks, range]);
      }
    }
    if (row.drawn === row.signature && row.measured === this.pane.width) return;
    row.drawn = row.signature;
    row.measured = this.pane.width;
    this.beside(row);
  }

  beside(row) {
    if (!row.codings.length && !row.memos.length && !row.offers.length) {
      row.lanes.replaceChildren();
      row.chips.replaceChildren();
      row.element.style.minHeight = "";
      return;
    }
    const top = row.element.getBoundingClientRect().top;
    const placed = row.codings.map((coding) => ({ coding, ...this.measure(row, coding, top) }));
    row.lanes.replaceChildren(...placed.map((one) => this.stripe(row, one)));
    const chips = placed.filter(({ coding }) => coding.s >= row.start || this.at(coding.s) === row)
      .map((one) => ({ y: one.top, node: this.chip(one.coding) }));
    for (const offer of row.offers) {
      if (this.at(offer.s) === row) chips.push({ y: this.measure(row, offer, top).top, node: this.offerChip(offer) });
    }
    for (const memo of row.memos) {
      const own = placed.find(({ coding }) => coding.id === memo.target);
      chips.push({ y: own ? own.top + 1 : 22, node: this.memoChip(memo) });
    }
    for (const { coding, top: y } of placed) {
      if (coding.memo && coding.s >= row.start) chips.push({ y: y + 1, node: this.memoChip({ text: coding.memo, target: coding.id }) });
    }
    chips.sort((a, b) => a.y - b.y);
    let low = 0;
    for (const chip of chips) {
      low = Math.max(chip.y, low);
      chip.node.style.top = `${low}px`;
      low += CHIP;
    }
    row.chips.replaceChildren(...chips.map((chip) => chip.node));
    this.tabStops(row, row === this.pane.currentRow);
    row.element.style.minHeight = chips.length ? `${low + 6}px` : "";
  }

  /** Tab goes to the codings of the current turn only: else a text has thousands of stops. */
  tabStops(row, on) {
    for (const button of row.chips.querySelectorAll("button")) button.tabIndex = on ? 0 : -1;
  }

  measure(row, coding, top) {
    const part = this.within(row, coding.s, coding.e);
    const range = document.createRange();
    range.setStart(row.node, part ? part[0] : 0);
    range.setEnd(row.node, part ? part[1] : 1);
    const rects = range.getClientRects();
    const first = rects[0];
    const last = rects[rects.length - 1];
    return first ? { top: first.top - top, bottom: last.bottom - top } : { top: 0, bottom: 0 };
  }

  stripe(row, { coding, top, bottom }) {
    const begins = coding.s >= row.start;
    const ends = coding.e <= row.end;
    const y = begins ? top + 3 : 0;
    const height = ends ? `${Math.max(bottom - 3 - y, 6)}px` : `calc(100% - ${y}px)`;
    const kind = `${begins ? ".qc-begins" : ""}${ends ? ".qc-ends" : ""}`;
    return el(`div.qc-stripe${kind}`, {
      "data-id": coding.id,
      style: `--c:${this.pane.codes.color(coding.code)};left:${coding.lane * LANE_WIDTH + 6}px;top:${y}px;height:${height}`,
      title: this.pane.codes.name(coding.code),
    });
  }

  chip(coding) {
    const name = this.pane.codes.name(coding.code);
    const side = coding.side ? (coding.side === "a" ? this.pane.data.coders[0] : this.pane.data.coders[1]) : "";
    return el(`button.qc-chip${coding.side ? `.qc-side-${coding.side}` : ""}`, {
      "data-id": coding.id, style: `--c:${this.pane.codes.color(coding.code)}`,
      "aria-label": `${side ? `${side}: ` : ""}${name}: “${short(this.quote(coding.s, coding.e), 60)}”`,
    }, el("span.qc-bar"), side ? el("span.qc-who", {}, side) : null, el("span.qc-chip-name", {}, name));
  }

  offerChip(offer) {
    const name = this.pane.codes.name(offer.code);
    const sure = `${Math.round(offer.score * 100)}%`;
    const now = this.pane.offer === offer.id ? ".qc-is-active" : "";
    return el(`span.qc-chip.qc-offer${now}`, { "data-offer": offer.id, style: `--c:${this.pane.codes.color(offer.code)}` },
      el("button.qc-offer-name", { title: offer.why, onclick: () => this.pane.showOffer(offer.id) },
        icon("spark", 14), el("span.qc-chip-name", {}, name), el("span.qc-who", {}, sure)),
      el("button.qc-offer-yes", { "aria-label": _("Accept {code}", { code: name }), onclick: () => this.pane.accept(offer.id) }, icon("check", 14)),
      el("button.qc-offer-no", { "aria-label": _("Reject {code}", { code: name }), onclick: () => this.pane.reject(offer.id) }, icon("cross", 14)));
  }

  memoChip(memo) {
    const subject = memo.kind === "turn" ? {} : { "data-id": memo.target };
    return el("button.qc-chip.qc-memo", { ...subject, title: memo.text, "aria-label": _("Memo: {text}", { text: memo.text }) },
      icon("note", 14), el("span.qc-chip-name", {}, memo.text));
  }

  /** Put a special mark on some spans, and nowhere else. */
  mark(name, spans) {
    const marks = special(name);
    if (!marks) return;
    marks.clear();
    marks.priority = { pick: 3, active: 2, hover: 1 }[name];
    for (const { s, e } of spans) {
      for (const row of this.rowsOf(s, e)) {
        const range = this.range(row, s, e);
        if (range) marks.add(range);
      }
    }
  }

  /** Draw everything near the window again, after a change of size or of the marks. */
  redraw() {
    for (const block of this.visible) for (const row of block.rows) this.draw(row);
  }

  /** A point of the native selection as row and unit; `end` tells which end it is. */
  point(node, offset, range, end) {
    if (this.byNode.has(node)) return { row: this.byNode.get(node), unit: offset };
    const touched = this.rows.filter((row) => range.intersectsNode(row.node));
    const row = end ? touched[touched.length - 1] : touched[0];
    return row ? { row, unit: end ? row.text.length : 0 } : null;
  }
}
