// The turns of a transcript and the positions in them: code points of the transcript outside,
// UTF-16 units of one turn inside.

import { pairsOf, toPoints, toUnits } from "./offsets.js";

/** @typedef {import("./types.js").Turn} Turn */

/** The turns, in the order of the text. */
export class Turns {
  /**
   * @param {import("./wire.js").Turn[]} turns
   * @param {Record<string, string>} questions by the number of the turn that answers them
   */
  constructor(turns, questions) {
    /** @type {Turn[]} */
    this.list = turns.map((turn, index) => {
      const pairs = pairsOf(turn.text);
      const end = turn.start + toPoints(pairs, turn.text.length);
      return { ...turn, index, pairs, end, question: questions[turn.number] ?? "" };
    });
  }

  /** Where the last turn ends. */
  get end() {
    return this.list.at(-1)?.end || 1;
  }

  /**
   * The turn that holds a position, or the nearest one after it.
   * @param {number} position
   */
  at(position) {
    let low = 0;
    let high = this.list.length - 1;
    // By halves: a selection or a redraw asks this for every coding.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle].end <= position) low = middle + 1;
      else high = middle;
    }
    return this.list[low];
  }

  /**
   * The turns that a passage touches.
   * @param {number} start
   * @param {number} end
   */
  between(start, end) {
    const turns = [];
    const first = this.at(start)?.index ?? 0;
    for (let i = first; i < this.list.length && this.list[i].start < end; i++) turns.push(this.list[i]);
    return turns;
  }

  /**
   * The part of a turn, in units of its text, that lies in a passage; null where nothing does.
   * @param {Turn} turn
   * @param {number} start
   * @param {number} end
   * @returns {[number, number] | null}
   */
  within(turn, start, end) {
    const from = toUnits(turn.pairs, Math.max(start, turn.start) - turn.start);
    const to = toUnits(turn.pairs, Math.min(end, turn.end) - turn.start);
    return from < to ? [from, to] : null;
  }

  /**
   * The words of a passage, without what stands between the turns.
   * @param {import("./wire.js").Passage} passage
   */
  quote({ start, end }) {
    return this.between(start, end).map((turn) => {
      const part = this.within(turn, start, end);
      return part ? turn.text.slice(...part) : "";
    }).filter(Boolean).join("\n");
  }

  /**
   * The position in the transcript of a place in a turn.
   * @param {Turn} turn
   * @param {number} unit
   */
  position(turn, unit) {
    return turn.start + toPoints(turn.pairs, unit);
  }
}
