// What is selected in a text, and a bar beside it. On the reading page there is a link that cites this very passage and,
// for editors, one for each kind, to its form. Keys press what is in the bar while it shows: see keys.js.

import { rangeOffsets } from "./offsets.js";

/** Let `bar` show while words of `text` are selected, its links leading to where they are cited or tagged. */
export function offerSelection(text, bar, { citeUrl, tagUrl, version }) {
  const cite = bar.querySelector(".cite-passage");
  offerBar(text, bar, (range) => {
    const { start, end } = rangeOffsets(text, range);
    cite.href = `${citeUrl}${start}-${end}/`;
    if (!tagUrl) return;
    const address = `${tagUrl}?${query(text, range, version)}`;
    for (const link of bar.querySelectorAll("a")) if (link !== cite) link.href = `${address}&kind=${link.className}`;
  });
  document.addEventListener("keydown", (event) => {
    if (bar.hidden || event.key !== "Escape" || event.target.closest("input, textarea, select")) return;
    getSelection().removeAllRanges();
    bar.hidden = true;
  });
}

/** Let `bar` show while words of `text` are selected; `prepare` gets the range first. */
export function offerBar(text, bar, prepare = () => {}) {
  selectFromLinks(text);
  let isPressing = false; // while a mouse is drawn over the text the bar would stand in its way
  const update = () => {
    const range = isPressing ? null : selectedRange(text);
    bar.hidden = !range;
    if (!range) return;
    prepare(range);
    placeBeside(bar, range);
  };
  document.addEventListener("selectionchange", update);
  new ResizeObserver(update).observe(document.body); // whatever moves the text moves the bar
  document.addEventListener("keydown", update, true); // a key may come before the browser has told of the selection
  text.addEventListener("pointerdown", () => (isPressing = true));
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      if (!isPressing) return;
      isPressing = false;
      setTimeout(update); // the browser sets the selection after this event
    });
  }
  document.addEventListener("keydown", (event) => {
    if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "Tab" && !event.shiftKey && !bar.contains(event.target)) {
      event.preventDefault(); // the bar stands behind everything else: a selection leads straight to it
      bar.querySelector("a, button").focus();
    }
  });
}

/** Let a passage begin inside a link, where browsers by themselves begin none. A click leads on as ever. */
function selectFromLinks(text) {
  let from = null;
  text.addEventListener("mousedown", (event) => {
    const isPlain = event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey;
    from = isPlain && event.target.closest("a[href]") ? placeAt(event) : null;
    if (!from) return;
    event.preventDefault(); // else the browser draws the link itself about
    getSelection().collapse(...from);
  });
  document.addEventListener("mousemove", (event) => {
    const to = from && event.buttons === 1 ? placeAt(event) : null;
    if (to && text.contains(to[0])) getSelection().setBaseAndExtent(...from, ...to);
  });
  document.addEventListener("mouseup", () => (from = null));
  text.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && event.detail && selectedRange(text) && getSelection().containsNode(link, true)) event.preventDefault();
  });
}

/** The node and the place in it that a pointer is at; null where there is none. */
function placeAt({ clientX, clientY }) {
  const place = document.caretPositionFromPoint?.(clientX, clientY);
  if (place) return [place.offsetNode, place.offset];
  const range = document.caretRangeFromPoint?.(clientX, clientY);
  return range ? [range.startContainer, range.startOffset] : null;
}

/** What of `text` is selected; null if nothing is but white space. */
export function selectedRange(text) {
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

function placeBeside(bar, range) {
  const box = range.getBoundingClientRect();
  const left = Math.min(box.left + scrollX, scrollX + document.documentElement.clientWidth - bar.offsetWidth - 8);
  bar.style.left = `${Math.max(8, left)}px`;
  bar.style.top = `${box.bottom + scrollY + 8}px`;
}
