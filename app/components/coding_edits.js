// What the coder does to codings, as edits. Each is painted at once and sent; see sync.js.

import { togglePinned } from "./codes.js";
import { perform, redo, undo } from "./edit_history.js";
import { newId, push } from "./sync.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Memo} Memo */
/** @typedef {import("./wire.js").Passage} Passage */

/** Adds, changes and withdraws codings and memos. */
export class CodingEdits {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.store = screen.store;
    /** The theme under which the coder worked last, proposed for a new code. @type {string | undefined} */
    this.lastTheme = undefined;
  }

  /** What an edit says of the text it was made on: positions mean nothing in another one. */
  get place() {
    const { transcript, sha256 } = this.store.state.data;
    return { transcript, sha256 };
  }

  /**
   * Give a code to the selection, or take it away where it has it; else to the active coding.
   * @param {string} code
   */
  assign(code) {
    const { readonly, selection, codings, codes } = this.store.state;
    if (readonly) return;
    const active = this.store.activeCoding;
    if (!selection && active) {
      this.recode(active, code);
      return;
    }
    if (!selection) {
      this.screen.say(_("Select some text first."));
      this.screen.status.flash();
      return;
    }
    // The same code on the same passage twice would mean nothing: the key takes it away again.
    const same = [...codings.values()].find((coding) =>
      coding.code === code && coding.start === selection.start && coding.end === selection.end);
    if (same) this.withdraw(same);
    else perform({ kind: "add", ...this.place, id: newId(), code, ...selection });
    this.lastTheme = codes.byId.get(code)?.parent || undefined;
    const name = codes.name(code);
    this.screen.say(same ? _("Removed: {code}", { code: name }) : _("Coded: {code}", { code: name }));
  }

  /** @param {Coding} coding */
  withdraw({ id }) {
    // It says nothing of positions, so it holds in a text that was replaced too.
    perform({ kind: "withdraw", transcript: this.place.transcript, id });
  }

  /**
   * Replace a coding: codings are added and withdrawn, never changed, so it gets a new id.
   * @param {Coding} coding
   * @param {{code?: string, start?: number, end?: number}} change
   */
  replace({ id: replaces, code, start, end }, change) {
    const id = newId();
    perform({ kind: "change", ...this.place, code, start, end, ...change, id, replaces });
    // The old coding was the active one and is gone: the coder goes on with the new one.
    this.screen.selection.activate(id);
  }

  /** @param {Coding} coding @param {string} code */
  recode(coding, code) {
    if (coding.code === code) return;
    this.replace(coding, { code });
    this.screen.say(_("Coded: {code}", { code: this.store.state.codes.name(code) }));
  }

  remove() {
    const coding = this.store.activeCoding;
    if (!coding || this.store.state.readonly) return;
    this.withdraw(coding);
    this.screen.say(_("Removed: {code}", { code: this.store.state.codes.name(coding.code) }));
    this.screen.viewport.focus();
  }

  startAdjusting() {
    const coding = this.store.activeCoding;
    if (!coding || this.store.state.readonly) return;
    this.store.update({ adjusting: coding.id });
    this.screen.selection.select({ start: coding.start, end: coding.end }, false);
    this.screen.viewport.focus();
  }

  saveBoundaries() {
    const { adjusting, codings, selection } = this.store.state;
    const coding = codings.get(adjusting ?? "");
    // The selection was the new boundaries: it must not be left over as something to code.
    this.screen.selection.clear();
    if (!coding || !selection || (coding.start === selection.start && coding.end === selection.end)) return;
    this.replace(coding, selection);
    this.screen.say(_("Boundaries saved"));
  }

  /**
   * Make a code, and give it to the selection.
   * @param {string} label
   * @param {string} parent id of the code above it
   */
  addCode(label, parent) {
    const id = newId();
    // Not to be undone here: other coders may use the code as soon as it is there.
    push({ kind: "new_code", transcript: this.place.transcript, id, code: parent, text: label });
    this.screen.finder.hide();
    if (this.store.state.selection) this.assign(id);
  }

  /** Write a memo on the active coding, or on the turn. */
  memo() {
    const { readonly, codes, memos, selection, current } = this.store.state;
    if (readonly) return;
    const { turns, finder, dialogs } = this.screen;
    const coding = this.store.activeCoding;
    const turn = selection ? turns.at(selection.start) : turns.list[current];
    const target_kind = coding ? "coding" : "turn";
    const target = coding ? coding.id : String(turn.number);
    const about = coding
      ? _("Memo on {code}", { code: codes.name(coding.code) })
      : _("Memo on turn {number}", { number: turn.number });
    const passage = coding ?? selection;
    const earlier = memos
      .filter((memo) => memo.target_kind === target_kind && memo.target === target)
      .map(({ text }) => text);
    if (coding?.memo) earlier.unshift(coding.memo);
    finder.hide();
    dialogs.memo(about, passage ? turns.quote(passage) : turn.text, earlier, (text) => {
      perform({ kind: "memo", transcript: this.place.transcript, target_kind, target, text });
      this.screen.say(_("Memo saved"));
    });
  }

  undo() {
    const turned = undo(this.place.transcript);
    this.screen.say(turned ? _("Undone") : _("There is nothing to undo."));
  }

  redo() {
    const turned = redo(this.place.transcript);
    this.screen.say(turned ? _("Done again") : _("There is nothing to redo."));
  }

  /** Give a code a number key, or take it away. @param {string} id */
  togglePin(id) {
    const pinned = togglePinned(this.store.state.pinned, id);
    if (!pinned) {
      this.screen.say(_("All nine number keys are in use. Take one away first."));
      return;
    }
    this.screen.numberKeys.keep(pinned);
    this.store.update({ pinned });
  }
}
