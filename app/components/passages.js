// Which passage a selection stands for: whole characters, whole words, no white space at its ends.

import { characterEdge, snapCharacters, snapWords, trim, wordEdge } from "./offsets.js";

/** @typedef {import("./types.js").TextPoint} TextPoint */
/** @typedef {import("./types.js").Turn} Turn */
/** @typedef {import("./turns.js").Turns} Turns */
/** @typedef {import("./wire.js").Passage} Passage */

/**
 * The passage between two points of the text; null where it holds no words.
 * @param {Turns} turns
 * @param {TextPoint} from
 * @param {TextPoint} to
 * @param {boolean} exact leave words cut that the mouse cut
 * @returns {Passage | null}
 */
export function passageBetween(turns, from, to, exact) {
  if (from.turn === to.turn) {
    const part = tidy(from.turn.text, from.unit, to.unit, exact);
    return part && { start: turns.position(from.turn, part[0]), end: turns.position(from.turn, part[1]) };
  }
  const first = tidy(from.turn.text, from.unit, from.turn.text.length, exact);
  const last = tidy(to.turn.text, 0, to.unit, exact);
  // Nothing is left of an end turn: the passage begins or ends with the turn next to it.
  const start = first ? turns.position(from.turn, first[0]) : turns.list[from.turn.index + 1].start;
  const end = last ? turns.position(to.turn, last[1]) : turns.list[to.turn.index - 1].end;
  return start < end ? { start, end } : null;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {boolean} exact
 */
function tidy(text, start, end, exact) {
  const part = trim(text, ...snapCharacters(text, start, end));
  return part && !exact ? snapWords(text, ...part) : part;
}

/**
 * The words of a whole turn; null where it has none.
 * @param {Turns} turns
 * @param {Turn} turn
 * @returns {Passage | null}
 */
export function passageOfTurn(turns, turn) {
  const part = trim(turn.text, 0, turn.text.length);
  return part && { start: turns.position(turn, part[0]), end: turns.position(turn, part[1]) };
}

/**
 * The passage after one of its ends moved by a word, or by a character; null where it cannot.
 * @param {Turns} turns
 * @param {Passage} passage
 * @param {number} step 1 or -1
 * @param {"start" | "end"} side which end moves
 * @param {boolean} exact by a character
 * @returns {Passage | null}
 */
export function moveEdge(turns, { start, end }, step, side, exact) {
  // A passage ends after its last character: the turn of that one holds the end.
  let turn = turns.at(side === "end" ? end - 1 : start);
  const from = side === "end" ? end : start;
  let unit = from <= turn.start ? 0 : (turns.within(turn, turn.start, from)?.[1] ?? 0);
  let edge = exact ? characterEdge(turn.text, unit, step) : wordEdge(turn.text, unit, step, side);
  if (edge === unit) {
    // No edge is left in this turn: go on in the next one.
    turn = turns.list[turn.index + step];
    if (!turn) return null;
    unit = step > 0 ? 0 : turn.text.length;
    const keeps = side === "end" ? step < 0 : step > 0;
    edge = keeps ? unit : wordEdge(turn.text, unit, step, side);
  }
  const position = turns.position(turn, edge);
  if (side === "end") return position > start ? { start, end: position } : null;
  return position < end ? { start: position, end } : null;
}
