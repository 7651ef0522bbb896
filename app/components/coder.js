// The entry of the component. It is mounted several times on a page: as the coding screen, as the
// channel of edits, with what the server knew of the codings when the channel was opened. All
// share the state of sync.js, because they load the same modules.

import { frame } from "./frame.js";
import { ScreenHolder } from "./screen.js";
import { owner, receive, receiveKnown, wakeWith } from "./sync.js";
import { setLanguage } from "./translate.js";

/** @type {WeakMap<HTMLElement, ScreenHolder>} */
const holders = new WeakMap();

/** @param {import("./types.js").Mount<import("./wire.js").CoderMount>} mount */
export default function coder({ data, parentElement, setTriggerValue }) {
  if ("messages" in data) setLanguage(data.language, data.messages);
  if (data.kind === "frame") frame(data.language);
  if (data.kind === "wake") wakeWith(() => setTriggerValue("wake", Date.now()));
  if (data.kind === "known") receiveKnown(data);
  if (data.kind === "sync") receive(data, (message) => setTriggerValue("edits", message));
  if (data.kind !== "screen") return () => {};
  if (!data.comparison) Object.assign(owner, { project: data.project, coder: data.coder, round: data.round });
  const holder = holders.get(parentElement) ?? new ScreenHolder(parentElement);
  holders.set(parentElement, holder);
  holder.update(data, setTriggerValue);
  return () => {
    // A call that was overtaken is cleaned up at once although the component lives on.
    setTimeout(() => {
      if (parentElement.isConnected) return;
      holder.destroy();
      holders.delete(parentElement);
    }, 0);
  };
}
