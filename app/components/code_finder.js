// The popover under a selection: type to find a code, or press its number.

import { el, icon, kbd } from "./elements.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./wire.js").Code} Code */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Passage} Passage */

// Nobody reads further; each option more makes every letter typed slower.
const MOST = 60;
const MOST_FITTING = 30;
const GAP = 6;

let finders = 0;

/** A list of codes to choose from, for the selection or for a coding that gets another code. */
export class CodeFinder {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.number = ++finders;
    this.active = 0;
    /** @type {Code[]} */
    this.options = [];
    /** The coding that gets another code. @type {Coding | undefined} */
    this.change = undefined;
    const list = `qc-options-${this.number}`;
    this.input = el("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": list,
      "aria-autocomplete": "list", "aria-label": _("Type to find a code"), placeholder: _("Type to find a code"),
      autocomplete: "off", spellcheck: "false",
      oninput: () => { this.active = 0; this.fill(); },
      onkeydown: (event) => this.press(event),
    });
    this.list = el("ul", { role: "listbox", id: list, "aria-label": _("Codes") });
    this.element = el("div.qc-finder", { hidden: true },
      el("label.qc-finder-head", {}, icon("tag", 17), this.input),
      this.list,
      el("div.qc-finder-foot", {},
        kbd("1"), "–", kbd("9"), el("span", {}, _("assign")),
        kbd("Enter"), el("span", {}, _("choose")),
        kbd("⇧ Enter"), el("span", {}, _("add another"))));
    // A click on an option must not take the focus, nor end the selection in the text.
    this.element.addEventListener("mousedown", (event) => {
      if (event.target !== this.input) event.preventDefault();
    });
    screen.store.subscribe((_state, changed) => {
      if (this.isOpen && changed.has("pinned")) this.fill();
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /**
   * Show it at the selection, or at a coding to give another code.
   * @param {{focus?: boolean, change?: Coding}} [options]
   */
  open({ focus = false, change } = {}) {
    const passage = change ?? this.screen.store.state.selection;
    if (!passage) {
      this.screen.say(_("Select some text first."));
      return;
    }
    this.change = change;
    this.input.value = "";
    this.active = 0;
    this.element.hidden = false;
    this.fill();
    this.put(this.boxOf(passage));
    if (focus) this.input.focus({ preventScroll: true });
  }

  /**
   * Where a passage is in the window.
   * @param {Passage} passage
   */
  boxOf({ start, end }) {
    const { turns, transcript } = this.screen;
    const views = turns.between(start, end).map(({ index }) => transcript.views[index]);
    // Where a passage runs over turns, the list goes under its last words, where the mouse is.
    const lastView = views[views.length - 1];
    const part = turns.within(lastView.turn, start, end) ?? [0, 1];
    const range = document.createRange();
    range.setStart(lastView.node, part[0]);
    range.setEnd(lastView.node, part[1]);
    const rects = range.getClientRects();
    const last = rects[rects.length - 1] ?? lastView.element.getBoundingClientRect();
    const first = views.length > 1 ? views[0].element.getBoundingClientRect() : rects[0] ?? last;
    return { top: first.top, bottom: last.bottom, left: last.left };
  }

  /**
   * Put it under the passage, or above it where there is no room: never over it.
   * @param {{top: number, bottom: number, left: number}} box
   */
  put(box) {
    const { style, offsetHeight: height, offsetWidth: width } = this.element;
    const frame = this.screen.root.getBoundingClientRect();
    const under = box.bottom + GAP;
    const above = box.top - height - GAP;
    const fits = under + height <= frame.bottom - 4 || above < frame.top + 4;
    // Above, it hangs from its lower edge: the list grows and shrinks while typing.
    style.top = fits ? `${Math.min(under, frame.bottom - height - 4) - frame.top}px` : "auto";
    style.bottom = fits ? "auto" : `${frame.bottom - box.top + GAP}px`;
    const left = Math.min(Math.max(box.left, frame.left + 8), frame.right - width - 8);
    style.left = `${left - frame.left}px`;
  }

  hide() {
    if (!this.isOpen) return;
    // Hiding the field that has the focus would leave the keys without a place to go to.
    const inside = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.change = undefined;
    if (inside) this.screen.viewport.focus();
  }

  /** List the codes that fit, those with a number key first where nothing is typed. */
  fill() {
    const { codes, pinned } = this.screen.store.state;
    const typed = this.input.value;
    const withKey = pinned.flatMap((id) => codes.byId.get(id) ?? []);
    const fitting = typed.trim() ? codes.search(typed) : [...new Set([...withKey, ...codes.current])];
    this.options = fitting.slice(0, typed.trim() ? MOST_FITTING : MOST);
    this.active = Math.max(0, Math.min(this.active, this.options.length - 1));
    const rows = this.options.map((code, place) => {
      const key = pinned.indexOf(code.id) + 1;
      return el("li", {
        role: "option", id: `qc-option-${this.number}-${place}`, "aria-selected": String(place === this.active),
        onclick: () => this.choose(code, false),
      },
        el("span.qc-swatch", { style: `--c:${code.color}` }),
        el("span.qc-option-name", {}, code.name),
        el("span.qc-option-parent", {}, codes.parentName(code.id)),
        key ? kbd(String(key)) : null);
    });
    if (!rows.length) {
      rows.push(el("li.qc-none", { role: "option", "aria-disabled": "true", "aria-selected": "false" },
        _("No code fits. Press Enter to make it a new code.")));
    }
    this.list.replaceChildren(...rows);
    this.point();
  }

  /** Mark the active option, and keep it in view. */
  point() {
    [...this.list.children].forEach((row, place) => {
      row.setAttribute("aria-selected", String(place === this.active && this.options.length > 0));
    });
    const row = this.list.children[this.active];
    if (!(row instanceof HTMLElement)) return;
    this.input.setAttribute("aria-activedescendant", row.id);
    if (row.offsetTop < this.list.scrollTop) this.list.scrollTop = row.offsetTop;
    const low = row.offsetTop + row.offsetHeight - this.list.clientHeight;
    if (low > this.list.scrollTop) this.list.scrollTop = low;
  }

  /**
   * @param {Code} code
   * @param {boolean} stay keep it open for another code
   */
  choose(code, stay) {
    const { edits } = this.screen;
    if (this.change) {
      const coding = this.change;
      this.hide();
      edits.recode(coding, code.id);
      return;
    }
    edits.assign(code.id);
    if (!stay) this.hide();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { codes, pinned } = this.screen.store.state;
    // A digit gives its code only while nothing is typed: names of codes may hold digits.
    const digit = /^[1-9]$/.test(event.key) && !this.input.value ? Number(event.key) : 0;
    const code = codes.byId.get(pinned[digit - 1] ?? "");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (code) {
      this.choose(code, true);
    } else if (step) {
      const count = this.options.length;
      if (count) this.active = (this.active + step + count) % count;
      this.point();
    } else if (event.key === "Enter" && this.options[this.active]) {
      this.choose(this.options[this.active], event.shiftKey);
      // It stays open for another code: what is typed next replaces what was typed.
      if (event.shiftKey) this.input.select();
    } else if (event.key === "Enter" && this.input.value.trim() && !this.change) {
      this.screen.dialogs.newCode(this.input.value.trim());
    } else if (event.key === "Escape") {
      this.hide();
    } else if (event.key === "Tab") {
      this.hide();
      return;
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
