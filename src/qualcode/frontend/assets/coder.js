// The entry of the component. It is mounted twice on a page: once with the document, once as the
// channel of edits; both share one hub because they load the same modules.

import { hub, receive, wakeWith } from "./hub.js";
import { Pane } from "./pane.js";

const panes = new WeakMap();

export default function coder({ data, parentElement, setTriggerValue }) {
  if (data.kind === "wake") {
    parentElement.classList.add("qc-sync");
    wakeWith(() => setTriggerValue("wake", Date.now()));
    return () => {};
  }
  hub.words = data.i18n;
  hub.language = data.language;
  if (data.kind === "sync") {
    parentElement.classList.add("qc-sync");
    receive(data, (message) => setTriggerValue("ops", message));
    return () => {};
  }
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
