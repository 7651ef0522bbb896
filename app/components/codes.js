// The codes of a codebook as a tree, and which of them the keys 1 to 9 give.

import { rank } from "./text.js";
import { _ } from "./translate.js";

/** @typedef {import("./wire.js").Code} Code */

// A code that was made a moment ago under no theme, or whose theme is not known here.
const NEUTRAL = "#64748b";

/** The codes by their ids, with their place in the tree. */
export class Codes {
  /** @param {Code[]} list in the order of the codebook */
  constructor(list) {
    this.list = list;
    this.byId = new Map(list.map((code) => [code.id, code]));
    this.current = list.filter((code) => !code.retired);
    /** @type {Map<string, Code[]>} */
    this.childrenById = new Map();
    for (const code of list) {
      const children = this.childrenById.get(code.parent) ?? [];
      this.childrenById.set(code.parent, [...children, code]);
    }
  }

  /**
   * The codes right under one, or the themes for "".
   * @param {string} id
   */
  children(id) {
    return this.childrenById.get(id) ?? [];
  }

  /** @param {string} id */
  name(id) {
    return this.byId.get(id)?.name ?? _("Unknown code");
  }

  /** @param {string} id */
  color(id) {
    return this.byId.get(id)?.color ?? NEUTRAL;
  }

  /**
   * The name of a code after those above it, for people to read.
   * @param {string} id
   * @returns {string}
   */
  path(id) {
    const parent = this.byId.get(id)?.parent;
    return parent ? `${this.path(parent)} › ${this.name(id)}` : this.name(id);
  }

  /** @param {string} id */
  parentName(id) {
    const parent = this.byId.get(id)?.parent;
    return parent ? this.name(parent) : "";
  }

  /**
   * How many codes are above one.
   * @param {string} id
   * @returns {number}
   */
  depth(id) {
    const parent = this.byId.get(id)?.parent;
    return parent ? 1 + this.depth(parent) : 0;
  }

  /**
   * A code and all that are under it.
   * @param {string} id
   * @returns {string[]}
   */
  branch(id) {
    return [id, ...this.children(id).flatMap((child) => this.branch(child.id))];
  }

  /**
   * How many codings each code has; a code above others adds up what is under it.
   * @param {Iterable<{code: string}>} codings
   */
  count(codings) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const coding of codings) {
      for (let id = coding.code; id; id = this.byId.get(id)?.parent ?? "") {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    return counts;
  }

  /**
   * The codes that fit what was typed, best first; all where nothing was typed.
   * @param {string} typed
   */
  search(typed) {
    const wanted = typed.trim().toLocaleLowerCase();
    // Retired codes keep their codings, but nobody gives them any more.
    if (!wanted) return this.current;
    return this.current
      .map((code, place) => ({ code, place, score: rank(code.name, wanted) }))
      .filter(({ score }) => score >= 0)
      .sort((a, b) => a.score - b.score || a.place - b.place)
      .map(({ code }) => code);
  }

  /**
   * The same codes and one more, which the server does not know yet.
   * @param {{id: string, parent: string, name: string}} added
   */
  with({ id, parent, name }) {
    const color = this.color(parent);
    return new Codes([...this.list, { id, parent, name, color, retired: false, about: "" }]);
  }
}

/** Which codes the number keys give: chosen by the coder, else the most used ones. */
export class NumberKeys {
  /** @param {string} name of the project and the coder, by which the choice is kept */
  constructor(name) {
    this.storageKey = `qualcode-pins:${name}`;
  }

  /**
   * The coder's choice; null where none was made.
   * @param {Codes} codes
   * @returns {string[] | null}
   */
  chosen(codes) {
    try {
      const ids = JSON.parse(localStorage.getItem(this.storageKey) || "null");
      // A code that was kept may be gone since, or belong to another project of that name.
      return ids && ids.filter((/** @type {string} */ id) => codes.byId.has(id));
    } catch {
      return null;
    }
  }

  /** @param {string[]} ids in the order of the keys */
  keep(ids) {
    try {
      localStorage.setItem(this.storageKey, JSON.stringify(ids));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

/**
 * The nine codes used most, in the order of the codebook. Themes get a key only where there is
 * nothing else: people code with what is under them.
 * @param {Codes} codes
 * @param {Iterable<{code: string}>} codings
 */
export function mostUsed(codes, codings) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { code } of codings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const leaves = codes.current.filter((code) => code.parent);
  const order = [...leaves].sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
  const nine = new Set((leaves.length ? order : codes.list).slice(0, 9).map((code) => code.id));
  return codes.list.filter((code) => nine.has(code.id)).map((code) => code.id);
}

/**
 * Give a code a number key, or take it away; null where all nine are in use.
 * @param {string[]} pinned
 * @param {string} id
 */
export function togglePinned(pinned, id) {
  if (pinned.includes(id)) return pinned.filter((other) => other !== id);
  return pinned.length < 9 ? [...pinned, id] : null;
}
