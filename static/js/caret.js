// @ts-check
// A caret in a text that cannot be edited, so that passages are chosen by keyboard as in any editor; and
// the edges of what is selected, moved word by word.

/** @import { Span } from "./types.d.ts" */

import { around, selection } from "./dom.js";
import { DrawnCaret } from "./drawn-caret.js";
import { nameOf } from "./key-names.js";
import { rangeAt, rangeUnits } from "./offsets.js";
import { nextEnd, nextStart, snapped } from "./word-boundaries.js";

const BELOW_BARS = 120; // pixels from the top of the window

/** @type {Record<string, [direction: string, unit: string]>} */
const MOVES = {
  ArrowLeft: ["left", "character"],
  ArrowRight: ["right", "character"],
  ArrowUp: ["backward", "line"],
  ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"],
  End: ["forward", "lineboundary"],
};

/**
 * What Control makes of a unit.
 *
 * @type {Record<string, string>}
 */
const LARGER = { character: "word", line: "paragraph", lineboundary: "documentboundary" };

/** @type {Record<string, [edge: keyof Span, step: number]>} */
const EDGES = {
  "[": ["start", -1],
  "Shift+[": ["start", 1],
  "]": ["end", 1],
  "Shift+]": ["end", -1],
};

export class Caret {
  /** @type {HTMLElement} */
  #text;
  /** @type {HTMLElement} */
  #button;
  /** @type {Span | null} */
  #held = null;
  #drawn = new DrawnCaret();

  /**
   * @param {HTMLElement} text
   * @param {HTMLElement} button shows and changes whether the caret is on
   */
  constructor(text, button) {
    this.#text = text;
    this.#button = button;
    button.addEventListener("click", () => (this.isOn ? this.stop() : this.start()));
    document.addEventListener("keydown", (event) => this.#move(event));
    document.addEventListener("selectionchange", () => this.#draw());
    addEventListener("resize", () => this.#draw());
  }

  get isOn() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  start() {
    this.#button.setAttribute("aria-pressed", "true");
    this.#text.focus({ preventScroll: true });
    if (!this.selected) this.place(this.#firstVisible());
    this.#draw();
  }

  stop() {
    this.#button.setAttribute("aria-pressed", "false");
    this.#draw();
  }

  /**
   * What is selected, or where the caret stands, in UTF-16 units of the text; null if that is elsewhere.
   *
   * @returns {Span | null}
   */
  get selected() {
    if (!selection().rangeCount) return null;
    const range = selection().getRangeAt(0);
    const isHere = this.#text.contains(range.commonAncestorContainer);
    return isHere ? rangeUnits(this.#text, range) : null;
  }

  /**
   * Select between two places in UTF-16 units of the text.
   *
   * @param {number} start
   * @param {number} end
   */
  select(start, end) {
    const range = rangeAt(this.#text, start, end);
    if (!range) return;
    const { startContainer, startOffset, endContainer, endOffset } = range;
    selection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  }

  /** @param {number} at in UTF-16 units of the text */
  place(at) {
    this.select(at, at);
  }

  /** Remember where it is: a field that gets the focus takes the browser's selection with it. */
  hold() {
    this.#held = this.selected ?? this.#held;
  }

  /** Go on behind what was selected when it was held. */
  resume() {
    if (this.isOn && this.#held) this.place(this.#held.end);
    this.#held = null;
  }

  /** Let what is selected hold whole words. */
  snap() {
    const here = this.selected;
    if (!here || here.start === here.end) return;
    const { start, end } = snapped(this.#words, here.start, here.end, this.#text.lang);
    if (start !== here.start || end !== here.end) this.select(start, end);
  }

  /**
   * Move an edge of what is selected by a word.
   *
   * @param {keyof Span} edge
   * @param {number} step on with 1, back with -1
   */
  moveEdge(edge, step) {
    const here = this.selected;
    if (!here) return;
    const next = edge === "start" ? nextStart : nextEnd;
    here[edge] = next(this.#words, here[edge], this.#text.lang, step);
    if (here.start < here.end) this.select(here.start, here.end);
  }

  get #words() {
    return this.#text.textContent ?? "";
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    if (!this.isOn || event.defaultPrevented) return;
    const busy = "input, textarea, select, button, dialog, [role=listbox]";
    if (around(event.target, busy)) return;
    const edge = EDGES[nameOf(event)];
    if (edge) {
      event.preventDefault(); // where words are selected, the buttons of the bar have these keys and come first
      return this.moveEdge(...edge);
    }
    if (!(event.key in MOVES) || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [direction, unit] = MOVES[event.key];
    const { focusNode, focusOffset } = selection();
    const alter = event.shiftKey ? "extend" : "move";
    selection().modify(alter, direction, event.ctrlKey ? LARGER[unit] : unit);
    if (!this.#text.contains(selection().focusNode)) {
      goBack(event.shiftKey, focusNode, focusOffset); // the text has an end: there the caret stays
    }
    this.#drawn.scrollTo();
  }

  #draw() {
    const { rangeCount, focusNode } = selection();
    this.#drawn.draw(this.isOn && rangeCount > 0 && this.#text.contains(focusNode));
  }

  #firstVisible() {
    const blocks = [...this.#text.children];
    const isBelowBars = (/** @type {Element} */ one) =>
      one.getBoundingClientRect().bottom > BELOW_BARS;
    const block = blocks.find(isBelowBars) ?? blocks[0];
    const range = document.createRange();
    range.setStart(this.#text, 0);
    range.setEndBefore(block);
    return range.toString().length;
  }
}

/**
 * @param {boolean} isExtending
 * @param {Node | null} node
 * @param {number} offset
 */
function goBack(isExtending, node, offset) {
  if (isExtending && node) selection().extend(node, offset);
  else selection().collapse(node, offset);
}
