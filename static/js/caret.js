// A caret in a text that cannot be edited, so that passages are chosen by keyboard as in any editor; and the edges of
// what is selected, moved word by word.

import { nameOf } from "./key-names.js";
import { rangeAt, rangeUnits } from "./offsets.js";
import { nextEnd, nextStart, snapped } from "./words.js";

const MOVES = {
  ArrowLeft: ["left", "character"],
  ArrowRight: ["right", "character"],
  ArrowUp: ["backward", "line"],
  ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"],
  End: ["forward", "lineboundary"],
};

const EDGES = { "[": ["start", -1], "Shift+[": ["start", 1], "]": ["end", 1], "Shift+]": ["end", -1] };

export class Caret {
  #text;
  #button;
  #held = null;
  #drawn = document.createElement("div");

  /** `button` shows and changes whether the caret is on. */
  constructor(text, button) {
    this.#text = text;
    this.#button = button;
    this.#drawn.className = "caret";
    this.#drawn.hidden = true;
    document.body.append(this.#drawn);
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

  /** What is selected, or where the caret stands, in UTF-16 units of the text; null if that is elsewhere. */
  get selected() {
    const selection = getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    return this.#text.contains(range.commonAncestorContainer) ? rangeUnits(this.#text, range) : null;
  }

  select(start, end) {
    const range = rangeAt(this.#text, start, end);
    if (!range) return;
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

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
    const { start, end } = snapped(this.#text.textContent, here.start, here.end, this.#text.lang);
    if (start !== here.start || end !== here.end) this.select(start, end);
  }

  /** Move the `edge` ("start" or "end") of what is selected by a word: on with 1, back with -1. */
  moveEdge(edge, step) {
    const here = this.selected;
    if (!here) return;
    const next = edge === "start" ? nextStart : nextEnd;
    here[edge] = next(this.#text.textContent, here[edge], this.#text.lang, step);
    if (here.start < here.end) this.select(here.start, here.end);
  }

  #move(event) {
    if (!this.isOn || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, button, dialog, [role=listbox]")) return;
    const edge = EDGES[nameOf(event)];
    if (edge) {
      event.preventDefault(); // where words are selected, the buttons of the bar have these keys and come first
      return this.moveEdge(...edge);
    }
    if (!(event.key in MOVES) || event.altKey || event.metaKey) return;
    event.preventDefault();
    let [direction, unit] = MOVES[event.key];
    if (event.ctrlKey) unit = { character: "word", line: "paragraph", lineboundary: "documentboundary" }[unit];
    const selection = getSelection();
    const { focusNode, focusOffset } = selection;
    selection.modify(event.shiftKey ? "extend" : "move", direction, unit);
    if (!this.#text.contains(selection.focusNode)) this.#back(event.shiftKey, focusNode, focusOffset);
    this.#scrollTo();
  }

  /** The text has an end: there the caret stays. */
  #back(isExtending, node, offset) {
    if (isExtending) getSelection().extend(node, offset);
    else getSelection().collapse(node, offset);
  }

  #draw() {
    const selection = getSelection();
    const isHere = this.isOn && selection.rangeCount && this.#text.contains(selection.focusNode);
    this.#drawn.hidden = !isHere;
    if (!isHere) return;
    const box = boxAt(selection.focusNode, selection.focusOffset);
    if (!box) return;
    this.#drawn.style.left = `${box.left + scrollX}px`;
    this.#drawn.style.top = `${box.top + scrollY}px`;
    this.#drawn.style.height = `${box.height}px`;
  }

  #scrollTo() {
    const box = boxAt(getSelection().focusNode, getSelection().focusOffset);
    if (!box) return;
    const room = { top: 90, bottom: innerHeight - 90 };
    if (box.top < room.top) scrollBy(0, box.top - room.top);
    if (box.bottom > room.bottom) scrollBy(0, box.bottom - room.bottom);
  }

  #firstVisible() {
    const blocks = [...this.#text.children];
    const block = blocks.find((one) => one.getBoundingClientRect().bottom > 120) ?? blocks[0];
    const range = document.createRange();
    range.setStart(this.#text, 0);
    range.setEndBefore(block);
    return range.toString().length;
  }
}

/** Where the edge of a character is on the screen. */
function boxAt(node, offset) {
  const range = document.createRange();
  range.setStart(node, offset);
  const box = [...range.getClientRects()].at(-1);
  if (box || node.nodeType !== Node.TEXT_NODE) return box ?? node.getBoundingClientRect?.();
  range.setStart(node, Math.max(0, offset - 1));
  range.setEnd(node, offset);
  const before = range.getBoundingClientRect();
  return new DOMRect(before.right, before.top, 0, before.height);
}
