// What lies around every page: the language of the document, and the words that Streamlit itself
// writes in English only: fields, uploads, and the dialog when the server is gone.

import { _ } from "./translate.js";

/** The words of Streamlit that stand alone in a text. @returns {Record<string, string>} */
const fixedWords = () => ({
  "Upload": _("Upload"),
  "Browse files": _("Browse files"),
  "Drag and drop file here": _("Drag and drop file here"),
  "Drag and drop files here": _("Drag and drop files here"),
  "Choose an option": _("Choose an option"),
  "Choose options": _("Choose options"),
  "No results": _("No results"),
  "No options to select": _("No options to select"),
  "Select all": _("Select all"),
  "Connecting": _("Connecting"),
  "Connection error": _("qualcode is not running"),
  "Running...": _("Busy…"),
  "Clear all": _("Clear all"),
  "Press Enter to apply": _("Press Enter to apply"),
  "Press Enter to submit form": _("Press Enter to send"),
  "Press Ctrl+Enter to apply": _("Press Ctrl+Enter to apply"),
  "Press ⌘+Enter to apply": _("Press ⌘+Enter to apply"),
  "Page not found": _("Page not found"),
  "The page that you have requested does not seem to exist. Running the app's main page.":
    _("There is no such page here. This is the first page."),
  // What Streamlit says of an error in a click, before the page is drawn.
  "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app).":
    _("Something went wrong in qualcode itself. What was saved is kept. Load this page again. If it comes back: the window in which qualcode was started says where it happened."),
  "Failed to generate file for download": _("There is no file; the top of the page says why."),
  "Skip to main content": _("Skip to main content"),
});

/**
 * The words of Streamlit in names for screen readers, tooltips and menus. They are translated there
 * only: elsewhere the same words may be somebody's own, such as the name of a code.
 * @returns {Record<string, string>}
 */
const labelWords = () => ({
  ...fixedWords(),
  "file upload": _("file upload"),
  "Add files": _("Add files"),
  "Selected values": _("Selected values"),
  "Clear value": _("Clear value"),
  "Clear selection": _("Clear selection"),
  "Show password": _("Show password"),
  "Hide password": _("Hide password"),
  "Search": _("Search"),
  "Type to search": _("Type to search"),
  "Show data": _("Show data"),
  "Show chart": _("Show chart"),
  "Show/hide columns": _("Show/hide columns"),
  "Download as CSV": _("Download as CSV"),
  "Download as PNG": _("Download as PNG"),
  "Add row": _("Add row"),
  "Delete row(s)": _("Delete rows"),
  "Fullscreen": _("Fullscreen"),
  "Close fullscreen": _("Close fullscreen"),
  "Link to heading": _("Link to heading"),
  "Next page": _("Next page"),
  "Previous page": _("Previous page"),
  "Sort ascending": _("Sort ascending"),
  "Sort descending": _("Sort descending"),
  "Format": _("Format"),
  "Autosize": _("Autosize"),
  "Pin column": _("Pin column"),
  "Unpin column": _("Unpin column"),
  "Hide column": _("Hide column"),
  "Close": _("Close"),
});

/** Names with something of ours in them. @type {[RegExp, (name: string) => string][]} */
const NAMED = [
  [/^Help for (.+)$/s, (name) => _("Help for {name}", { name })],
  [/^Remove (.+)$/s, (name) => _("Remove {name}", { name })],
  [/^Page (\d+)$/, (name) => _("Page {name}", { name })],
];

const ATTRIBUTES = ["aria-label", "placeholder", "title"];
/** What Streamlit draws over the page: only its own words are in it. */
const OVERLAYS = "[role=tooltip], [data-testid=stTooltipContent], [data-testid^=stDataFrame][data-testid*=Menu], [data-testid=stElementToolbar], .gdg-search-bar-inner";

// The last one: it runs again, and lets this browser in when it has opened there.
const GONE = /Is Streamlit still running|streamlit run|Streamlit server is not responding|Cannot connect to Streamlit/;
const REFUSED_FILE = / files are not allowed\.$/;
const PER_FILE = /^([\d.,]+)\s?([KMG]B) per file/;

/** @type {Record<string, string>} */
let words = {};
/** @type {Record<string, string>} */
let labels = {};
/** @type {MutationObserver | null} */
let observer = null;

/**
 * Translate the page, and what is added to it from now on.
 * @param {string} language
 */
export function frame(language) {
  // Streamlit always says "en", so a screen reader would read Dutch as English.
  document.documentElement.lang = language;
  words = fixedWords();
  labels = labelWords();
  if (!observer) {
    observer = new MutationObserver((records) => records.forEach(readRecord));
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES });
  }
  translateTree(document.body);
}

/** @param {MutationRecord} record */
function readRecord({ type, target, addedNodes }) {
  const element = target instanceof Element ? target : target.parentElement;
  // The screens of qualcode have their own words, and thousands of nodes.
  if (!element || element.closest(".qc, .qt")) return;
  if (type === "characterData") translateText(/** @type {Text} */ (target));
  else if (type === "attributes") translateAttributes(element);
  else addedNodes.forEach(translateTree);
}

/** @param {Node} root */
function translateTree(root) {
  if (root instanceof Text) translateText(root);
  if (!(root instanceof Element) || root.closest(".qc, .qt")) return;
  translateAttributes(root);
  root.querySelectorAll("[aria-label], [placeholder], [title]").forEach(translateAttributes);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) translateText(/** @type {Text} */ (node));
}

/** @param {Element} element */
function translateAttributes(element) {
  if (element.closest(".qc, .qt, .qm, .qf")) return;
  // "check_circle icon": the file of a drawing, beside the words that say the same.
  if (element.getAttribute("role") === "img" && / icon$/.test(element.ariaLabel ?? "")) {
    element.setAttribute("aria-hidden", "true");
    element.removeAttribute("aria-label");
  }
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    const translation = text && label(text);
    if (translation && translation !== text) element.setAttribute(name, translation);
  }
}

/** A name of Streamlit in the language of the page; as it is where it is ours. @param {string} text */
function label(text) {
  if (Object.hasOwn(labels, text)) return labels[text];
  for (const [pattern, translate] of NAMED) {
    const match = pattern.exec(text);
    if (match) return translate(match[1]);
  }
  // "Download as CSV: Agreement per code": what Streamlit does, and the name of the table.
  const [head, ...rest] = text.split(": ");
  return rest.length && Object.hasOwn(labels, head) ? [labels[head], ...rest].join(": ") : text;
}

/** @param {Text} node */
function translateText(node) {
  const text = node.data.trim();
  if (!text || text.length > 400) return;
  if (GONE.test(text)) showGone(node);
  else if (words[text] && words[text] !== text) node.data = words[text];
  else if (labels[text] && labels[text] !== text && node.parentElement?.closest(OVERLAYS)) node.data = labels[text];
  else if (REFUSED_FILE.test(text) && node.parentElement?.closest(`[data-testid=stFileUploader], ${OVERLAYS}`)) showRefusal(node);
  else if (PER_FILE.test(text)) {
    const limit = text.replace(PER_FILE, (_all, size, unit) => _("{size} {unit} per file", { size, unit }));
    if (limit !== text) node.data = limit;
  }
}

/**
 * Say that a file was refused, without the word "Error" before it.
 * @param {Text} node
 */
function showRefusal(node) {
  const head = node.previousSibling;
  if (head instanceof Text && head.data.trim() === "Error:") head.data = "";
  node.data = _("Files of this kind cannot be read here.");
}

/**
 * Say in the dialog of Streamlit what to do, in the place of how to start a script of one's own.
 * @param {Text} node
 */
function showGone(node) {
  const dialog = node.parentElement?.closest("[role=dialog]");
  const message = node.parentElement?.closest("[data-testid=stMarkdownContainer], p, div");
  if (!dialog || !(message instanceof HTMLElement)) return;
  // Hidden, not removed: Streamlit takes its own nodes away when the server is back.
  message.style.setProperty("display", "none");
  if (dialog.querySelector(".page-gone")) return;
  const note = document.createElement("p");
  note.className = "page-gone";
  note.textContent = _("The program has stopped. Start qualcode again and leave this page open: your work is kept here, and the page goes on once qualcode has opened in this browser.");
  dialog.setAttribute("aria-label", _("qualcode is not running"));
  message.before(note);
  dialog.querySelectorAll("pre, code").forEach((part) => part instanceof HTMLElement && part.style.setProperty("display", "none"));
}
