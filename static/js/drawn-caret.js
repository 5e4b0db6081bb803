// @ts-check
// A caret that is drawn where the selection ends, for a text in which the browser shows none.

import { selection } from "./dom.js";

const ROOM = 90; // pixels above and below that the bars of the page may cover

export class DrawnCaret {
  #element = document.createElement("div");

  constructor() {
    this.#element.className = "caret";
    this.#element.hidden = true;
    document.body.append(this.#element);
  }

  /**
   * Draw it where the selection ends, or draw none.
   *
   * @param {boolean} isShown
   */
  draw(isShown) {
    this.#element.hidden = !isShown;
    const box = isShown && boxOfFocus();
    if (!box) return;
    this.#element.style.left = `${box.left + scrollX}px`;
    this.#element.style.top = `${box.top + scrollY}px`;
    this.#element.style.height = `${box.height}px`;
  }

  /** Scroll to where the selection ends, unless that is to be seen. */
  scrollTo() {
    const box = boxOfFocus();
    if (!box) return;
    const bottom = innerHeight - ROOM;
    if (box.top < ROOM) scrollBy(0, box.top - ROOM);
    if (box.bottom > bottom) scrollBy(0, box.bottom - bottom);
  }
}

function boxOfFocus() {
  const { focusNode, focusOffset } = selection();
  return focusNode && boxAt(focusNode, focusOffset);
}

/**
 * Where the edge of a character is on the screen.
 *
 * @param {Node} node
 * @param {number} offset
 * @returns {DOMRect | undefined}
 */
function boxAt(node, offset) {
  const range = document.createRange();
  range.setStart(node, offset);
  const box = [...range.getClientRects()].at(-1);
  if (box) return box;
  if (node.nodeType !== Node.TEXT_NODE) {
    return node instanceof Element ? node.getBoundingClientRect() : undefined;
  }
  range.setStart(node, Math.max(0, offset - 1));
  range.setEnd(node, offset);
  const before = range.getBoundingClientRect();
  return new DOMRect(before.right, before.top, 0, before.height);
}
