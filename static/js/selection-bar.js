// @ts-check
// What is selected in a text, and a bar beside it. On the reading page there is a link that cites this very
// passage and, for editors, one for each kind, to its form. Keys press what is in the bar while it shows:
// see keys.js.

import { around, find, findAll, selection } from "./dom.js";
import { rangeOffsets } from "./offsets.js";
import { asQuery } from "./passage-query.js";
import { selectFromLinks } from "./selecting-from-links.js";

const EDGE = 8; // pixels between the bar and the window, or what is selected

/**
 * Let `bar` show while words of `text` are selected, its links leading to where they are cited or tagged.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} bar
 * @param {DOMStringMap} addresses
 */
export function offerSelection(text, bar, { citeUrl, tagUrl, version = "" }) {
  const cite = find(bar, ".cite-passage", HTMLAnchorElement);
  offerBar(text, bar, (range) => {
    const { start, end, exact } = rangeOffsets(text, range);
    cite.href = `${citeUrl}${start}-${end}/`;
    if (!tagUrl) return;
    const address = `${tagUrl}?${asQuery({ version, start, end, exact })}`;
    for (const link of findAll(bar, "a", HTMLAnchorElement)) {
      if (link !== cite) link.href = `${address}&kind=${link.className}`;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (bar.hidden || event.key !== "Escape" || isInField(event)) return;
    selection().removeAllRanges();
    bar.hidden = true;
  });
}

/**
 * Let `bar` show while words of `text` are selected.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} bar
 * @param {(range: Range) => void} prepare gets the range first
 */
export function offerBar(text, bar, prepare) {
  let isPressing = false; // while a mouse is drawn over the text the bar would stand in its way
  const update = () => {
    const range = isPressing ? null : selectedRange(text);
    bar.hidden = !range;
    if (!range) return;
    prepare(range);
    placeBeside(bar, range);
  };
  selectFromLinks(text, () => selectedRange(text) !== null);
  document.addEventListener("selectionchange", update);
  new ResizeObserver(update).observe(document.body); // whatever moves the text moves the bar
  document.addEventListener("keydown", update, true); // a key may come before the browser has told of the selection
  text.addEventListener("pointerdown", () => {
    isPressing = true;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      if (!isPressing) return;
      isPressing = false;
      setTimeout(update); // the browser sets the selection after this event
    });
  }
  document.addEventListener("keydown", (event) => {
    if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey || isInField(event)) return;
    const isInBar = bar.contains(/** @type {Node} */ (event.target));
    if (event.key !== "Tab" || event.shiftKey || isInBar) return;
    event.preventDefault(); // the bar stands behind everything else: a selection leads straight to it
    find(bar, "a, button").focus();
  });
}

/**
 * What of `text` is selected; null if nothing is but white space.
 *
 * @param {HTMLElement} text
 * @returns {Range | null}
 */
export function selectedRange(text) {
  const selected = selection();
  if (!selected.rangeCount || selected.isCollapsed) return null;
  const range = selected.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(text)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(text);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
    range.setStart(whole.startContainer, whole.startOffset);
  }
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
    range.setEnd(whole.endContainer, whole.endOffset);
  }
  return range.toString().trim() ? range : null;
}

/** @param {Event} event */
function isInField(event) {
  return around(event.target, "input, textarea, select") !== null;
}

/**
 * @param {HTMLElement} bar
 * @param {Range} range
 */
function placeBeside(bar, range) {
  const box = range.getBoundingClientRect();
  const right = scrollX + document.documentElement.clientWidth - bar.offsetWidth - EDGE;
  const left = Math.min(box.left + scrollX, right);
  bar.style.left = `${Math.max(EDGE, left)}px`;
  bar.style.top = `${box.bottom + scrollY + EDGE}px`;
}
