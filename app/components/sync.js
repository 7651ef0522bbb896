// What every mount on the page shares: the edits on their way and the state the server sent last.
// An edit stays in the queue, and in this tab's session storage, until the server says that it
// arrived.

import { batchesOf, nextEdits, storable, unacknowledged, withoutLost } from "./edit_queue.js";
import { applyChanges, countSteps, replay } from "./replay.js";

/** @typedef {import("./types.js").NewEdit} NewEdit */
/** @typedef {import("./types.js").QueuedEdit} QueuedEdit */
/** @typedef {import("./wire.js").EditMessage} EditMessage */
/** @typedef {import("./wire.js").KnownMount} KnownMount */
/** @typedef {import("./wire.js").Refusal} Refusal */
/** @typedef {import("./wire.js").State} State */
/** @typedef {import("./wire.js").SyncMount} SyncMount */

const STORAGE_KEY = "qualcode-edits";
const RETRY_AFTER = 3000;
const RETRIES_WHILE_RUNNING = 10;

/** Whose edits these are, of which project, in which round. */
export const owner = { project: "", coder: "", round: "" };

// A tab that is reloaded is a new client: it cannot know which numbers it used before.
const client = newId();
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {QueuedEdit[]} */
let queue = readStored();
let number = 0;
/** Edits that were sent at least once, as `client|number`. @type {Set<string>} */
const sent = new Set();
/** @type {((message: EditMessage) => void) | null} */
let sender = null;
/** @type {(() => void) | null} */
let waker = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let patience = RETRIES_WHILE_RUNNING;

/** States by the key that the server gave them, which it may send changes of. @type {Map<string, State>} */
const knownStates = new Map();
/** The key of the newest state. */
let seen = "";
/** @type {Map<string, State>} */
const states = new Map();
/** @type {SyncMount | null} */
let held = null;
let statesOf = "";
let steps = { undo: 0, redo: 0 };
let trouble = "";
/** @type {Refusal[]} */
let refused = [];
/** @type {Set<string>} */
const dismissed = new Set();

/** Make an id that nobody else makes: 32 hexadecimal digits, a UUID of version 4. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {QueuedEdit[]} */
function readStored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) || "[]");
  } catch {
    return [];
  }
}

/** @param {QueuedEdit[]} edits */
function keep(edits) {
  queue = edits;
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(storable(queue)));
  } catch {
    // Storage may be off; the queue in memory still holds everything.
  }
}

/**
 * Call back after every change of the state or the queue; returns how to stop.
 * @param {() => void} callback
 */
export function listen(callback) {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

function notify() {
  for (const callback of listeners) callback();
}

/** Edits of this project and coder that were not acknowledged. */
export function pending() {
  return queue.filter((edit) => edit.project === owner.project && edit.coder === owner.coder);
}

/**
 * Add an edit, and send it; returns its number.
 * @param {NewEdit} edit
 */
export function push(edit) {
  number += 1;
  keep([...queue, { ...edit, number, client, ...owner }]);
  notify();
  send();
  return number;
}

function send() {
  const edits = pending();
  clearTimeout(timer);
  timer = undefined;
  if (!edits.length) return;
  timer = setTimeout(retry, RETRY_AFTER);
  if (!sender) return;
  const next = nextEdits(edits);
  // All that wait, every time: Streamlit keeps only the newest of several messages.
  for (const edit of next) sent.add(keyOf(edit));
  sender({ project: owner.project, coder: owner.coder, seen, batches: batchesOf(next) });
}

/** @param {{client: string, number: number}} edit */
const keyOf = (edit) => `${edit.client}|${edit.number}`;

/**
 * Say how to make the server draw the whole page.
 * @param {() => void} callback
 */
export function wakeWith(callback) {
  waker = callback;
}

/** Send again. A server that was restarted takes edits only after it drew the whole page. */
function retry() {
  // A server that waits for a locked file would never get to answer if it was asked again.
  if (patience > 0 && document.querySelector("[data-test-script-state=running]")) {
    patience -= 1;
    timer = setTimeout(retry, RETRY_AFTER);
    return;
  }
  patience = RETRIES_WHILE_RUNNING;
  // The whole page first, then the edits: a new session does not call back for what comes early.
  if (waker && pending().length) waker();
  setTimeout(send, 600);
}

/**
 * Take the state of a transcript that later messages send the changes of.
 * @param {KnownMount} data
 */
export function receiveKnown(data) {
  if (!knownStates.has(data.key)) knownStates.set(data.key, data.state);
  if (held) take(held);
}

/**
 * Take what the server sent: changes of its state, and its acknowledgements.
 * @param {SyncMount} data
 * @param {(message: EditMessage) => void} sendWith
 */
export function receive(data, sendWith) {
  sender = sendWith;
  take(data);
}

/** @param {SyncMount} data */
function take(data) {
  const { changes } = data;
  const known = changes && knownStates.get(changes.known);
  // Changes of a state that is still under way: an edit must not vanish in between.
  held = changes && !known ? data : null;
  if (held) return;
  const newOwner = `${data.project}|${data.coder}`;
  if (statesOf !== newOwner) states.clear();
  statesOf = newOwner;
  Object.assign(owner, { project: data.project, coder: data.coder, round: data.round });
  if (changes && known) takeChanges(known, changes);
  ({ steps, trouble } = data);
  const left = unacknowledged(queue, data.project, data.acknowledged);
  if (left.length !== queue.length) keep(withoutLost(left, data.refused));
  refused = data.refused.filter((refusal) => !dismissed.has(keyOf(refusal)));
  notify();
  sendUnsent();
}

/** @param {State} known @param {import("./wire.js").Changes} changes */
function takeChanges(known, changes) {
  const state = applyChanges(known, changes);
  states.set(changes.transcript, state);
  knownStates.set(changes.key, state);
  seen = changes.key;
  // The server goes forward only: it sends no more changes of a state older than this one.
  for (const key of knownStates.keys()) {
    if (key === changes.known) break;
    knownStates.delete(key);
  }
}

/** Send what waited for this acknowledgement; what was sent already is only sent again in time. */
function sendUnsent() {
  const edits = pending();
  if (!edits.length) {
    clearTimeout(timer);
    timer = undefined;
  } else if (!timer || nextEdits(edits).some((edit) => !sent.has(keyOf(edit)))) send();
}

/** The coder has read why edits were refused. */
export function dismissRefusals() {
  for (const refusal of refused) dismissed.add(keyOf(refusal));
  refused = [];
  notify();
}

/**
 * The codings of one transcript, with every edit on its way done to them.
 * @param {string} transcript
 */
export function codingsOf(transcript) {
  return replay(states.get(transcript), pending(), transcript);
}

/** How many steps can be undone and redone. */
export function stepCounts() {
  return countSteps(steps, pending());
}

/** Whether edits are on their way, and what keeps them from being stored. */
export function saving() {
  return { waiting: pending().length > 0, trouble, refused };
}

if (typeof window !== "undefined") {
  window.addEventListener("beforeunload", (event) => {
    if (queue.length) event.preventDefault();
  });
}
