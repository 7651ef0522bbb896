// The dialogs of the coding screen: a memo, a new code, the keys.

import { _ } from "./hub.js";
import { el, icon, kbd, short } from "./parts.js";

export class Dialogs {
  constructor(pane) {
    this.pane = pane;
    this.root = el("dialog.qc-dialog", {
      onclose: () => this.pane.focus(),
      onclick: (event) => { if (event.target === this.root) this.root.close(); },
    });
  }

  get open() {
    return this.root.open;
  }

  show(title, body, buttons) {
    const head = el("header", {},
      el("h2", { id: "qc-dialog-title" }, title),
      el("button.qc-icon", { type: "button", "aria-label": _("Close"), onclick: () => this.root.close() }, icon("cross")));
    this.root.setAttribute("aria-labelledby", "qc-dialog-title");
    this.root.replaceChildren(head, body, ...(buttons ? [buttons] : []));
    this.root.showModal();
  }

  form(title, children, save, label) {
    const submit = () => {
      if (save() !== false) this.root.close();
    };
    const form = el("form", {
      onsubmit: (event) => { event.preventDefault(); submit(); },
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); }
      },
    }, ...children,
      el("footer", {},
        el("button.qc-btn", { type: "button", onclick: () => this.root.close() }, _("Cancel")),
        el("button.qc-btn.qc-primary", { type: "submit" }, label)));
    this.show(title, form);
  }

  /** A note on a coding, or on the turn. */
  memo(about, quote, earlier, save) {
    const text = el("textarea", { rows: "5", id: "qc-memo", required: true });
    const notes = earlier.map((memo) => el("p.qc-earlier", {}, icon("note", 14), el("span", {}, memo.text)));
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

  /** A new code, in the words of the respondent or one's own. */
  newCode(label) {
    const { pane } = this;
    const name = el("input", { type: "text", id: "qc-new-name", required: true, maxlength: "80" });
    name.value = short(label, 60).replace(/…$/, "");
    const themes = pane.codes.rows.filter((code) => !code.retired && pane.codes.depth(code.id) < 2);
    const above = el("select", { id: "qc-new-above" },
      el("option", { value: "" }, _("None: a new theme")),
      ...themes.map((code) => el("option", { value: code.id }, `${"   ".repeat(pane.codes.depth(code.id))}${code.name}`)));
    above.value = pane.lastTheme ?? themes[0]?.id ?? "";
    const wrong = el("p.qc-wrong", { role: "alert" });
    this.form(_("New code"), [
      el("label", { for: "qc-new-name" }, _("Name")), name,
      el("label", { for: "qc-new-above" }, _("Under")), above,
      wrong,
    ], () => {
      const text = name.value.trim();
      const twin = pane.codes.rows.find(
        (code) => code.parent === above.value && code.name.toLocaleLowerCase() === text.toLocaleLowerCase());
      if (!/[a-z0-9]/i.test(text.normalize("NFKD"))) wrong.textContent = _("Use at least one letter or digit.");
      else if (twin) wrong.textContent = _("There is such a code already.");
      else { pane.addCode(text, above.value); return true; }
      name.focus();
      return false;
    }, pane.selection ? _("Make and assign") : _("Make code"));
    name.select();
  }

  keys() {
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
