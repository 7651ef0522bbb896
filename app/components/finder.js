// The popover under a selection: type to find a code, or press its number.

import { _ } from "./hub.js";
import { el, icon, kbd } from "./parts.js";

let serial = 0;

export class Finder {
  constructor(pane) {
    this.pane = pane;
    this.number = ++serial;
    this.active = 0;
    this.options = [];
    const list = `qc-options-${this.number}`;
    this.input = el("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": list,
      "aria-autocomplete": "list", "aria-label": _("Type to find a code"), placeholder: _("Type to find a code"),
      autocomplete: "off", spellcheck: "false",
      oninput: () => { this.active = 0; this.fill(); },
      onkeydown: (event) => this.key(event),
    });
    this.list = el("ul", { role: "listbox", id: list, "aria-label": _("Codes") });
    this.root = el("div.qc-finder", { hidden: true },
      el("label.qc-finder-head", {}, icon("tag", 17), this.input),
      this.list,
      el("div.qc-finder-foot", {},
        kbd("1"), "–", kbd("9"), el("span", {}, _("assign")),
        kbd("Enter"), el("span", {}, _("choose")),
        kbd("⇧ Enter"), el("span", {}, _("add another"))));
    this.root.addEventListener("mousedown", (event) => {
      if (event.target !== this.input) event.preventDefault();
    });
  }

  get open() {
    return !this.root.hidden;
  }

  /** Show it at a rectangle of the window; `change` is a coding to give another code. */
  show(rect, { focus = false, change = null } = {}) {
    this.change = change;
    this.input.value = "";
    this.active = 0;
    this.root.hidden = false;
    this.fill();
    const frame = this.pane.root.getBoundingClientRect();
    const height = this.root.offsetHeight;
    const width = this.root.offsetWidth;
    const under = rect.bottom + 6;
    const above = rect.top - height - 6;
    const fits = under + height <= frame.bottom - 4 || above < frame.top + 4;
    // Above, it hangs from its lower edge: the list grows and shrinks while typing.
    this.root.style.top = fits ? `${Math.min(under, frame.bottom - height - 4) - frame.top}px` : "auto";
    this.root.style.bottom = fits ? "auto" : `${frame.bottom - rect.top + 6}px`;
    const left = Math.min(Math.max(rect.left, frame.left + 8), frame.right - width - 8);
    this.root.style.left = `${left - frame.left}px`;
    if (focus) this.input.focus({ preventScroll: true });
  }

  hide() {
    if (!this.open) return;
    const inside = this.root.contains(document.activeElement);
    this.root.hidden = true;
    this.change = null;
    if (inside) this.pane.focus();
  }

  fill() {
    const { codes, pins } = this.pane;
    const typed = this.input.value;
    const pinned = pins.ids.map((id) => codes.byId.get(id)).filter(Boolean);
    const found = typed.trim() ? codes.search(typed) : [...pinned, ...codes.search("").filter((c) => !pins.key(c.id))];
    this.options = found.slice(0, typed.trim() ? 30 : 60);
    this.active = Math.max(0, Math.min(this.active, this.options.length - 1));
    const rows = this.options.map((code, place) => {
      const key = pins.key(code.id);
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

  point() {
    [...this.list.children].forEach((row, place) => {
      row.setAttribute("aria-selected", String(place === this.active && this.options.length > 0));
    });
    const row = this.list.children[this.active];
    if (!row) return;
    this.input.setAttribute("aria-activedescendant", row.id);
    if (row.offsetTop < this.list.scrollTop) this.list.scrollTop = row.offsetTop;
    const low = row.offsetTop + row.offsetHeight - this.list.clientHeight;
    if (low > this.list.scrollTop) this.list.scrollTop = low;
  }

  choose(code, stay) {
    if (this.change) {
      const coding = this.change;
      this.hide();
      this.pane.recode(coding, code.id);
      return;
    }
    this.pane.assign(code.id);
    if (!stay) this.hide();
  }

  key(event) {
    const digit = /^[1-9]$/.test(event.key) && !this.input.value ? Number(event.key) : 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (digit && this.pane.pins.ids[digit - 1]) {
      this.choose(this.pane.codes.byId.get(this.pane.pins.ids[digit - 1]), true);
    } else if (step) {
      const count = this.options.length;
      if (count) this.active = (this.active + step + count) % count;
      this.point();
    } else if (event.key === "Enter" && this.options[this.active]) {
      this.choose(this.options[this.active], event.shiftKey);
      if (event.shiftKey) this.input.select();
    } else if (event.key === "Enter" && this.input.value.trim() && !this.change) {
      this.pane.dialogs.newCode(this.input.value.trim());
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
