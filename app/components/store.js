// The state of the coding screen in one place. Its parts change it by a patch and draw themselves
// when it changed; no part keeps a copy.

/** @typedef {import("./codes.js").Codes} Codes */
/** @typedef {import("./types.js").TurnFilter} TurnFilter */
/** @typedef {import("./wire.js").Coding} Coding */
/** @typedef {import("./wire.js").Memo} Memo */
/** @typedef {import("./wire.js").Offer} Offer */
/** @typedef {import("./wire.js").Passage} Passage */
/** @typedef {import("./wire.js").Refusal} Refusal */
/** @typedef {import("./wire.js").ScreenMount} ScreenMount */

/**
 * @typedef {object} ScreenState
 * @property {ScreenMount} data what Python sent: the transcript and its codebook
 * @property {boolean} readonly whether two coders are compared, and nothing can be changed
 * @property {Codes} codes
 * @property {Map<string, Coding>} codings by id
 * @property {Memo[]} memos
 * @property {Offer[]} offers suggestions that are left to decide on
 * @property {boolean} known whether the server has sent the codings
 * @property {{waiting: boolean, trouble: string, refused: Refusal[]}} saving
 * @property {{undo: boolean, redo: boolean}} turns whether there is something to undo and to redo
 * @property {Passage | null} selection the passage to code
 * @property {string | null} active id of the coding that was clicked
 * @property {string | null} adjusting id of the coding whose boundaries are being changed
 * @property {string | null} offer id of the suggestion to decide on
 * @property {number} current index of the turn that the keys go from
 * @property {TurnFilter} filter
 * @property {boolean} highlights whether codings tint their text
 * @property {boolean} asking whether suggestions were asked for and are not there yet
 * @property {string[]} pinned ids of the codes of the keys 1 to 9
 * @property {number} width of the screen in pixels
 */

/** @typedef {Set<keyof ScreenState>} Changed */
/** @typedef {(state: ScreenState, changed: Changed) => void} Listener */

/** The state, and who draws it. */
export class Store {
  /** @param {ScreenState} state */
  constructor(state) {
    this.state = state;
    /** @type {Listener[]} */
    this.listeners = [];
  }

  /**
   * Call a listener after every change, in the order in which they subscribed.
   * @param {Listener} listener
   */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /** @param {Partial<ScreenState>} patch */
  update(patch) {
    const keys = /** @type {(keyof ScreenState)[]} */ (Object.keys(patch));
    const changed = new Set(keys.filter((key) => patch[key] !== this.state[key]));
    // Listeners are called also where nothing is new: one may have something else to show again.
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) listener(this.state, changed);
  }

  /** The coding that was clicked. */
  get activeCoding() {
    const { active, codings } = this.state;
    return active ? codings.get(active) : undefined;
  }

  /** The suggestion to decide on. */
  get currentOffer() {
    const { offer, offers } = this.state;
    return offer ? offers.find(({ id }) => id === offer) : undefined;
  }
}

/** Nothing is selected, active or being decided on. */
export const CLEARED = Object.freeze({ selection: null, adjusting: null, offer: null, active: null });

/**
 * Select a passage. While boundaries are changed, the coding stays the active one.
 * @param {ScreenState} state
 * @param {Passage} selection
 */
export function selecting(state, selection) {
  return { selection, offer: null, active: state.adjusting ? state.active : null };
}

/**
 * Make a coding the active one; a selection makes way for it, unless it is its new boundaries.
 * @param {ScreenState} state
 * @param {string | null} id null for none
 */
export function activating(state, id) {
  const coding = id ? state.codings.get(id) : undefined;
  return { active: coding ? id : null, selection: coding && !state.adjusting ? null : state.selection };
}

/**
 * What of a state points to things that are no longer there.
 * @param {Map<string, Coding>} codings
 * @param {ScreenState} state
 */
export function withoutLostCoding(codings, { active, adjusting }) {
  return {
    active: active && codings.has(active) ? active : null,
    adjusting: adjusting && codings.has(adjusting) ? adjusting : null,
  };
}
