// The tree of the codebook: pick, drag, and the same by keyboard. What was done is sent until the
// server says that it arrived.

import { _, hub, newId } from "./hub.js";
import { el } from "./parts.js";

const trees = new WeakMap();

class Tree {
  constructor(parent) {
    this.root = el("div.qt");
    parent.append(this.root);
    this.client = newId();
    this.number = 0;
    this.queue = [];
    this.current = "";
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  update(data, trigger) {
    this.data = data;
    this.trigger = trigger;
    if (data.done.client === this.client) this.queue = this.queue.filter((op) => op.n > data.done.n);
    if (data.picked) this.current = data.picked;
    this.draw();
  }

  send(op) {
    this.number += 1;
    this.queue.push({ ...op, n: this.number });
    this.trigger("acts", { client: this.client, ops: this.queue });
  }

  siblings(parent) {
    return this.data.codes.filter((code) => code.parent === parent);
  }

  code(id) {
    return this.data.codes.find((code) => code.id === id);
  }

  inside(id, above) {
    for (let at = id; at; at = this.code(at)?.parent) if (at === above) return true;
    return false;
  }

  draw() {
    const focused = this.root.contains(document.activeElement);
    const list = el("ul", { role: "tree", "aria-label": _("Codebook") });
    const add = (parent, depth) => {
      for (const code of this.siblings(parent)) {
        list.append(this.row(code, depth));
        add(code.id, depth + 1);
      }
    };
    add("", 0);
    const hint = el("p.qt-hint", {}, _("Drag to move. With the keyboard: Alt and the arrows move a code, Enter renames it."));
    this.root.replaceChildren(list, hint);
    const row = this.element(this.current) ?? list.firstElementChild;
    if (row) row.tabIndex = 0;
    if (focused && row) row.focus();
  }

  element(id) {
    return id ? this.root.querySelector(`[data-id="${CSS.escape(id)}"]`) : null;
  }

  row(code, depth) {
    const row = el(`li.qt-row.qt-depth${Math.min(depth, 3)}${code.retired ? ".qt-retired" : ""}`, {
      role: "treeitem", "aria-level": String(depth + 1), "aria-selected": String(code.id === this.current),
      tabindex: "-1", draggable: "true", "data-id": code.id,
      onclick: () => this.pick(code.id),
      ondragstart: (event) => {
        this.dragged = code.id;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", code.name);
      },
      ondragend: () => this.unmark(),
      ondragover: (event) => this.over(event, row, code),
      ondragleave: () => this.unmark(),
      ondrop: (event) => this.drop(event, code),
    },
      el("span.qt-swatch", { style: `--c:${code.color}` }),
      el("span.qt-name", {}, code.name),
      code.retired ? el("span.qt-note", {}, _("retired")) : null,
      el("span.qt-count", {}, code.count ? String(code.count) : ""));
    return row;
  }

  unmark() {
    for (const row of this.root.querySelectorAll(".qt-before, .qt-into, .qt-after")) {
      row.classList.remove("qt-before", "qt-into", "qt-after");
    }
  }

  zone(event, row) {
    const box = row.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height;
    return share < 0.3 ? "before" : share > 0.7 ? "after" : "into";
  }

  over(event, row, code) {
    if (!this.dragged || this.inside(code.id, this.dragged)) return;
    event.preventDefault();
    this.unmark();
    row.classList.add(`qt-${this.zone(event, row)}`);
  }

  drop(event, code) {
    event.preventDefault();
    const zone = this.zone(event, this.element(code.id));
    const id = this.dragged;
    this.unmark();
    this.dragged = null;
    if (!id || this.inside(code.id, id)) return;
    if (zone === "into") this.place(id, code.id, "");
    else if (zone === "before") this.place(id, code.parent, code.id);
    else this.place(id, code.parent, this.after(code));
  }

  after(code) {
    const beside = this.siblings(code.parent).filter((one) => one.id !== this.dragged);
    return beside[beside.findIndex((one) => one.id === code.id) + 1]?.id ?? "";
  }

  place(id, parent, before) {
    this.current = id;
    this.send({ op: "place", id, parent, before });
  }

  pick(id) {
    this.current = id;
    for (const row of this.root.querySelectorAll("[role=treeitem]")) {
      const own = row.dataset.id === id;
      row.setAttribute("aria-selected", String(own));
      row.tabIndex = own ? 0 : -1;
      if (own) row.focus();
    }
    this.trigger("pick", id);
  }

  rename(code) {
    const row = this.element(code.id);
    const name = row.querySelector(".qt-name");
    const input = el("input.qt-input", { type: "text", "aria-label": _("Name of the code"), maxlength: "80" });
    input.value = code.name;
    let done = false;
    const finish = (save) => {
      if (done) return;
      done = true;
      const text = input.value.trim();
      input.replaceWith(name);
      row.focus();
      if (save && text && text !== code.name) {
        name.textContent = text;
        this.send({ op: "label", id: code.id, text });
      }
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") finish(true);
      if (event.key === "Escape") finish(false);
    });
    input.addEventListener("blur", () => finish(true));
    name.replaceWith(input);
    input.select();
  }

  key(event) {
    event.stopPropagation();
    const row = event.target.closest("[role=treeitem]");
    if (!row || event.target !== row) return;
    const code = this.code(row.dataset.id);
    const rows = [...this.root.querySelectorAll("[role=treeitem]")];
    const at = rows.indexOf(row);
    if (event.altKey && this.moveByKey(event.key, code)) event.preventDefault();
    else if (event.key === "ArrowDown" && rows[at + 1]) this.walk(event, rows[at + 1]);
    else if (event.key === "ArrowUp" && rows[at - 1]) this.walk(event, rows[at - 1]);
    else if (event.key === "Home") this.walk(event, rows[0]);
    else if (event.key === "End") this.walk(event, rows[rows.length - 1]);
    else if (event.key === " ") this.walk(event, row);
    else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.rename(code);
    }
  }

  walk(event, row) {
    event.preventDefault();
    this.pick(row.dataset.id);
  }

  moveByKey(key, code) {
    const beside = this.siblings(code.parent);
    const at = beside.indexOf(code);
    if (key === "ArrowUp" && at > 0) this.place(code.id, code.parent, beside[at - 1].id);
    else if (key === "ArrowDown" && at < beside.length - 1) this.place(code.id, code.parent, beside[at + 2]?.id ?? "");
    else if (key === "ArrowRight" && at > 0) this.place(code.id, beside[at - 1].id, "");
    else if (key === "ArrowLeft" && code.parent) {
      const above = this.code(code.parent);
      const next = this.siblings(above.parent);
      this.place(code.id, above.parent, next[next.indexOf(above) + 1]?.id ?? "");
    } else return false;
    return true;
  }
}

export default function tree({ data, parentElement, setTriggerValue }) {
  hub.words = data.i18n;
  hub.language = data.language;
  let one = trees.get(parentElement);
  if (!one) trees.set(parentElement, (one = new Tree(parentElement)));
  one.update(data, (name, value) => setTriggerValue(name, value));
  return () => {};
}
