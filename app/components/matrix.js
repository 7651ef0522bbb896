// A matrix of codes against groups, respondents or other codes. One scale shades all its cells, a
// click on a cell opens the passages behind it, and a click on the name of a column sorts by it.

import { closest, el } from "./elements.js";
import { _, setLanguage } from "./translate.js";

/** @typedef {import("./types.js").Trigger} Trigger */
/** @typedef {import("./wire.js").MatrixCell} MatrixCell */
/** @typedef {import("./wire.js").MatrixChoice} MatrixChoice */
/** @typedef {import("./wire.js").MatrixMount} MatrixMount */

/** The letters that fit beside each other above the columns; longer names are slanted. */
const ROOM = 90;
/** The pixels of a letter of a slanted name in height, and the longest that is shown whole. */
const RISE = 5.4;
const LONGEST = 22;

/** @type {WeakMap<HTMLElement, Matrix>} */
const matrices = new WeakMap();

/**
 * The places of the rows in the order of a column: the largest first, what has no number last.
 * @param {readonly { cells: readonly Pick<MatrixCell, "value">[] }[]} rows
 * @param {number} column -1 for the order of the codebook
 * @param {boolean} upwards
 * @returns {number[]}
 */
export function rowOrder(rows, column, upwards) {
  const places = rows.map((_row, place) => place);
  if (column < 0) return places;
  const value = (/** @type {number} */ place) => rows[place].cells[column].value;
  return places.sort((one, other) => {
    const [first, second] = [value(one), value(other)];
    if (first === null || second === null) return Number(first === null) - Number(second === null) || one - other;
    return (upwards ? first - second : second - first) || one - other;
  });
}

/**
 * The place of a cell, or the nearest one in a matrix that has become smaller: the Tab key must
 * reach a cell.
 * @param {{ row: number, column: number }} place
 * @param {number} rows
 * @param {number} columns
 */
export function placeWithin({ row, column }, rows, columns) {
  return { row: Math.max(0, Math.min(row, rows - 1)), column: Math.max(0, Math.min(column, columns - 1)) };
}

class Matrix {
  /** @param {HTMLElement} parent @param {MatrixMount} data @param {Trigger} trigger */
  constructor(parent, data, trigger) {
    this.root = el("div.qm");
    parent.append(this.root);
    this.data = data;
    this.trigger = trigger;
    this.sorted = { column: -1, upwards: false };
    /** The cell that the Tab key reaches: its place on the screen. */
    this.at = { row: 0, column: 0 };
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {MatrixMount} data @param {Trigger} trigger */
  update(data, trigger) {
    this.data = data;
    this.trigger = trigger;
    if (this.sorted.column >= data.columns.length) this.sorted.column = -1;
    this.at = placeWithin(this.at, data.rows.length, data.columns.length);
    this.draw();
  }

  draw() {
    const { label, corner, columns, rows } = this.data;
    const focused = this.root.querySelector("table")?.contains(document.activeElement) ?? false;
    const scrolled = this.root.querySelector(".qm-view");
    const [top, left] = [scrolled?.scrollTop ?? 0, scrolled?.scrollLeft ?? 0];
    const onHeading = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.sort : undefined;
    this.order = rowOrder(rows, this.sorted.column, this.sorted.upwards);
    const longest = Math.max(0, ...columns.map((name) => name.length));
    const slanted = longest * columns.length > ROOM;
    const head = el("tr", {}, el("th.qm-corner", { scope: "col" }, el("span", {}, corner)), ...columns.map((_column, place) => this.heading(place)));
    const body = this.order.map((place, row) => this.row(place, row));
    const table = el("table", { role: "grid", "aria-label": label }, el("thead", {}, head), el("tbody", {}, ...body));
    const wide = `${Math.round(70 / columns.length)}%`;
    const high = `${Math.round(26 + Math.min(longest, LONGEST) * RISE)}px`;
    const view = el(`div.qm-view${slanted ? ".qm-slanted" : ""}`, { style: `--wide: ${wide}; --high: ${high}` }, table);
    this.root.replaceChildren(view, this.legend());
    [view.scrollTop, view.scrollLeft] = [top, left];
    if (!focused) return;
    if (onHeading !== undefined) this.button(Number(onHeading))?.focus();
    else this.cell(this.at.row, this.at.column)?.focus({ preventScroll: true });
  }

  /** @param {number} place */
  heading(place) {
    const name = this.data.columns[place];
    const here = this.sorted.column === place;
    const sort = here ? (this.sorted.upwards ? "ascending" : "descending") : "none";
    const sign = here ? (this.sorted.upwards ? " ↑" : " ↓") : "";
    const title = [name, _("Click to sort")].join(" · ");
    const button = el("button", { type: "button", "data-sort": place, title }, el("span", {}, name), sign && el("i", { "aria-hidden": "true" }, sign));
    return el("th", { scope: "col", "aria-sort": sort }, button);
  }

  /** @param {number} place of the row in the data @param {number} row on the screen */
  row(place, row) {
    const { name, depth, color, cells } = this.data.rows[place];
    const swatch = color ? el("span.qm-swatch", { style: `--c: ${color}` }) : null;
    const head = el("th", { scope: "row", title: name, style: `--depth: ${depth}` }, el("div", {}, swatch, el("span", {}, name)));
    return el(depth ? "tr" : "tr.qm-theme", {}, head, ...cells.map((cell, column) => this.field(cell, place, row, column)));
  }

  /** @param {MatrixCell} cell @param {number} place @param {number} row @param {number} column */
  field(cell, place, row, column) {
    const [chosenRow, chosenColumn] = this.data.chosen;
    const chosen = place === chosenRow && column === chosenColumn;
    const reached = row === this.at.row && column === this.at.column;
    return el(`td.qm-${cell.look}${cell.opens ? ".qm-opens" : ""}`, {
      tabindex: reached ? "0" : "-1", "data-row": row, "data-column": column,
      "aria-selected": String(chosen), style: `--v: ${cell.shade}`,
    }, el("span", {}, cell.text));
  }

  legend() {
    const { low, high, same } = this.data;
    if (!high) return "";
    return el("div.qm-legend", {}, el("span", {}, low), el("span.qm-scale"), el("span", {}, high), same && el("span.qm-same"), same && el("span", {}, same));
  }

  /** @param {number} row @param {number} column @returns {HTMLElement | null} */
  cell(row, column) {
    return this.root.querySelector(`td[data-row="${row}"][data-column="${column}"]`);
  }

  /** @param {number} column @returns {HTMLElement | null} */
  button(column) {
    return this.root.querySelector(`button[data-sort="${column}"]`);
  }

  /** @param {Event} event */
  click(event) {
    const button = closest(event, "button[data-sort]");
    if (button) {
      this.sort(Number(button.dataset.sort));
      return;
    }
    const cell = closest(event, "td");
    if (!cell) return;
    this.reach(Number(cell.dataset.row), Number(cell.dataset.column));
    this.choose();
  }

  /** The largest first, then the smallest, then the order of before. @param {number} column */
  sort(column) {
    const { column: before, upwards } = this.sorted;
    if (before !== column) this.sorted = { column, upwards: false };
    else this.sorted = upwards ? { column: -1, upwards: false } : { column, upwards: true };
    this.draw();
  }

  /** @param {number} row @param {number} column */
  reach(row, column) {
    this.cell(this.at.row, this.at.column)?.setAttribute("tabindex", "-1");
    this.at = { row, column };
    const cell = this.cell(row, column);
    cell?.setAttribute("tabindex", "0");
    cell?.focus();
  }

  choose() {
    const row = (this.order ?? [])[this.at.row];
    // The name of the trigger and both places: a second click on the same cell closes it.
    this.trigger("cell", /** @type {MatrixChoice} */ ({ row, column: this.at.column }));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (!closest(event, "td")) return;
    if (event.key === "Enter" || event.key === " ") this.choose();
    else {
      const target = this.target(event.key);
      if (!target) return;
      this.reach(target.row, target.column);
    }
    event.preventDefault();
  }

  /** Where a key leads from the cell that has the focus. @param {string} key */
  target(key) {
    const { row, column } = this.at;
    const [lastRow, lastColumn] = [this.data.rows.length - 1, this.data.columns.length - 1];
    switch (key) {
      case "ArrowUp": return { row: Math.max(row - 1, 0), column };
      case "ArrowDown": return { row: Math.min(row + 1, lastRow), column };
      case "ArrowLeft": return { row, column: Math.max(column - 1, 0) };
      case "ArrowRight": return { row, column: Math.min(column + 1, lastColumn) };
      case "Home": return { row, column: 0 };
      case "End": return { row, column: lastColumn };
      default: return null;
    }
  }
}

/** @param {import("./types.js").Mount<MatrixMount>} mount */
export default function matrix({ data, parentElement, setTriggerValue }) {
  setLanguage(data.language, data.messages);
  const drawn = matrices.get(parentElement) ?? new Matrix(parentElement, data, setTriggerValue);
  matrices.set(parentElement, drawn);
  drawn.update(data, setTriggerValue);
  return () => {};
}
