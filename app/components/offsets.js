// Positions: the project counts code points, the browser UTF-16 units.
// Per text only the places of surrogate pairs are kept, null where there are none.

/**
 * Return the places, in units, of all surrogate pairs.
 * @param {string} text
 * @returns {number[] | null}
 */
export function pairsOf(text) {
  const pairs = [];
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    // A high surrogate: the next unit belongs to the same code point.
    if (unit >= 0xd800 && unit <= 0xdbff) pairs.push(i++);
  }
  return pairs.length ? pairs : null;
}

/**
 * Return how many of the rising numbers lie below a limit.
 * @param {number} count how many there are
 * @param {(place: number) => number} at the number at a place
 * @param {number} limit
 */
function below(count, at, limit) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Turn UTF-16 units into code points; a place inside a pair counts as the end of the pair.
 * @param {number[] | null} pairs
 * @param {number} unit
 */
export function toPoints(pairs, unit) {
  return pairs ? unit - below(pairs.length, (i) => pairs[i] + 1, unit) : unit;
}

/**
 * Turn code points into UTF-16 units.
 * @param {number[] | null} pairs
 * @param {number} point
 */
export function toUnits(pairs, point) {
  return pairs ? point + below(pairs.length, (i) => pairs[i] - i, point) : point;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const SPACE = /\s/u;

/**
 * Widen [start, end) in units to whole characters as a reader sees them.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function snapCharacters(text, start, end) {
  const parts = graphemes.segment(text);
  const first = start < text.length ? parts.containing(start) : null;
  // An end between two characters lies at the start of the next one, which it does not take.
  const last = end < text.length && end > 0 ? parts.containing(end) : null;
  return [first ? first.index : start, last && last.index < end ? last.index + last.segment.length : end];
}

/**
 * Widen [start, end) in units to whole words.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function snapWords(text, start, end) {
  const parts = words.segment(text);
  const first = start < text.length ? parts.containing(start) : null;
  const last = end > 0 ? parts.containing(end - 1) : null;
  return [
    first && first.isWordLike ? first.index : start,
    last && last.isWordLike ? last.index + last.segment.length : end,
  ];
}

/**
 * Drop white space at both ends; null if nothing is left.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number] | null}
 */
export function trim(text, start, end) {
  while (start < end && SPACE.test(text[start])) start++;
  while (end > start && SPACE.test(text[end - 1])) end--;
  return start < end ? [start, end] : null;
}

/**
 * Return the next or previous edge of a word from a position, in units; the text's end at most.
 * @param {string} text
 * @param {number} position
 * @param {number} step 1 or -1
 * @param {"start" | "end"} side which edges of words count
 */
export function wordEdge(text, position, step, side) {
  const edges = [];
  for (const part of words.segment(text)) {
    if (part.isWordLike) edges.push(side === "end" ? part.index + part.segment.length : part.index);
  }
  if (step > 0) return edges.find((edge) => edge > position) ?? (side === "end" ? text.length : position);
  return edges.reverse().find((edge) => edge < position) ?? (side === "end" ? position : 0);
}

/**
 * Return the next or previous edge of a character from a position, in units.
 * @param {string} text
 * @param {number} position
 * @param {number} step 1 or -1
 */
export function characterEdge(text, position, step) {
  const parts = graphemes.segment(text);
  if (step > 0) {
    const part = position < text.length ? parts.containing(position) : null;
    return part ? part.index + part.segment.length : text.length;
  }
  return parts.containing(position - 1)?.index ?? 0;
}

/**
 * Return the number of words in a text.
 * @param {string} text
 */
export function countWords(text) {
  let count = 0;
  for (const part of words.segment(text)) if (part.isWordLike) count++;
  return count;
}
