// Between the browser's places (a node and UTF-16 units in it) and the archive's (code points into the text).

/** The text that offsets point into is the textContent of `root`. */
export function rangeOffsets(root, range) {
  const start = codePoints(textBefore(root, range.startContainer, range.startOffset));
  const exact = range.toString();
  return { start, end: start + codePoints(exact), exact };
}

/** The number of Unicode code points in a string; a lone half of a surrogate pair counts as one. */
export function codePoints(string) {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
}

function textBefore(root, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(node, offset);
  return before.toString();
}
