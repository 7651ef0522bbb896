// The entry of the component. It is mounted several times on a page: with the document, as the
// channel of edits, with what the server knew of the codings when the channel was opened. All
// share one hub because they load the same modules.

import { hub, receive, receiveKnown, wakeWith } from "./hub.js";
import { Pane } from "./pane.js";

const panes = new WeakMap();

export default function coder({ data, parentElement, setTriggerValue }) {
  if (data.i18n) Object.assign(hub, { words: data.i18n, language: data.language });
  if (data.kind === "wake") wakeWith(() => setTriggerValue("wake", Date.now()));
  if (data.kind === "known") receiveKnown(data);
  if (data.kind === "sync") receive(data, (message) => setTriggerValue("ops", message));
  if (data.kind !== "doc") return () => {};
  if (!data.mode) Object.assign(hub, { project: data.project, coder: data.coder, round: data.round });
  let pane = panes.get(parentElement);
  if (!pane) panes.set(parentElement, (pane = new Pane(parentElement)));
  pane.update(data, (name, value) => setTriggerValue(name, value));
  return () => {
    // A call that was overtaken is cleaned up at once although the component lives on.
    setTimeout(() => {
      if (parentElement.isConnected) return;
      pane.destroy();
      panes.delete(parentElement);
    }, 0);
  };
}
