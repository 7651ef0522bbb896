// In which lane of the margin each coding has its stripe.

/** @typedef {import("./wire.js").Coding} Coding */

const LANES = 5;
const LANES_OF_A_SIDE = 3;
const SECOND_SIDE = 4;

// A coding keeps its lane busy to the end of its last line, about so many characters, so that two
// stripes on one line never look like one.
const LINE = 70;

/**
 * Codings in the order of the text, the longer one first where two start together.
 * @param {Iterable<Coding>} codings
 */
export function inTextOrder(codings) {
  return [...codings].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
}

/**
 * The lane of each coding, by id: the first one that is free. The last lane takes all for which
 * none is; the codings of a second coder have lanes of their own.
 * @param {Coding[]} sorted in the order of the text
 */
export function assignLanes(sorted) {
  /** @type {Record<string, number[]>} */
  const busyUntil = { "": [], a: [], b: [] };
  /** @type {Map<string, number>} */
  const lanes = new Map();
  for (const coding of sorted) {
    const busy = busyUntil[coding.side ?? ""];
    const count = coding.side ? LANES_OF_A_SIDE : LANES;
    let lane = 0;
    // The last lane is not asked: what finds no room has to go somewhere.
    while (lane < count - 1 && (busy[lane] ?? -1) > coding.start) lane++;
    busy[lane] = coding.end + LINE;
    lanes.set(coding.id, coding.side === "b" ? lane + SECOND_SIDE : lane);
  }
  return lanes;
}
