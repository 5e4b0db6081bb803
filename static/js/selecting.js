// Tagging what is selected: a small bar with the four kinds, each a link to the form for this very passage.
// The keys 1 to 4 press its links while it shows: see keys.js.

import { rangeOffsets } from "./offsets.js";

/** `bar` holds one link a kind; it shows while words of `text` are selected. */
export function offerTagging(text, bar, tagUrl, version) {
  const update = () => {
    const range = selectedRange(text);
    bar.hidden = !range;
    if (range) show(bar, range, `${tagUrl}?${query(text, range, version)}`);
  };
  document.addEventListener("selectionchange", debounced(update, 120));
  document.addEventListener("keydown", (event) => {
    if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "Escape") {
      getSelection().removeAllRanges();
      bar.hidden = true;
    }
    if (event.key === "Tab" && !event.shiftKey && !bar.contains(event.target)) {
      event.preventDefault(); // the bar stands behind everything else: a selection leads straight to it
      bar.querySelector("a").focus();
    }
  });
}

function selectedRange(text) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(text)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(text);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(whole.startContainer, whole.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(whole.endContainer, whole.endOffset);
  return range.toString().trim() ? range : null;
}

function query(text, range, version) {
  const { start, end, exact } = rangeOffsets(text, range);
  const parameters = new URLSearchParams({ version, start, end });
  if (exact.length <= 500) parameters.set("exact", exact);
  return parameters;
}

function show(bar, range, address) {
  for (const link of bar.querySelectorAll("a")) link.href = `${address}&kind=${link.className}`;
  const box = range.getBoundingClientRect();
  const left = Math.min(box.left + scrollX, scrollX + document.documentElement.clientWidth - bar.offsetWidth - 8);
  bar.style.left = `${Math.max(8, left)}px`;
  bar.style.top = `${box.bottom + scrollY + 8}px`;
}

function debounced(call, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds);
  };
}
