// What Python and the browser send each other. Written by tests/wire_types.py from
// qualcode.app.wire: change it there.

/** A passage of a transcript. */
export interface Passage {
  start: number;
  end: number;
}

/** One turn of a transcript; `time` is in milliseconds. */
export interface Turn {
  number: number;
  speaker: string;
  time: number | null;
  start: number;
  text: string;
  interviewer: boolean;
}

/** A code; `parent` is the id of the code above it, or empty for a theme. */
export interface Code {
  id: string;
  parent: string;
  name: string;
  color: string;
  retired: boolean;
  about: string;
}

/** A coding; `side` says whose it is where two coders are compared. */
export interface Coding {
  id: string;
  code: string;
  start: number;
  end: number;
  memo: string;
  side?: "a" | "b";
}

/** A memo on a coding, by its id, or on a turn, by its number. */
export interface Memo {
  id: string;
  target_kind: "coding" | "turn";
  target: string;
  text: string;
}

/** A suggested code; `segment` is what it was suggested for, the passage may be shorter. */
export interface Offer {
  id: string;
  code: string;
  start: number;
  end: number;
  probability: number;
  why: string;
  segment: Passage;
  suggester: string;
}

/** What one coder may see of the codings in a transcript. */
export interface State {
  transcript: string;
  codings: Coding[];
  memos: Memo[];
  offers: Offer[];
}

/** Ids of what a state no longer holds. */
export interface Removed {
  codings: string[];
  memos: string[];
  offers: string[];
}

/** What changed from state `known` to state `key`: new and changed objects, ids removed. */
export interface Changes {
  transcript: string;
  known: string;
  key: string;
  codings: Coding[];
  memos: Memo[];
  offers: Offer[];
  removed: Removed;
}

/** One edit of a browser; see `qualcode.project.Edit` for its fields. */
export interface Edit {
  number: number;
  kind: "add" | "withdraw" | "change" | "memo" | "new_code" | "reject" | "unreject" | "undo" | "redo";
  transcript: string;
  sha256?: string;
  id?: string;
  replaces?: string;
  code?: string;
  start?: number;
  end?: number;
  text?: string;
  target_kind?: "coding" | "turn";
  target?: string;
  suggester?: string;
}

/** Edits of one browser tab in one round. */
export interface Batch {
  client: string;
  round: string;
  edits: Edit[];
}

/** All edits that may be sent now; `seen` is the key of the newest state received. */
export interface EditMessage {
  project: string;
  coder: string;
  seen: string;
  batches: Batch[];
}

/** An edit that could not be applied, and why. */
export interface Refusal {
  client: string;
  number: number;
  why: string;
}

/** How many steps the coder can undo and redo on the coding screen. */
export interface UndoCounts {
  undo: number;
  redo: number;
}

/** A transcript that the coder can open. */
export interface TranscriptChoice {
  name: string;
  title: string;
}

/** A passage to bring into view, once for each `key`. */
export interface Focus {
  start: number;
  end: number;
  key: string;
}

/** One transcript with its codebook; `questions` are by the number of a turn. */
export interface Document {
  transcript: string;
  title: string;
  sha256: string;
  text_language: string;
  transcripts: TranscriptChoice[];
  turns: Turn[];
  codes: Code[];
  questions: Record<string, string>;
}

/** The codings of two coders, for a screen that changes nothing. */
export interface Comparison {
  coders: string[];
  codings: Coding[];
}

/** The coding screen. */
export interface ScreenMount {
  transcript: string;
  title: string;
  sha256: string;
  text_language: string;
  transcripts: TranscriptChoice[];
  turns: Turn[];
  codes: Code[];
  questions: Record<string, string>;
  kind: "screen";
  project: string;
  coder: string;
  round: string;
  language: string;
  messages: Record<string, string | string[]>;
  focus: Focus | null;
  suggesting: boolean;
  suggested: boolean;
  comparison: Comparison | null;
}

/** What an edit brings back: changes, acknowledged numbers by browser, refusals. */
export interface SyncMount {
  kind: "sync";
  project: string;
  coder: string;
  round: string;
  changes: Changes | null;
  acknowledged: Record<string, number>;
  refused: Refusal[];
  trouble: string;
  steps: UndoCounts;
}

/** A whole state, for a browser that has none; later messages only send changes. */
export interface KnownMount {
  kind: "known";
  key: string;
  state: State;
}

/** A mount whose only use is to make the server draw the whole page. */
export interface WakeMount {
  kind: "wake";
  language: string;
  messages: Record<string, string | string[]>;
}

/** What lies around a page: its language, and the words that Streamlit has in English only. */
export interface FrameMount {
  kind: "frame";
  language: string;
  messages: Record<string, string | string[]>;
}

/** A code in the tree of the codebook, and how many codings it has. */
export interface TreeCode {
  id: string;
  parent: string;
  name: string;
  color: string;
  retired: boolean;
  count: number;
}

/** The last act of a browser tab that was done. */
export interface TreeDone {
  client: string;
  number: number;
}

/** The tree of the codebook page. */
export interface TreeMount {
  codes: TreeCode[];
  picked: string;
  done: TreeDone;
  language: string;
  messages: Record<string, string | string[]>;
}

/** A cell of a matrix.

    `value` sorts its column, and is null where there is no number. `shade` is 0 to 1 on the one
    scale of the matrix: the heat of the cell, or the length of its bar. */
export interface MatrixCell {
  text: string;
  value: number | null;
  shade: number;
  look: "heat" | "bar" | "same" | "plain";
  opens: boolean;
}

/** A row of a matrix; `depth` is how many codes stand above its code. */
export interface MatrixRow {
  name: string;
  depth: number;
  color: string;
  cells: MatrixCell[];
}

/** A matrix; `chosen` is a row and a column, or empty; `low` and `high` name its scale. */
export interface MatrixMount {
  label: string;
  corner: string;
  columns: string[];
  rows: MatrixRow[];
  chosen: number[];
  low: string;
  high: string;
  same: string;
  language: string;
  messages: Record<string, string | string[]>;
}

/** The cell that somebody clicked. */
export interface MatrixChoice {
  row: number;
  column: number;
}

/** A code is moved below `parent`, ahead of `before`; gets another name; or is added.

    `was` is the name that it had when somebody began to type another one. */
export interface TreeAct {
  number: number;
  kind: "place" | "label" | "add";
  id: string;
  parent?: string;
  before?: string;
  text?: string;
  was?: string;
}

/** All acts in the tree that were not acknowledged. */
export interface TreeMessage {
  client: string;
  acts: TreeAct[];
}

/** A figure, and which of its marks lead to passages. */
export interface FigureMount {
  svg: string;
  marks: string[];
  picked: string;
  language: string;
  messages: Record<string, string | string[]>;
}

/** The mark of a figure that was clicked. */
export interface FigurePick {
  key: string;
  number: number;
}

export type CoderMount = ScreenMount | SyncMount | KnownMount | WakeMount | FrameMount;
