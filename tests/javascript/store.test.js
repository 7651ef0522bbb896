// The store, and what selecting and activating do to its state.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Codes } from "#components/codes.js";
import { activating, CLEARED, selecting, Store, withoutLostCoding } from "#components/store.js";

/** @typedef {import("#components/store.js").ScreenState} ScreenState */

const CODING = { id: "a", code: "fun", start: 0, end: 5, memo: "" };
/** @type {import("#components/wire.js").ScreenMount} */
const DATA = {
  transcript: "G01", title: "G01", sha256: "", text_language: "nl", transcripts: [], turns: [], codes: [], questions: {},
  kind: "screen", project: "study", coder: "anna", round: "", language: "en", messages: {}, focus: null,
  suggesting: false, suggested: false, comparison: null,
};
/** @type {ScreenState} */
const STATE = {
  data: DATA, readonly: false, codes: new Codes([]), codings: new Map([["a", CODING]]), memos: [], offers: [],
  known: true, saving: { waiting: false, trouble: "", refused: [] }, turns: { undo: false, redo: false },
  ...CLEARED, current: 0, filter: {}, highlights: true, asking: false, pinned: [], width: 1000,
};

test("listeners are told in their order which values are new", () => {
  const store = new Store(STATE);
  /** @type {unknown[]} */
  const calls = [];
  store.subscribe((state, changed) => calls.push([state.current, [...changed]]));
  store.subscribe(() => calls.push("second"));
  store.update({ current: 2, width: 1000 });
  assert.deepEqual(calls, [[2, ["current"]], "second"]);
});

test("a listener sees the same state as the store", () => {
  const store = new Store(STATE);
  store.subscribe((state) => assert.equal(state, store.state));
  store.update({ active: "a" });
  assert.equal(store.activeCoding, CODING);
  assert.equal(store.currentOffer, undefined);
});

test("a selection takes the place of the active coding and the suggestion", () => {
  const patch = selecting({ ...STATE, active: "a", offer: "o" }, { start: 1, end: 2 });
  assert.deepEqual(patch, { selection: { start: 1, end: 2 }, offer: null, active: null });
});

test("the coding whose boundaries change stays the active one", () => {
  const adjusting = { ...STATE, active: "a", adjusting: "a" };
  assert.equal(selecting(adjusting, { start: 1, end: 2 }).active, "a");
  const selection = { start: 1, end: 2 };
  assert.equal(activating({ ...adjusting, selection }, "a").selection, selection);
});

test("activating a coding drops the selection, and no coding keeps it", () => {
  const selected = { ...STATE, selection: { start: 1, end: 2 } };
  assert.deepEqual(activating(selected, "a"), { active: "a", selection: null });
  assert.deepEqual(activating(selected, "gone"), { active: null, selection: selected.selection });
});

test("nothing points to a coding that is gone", () => {
  const state = { ...STATE, active: "a", adjusting: "a" };
  assert.deepEqual(withoutLostCoding(new Map(), state), { active: null, adjusting: null });
  assert.deepEqual(withoutLostCoding(state.codings, state), { active: "a", adjusting: "a" });
});
