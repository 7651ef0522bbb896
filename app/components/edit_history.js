// Undo and redo. Both are steps of the project's history, asked for by an edit, so that they still
// work after a reload. A rejected suggestion is no step of that history: only the page that
// rejected it can take it back, so this page remembers the order of what it did.

import { owner, push, stepCounts } from "./sync.js";

/** @typedef {import("./types.js").NewEdit} NewEdit */

/** What was done here: an edit by its number, or a rejection. @typedef {{number: number, rejection?: NewEdit}} Deed */

/** @type {Deed[]} */
let done = [];
/** @type {Deed[]} */
let undone = [];
let deedsOf = "";

/** Forget what another coder did in this tab. */
function sameOwner() {
  const now = `${owner.project}|${owner.coder}`;
  if (deedsOf !== now) [done, undone] = [[], []];
  deedsOf = now;
}

/**
 * Do an edit that can be undone.
 * @param {NewEdit} edit
 */
export function perform(edit) {
  sameOwner();
  const number = push(edit);
  done.push({ number, ...(edit.kind === "reject" ? { rejection: edit } : {}) });
  undone = [];
}

/** Whether there is something to undo, and to redo. */
export function canTurn() {
  sameOwner();
  const counts = stepCounts();
  return {
    undo: counts.undo > 0 || Boolean(done.at(-1)?.rejection),
    redo: counts.redo > 0 || Boolean(undone.at(-1)?.rejection),
  };
}

/**
 * Undo the last step of the coder; returns whether there was one.
 * @param {string} transcript on the screen
 */
export function undo(transcript) {
  if (!canTurn().undo) return false;
  // After a reload nothing was done here yet, and the history still knows what to undo.
  const last = done.pop();
  if (last?.rejection) {
    push({ ...last.rejection, kind: "unreject" });
    undone.push(last);
  } else {
    undone.push({ number: push({ kind: "undo", transcript, of: last?.number }) });
  }
  return true;
}

/**
 * Do again what was undone last; returns whether there was anything.
 * @param {string} transcript on the screen
 */
export function redo(transcript) {
  if (!canTurn().redo) return false;
  const last = undone.pop();
  if (last?.rejection) {
    push(last.rejection);
    done.push(last);
  } else {
    done.push({ number: push({ kind: "redo", transcript, of: last?.number }) });
  }
  return true;
}
