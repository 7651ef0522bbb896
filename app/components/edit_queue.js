// The edits that no server acknowledged yet, in their order: which to send next, which to drop.

/** @typedef {import("./types.js").QueuedEdit} QueuedEdit */
/** @typedef {import("./wire.js").Batch} Batch */

const TURNS = new Set(["undo", "redo"]);

/**
 * The edits to send now: the first ones, up to the next change between edits and undo.
 *
 * An undo waits until everything before it is acknowledged. Sent with an edit that is then
 * refused, it would undo an earlier step, which nobody asked for.
 * @param {QueuedEdit[]} queue
 */
export function nextEdits(queue) {
  const first = queue[0];
  const fits = (/** @type {QueuedEdit} */ edit) =>
    TURNS.has(first.kind) ? edit.kind === first.kind : !TURNS.has(edit.kind);
  const end = queue.findIndex((edit) => !fits(edit));
  return end < 0 ? queue : queue.slice(0, end);
}

/**
 * Edits as the server takes them: by browser tab and round, without what only we need to know.
 * @param {QueuedEdit[]} edits
 * @returns {Batch[]}
 */
export function batchesOf(edits) {
  /** @type {Map<string, Batch>} */
  const batches = new Map();
  for (const { client, project: _project, coder: _coder, round, of: _of, ...edit } of edits) {
    const key = `${client}|${round}`;
    const batch = batches.get(key) ?? { client, round, edits: [] };
    batches.set(key, batch);
    batch.edits.push(edit);
  }
  return [...batches.values()];
}

/**
 * The queue without what was acknowledged.
 * @param {QueuedEdit[]} queue
 * @param {string} project whose server acknowledges
 * @param {Record<string, number>} acknowledged the highest number that arrived, by client
 */
export function unacknowledged(queue, project, acknowledged) {
  return queue.filter((edit) => edit.project !== project || !(acknowledged[edit.client] >= edit.number));
}

/**
 * The queue without each undo and redo of an edit that will never be applied.
 * @param {QueuedEdit[]} queue
 * @param {{client: string, number: number}[]} lost edits that were refused or dropped
 */
export function withoutLost(queue, lost) {
  // Numbers are counted by each tab from 1: only with its client is a number one edit.
  const gone = new Set(lost.map(({ client, number }) => `${client}|${number}`));
  return queue.filter((edit) => {
    const drop = edit.of !== undefined && gone.has(`${edit.client}|${edit.of}`);
    // A redo of an undo that is dropped has nothing to do again either.
    if (drop) gone.add(`${edit.client}|${edit.number}`);
    return !drop;
  });
}

/**
 * What may be kept in the browser's storage. Words of interviews stay out of it, so an edit with
 * text is left out, and with it the undo of that edit.
 * @param {QueuedEdit[]} queue
 */
export function storable(queue) {
  const wordy = queue.filter((edit) => edit.text);
  return withoutLost(queue.filter((edit) => !edit.text), wordy);
}
