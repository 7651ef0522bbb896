// The state of one transcript: what the server knows, and every edit on its way done to it.

/** @typedef {import("./types.js").QueuedEdit} QueuedEdit */
/** @typedef {import("./wire.js").Changes} Changes */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Memo} Memo */
/** @typedef {import("./wire.js").Offer} Offer */
/** @typedef {import("./wire.js").State} State */
/** @typedef {import("./wire.js").UndoCounts} UndoCounts */

/**
 * @typedef {object} Codings
 * @property {Map<string, Coding>} codings by id
 * @property {Memo[]} memos
 * @property {Offer[]} offers suggestions that were not rejected
 * @property {{id: string, parent: string, name: string}[]} newCodes not yet in the codebook
 * @property {boolean} known whether the server has sent the state of this transcript
 */

const STEPS = new Set(["add", "withdraw", "change", "memo"]);

/**
 * The state after the changes that the server sent.
 * @param {State} state
 * @param {Changes} changes
 * @returns {State}
 */
export function applyChanges(state, changes) {
  const { removed } = changes;
  return {
    transcript: state.transcript,
    codings: merge(state.codings, changes.codings, removed.codings),
    memos: merge(state.memos, changes.memos, removed.memos),
    offers: merge(state.offers, changes.offers, removed.offers),
  };
}

/**
 * @template {{id: string}} Item
 * @param {Item[]} known
 * @param {Item[]} changed
 * @param {string[]} removed
 */
function merge(known, changed, removed) {
  const items = new Map(known.map((item) => [item.id, item]));
  for (const item of changed) items.set(item.id, item);
  for (const id of removed) items.delete(id);
  return [...items.values()];
}

/**
 * Do the edits on their way to what the server knows. Undo and redo are left to the server: only
 * the project's history knows what they bring back.
 * @param {State | undefined} state
 * @param {QueuedEdit[]} queue
 * @param {string} transcript
 * @returns {Codings}
 */
export function replay(state, queue, transcript) {
  const codings = new Map((state?.codings ?? []).map((coding) => [coding.id, coding]));
  const memos = [...(state?.memos ?? [])];
  const newCodes = [];
  const rejected = new Set();
  for (const edit of queue) {
    // A new code belongs to the project: it is there in every transcript.
    if (edit.kind === "new_code") {
      newCodes.push({ id: edit.id ?? "", parent: edit.code ?? "", name: edit.text ?? "" });
    }
    if (edit.transcript !== transcript) continue;
    if (edit.kind === "withdraw") codings.delete(edit.id ?? "");
    if (edit.kind === "add" || edit.kind === "change") {
      const { id = "", code = "", start = 0, end = 0, replaces = "" } = edit;
      const memo = codings.get(replaces)?.memo ?? "";
      if (edit.kind === "change") followMemos(codings, memos, replaces, id);
      codings.set(id, { id, code, start, end, memo });
    }
    if (edit.kind === "reject") rejected.add(edit.id);
    if (edit.kind === "unreject") rejected.delete(edit.id);
    if (edit.kind === "memo") memos.push(newMemo(edit));
  }
  const offers = (state?.offers ?? []).filter((offer) => !rejected.has(offer.id));
  return { codings, memos, offers, newCodes, known: Boolean(state) };
}

/**
 * Memos stay with a passage whose coding is replaced, as in the project.
 * @param {Map<string, Coding>} codings
 * @param {Memo[]} memos
 * @param {string} old
 * @param {string} target
 */
function followMemos(codings, memos, old, target) {
  codings.delete(old);
  memos.forEach((memo, place) => {
    const moves = memo.target_kind === "coding" && memo.target === old;
    if (moves) memos[place] = { ...memo, target };
  });
}

/** @param {QueuedEdit} edit @returns {Memo} */
function newMemo({ number, target_kind = "coding", target = "", text = "" }) {
  return { id: `new-${number}`, target_kind, target, text };
}

/**
 * How many steps can be undone and redone once every edit on its way has arrived.
 * @param {UndoCounts} steps what the server counts now
 * @param {QueuedEdit[]} queue
 */
export function countSteps(steps, queue) {
  let { undo, redo } = steps;
  for (const { kind } of queue) {
    if (STEPS.has(kind)) undo += 1;
    if (kind === "undo") [undo, redo] = [undo - 1, redo + 1];
    if (kind === "redo") [undo, redo] = [undo + 1, redo - 1];
    // What a coder does anew takes the place of what could be redone.
    if (STEPS.has(kind) || kind === "new_code") redo = 0;
  }
  return { undo, redo };
}

/**
 * Suggestions left to decide on: where no coding with that code overlaps them.
 * @param {Offer[]} offers
 * @param {Iterable<Coding>} codings
 */
export function openOffers(offers, codings) {
  // Accepted, or coded by hand: the coder needs no suggestion for it any more.
  const taken = [...codings];
  return offers.filter((offer) =>
    !taken.some((coding) => coding.code === offer.code && coding.start < offer.end && offer.start < coding.end));
}
