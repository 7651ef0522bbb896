// What every mount on the page shares: the edits that no server acknowledged yet, the state the
// server sent last, and what can be undone. An edit stays in the outbox, and in this tab's
// session storage, until the server says that it arrived.

const STORE = "qualcode-outbox";
const RETRY = 3000;
const PATIENCE = 10;

const listeners = new Set();
let sender = null;
let waker = null;
let waiting = null;
let patience = PATIENCE;
let held = null;
const bases = new Map();

export const hub = {
  client: newId(),
  number: 0,
  project: "",
  coder: "",
  round: "",
  owner: "",
  language: "en",
  outbox: readStored(),
  states: new Map(),
  refused: [],
  dismissed: new Set(),
  trouble: "",
  undo: [],
  redo: [],
  places: new Map(),
  words: {},
};

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

function readStored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) || "[]");
  } catch {
    return [];
  }
}

function store() {
  // Words of interviews stay out of the browser's storage: ids and positions only.
  const kept = hub.outbox.filter((op) => !op.text);
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // Storage may be off; the outbox in memory still holds everything.
  }
}

/** Be told of every change of server state or outbox; returns how to stop. */
export function listen(callback) {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

function tell() {
  for (const callback of listeners) callback();
}

/** Edits of this project and coder that were not acknowledged. */
export function pending() {
  return hub.outbox.filter((op) => op.project === hub.project && op.coder === hub.coder);
}

/** Add an edit; it is painted at once and sent. */
export function push(op) {
  hub.number += 1;
  hub.outbox.push({
    ...op,
    n: hub.number,
    client: hub.client,
    project: hub.project,
    coder: hub.coder,
    round: hub.round,
  });
  store();
  tell();
  send();
}

export function send() {
  const ops = pending();
  clearTimeout(waiting);
  if (!ops.length) return;
  waiting = setTimeout(again, RETRY);
  if (!sender) return;
  const batches = new Map();
  for (const { client, project, coder, round, ...op } of ops) {
    const name = `${client}|${round}`;
    if (!batches.has(name)) batches.set(name, { client, round, ops: [] });
    batches.get(name).ops.push(op);
  }
  sender({ project: hub.project, coder: hub.coder, batches: [...batches.values()] });
}

/** How to make the server draw the whole page. */
export function wakeWith(callback) {
  waker = callback;
}

/** A server that was started anew knows the channel only after it drew the whole page. */
function again() {
  // A server that waits for a locked file would never get to answer if it was asked again.
  if (patience > 0 && document.querySelector("[data-test-script-state=running]")) {
    patience -= 1;
    waiting = setTimeout(again, RETRY);
    return;
  }
  patience = PATIENCE;
  if (waker && pending().length) waker();
  setTimeout(send, 600);
}

/** Take the state of a transcript that later messages tell the changes of. */
export function receiveKnown(data) {
  bases.set(data.state.doc, data);
  if (held) take(held);
}

/** Take what the server sent: changes of its state, and its acknowledgements. */
export function receive(data, send_) {
  sender = send_;
  take(data);
}

function take(data) {
  const base = data.state && bases.get(data.state.doc);
  // Changes of a state that is still under way: an edit must not vanish in between.
  held = data.state && base?.key !== data.state.known ? data : null;
  if (held) return;
  const owner = `${data.project}|${data.coder}`;
  if (hub.owner !== owner) Object.assign(hub, { owner, undo: [], redo: [], states: new Map() });
  Object.assign(hub, { project: data.project, coder: data.coder, round: data.round, trouble: data.trouble });
  if (base) hub.states.set(data.state.doc, changed(base.state, data.state));
  const before = hub.outbox.length;
  hub.outbox = hub.outbox.filter(
    (op) => op.project !== data.project || !(data.ack[op.client] >= op.n),
  );
  if (hub.outbox.length !== before) store();
  hub.refused = data.refused.filter(([client, n]) => !hub.dismissed.has(`${client}|${n}`));
  tell();
  if (pending().length && !waiting) send();
  if (!pending().length) {
    clearTimeout(waiting);
    waiting = null;
  }
}

function changed(base, changes) {
  const state = { doc: base.doc };
  for (const kind of ["codings", "memos", "offers"]) {
    const rows = new Map(base[kind].map((row) => [row[0], row]));
    for (const row of changes[kind]) rows.set(row[0], row);
    for (const id of changes.gone[kind]) rows.delete(id);
    state[kind] = [...rows.values()];
  }
  return state;
}

/** The coder has read why edits were refused. */
export function dismiss() {
  for (const [client, n] of hub.refused) hub.dismissed.add(`${client}|${n}`);
  hub.refused = [];
  tell();
}

window.addEventListener("beforeunload", (event) => {
  if (hub.outbox.length) event.preventDefault();
});

/** The state of one transcript: what the server knows, and every pending edit done to it. */
export function stateOf(doc) {
  const base = hub.states.get(doc);
  const codings = new Map();
  const memos = [];
  const codes = [];
  const rejected = new Set();
  for (const [id, code, s, e, memo] of base ? base.codings : []) {
    codings.set(id, { id, code, s, e, memo });
  }
  for (const [id, kind, target, text] of base ? base.memos : []) memos.push({ id, kind, target, text });
  for (const op of pending()) {
    if (op.op === "new_code") codes.push(op);
    if (op.doc !== doc) continue;
    if (op.op === "withdraw") codings.delete(op.id);
    if (op.op === "change") codings.delete(op.old);
    if (op.op === "add" || op.op === "change") {
      codings.set(op.id, { id: op.id, code: op.code, s: op.s, e: op.e, memo: "" });
    }
    if (op.op === "reject") rejected.add(op.id);
    if (op.op === "unreject") rejected.delete(op.id);
    if (op.op === "memo") memos.push({ id: `new-${op.n}`, kind: op.kind, target: op.target, text: op.text });
  }
  const offers = [];
  for (const [id, code, s, e, score, why, from, to, by] of base?.offers ?? []) {
    if (!rejected.has(id)) offers.push({ id, code, s, e, score, why, from, to, by });
  }
  return { codings, memos, codes, offers, known: Boolean(base) };
}

// What can be undone: each entry knows how to do itself again and how to take itself back.

export function perform(entry) {
  run(entry, false);
  hub.undo.push(entry);
  hub.redo = [];
  if (hub.undo.length > 500) hub.undo.shift();
}

export function undo() {
  const entry = hub.undo.pop();
  if (!entry) return null;
  run(entry, true);
  hub.redo.push(entry);
  return entry;
}

export function redo() {
  const entry = hub.redo.pop();
  if (!entry) return null;
  run(entry, false);
  hub.undo.push(entry);
  return entry;
}

function run(entry, backwards) {
  if (entry.reject) {
    push({ ...entry.reject, op: backwards ? "unreject" : "reject", doc: entry.doc, hash: entry.hash });
    return;
  }
  const from = backwards ? entry.after : entry.before;
  const to = backwards ? entry.before : entry.after;
  const { doc, hash } = entry;
  if (from && to) {
    const old = from.id;
    renew(to);
    push({ op: "change", doc, hash, old, id: to.id, code: to.code, s: to.s, e: to.e });
  } else if (to) {
    renew(to);
    push({ op: "add", doc, hash, id: to.id, code: to.code, s: to.s, e: to.e, ...(to.by ? { by: to.by } : {}) });
  } else {
    push({ op: "withdraw", doc, id: from.id });
  }
}

/** A coding that comes back is a new one: it gets an id that was never used. */
function renew(coding) {
  const old = coding.id;
  const id = newId();
  for (const entry of [...hub.undo, ...hub.redo]) {
    for (const side of [entry.before, entry.after]) if (side && old && side.id === old) side.id = id;
  }
  coding.id = id;
}

/** A message in the language of the session. */
export function _(message, values) {
  const found = hub.words[message] ?? message;
  return fill(Array.isArray(found) ? found[0] : found, values);
}

export function _n(one, many, count, values) {
  const found = hub.words[one] ?? [one, many];
  const forms = Array.isArray(found) ? found : [found, found];
  return fill(forms[count === 1 ? 0 : 1], { count: count.toLocaleString(hub.language), ...values });
}

function fill(text, values) {
  return values ? text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole) : text;
}
