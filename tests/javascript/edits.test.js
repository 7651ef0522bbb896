// Edits on their way: what is sent when, and what they do to the state until they arrive.

import assert from "node:assert/strict";
import { test } from "node:test";

import { batchesOf, nextEdits, storable, unacknowledged, withoutLost } from "#components/edit_queue.js";
import { applyChanges, countSteps, openOffers, replay } from "#components/replay.js";

/** @typedef {import("#components/types.js").QueuedEdit} QueuedEdit */

/**
 * @param {number} number
 * @param {QueuedEdit["kind"]} kind
 * @param {Partial<QueuedEdit>} [more]
 * @returns {QueuedEdit}
 */
function edit(number, kind, more = {}) {
  return { number, kind, transcript: "G01", client: "tab", project: "study", coder: "anna", round: "", ...more };
}

/** @param {string} id @param {number} start @param {number} end */
const coding = (id, start, end, code = "fun") => ({ id, code, start, end, memo: "" });
const STATE = { transcript: "G01", codings: [coding("old", 0, 5)], memos: [], offers: [] };
const numbers = (/** @type {QueuedEdit[]} */ edits) => edits.map(({ number }) => number);

test("an undo waits until the edits before it have arrived", () => {
  const queue = [edit(1, "add"), edit(2, "add"), edit(3, "undo"), edit(4, "undo"), edit(5, "redo"), edit(6, "add")];
  assert.deepEqual(numbers(nextEdits(queue)), [1, 2]);
  assert.deepEqual(numbers(nextEdits(queue.slice(2))), [3, 4]);
  assert.deepEqual(numbers(nextEdits(queue.slice(4))), [5]);
  assert.deepEqual(nextEdits([]), []);
});

test("edits travel by tab and round, without what only the browser needs to know", () => {
  const batches = batchesOf([edit(1, "undo", { of: 9 }), edit(4, "undo", { client: "before the reload" })]);
  assert.deepEqual(batches, [
    { client: "tab", round: "", edits: [{ number: 1, kind: "undo", transcript: "G01" }] },
    { client: "before the reload", round: "", edits: [{ number: 4, kind: "undo", transcript: "G01" }] },
  ]);
});

test("an acknowledgement takes edits of its own project and tab from the queue", () => {
  const queue = [edit(1, "add"), edit(2, "add"), edit(1, "add", { client: "other" }), edit(1, "add", { project: "other" })];
  assert.deepEqual(unacknowledged(queue, "study", { tab: 1 }), queue.slice(1));
});

test("the undo of an edit that was refused is dropped, and the redo of that undo", () => {
  const queue = [edit(3, "undo", { of: 2 }), edit(4, "redo", { of: 3 }), edit(5, "undo", { of: 1 }), edit(6, "undo")];
  assert.deepEqual(numbers(withoutLost(queue, [{ client: "tab", number: 2 }])), [5, 6]);
});

test("words stay out of the browser's storage, and with a memo its undo", () => {
  const queue = [edit(1, "add"), edit(2, "memo", { text: "Let op" }), edit(3, "undo", { of: 2 })];
  assert.deepEqual(numbers(storable(queue)), [1]);
});

test("edits on their way are painted at once", () => {
  const queue = [
    edit(1, "add", { id: "new", code: "sex", start: 7, end: 9 }),
    edit(2, "change", { id: "wider", replaces: "old", code: "fun", start: 0, end: 9 }),
    edit(3, "memo", { target_kind: "coding", target: "wider", text: "Let op" }),
    edit(4, "add", { id: "elsewhere", transcript: "G02" }),
  ];
  const { codings, memos } = replay(STATE, queue, "G01");
  assert.deepEqual([...codings.keys()], ["new", "wider"]);
  assert.deepEqual(memos, [{ id: "new-3", target_kind: "coding", target: "wider", text: "Let op" }]);
});

test("memos follow a coding that changes", () => {
  /** @type {import("#components/wire.js").Memo} */
  const memo = { id: "m", target_kind: "coding", target: "old", text: "Let op" };
  const state = { ...STATE, codings: [{ ...coding("old", 0, 5), memo: "cel" }], memos: [memo] };
  const change = edit(1, "change", { id: "wider", replaces: "old", code: "fun", start: 0, end: 9 });
  const { codings, memos } = replay(state, [change], "G01");
  assert.equal(codings.get("wider")?.memo, "cel");
  assert.deepEqual(memos, [{ ...memo, target: "wider" }]);
  assert.equal(memo.target, "old");
});

test("undo changes nothing on the screen before the server has done it", () => {
  assert.deepEqual([...replay(STATE, [edit(1, "undo"), edit(2, "redo")], "G01").codings.keys()], ["old"]);
});

test("a new code is there in every transcript", () => {
  const queue = [edit(1, "new_code", { id: "c", code: "theme", text: "Alles prima", transcript: "G02" })];
  assert.deepEqual(replay(undefined, queue, "G01").newCodes, [{ id: "c", parent: "theme", name: "Alles prima" }]);
});

test("a rejected suggestion is gone until it is taken back", () => {
  const offer = { ...coding("o", 0, 3), probability: 0.9, why: "", segment: { start: 0, end: 9 }, suggester: "fused@1" };
  const state = { ...STATE, offers: [offer] };
  assert.deepEqual(replay(state, [edit(1, "reject", { id: "o" })], "G01").offers, []);
  assert.deepEqual(replay(state, [edit(1, "reject", { id: "o" }), edit(2, "unreject", { id: "o" })], "G01").offers, [offer]);
  assert.deepEqual(openOffers([offer], [coding("x", 2, 4)]), []);
  assert.deepEqual(openOffers([offer], [coding("x", 3, 4), coding("y", 0, 3, "sex")]), [offer]);
});

test("changes of the server replace, add and remove by id", () => {
  const state = applyChanges(STATE, {
    transcript: "G01", known: "before", key: "now", codings: [coding("new", 7, 9)], memos: [], offers: [],
    removed: { codings: ["old"], memos: [], offers: [] },
  });
  assert.deepEqual(state.codings, [coding("new", 7, 9)]);
});

test("steps are counted ahead over what is on its way", () => {
  const steps = { undo: 1, redo: 2 };
  assert.deepEqual(countSteps(steps, [edit(1, "undo")]), { undo: 0, redo: 3 });
  assert.deepEqual(countSteps(steps, [edit(1, "redo")]), { undo: 2, redo: 1 });
  assert.deepEqual(countSteps(steps, [edit(1, "add"), edit(2, "undo")]), { undo: 1, redo: 1 });
  assert.deepEqual(countSteps(steps, [edit(1, "reject"), edit(2, "new_code")]), { undo: 1, redo: 0 });
});
