// The order of the rows of a matrix.

import assert from "node:assert/strict";
import { test } from "node:test";

import { placeWithin, rowOrder } from "#components/matrix.js";

/** @param {(number | null)[]} values */
const column = (values) => values.map((value) => ({ cells: [{ value }] }));

test("rows come in the order of the codebook until somebody sorts them", () => {
  assert.deepEqual(rowOrder(column([3, 29, 5]), -1, false), [0, 1, 2]);
});

test("the largest number comes first, and the smallest when turned", () => {
  assert.deepEqual(rowOrder(column([3, 29, 5]), 0, false), [1, 2, 0]);
  assert.deepEqual(rowOrder(column([3, 29, 5]), 0, true), [0, 2, 1]);
});

test("equal numbers keep their order, and what has no number is last either way", () => {
  assert.deepEqual(rowOrder(column([null, 2, 2, null, 7]), 0, false), [4, 1, 2, 0, 3]);
  assert.deepEqual(rowOrder(column([null, 2, 2, null, 7]), 0, true), [1, 2, 4, 0, 3]);
});

test("the cell that Tab reaches stays in a matrix that has become smaller", () => {
  assert.deepEqual(placeWithin({ row: 7, column: 5 }, 3, 2), { row: 2, column: 1 });
  assert.deepEqual(placeWithin({ row: 1, column: 1 }, 3, 2), { row: 1, column: 1 });
  assert.deepEqual(placeWithin({ row: 1, column: 1 }, 0, 2), { row: 0, column: 1 });
});
