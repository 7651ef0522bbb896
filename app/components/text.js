// Text for people: times, short quotes, and how well a name fits what somebody types.

/**
 * A time in milliseconds as hours, minutes and seconds.
 * @param {number} ms
 */
export function clock(ms) {
  const s = Math.floor(ms / 1000);
  return [s / 3600, (s / 60) % 60, s % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");
}

/**
 * A text cut at whole words to about so many characters.
 * @param {string} text
 */
export function short(text, length = 60) {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length);
  // A first word longer than half the room would leave next to nothing: cut inside it.
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2))}…`;
}

/**
 * How well a name fits what was typed: 0 is best, -1 is not at all.
 * @param {string} name
 * @param {string} typed in lower case
 */
export function rank(name, typed) {
  const text = name.toLocaleLowerCase();
  if (text.startsWith(typed)) return 0;
  if (new RegExp(`(^|[\\s\\-/(])${typed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`).test(text)) return 1;
  if (text.includes(typed)) return 2;
  // The letters in this order with others between them: "bdm" still finds "boredom".
  let at = 0;
  for (const character of text) if (character === typed[at]) at++;
  return at === typed.length ? 3 : -1;
}
