// The tree of the codebook: pick, drag, and the same by keyboard. What was done is sent until the
// server says that it arrived.

import { closest, el } from "./elements.js";
import { newId } from "./sync.js";
import { _, setLanguage } from "./translate.js";

/** @typedef {import("./types.js").Trigger} Trigger */
/** @typedef {import("./wire.js").TreeAct} TreeAct */
/** @typedef {import("./wire.js").TreeCode} TreeCode */
/** @typedef {import("./wire.js").TreeMessage} TreeMessage */
/** @typedef {import("./wire.js").TreeMount} TreeMount */

/** @type {WeakMap<HTMLElement, Tree>} */
const trees = new WeakMap();

/**
 * Where a code is dropped: between this row and the one above or below it, or into it.
 * @typedef {"before" | "into" | "after"} Zone
 */

class Tree {
  /** @param {HTMLElement} parent @param {TreeMount} data @param {Trigger} trigger */
  constructor(parent, data, trigger) {
    this.root = el("div.qt");
    parent.append(this.root);
    this.data = data;
    this.trigger = trigger;
    this.client = newId();
    this.number = 0;
    /** Acts that were not acknowledged. @type {TreeAct[]} */
    this.queue = [];
    this.current = "";
    /** @type {string | null} */
    this.dragged = null;
    this.root.addEventListener("keydown", (event) => this.press(event));
    this.adding = new NewCodeRow(this);
  }

  /** @param {TreeMount} data @param {Trigger} trigger */
  update(data, trigger) {
    this.data = data;
    this.trigger = trigger;
    if (data.done.client === this.client) this.queue = this.queue.filter((act) => act.number > data.done.number);
    if (data.picked) this.current = data.picked;
    // The page may answer an earlier code first. Without those that it did not see yet, the row for
    // a new code would lose its place, and what is typed next would become a theme.
    for (const act of this.queue) {
      if (act.kind === "add" && !this.code(act.id)) this.show(act.id, act.parent ?? "", act.text ?? "");
    }
    this.draw();
  }

  /**
   * Show a new code at once; the server sends the whole tree, with the color of the code.
   * @param {string} id
   * @param {string} parent
   * @param {string} text
   */
  show(id, parent, text) {
    const color = this.code(parent)?.color ?? "#64748b";
    this.data.codes.push({ id, parent, name: text, color, retired: false, count: 0 });
  }

  /** @param {Omit<TreeAct, "number">} act */
  send(act) {
    this.number += 1;
    this.queue.push({ ...act, number: this.number });
    // All of them every time: Streamlit keeps only the newest of several messages.
    this.trigger("acts", /** @type {TreeMessage} */ ({ client: this.client, acts: this.queue }));
  }

  /** @param {string} parent */
  children(parent) {
    return this.data.codes.filter((code) => code.parent === parent);
  }

  /** @param {string} id */
  code(id) {
    return this.data.codes.find((code) => code.id === id);
  }

  /** Whether a code is another one, or under it. @param {string} id @param {string} above */
  inside(id, above) {
    for (let at = id; at; at = this.code(at)?.parent ?? "") if (at === above) return true;
    return false;
  }

  draw() {
    // The field is put back as it is: what somebody types goes on while the server answers.
    const typing = this.adding.input === document.activeElement;
    const focused = this.root.contains(document.activeElement) && !typing;
    const list = el("ul", { role: "tree", "aria-label": _("Codebook") });
    const add = (/** @type {string} */ parent, /** @type {number} */ depth) => {
      for (const code of this.children(parent)) {
        list.append(this.row(code, depth));
        add(code.id, depth + 1);
      }
    };
    add("", 0);
    const hint = el("p.qt-hint", {}, _("Drag to move. With the keyboard: Alt and the arrows move a code, Enter renames it."));
    this.adding.name();
    this.root.replaceChildren(list, this.adding.element, hint);
    if (typing) this.adding.input.focus();
    const row = this.element(this.current) ?? this.rows()[0];
    if (row) row.tabIndex = 0;
    if (focused && row) row.focus();
  }

  /** @param {string} id @returns {HTMLElement | null} */
  element(id) {
    return id ? this.root.querySelector(`[data-id="${CSS.escape(id)}"]`) : null;
  }

  /** @returns {HTMLElement[]} */
  rows() {
    return [...this.root.querySelectorAll("[role=treeitem]")].filter((row) => row instanceof HTMLElement);
  }

  /** @param {TreeCode} code @param {number} depth */
  row(code, depth) {
    const row = el(`li.qt-row.qt-depth${Math.min(depth, 3)}${code.retired ? ".qt-retired" : ""}`, {
      role: "treeitem", "aria-level": String(depth + 1), "aria-selected": String(code.id === this.current),
      tabindex: "-1", draggable: "true", "data-id": code.id,
      onclick: () => this.pick(code.id),
      ondragstart: (event) => {
        this.dragged = code.id;
        if (!event.dataTransfer) return;
        event.dataTransfer.effectAllowed = "move";
        // Firefox drags nothing that has no data.
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

  /** @param {DragEvent} event @param {HTMLElement} row @returns {Zone} */
  zone(event, row) {
    const box = row.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height;
    return share < 0.3 ? "before" : share > 0.7 ? "after" : "into";
  }

  /** @param {DragEvent} event @param {HTMLElement} row @param {TreeCode} code */
  over(event, row, code) {
    // No code goes under itself.
    if (!this.dragged || this.inside(code.id, this.dragged)) return;
    event.preventDefault();
    this.unmark();
    row.classList.add(`qt-${this.zone(event, row)}`);
  }

  /** @param {DragEvent} event @param {TreeCode} code */
  drop(event, code) {
    event.preventDefault();
    const row = this.element(code.id);
    const id = this.dragged;
    this.unmark();
    this.dragged = null;
    if (!row || !id || this.inside(code.id, id)) return;
    const zone = this.zone(event, row);
    if (zone === "into") this.place(id, code.id, "");
    else this.place(id, code.parent, zone === "before" ? code.id : this.after(code, id));
  }

  /** The id of the code after one, as if the dragged one were gone. @param {TreeCode} code @param {string} dragged */
  after(code, dragged) {
    const siblings = this.children(code.parent).filter(({ id }) => id !== dragged);
    return siblings[siblings.findIndex(({ id }) => id === code.id) + 1]?.id ?? "";
  }

  /** @param {string} id @param {string} parent @param {string} before id of the next code, or "" for the end */
  place(id, parent, before) {
    this.current = id;
    this.send({ kind: "place", id, parent, before });
  }

  /** @param {string} id */
  pick(id) {
    // Shown at once: the server draws the page again with the code's fields, which takes a while.
    this.current = id;
    for (const row of this.rows()) {
      const picked = row.dataset.id === id;
      row.setAttribute("aria-selected", String(picked));
      row.tabIndex = picked ? 0 : -1;
      if (picked) row.focus();
    }
    this.trigger("pick", id);
  }

  /** Edit the name of a code in its row. @param {TreeCode} code @param {HTMLElement} row */
  rename(code, row) {
    const name = row.querySelector(".qt-name");
    if (!name) return;
    const input = el("input.qt-input", { type: "text", "aria-label": _("Name of the code"), maxlength: "80" });
    input.value = code.name;
    let done = false;
    const finish = (/** @type {boolean} */ save) => {
      // Taking the field away blurs it, which would finish once more.
      if (done) return;
      done = true;
      const text = input.value.trim();
      input.replaceWith(name);
      row.focus();
      if (save && text && text !== code.name) {
        name.textContent = text;
        // A name that was sent but not answered is what the server holds by then.
        const sent = this.queue.filter((act) => act.kind === "label" && act.id === code.id).at(-1);
        this.send({ kind: "label", id: code.id, text, was: sent?.text ?? code.name });
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

  /** @param {KeyboardEvent} event */
  press(event) {
    event.stopPropagation();
    const row = closest(event, "[role=treeitem]");
    const code = this.code(row?.dataset.id ?? "");
    if (!row || !code || event.target !== row) return;
    const rows = this.rows();
    const at = rows.indexOf(row);
    /** @type {Record<string, HTMLElement | undefined>} */
    const goals = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1), " ": row };
    const goal = goals[event.key];
    if (event.altKey && this.moveByKey(event.key, code)) event.preventDefault();
    else if (goal) {
      event.preventDefault();
      this.pick(goal.dataset.id ?? "");
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.rename(code, row);
    }
  }

  /**
   * Alt and an arrow: up and down among its siblings, right under the one above, left out again.
   * @param {string} key
   * @param {TreeCode} code
   * @returns {boolean} whether the code moved
   */
  moveByKey(key, code) {
    const siblings = this.children(code.parent);
    const at = siblings.indexOf(code);
    const above = this.code(code.parent);
    if (key === "ArrowUp" && at > 0) this.place(code.id, code.parent, siblings[at - 1].id);
    // Past the next one, so before the one after that.
    else if (key === "ArrowDown" && siblings[at + 1]) this.place(code.id, code.parent, siblings[at + 2]?.id ?? "");
    else if (key === "ArrowRight" && at > 0) this.place(code.id, siblings[at - 1].id, "");
    else if (key === "ArrowLeft" && above) this.place(code.id, above.parent, this.after(above, code.id));
    else return false;
    return true;
  }
}

/** The row at the end of the tree in which codes are typed: Enter for the next, Tab for one below. */
class NewCodeRow {
  /** @param {Tree} tree */
  constructor(tree) {
    this.tree = tree;
    /** The code that the next one goes below; "" for a theme. */
    this.parent = "";
    this.last = "";
    this.input = el("input.qt-input", { type: "text", maxlength: "80", autocomplete: "off" });
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.element = el("div.qt-new", {}, this.input);
  }

  /** Say where the next code goes. */
  name() {
    const above = this.tree.code(this.parent);
    if (!above) this.parent = "";
    const label = above ? _("New code under {theme}", { theme: above.name }) : _("New theme");
    this.input.setAttribute("aria-label", label);
    const keys = _("Enter for the next, Tab for one below");
    this.input.placeholder = `${label} – ${keys}`;
    this.element.style.paddingLeft = `${this.depth() * 18}px`;
  }

  depth() {
    let depth = 0;
    for (let id = this.parent; id; id = this.tree.code(id)?.parent ?? "") depth += 1;
    return depth;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    event.stopPropagation();
    const text = this.input.value.trim();
    if (event.key === "Enter" && text) this.add(text);
    else if (event.key === "Escape") this.input.value = "";
    else if (event.key === "Tab" && this.step(event.shiftKey, text)) event.preventDefault();
  }

  /**
   * Go one level down or up; tell whether there is one, as Tab must be able to leave the tree.
   * @param {boolean} up
   * @param {string} text
   */
  step(up, text) {
    if (up) {
      if (!this.parent) return false;
      this.parent = this.tree.code(this.parent)?.parent ?? "";
    } else {
      if (text) this.add(text);
      if (!this.last || this.parent === this.last) return false;
      this.parent = this.last;
    }
    this.name();
    return true;
  }

  /** @param {string} text */
  add(text) {
    const id = newId();
    this.tree.show(id, this.parent, text);
    this.last = id;
    this.input.value = "";
    this.tree.send({ kind: "add", id, parent: this.parent, text });
    this.tree.draw();
  }
}

/** @param {import("./types.js").Mount<TreeMount>} mount */
export default function tree({ data, parentElement, setTriggerValue }) {
  setLanguage(data.language, data.messages);
  const drawn = trees.get(parentElement) ?? new Tree(parentElement, data, setTriggerValue);
  trees.set(parentElement, drawn);
  drawn.update(data, setTriggerValue);
  return () => {};
}
