// Positions: code points outside, UTF-16 units inside.

import assert from "node:assert/strict";
import { test } from "node:test";

import { characterEdge, countWords, pairsOf, snapCharacters, snapWords, toPoints, toUnits, trim, wordEdge } from "#components/offsets.js";

const FAMILY = "👩‍👩‍👧‍👦";

test("a text without emoji keeps no table of surrogate pairs", () => {
  assert.equal(pairsOf("een café, niet meer"), null);
  assert.equal(toPoints(null, 7), 7);
  assert.equal(toUnits(null, 7), 7);
});

for (const text of ["a😅b", FAMILY, "e\u0301😅e\u0301", "\u{20bb7}野", "👍🏽 goed 👍🏽", "🇳🇱😅"]) {
  test(`every code point of ${text} comes back from its units`, () => {
    const pairs = pairsOf(text);
    const points = [...text];
    let unit = 0;
    for (let point = 0; point <= points.length; point++) {
      assert.equal(toUnits(pairs, point), unit);
      assert.equal(toPoints(pairs, unit), point);
      unit += points[point]?.length ?? 0;
    }
  });
}

test("a place inside a surrogate pair counts as the end of the pair", () => {
  assert.equal(toPoints(pairsOf("a😅b"), 2), 2);
});

test("a combining mark stays with its letter", () => {
  const text = "ne\u0301e";
  assert.deepEqual(snapCharacters(text, 0, 2), [0, 3]);
  assert.equal(characterEdge(text, 1, 1), 3);
  assert.equal(characterEdge(text, 3, -1), 1);
});

test("a selection that cuts an emoji takes all of it", () => {
  assert.deepEqual(snapCharacters(`a${FAMILY}b`, 3, 5), [1, 1 + FAMILY.length]);
});

test("a selection that cuts a word takes all of it", () => {
  assert.deepEqual(snapWords("Thanks for making time", 2, 9), [0, 10]);
});

test("white space at the ends is dropped, and nothing is left of white space alone", () => {
  assert.deepEqual(trim("  een woord ", 0, 12), [2, 11]);
  assert.equal(trim("   ", 0, 3), null);
});

test("the edges of words are found in both directions and stop at the ends", () => {
  const text = "Een, twee drie.";
  assert.equal(wordEdge(text, 3, 1, "end"), 9);
  assert.equal(wordEdge(text, 9, -1, "end"), 3);
  assert.equal(wordEdge(text, 5, -1, "start"), 0);
  assert.equal(wordEdge(text, 14, 1, "end"), 15);
});

test("words are counted, signs are not", () => {
  assert.equal(countWords("Ja — dat is 'm: 😅"), 4);
});
