// Which key does what.

import assert from "node:assert/strict";
import { test } from "node:test";

import { commandOf } from "#components/shortcuts.js";

/** @type {import("#components/shortcuts.js").Situation} */
const FREE = { readonly: false, selection: null, adjusting: null, offer: null };
const SELECTED = { ...FREE, selection: { start: 0, end: 3 } };
const READONLY = { ...FREE, readonly: true };

/** @param {string} keys such as "Ctrl+Shift+z" */
function press(keys) {
  const parts = keys.split("+");
  const has = (/** @type {string} */ name) => parts.includes(name);
  return { key: parts[parts.length - 1], shiftKey: has("Shift"), ctrlKey: has("Ctrl"), metaKey: has("Meta"), altKey: has("Alt") };
}

const name = (/** @type {string} */ keys, situation = FREE) => commandOf(press(keys), situation)?.name ?? null;

test("undo and redo have their usual keys", () => {
  assert.equal(name("Ctrl+z"), "undo");
  assert.equal(name("Meta+z"), "undo");
  assert.equal(name("Ctrl+Shift+Z"), "redo");
  assert.equal(name("Ctrl+y"), "redo");
  assert.equal(name("z"), "undo");
  assert.equal(name("Shift+Z"), "redo");
});

test("other keys of the browser keep their meaning", () => {
  for (const keys of ["Ctrl+c", "Ctrl+f", "Meta+r", "Tab", "F5", "q"]) assert.equal(name(keys), null);
});

test("shift and an arrow move an end of the selection", () => {
  assert.deepEqual(commandOf(press("Shift+ArrowLeft"), FREE), { name: "moveEnd", step: -1, exact: false });
  assert.deepEqual(commandOf(press("Ctrl+Shift+ArrowRight"), FREE), { name: "moveStart", step: 1, exact: false });
  assert.deepEqual(commandOf(press("Alt+Shift+ArrowRight"), FREE), { name: "moveEnd", step: 1, exact: true });
});

test("a digit gives the code of that number key", () => {
  assert.deepEqual(commandOf(press("7"), FREE), { name: "assignDigit", digit: 7 });
  assert.equal(name("0"), null);
});

test("enter does what comes next", () => {
  assert.equal(name("Enter"), "selectTurn");
  assert.equal(name("Enter", SELECTED), "chooseCode");
  assert.equal(name("Enter", { ...SELECTED, adjusting: "a" }), "saveBoundaries");
});

test("c finds another code while a suggestion is current", () => {
  assert.equal(name("c", SELECTED), "chooseCode");
  assert.equal(name("c", { ...FREE, offer: "o" }), "otherCode");
});

test("a screen to read only moves, and leaves J and K to the queue next to it", () => {
  assert.equal(name("ArrowDown", READONLY), "moveTurn");
  assert.equal(name("Escape", READONLY), "clear");
  for (const keys of ["j", "k", "1", "Delete", "Ctrl+z", "Shift+ArrowRight"]) assert.equal(name(keys, READONLY), null);
});
