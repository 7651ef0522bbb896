// The dialogs of the coding screen: a memo, a new code, the keys.

import { el, icon, kbd } from "./elements.js";
import { short } from "./text.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */

/** One dialog element, filled for each use. */
export class Dialogs {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.element = el("dialog.qc-dialog", {
      onclose: () => screen.viewport.focus(),
      // What is around the dialog counts as the dialog itself: a click there closes it.
      onclick: (event) => { if (event.target === this.element) this.element.close(); },
    });
  }

  get isOpen() {
    return this.element.open;
  }

  /** @param {string} title @param {HTMLElement} body */
  show(title, body) {
    const head = el("header", {},
      el("h2", { id: "qc-dialog-title" }, title),
      el("button.qc-icon", { type: "button", "aria-label": _("Close"), onclick: () => this.element.close() }, icon("cross")));
    // A screen reader says the title as the dialog opens.
    this.element.setAttribute("aria-labelledby", "qc-dialog-title");
    this.element.replaceChildren(head, body);
    this.element.showModal();
  }

  /**
   * @param {string} title
   * @param {HTMLElement[]} children
   * @param {() => boolean} save false keeps the dialog open
   * @param {string} label of the button that saves
   */
  form(title, children, save, label) {
    const submit = () => {
      if (save()) this.element.close();
    };
    const form = el("form", {
      onsubmit: (event) => { event.preventDefault(); submit(); },
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); }
      },
    }, ...children,
      el("footer", {},
        el("button.qc-btn", { type: "button", onclick: () => this.element.close() }, _("Cancel")),
        el("button.qc-btn.qc-primary", { type: "submit" }, label)));
    this.show(title, form);
  }

  /**
   * Ask for a memo.
   * @param {string} about
   * @param {string} quote
   * @param {string[]} earlier memos on the same
   * @param {(text: string) => void} save
   */
  memo(about, quote, earlier, save) {
    const text = el("textarea", { rows: "5", id: "qc-memo", required: true });
    const notes = earlier.map((memo) => el("p.qc-earlier", {}, icon("note", 14), el("span", {}, memo)));
    this.form(about, [
      el("blockquote", {}, short(quote, 180)),
      ...notes,
      el("label", { for: "qc-memo" }, _("Note")),
      text,
      el("p.qc-hint", {}, kbd("Ctrl Enter"), " ", _("saves")),
    ], () => {
      if (!text.value.trim()) { text.focus(); return false; }
      save(text.value.trim());
      return true;
    }, _("Save memo"));
    text.focus();
  }

  /**
   * Ask for a new code, in the words of the respondent or one's own.
   * @param {string} label to begin with
   */
  newCode(label) {
    const { edits, store } = this.screen;
    const { codes, selection } = store.state;
    const name = el("input", { type: "text", id: "qc-new-name", required: true, maxlength: "80" });
    name.value = short(label, 60).replace(/…$/, "");
    const parents = codes.current.filter((code) => codes.depth(code.id) < 2);
    const above = el("select", { id: "qc-new-above" },
      el("option", { value: "" }, _("None: a new theme")),
      ...parents.map((code) => el("option", { value: code.id }, `${"   ".repeat(codes.depth(code.id))}${code.name}`)));
    // Codes made in a row mostly belong together.
    above.value = edits.lastTheme ?? parents[0]?.id ?? "";
    const problem = el("p.qc-wrong", { role: "alert" });
    this.form(_("New code"), [
      el("label", { for: "qc-new-name" }, _("Name")), name,
      el("label", { for: "qc-new-above" }, _("Under")), above,
      problem,
    ], () => {
      const text = name.value.trim();
      const lower = text.toLocaleLowerCase();
      const twin = codes.children(above.value).find((code) => code.name.toLocaleLowerCase() === lower);
      // The path of a code is made from its Latin letters; accents are taken off first.
      if (!/[a-z0-9]/i.test(text.normalize("NFKD"))) problem.textContent = _("Use at least one letter or digit.");
      else if (twin) problem.textContent = _("There is such a code already.");
      else { edits.addCode(text, above.value); return true; }
      name.focus();
      return false;
    }, selection ? _("Make and assign") : _("Make code"));
    name.select();
  }

  /** Show what every key does. */
  keys() {
    /** @type {[string, [string, string][]][]} */
    const groups = [
      [_("Move"), [["J  ↓", _("next turn")], ["K  ↑", _("previous turn")], ["Ctrl F", _("find in the text")]]],
      [_("Select"), [["Space", _("select the turn")], ["⇧ ← →", _("move the end by a word")],
        ["Ctrl ⇧ ← →", _("move the start by a word")], ["Alt", _("with these: by a character; with the mouse: exact")],
        ["Esc", _("clear")]]],
      [_("Code"), [["1 – 9", _("give the code with this number")], ["C  /", _("find a code by typing")],
        ["I", _("new code from the selected words")], ["M", _("memo")]]],
      [_("A coding"), [["Tab", _("go to the next coding in the margin")], ["⇧ ← →", _("change where it ends")],
        ["Enter", _("save the new boundaries")], ["Delete", _("remove")]]],
      [_("Suggestions"), [["N", _("next suggestion")], ["P", _("previous suggestion")], ["A", _("accept it")], ["X", _("reject it")]]],
      [_("Back"), [["Z  Ctrl Z", _("undo")], ["⇧ Z", _("redo")], ["?", _("this help")]]],
    ];
    const body = el("div.qc-keys", {}, ...groups.map(([title, rows]) =>
      el("section", {}, el("h3", {}, title), el("dl", {}, ...rows.flatMap(([keys, what]) => [
        el("dt", {}, ...keys.split("  ").map(kbd)), el("dd", {}, what)])))));
    this.show(_("Keys"), body);
  }
}
