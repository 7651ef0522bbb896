// The tree of codes, number keys, lanes of the margin, and texts for people.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Codes, mostUsed, togglePinned } from "#components/codes.js";
import { assignLanes, inTextOrder } from "#components/lanes.js";
import { clock, rank, short } from "#components/text.js";
import { _, _n, setLanguage } from "#components/translate.js";

/** @param {string} id @param {string} parent */
const code = (id, parent, more = {}) => ({ id, parent, name: id, color: `#${id}`, retired: false, about: "", ...more });
const CODES = new Codes([
  code("motives", ""), code("fun", "motives"), code("boredom", "motives"), code("deep", "boredom"),
  code("old", "", { retired: true }),
]);
const codings = (/** @type {string[]} */ ...ids) => ids.map((id) => ({ code: id }));

test("a code is read by its path, and one that is not known says so", () => {
  assert.equal(CODES.path("deep"), "motives › boredom › deep");
  assert.equal(CODES.depth("deep"), 2);
  assert.equal(CODES.path("gone"), "Unknown code");
});

test("a code adds up the codings of what is under it", () => {
  const counts = CODES.count(codings("deep", "boredom", "fun"));
  assert.deepEqual([...counts].sort(), [["boredom", 2], ["deep", 1], ["fun", 1], ["motives", 3]]);
  assert.deepEqual(CODES.branch("boredom"), ["boredom", "deep"]);
});

test("a search gives codes in use, the best fit first", () => {
  assert.deepEqual(CODES.search("o").map(({ id }) => id), ["motives", "boredom"]);
  assert.deepEqual(CODES.search("bdm").map(({ id }) => id), ["boredom"]);
  assert.deepEqual(CODES.search("").map(({ id }) => id), ["motives", "fun", "boredom", "deep"]);
});

test("a new code takes the color of its theme", () => {
  assert.equal(CODES.with({ id: "new", parent: "motives", name: "New" }).color("new"), "#motives");
});

test("number keys go to the codes used most, in the order of the codebook", () => {
  const many = new Codes([code("t", ""), ...Array.from({ length: 12 }, (_item, i) => code(`c${i}`, "t"))]);
  const keys = mostUsed(many, codings("c11", "c11", "c10"));
  assert.deepEqual(keys, ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c10", "c11"]);
  assert.equal(togglePinned(keys, "c8"), null);
  assert.deepEqual(togglePinned(["a", "b"], "a"), ["b"]);
  assert.deepEqual(togglePinned(["a"], "b"), ["a", "b"]);
});

test("codings that meet get lanes of their own, and a lane is busy to the end of its line", () => {
  const coding = (/** @type {string} */ id, /** @type {number} */ start, /** @type {number} */ end) => ({ id, code: "", start, end, memo: "" });
  const sorted = inTextOrder([coding("late", 200, 210), coding("short", 0, 5), coding("long", 0, 50), coding("next", 60, 70)]);
  assert.deepEqual(sorted.map(({ id }) => id), ["long", "short", "next", "late"]);
  assert.deepEqual(Object.fromEntries(assignLanes(sorted)), { long: 0, short: 1, next: 2, late: 0 });
});

test("the second coder has lanes of their own", () => {
  const side = (/** @type {string} */ id, /** @type {"a" | "b"} */ name) => ({ id, code: "", start: 0, end: 9, memo: "", side: name });
  assert.deepEqual([...assignLanes([side("1", "a"), side("2", "b")])], [["1", 0], ["2", 4]]);
});

test("times, short texts and ranks", () => {
  assert.equal(clock(3_723_999), "01:02:03");
  assert.equal(short("een  twee drie vier", 12), "een twee…");
  assert.equal(short("kort", 12), "kort");
  assert.deepEqual(["Fun", "More fun", "Unfunny", "Four nice", "Sex"].map((text) => rank(text, "fun")), [0, 1, 2, 3, -1]);
});

test("messages are said in the language of the session", () => {
  setLanguage("nl", { "Undo": "Ongedaan maken", "{count} code": ["{count} code", "{count} codes!"] });
  assert.equal(_("Undo"), "Ongedaan maken");
  assert.equal(_("Hello {name}", { name: "anna" }), "Hello anna");
  assert.equal(_n("{count} code", "{count} codes", 1234), "1.234 codes!");
  setLanguage("en", {});
  assert.equal(_n("{count} code", "{count} codes", 1), "1 code");
});
