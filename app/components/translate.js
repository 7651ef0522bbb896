// The messages of the screen in the language of the session.

/** @typedef {import("./wire.js").WakeMount["messages"]} Messages */

let language = "en";
/** @type {Messages} */
let messages = {};

/**
 * Speak this language from now on.
 * @param {string} code such as "nl"
 * @param {Messages} translations by English message
 */
export function setLanguage(code, translations) {
  language = code;
  messages = translations;
}

/**
 * Return a message in the language of the session, with its values filled in.
 * @param {string} message in English
 * @param {Record<string, unknown>} [values] by the name of their place
 */
export function _(message, values) {
  const translation = messages[message] ?? message;
  return fill(Array.isArray(translation) ? translation[0] : translation, values);
}

/**
 * Return a message about a number of things; `{count}` is that number.
 * @param {string} one for a single thing
 * @param {string} many for none or several
 * @param {number} count
 * @param {Record<string, unknown>} [values]
 */
export function _n(one, many, count, values) {
  const translation = messages[one] ?? [one, many];
  const forms = Array.isArray(translation) ? translation : [translation, translation];
  return fill(forms[count === 1 ? 0 : 1], { count: count.toLocaleString(language), ...values });
}

/** @param {string} text @param {Record<string, unknown>} [values] */
function fill(text, values) {
  return values ? text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place)) : text;
}
