// @ts-check
// Between the browser's places (a node and UTF-16 units in it) and the archive's (code points into
// the text).

/** @import { Span } from "./types.d.ts" */

/**
 * Where a range lies, in code points, and its words. The text that offsets point into is the
 * textContent of `root`.
 *
 * @param {Node} root
 * @param {Range} range
 * @returns {Span & { exact: string }}
 */
export function rangeOffsets(root, range) {
  const start = codePoints(textBefore(root, range.startContainer, range.startOffset));
  const exact = range.toString();
  return { start, end: start + codePoints(exact), exact };
}

/**
 * Where a range lies, in UTF-16 units of the textContent of `root`.
 *
 * @param {Node} root
 * @param {Range} range
 * @returns {Span}
 */
export function rangeUnits(root, range) {
  const start = textBefore(root, range.startContainer, range.startOffset).length;
  return { start, end: start + range.toString().length };
}

/**
 * The range between two places given in UTF-16 units of the textContent of `root`; null where it
 * has no such places.
 *
 * @param {Node} root
 * @param {number} start
 * @param {number} end
 * @returns {Range | null}
 */
export function rangeAt(root, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let before = 0;
  let isStarted = false;
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const after = before + node.length;
    if (!isStarted && (start < after || start === end)) {
      if (start <= after) {
        range.setStart(node, start - before);
        isStarted = true;
      }
    }
    if (isStarted && end <= after) {
      range.setEnd(node, end - before);
      return range;
    }
    before = after;
  }
  return null;
}

/**
 * UTF-16 units for places given in code points of `text`, which must be in order.
 *
 * @param {string} text
 * @param {...number} places
 * @returns {number[]}
 */
export function unitsAt(text, ...places) {
  /** @type {number[]} */
  const found = [];
  let points = 0;
  let units = 0;
  for (const character of text) {
    while (found.length < places.length && points >= places[found.length]) found.push(units);
    if (found.length === places.length) return found;
    points += 1;
    units += character.length;
  }
  while (found.length < places.length) found.push(units);
  return found;
}

/**
 * The number of Unicode code points in a string; a lone half of a surrogate pair counts as one.
 *
 * @param {string} string
 * @returns {number}
 */
export function codePoints(string) {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
}

/**
 * @param {Node} root
 * @param {Node} node
 * @param {number} offset
 */
function textBefore(root, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(node, offset);
  return before.toString();
}
