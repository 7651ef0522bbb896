// Which key does what on the coding screen.

import { closest } from "./elements.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./store.js").ScreenState} ScreenState */

/**
 * What a key asks for: a command by name, and what it needs to know.
 * @typedef {object} Command
 * @property {CommandName} name
 * @property {number} [step] 1 or -1
 * @property {boolean} [exact] by a character instead of a word
 * @property {number} [digit] the number key, from 1
 */

/**
 * @typedef {"moveTurn" | "moveStart" | "moveEnd" | "clear" | "selectTurn" | "assignDigit" | "chooseCode"
 *   | "otherCode" | "newCode" | "memo" | "remove" | "saveBoundaries" | "stepOffer" | "acceptOffer"
 *   | "rejectOffer" | "undo" | "redo" | "showKeys"} CommandName
 */

/**
 * The part of a key press that counts.
 * @typedef {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} Press
 */

/**
 * The part of the state that counts.
 * @typedef {Pick<ScreenState, "readonly" | "selection" | "adjusting" | "offer">} Situation
 */

/** @type {Record<string, Command>} */
const LETTERS = {
  " ": { name: "selectTurn" },
  n: { name: "stepOffer", step: 1 },
  p: { name: "stepOffer", step: -1 },
  a: { name: "acceptOffer" },
  x: { name: "rejectOffer" },
  c: { name: "chooseCode" },
  "/": { name: "chooseCode" },
  i: { name: "newCode" },
  m: { name: "memo" },
  z: { name: "undo" },
  Z: { name: "redo" },
  Delete: { name: "remove" },
  Backspace: { name: "remove" },
  "?": { name: "showKeys" },
};

/**
 * The command of a key press; null where it has none here.
 * @param {Press} press
 * @param {Situation} situation
 * @returns {Command | null}
 */
export function commandOf({ key, shiftKey, ctrlKey, metaKey, altKey }, { readonly, selection, adjusting, offer }) {
  const control = ctrlKey || metaKey;
  const side = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (side && shiftKey && !readonly) return { name: control ? "moveStart" : "moveEnd", step: side, exact: altKey };
  // All other keys with Ctrl are the browser's: find, copy, reload.
  if (control) {
    const letter = key.toLowerCase();
    if (readonly || (letter !== "z" && letter !== "y")) return null;
    // Windows does again with Ctrl+Y; on a Mac that key with Cmd is the browser's.
    if (letter === "y") return ctrlKey && !shiftKey ? { name: "redo" } : null;
    return { name: shiftKey ? "redo" : "undo" };
  }
  // Next to the queue of adjudication J and K step through the queue.
  if (key === "ArrowDown" || (key === "j" && !readonly)) return { name: "moveTurn", step: 1 };
  if (key === "ArrowUp" || (key === "k" && !readonly)) return { name: "moveTurn", step: -1 };
  if (key === "Escape") return { name: "clear" };
  if (readonly) return null;
  if (/^[1-9]$/.test(key)) return { name: "assignDigit", digit: Number(key) };
  if (key === "c" && offer) return { name: "otherCode" };
  if (key === "Enter") return { name: adjusting ? "saveBoundaries" : selection ? "chooseCode" : "selectTurn" };
  return LETTERS[key] ?? null;
}

/**
 * Whether a key is a letter that somebody types, with the list of codes open.
 * @param {Press} press
 */
export function isTyping({ key, ctrlKey, metaKey, altKey }) {
  return /^\p{L}$/u.test(key) && !ctrlKey && !metaKey && !altKey;
}

/** Takes the keys pressed on the screen. */
export class Shortcuts {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.press(event);
    screen.root.addEventListener("keydown", this.onKey);
  }

  /** The element outlives the screen: another transcript is shown in it. */
  stop() {
    this.screen.root.removeEventListener("keydown", this.onKey);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { state } = this.screen.store;
    // Streamlit listens on the document: r runs everything again, c clears its memory.
    if (!state.readonly || /^[rc]$/i.test(event.key)) event.stopPropagation();
    if (this.screen.dialogs.isOpen || closest(event, "input, select, textarea")) return;
    if (this.screen.panel?.press(event)) return;
    // A button that has the focus is pressed by these; the arrows and letters still work from it.
    if (closest(event, "button") && (event.key === "Enter" || event.key === " ")) return;
    if (this.screen.finder.isOpen && isTyping(event)) {
      // The letter itself then lands in the field, as the list under the selection says.
      this.screen.finder.input.focus({ preventScroll: true });
      return;
    }
    const command = commandOf(event, state);
    if (!command) return;
    event.preventDefault();
    this.run(command);
  }

  /** @param {Command} command */
  run({ name, step = 1, exact = false, digit = 0 }) {
    const { selection, suggestions, edits, finder, dialogs, store, turns } = this.screen;
    const { state } = store;
    const commands = {
      moveTurn: () => selection.move(step),
      moveStart: () => selection.moveEdge("start", step, exact),
      moveEnd: () => selection.moveEdge("end", step, exact),
      // First the list closes, so that letters are commands again; then the selection goes.
      clear: () => (finder.isOpen ? finder.hide() : selection.clear()),
      selectTurn: () => selection.selectTurn(),
      assignDigit: () => state.pinned[digit - 1] && edits.assign(state.pinned[digit - 1]),
      chooseCode: () => finder.open({ focus: true, change: state.selection ? undefined : store.activeCoding }),
      otherCode: () => suggestions.otherCode(),
      newCode: () => dialogs.newCode(state.selection ? turns.quote(state.selection) : ""),
      memo: () => edits.memo(),
      remove: () => edits.remove(),
      saveBoundaries: () => edits.saveBoundaries(),
      stepOffer: () => suggestions.step(step),
      acceptOffer: () => suggestions.accept(),
      rejectOffer: () => suggestions.reject(),
      undo: () => edits.undo(),
      redo: () => edits.redo(),
      showKeys: () => dialogs.keys(),
    };
    commands[name]();
  }
}
