// Pairs of text and ground, as seen, of every mark and chip of the coding screen in these colors.

/** Text and ground, each red, green and blue, by where they are. @typedef {Record<string, [number[], number[]]>} Pairs */

const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
  new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
);

/** The element of a selector, which is there. @param {string} selector */
const find = (selector) => /** @type {Element} */ (document.querySelector(selector));

/** What one sees of colors painted over each other. @param {string[]} layers */
function seen(...layers) {
  context.clearRect(0, 0, 1, 1);
  for (const layer of layers) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

const paperOf = () => getComputedStyle(find(".qc")).backgroundColor;

/**
 * Up to five codes on one passage, of who asks and who answers, with marks on top of them.
 * @param {string[]} colors
 * @param {string[][]} kinds
 */
async function marks(colors, kinds) {
  // The very module of the screen, from where the app serves it.
  const address = "/_stcore/bidi-components/qualcode.coder/text_marks.js";
  const { readyColors } = await import(address);
  readyColors(colors.map((color) => ({ color })));
  const paper = paperOf();
  /** @type {Pairs} */
  const found = {};
  for (const selector of [".qc-row:not(.qc-own) p", ".qc-own p"]) {
    const p = find(selector);
    const style = (/** @type {string} */ name) => getComputedStyle(p, `::highlight(${name})`);
    const tints = colors.map((color) => style(`qc-${color.slice(1)}`).backgroundColor);
    const ink = getComputedStyle(p).color;
    for (const [place, color] of colors.entries()) {
      for (let depth = 1; depth <= 5; depth++) {
        const pile = Array.from({ length: depth }, (_, i) => tints[(place + 3 * i) % colors.length]);
        found[`${selector} ${color} ${depth}`] = [seen(paper, ink), seen(paper, ...pile)];
        for (const names of kinds) {
          const styles = names.map((name) => style(`qc-${name}`));
          const ground = seen(paper, ...pile, ...styles.map((one) => one.backgroundColor));
          found[`${selector} ${color} ${depth} ${names}`] = [seen(paper, styles[styles.length - 1].color), ground];
        }
      }
    }
  }
  return found;
}

const CHIP = `<span class="qc-chip-name">name</span><span class="qc-who">91%</span>
  <i class="qc-offer-yes">y</i><i class="qc-offer-no">n</i>`;

/** Names, percentages and signs on chips of every kind. @param {string[]} colors */
function chips(colors) {
  const paper = paperOf();
  /** @type {Pairs} */
  const found = {};
  for (const kind of ["", "qc-is-active", "qc-memo", "qc-offer", "qc-offer qc-is-active", "qc-side-b"]) {
    const chip = document.createElement("button");
    chip.className = `qc-chip ${kind}`;
    chip.innerHTML = CHIP;
    find(".qc-chips").append(chip);
    const parts = [...chip.children].slice(0, kind.includes("offer") ? 4 : 2);
    for (const color of colors) {
      chip.style.setProperty("--c", color);
      const ground = seen(paper, getComputedStyle(chip).backgroundColor);
      for (const part of parts) {
        const ink = seen(paper, getComputedStyle(part).color);
        found[`${kind} ${color} ${part.className}`] = [ink, ground];
      }
    }
    chip.remove();
  }
  return found;
}

Object.assign(globalThis, { measure: { marks, chips } });
