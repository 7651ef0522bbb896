// Turns, passages in them, and how a selection becomes a passage.

import assert from "node:assert/strict";
import { test } from "node:test";

import { moveEdge, passageBetween, passageOfTurn } from "#components/passages.js";
import { Turns } from "#components/turns.js";

/** The turns of a transcript whose text is these lines. @param {string[]} lines */
function turnsOf(...lines) {
  let start = 0;
  const turns = lines.map((text, place) => {
    const turn = { number: place + 1, speaker: "R", time: null, start, text, interviewer: false };
    start += [...text].length + 1;
    return turn;
  });
  return new Turns(turns, { 2: "Waarom?" });
}

test("a position belongs to the turn that holds it, or to the next one", () => {
  const turns = turnsOf("Hoi 😅", "Ja zeker", "Nee");
  assert.deepEqual([0, 4, 5, 6, 14, 99].map((position) => turns.at(position).number), [1, 1, 2, 2, 3, 3]);
  assert.equal(turns.list[1].question, "Waarom?");
});

test("a quote takes the words of several turns and counts an emoji as one", () => {
  const turns = turnsOf("Hoi 😅", "Ja zeker", "Nee");
  assert.equal(turns.quote({ start: 4, end: 8 }), "😅\nJa");
  assert.equal(turns.quote({ start: 0, end: turns.end }), "Hoi 😅\nJa zeker\nNee");
});

test("a selection becomes whole words, and the exact one does not", () => {
  const turns = turnsOf("Thanks for making time");
  const [turn] = turns.list;
  const from = { turn, unit: 2 };
  const to = { turn, unit: 9 };
  assert.deepEqual(passageBetween(turns, from, to, false), { start: 0, end: 10 });
  assert.deepEqual(passageBetween(turns, from, to, true), { start: 2, end: 9 });
});

test("a selection of white space alone is no passage", () => {
  const turns = turnsOf("een  twee");
  const [turn] = turns.list;
  assert.equal(passageBetween(turns, { turn, unit: 3 }, { turn, unit: 5 }, false), null);
});

test("a selection over turns ends with a turn where it takes nothing of the next", () => {
  const turns = turnsOf("Hoi 😅", "Ja zeker", "Nee");
  const [first, second] = turns.list;
  const passage = passageBetween(turns, { turn: first, unit: 4 }, { turn: second, unit: 0 }, false);
  assert.deepEqual(passage, { start: 4, end: 5 });
});

test("the end moves by a word, and on into the next turn", () => {
  const turns = turnsOf("Hoi daar", "Ja zeker");
  const first = moveEdge(turns, { start: 0, end: 3 }, 1, "end", false);
  assert.deepEqual(first, { start: 0, end: 8 });
  assert.deepEqual(moveEdge(turns, { start: 0, end: 8 }, 1, "end", false), { start: 0, end: 11 });
  assert.equal(moveEdge(turns, { start: 0, end: turns.end }, 1, "end", false), null);
});

test("an end moves by a character as a reader sees it", () => {
  const turns = turnsOf("ne\u0301e 👍🏽");
  assert.deepEqual(moveEdge(turns, { start: 0, end: 1 }, 1, "end", true), { start: 0, end: 3 });
  assert.deepEqual(moveEdge(turns, { start: 0, end: 7 }, -1, "end", true), { start: 0, end: 5 });
});

test("a passage never loses its last word", () => {
  const turns = turnsOf("Hoi daar");
  assert.equal(moveEdge(turns, { start: 4, end: 8 }, -1, "end", false), null);
  assert.equal(moveEdge(turns, { start: 4, end: 8 }, 1, "start", false), null);
});

test("a whole turn is taken without the space around it", () => {
  const turns = turnsOf("  Hoi 😅 ", "  ");
  assert.deepEqual(passageOfTurn(turns, turns.list[0]), { start: 2, end: 7 });
  assert.equal(passageOfTurn(turns, turns.list[1]), null);
});
