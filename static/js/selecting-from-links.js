// @ts-check
// Selecting words that begin inside a link, where browsers by themselves begin no selection.

import { around, selection } from "./dom.js";

/**
 * Let a passage begin inside a link of `text`. A click leads on as ever.
 *
 * @param {HTMLElement} text
 * @param {() => boolean} isSelected whether words of the text are selected
 */
export function selectFromLinks(text, isSelected) {
  /** @type {[Node, number] | null} */
  let from = null;
  text.addEventListener("mousedown", (event) => {
    const isPlain = event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey;
    from = isPlain && around(event.target, "a[href]") ? placeAt(event) : null;
    if (!from) return;
    event.preventDefault(); // else the browser draws the link itself about
    selection().collapse(...from);
  });
  document.addEventListener("mousemove", (event) => {
    const to = from && event.buttons === 1 ? placeAt(event) : null;
    if (from && to && text.contains(to[0])) selection().setBaseAndExtent(...from, ...to);
  });
  document.addEventListener("mouseup", () => {
    from = null;
  });
  text.addEventListener("click", (event) => {
    const link = around(event.target, "a[href]");
    if (!link || !event.detail || !isSelected()) return;
    if (selection().containsNode(link, true)) event.preventDefault();
  });
}

/**
 * The node and the place in it that a pointer is at; null where there is none.
 *
 * @param {MouseEvent} event
 * @returns {[Node, number] | null}
 */
function placeAt({ clientX, clientY }) {
  const place = document.caretPositionFromPoint?.(clientX, clientY);
  if (place) return [place.offsetNode, place.offset];
  const range = document.caretRangeFromPoint?.(clientX, clientY);
  return range ? [range.startContainer, range.startOffset] : null;
}
