// Suggested codes: going through them one by one, and accepting or rejecting each.

import { perform } from "./edit_history.js";
import { el, icon, kbd, toolButton } from "./elements.js";
import { CLEARED } from "./store.js";
import { newId } from "./sync.js";
import { short } from "./text.js";
import { _ } from "./translate.js";

/** @typedef {import("./screen.js").CodingScreen} CodingScreen */
/** @typedef {import("./wire.js").Offer} Offer */

/** The suggestions of a transcript, with their tools in the toolbar. */
export class Suggestions {
  /** @param {CodingScreen} screen */
  constructor(screen) {
    this.screen = screen;
    this.store = screen.store;
    this.askButton = toolButton("spark", _("Suggestions"), () => this.ask(), _("Suggestions"));
    this.count = el("span.qc-offer-count");
    this.backButton = toolButton("left", _("Previous suggestion"), () => this.step(-1));
    this.nextButton = toolButton("right", _("Next suggestion"), () => this.step(1));
    this.acceptButton = el("button.qc-btn", { type: "button", onclick: () => this.accept() },
      icon("check"), el("span", {}, _("Accept")), kbd("A"));
    this.rejectButton = el("button.qc-btn", { type: "button", onclick: () => this.reject() },
      icon("cross"), el("span", {}, _("Reject")), kbd("X"));
    this.box = el("span.qc-offer-box", {},
      this.backButton, this.count, this.nextButton, this.acceptButton, this.rejectButton);
    this.render();
    this.store.subscribe((_state, changed) => {
      if (changed.has("offers") || changed.has("offer") || changed.has("asking") || changed.has("data")) this.render();
    });
  }

  /** What the toolbar shows of it: nothing where suggestions may not be seen. */
  tools() {
    return this.store.state.data.suggesting ? [this.askButton, this.box, el("span.qc-rule")] : [];
  }

  render() {
    const { offers, asking, data } = this.store.state;
    const place = this.place();
    this.box.hidden = !data.suggested;
    this.askButton.disabled = asking || data.suggested;
    const label = this.askButton.querySelector("span");
    if (label) label.textContent = asking ? _("Looking for suggestions…") : _("Suggestions");
    this.count.textContent = place >= 0 ? `${place + 1} / ${offers.length}` : String(offers.length);
    for (const button of [this.acceptButton, this.rejectButton]) button.disabled = place < 0;
    for (const button of [this.backButton, this.nextButton]) button.disabled = !offers.length;
  }

  /** Place of the current suggestion among those left; -1 where there is none. */
  place() {
    const { offers, offer } = this.store.state;
    return offers.findIndex(({ id }) => id === offer);
  }

  ask() {
    // First the focus: the button that has it is disabled by the update.
    this.screen.viewport.focus();
    this.store.update({ asking: true });
    this.screen.trigger("suggest", this.store.state.data.transcript);
  }

  /**
   * Go to the next or previous suggestion, from the current turn where none is current.
   * @param {number} step 1 or -1
   */
  step(step) {
    const { offers, current } = this.store.state;
    if (!offers.length) return;
    const place = this.place();
    const { start } = this.screen.turns.list[current];
    const first = Math.max(0, offers.findIndex((offer) => offer.start >= start));
    const next = place < 0 ? first : (place + step + offers.length) % offers.length;
    this.show(offers[next].id);
  }

  /** @param {string} id */
  show(id) {
    const { turns, viewport, finder } = this.screen;
    const offer = this.store.state.offers.find((candidate) => candidate.id === id);
    if (!offer) return;
    const { index } = turns.at(offer.start);
    finder.hide();
    this.store.update({ ...CLEARED, offer: id, current: index });
    viewport.revealIfHidden(index);
    const code = this.store.state.codes.name(offer.code);
    this.screen.say(_("Suggestion {code}: {text}", { code, text: short(turns.quote(offer), 200) }));
  }

  /**
   * Decide on a suggestion; where it was the current one, go on to the next.
   * @param {string | null} id
   * @param {(offer: Offer) => void} act
   */
  decide(id, act) {
    const { offers, offer: current } = this.store.state;
    const place = offers.findIndex((offer) => offer.id === id);
    if (place < 0) return;
    // Known now: the one that is decided on leaves the list.
    const next = offers[place + 1]?.id;
    act(offers[place]);
    if (next && current === id) this.show(next);
    else if (current === id) this.screen.selection.clear();
    this.screen.viewport.focus();
  }

  accept(id = this.store.state.offer) {
    this.decide(id, ({ code, start, end, suggester }) => {
      perform({ kind: "add", ...this.screen.edits.place, id: newId(), code, start, end, suggester });
      this.screen.say(_("Coded: {code}", { code: this.store.state.codes.name(code) }));
    });
  }

  reject(id = this.store.state.offer) {
    this.decide(id, ({ id: offer, code, segment, suggester }) => {
      // A rejection is about what the suggestion was made for, not about the part that is shown.
      perform({ kind: "reject", ...this.screen.edits.place, id: offer, code, ...segment, suggester });
      this.screen.say(_("Rejected: {code}", { code: this.store.state.codes.name(code) }));
    });
  }

  /** Find another code for the passage of a suggestion. */
  otherCode() {
    const offer = this.store.currentOffer;
    if (!offer) return;
    this.screen.selection.select({ start: offer.start, end: offer.end });
    this.screen.finder.open({ focus: true });
  }
}
