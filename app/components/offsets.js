// Positions: the project counts code points, the browser UTF-16 units.
// Per text only the places of surrogate pairs are kept, null where there are none.

/** @param {string} text @returns {number[] | null} places, in units, of all surrogate pairs */
export function pairsOf(text) {
  const found = [];
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) found.push(i++);
  }
  return found.length ? found : null;
}

/** How many of the rising numbers lie below a limit. */
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

/** UTF-16 units to code points; inside a pair counts as behind it. */
export function toPoints(pairs, unit) {
  return pairs ? unit - below(pairs.length, (i) => pairs[i] + 1, unit) : unit;
}

/** Code points to UTF-16 units. */
export function toUnits(pairs, point) {
  return pairs ? point + below(pairs.length, (i) => pairs[i] - i, point) : point;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const SPACE = /\s/u;

/** Widen [start, end) in units to whole characters as a reader sees them. */
export function snapCharacters(text, start, end) {
  const parts = graphemes.segment(text);
  const first = start < text.length ? parts.containing(start) : null;
  const last = end < text.length && end > 0 ? parts.containing(end) : null;
  return [first ? first.index : start, last && last.index < end ? last.index + last.segment.length : end];
}

/** Widen [start, end) in units to whole words. */
export function snapWords(text, start, end) {
  const parts = words.segment(text);
  const first = start < text.length ? parts.containing(start) : null;
  const last = end > 0 ? parts.containing(end - 1) : null;
  return [
    first && first.isWordLike ? first.index : start,
    last && last.isWordLike ? last.index + last.segment.length : end,
  ];
}

/** Drop white space at both ends; null if nothing is left. */
export function trim(text, start, end) {
  while (start < end && SPACE.test(text[start])) start++;
  while (end > start && SPACE.test(text[end - 1])) end--;
  return start < end ? [start, end] : null;
}

/** The next or previous word edge from a position, in units; the text's end at most. */
export function wordEdge(text, position, step, side) {
  const edges = [];
  for (const part of words.segment(text)) {
    if (part.isWordLike) edges.push(side === "end" ? part.index + part.segment.length : part.index);
  }
  if (step > 0) return edges.find((edge) => edge > position) ?? (side === "end" ? text.length : position);
  return edges.reverse().find((edge) => edge < position) ?? (side === "end" ? position : 0);
}

/** The next or previous character edge from a position, in units. */
export function characterEdge(text, position, step) {
  const parts = graphemes.segment(text);
  if (step > 0) {
    const part = position < text.length ? parts.containing(position) : null;
    return part ? part.index + part.segment.length : text.length;
  }
  return position > 0 ? parts.containing(position - 1).index : 0;
}

/** Number of words in a text. */
export function countWords(text) {
  let count = 0;
  for (const part of words.segment(text)) if (part.isWordLike) count++;
  return count;
}
