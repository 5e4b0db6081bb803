// @ts-check
// Notes in the margin: beside their marks where there is room, below their paragraph where there is not.

import { findAll } from "./dom.js";

const WIDE = matchMedia("(min-width: 62.5rem)");
const GAP = 10; // pixels

/**
 * Place the notes of a margin, and again whenever the text moves.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} margin
 */
export function placeNotes(text, margin) {
  const notes = findAll(margin, ".note");
  if (!notes.length) return;
  const place = () =>
    WIDE.matches ? placeBeside(text, margin, notes) : placeBelow(text, margin, notes);
  place();
  WIDE.addEventListener("change", place);
  new ResizeObserver(place).observe(text);
  document.fonts?.ready.then(place);
  for (const note of notes) light(note);
}

/**
 * How far from the top each note stands: at its mark, or as far below as the notes above it need.
 *
 * @param {number[]} wanted
 * @param {number[]} heights
 * @returns {{ tops: number[], free: number }} and from where on nothing stands
 */
export function stacked(wanted, heights) {
  let free = 0;
  const tops = [];
  for (const [i, top] of wanted.entries()) {
    const at = Math.max(top, free);
    tops.push(at);
    free = at + heights[i] + GAP;
  }
  return { tops, free };
}

/**
 * @param {HTMLElement} text
 * @param {HTMLElement} margin
 * @param {HTMLElement[]} notes
 */
function placeBeside(text, margin, notes) {
  giveNoRoom(text);
  margin.classList.add("aligned");
  const top = margin.getBoundingClientRect().top;
  const wanted = notes.map((note) => {
    const mark = markOf(note);
    return mark ? mark.getBoundingClientRect().top - top : 0;
  });
  const heights = notes.map((note) => note.offsetHeight);
  const { tops, free } = stacked(wanted, heights);
  for (const [i, note] of notes.entries()) note.style.top = `${tops[i]}px`;
  margin.style.minHeight = `${free}px`;
}

/**
 * @param {HTMLElement} text
 * @param {HTMLElement} margin
 * @param {HTMLElement[]} notes
 */
function placeBelow(text, margin, notes) {
  giveNoRoom(text);
  margin.style.minHeight = "";
  margin.classList.add("aligned");
  const byBlock = Map.groupBy(notes, (note) => blockOf(text, markOf(note)));
  const heights = new Map(notes.map((note) => [note, note.offsetHeight]));
  const heightOf = (/** @type {HTMLElement} */ note) => heights.get(note) ?? 0;
  for (const [block, own] of byBlock) {
    if (!block) continue;
    const needed = own.reduce((sum, note) => sum + heightOf(note) + GAP, GAP);
    block.style.marginBottom = `calc(1.1em + ${needed}px)`;
  }
  const top = margin.offsetParent?.getBoundingClientRect().top ?? 0;
  for (const [block, own] of byBlock) {
    let at = block ? block.getBoundingClientRect().bottom - top + GAP : 0;
    for (const note of own) {
      note.style.top = `${at}px`;
      at += heightOf(note) + GAP;
    }
  }
}

/** @param {HTMLElement} text */
function giveNoRoom(text) {
  for (const block of text.children) {
    if (block instanceof HTMLElement) block.style.marginBottom = "";
  }
}

/** @param {HTMLElement} note */
function markOf(note) {
  return document.getElementById(note.dataset.for ?? "");
}

/**
 * The block of a text in which a mark stands.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement | null} mark
 */
function blockOf(text, mark) {
  let block = mark;
  while (block && block.parentElement !== text) block = block.parentElement;
  return block;
}

/** @param {HTMLElement} note */
function light(note) {
  const id = CSS.escape(note.dataset.for?.slice(2) ?? "");
  const all = [note, ...findAll(document, `.text [data-annotation="${id}"]`)];
  const setLit = (/** @type {boolean} */ isLit) => () => {
    for (const one of all) one.classList.toggle("lit", isLit);
  };
  for (const one of all) {
    one.addEventListener("mouseenter", setLit(true));
    one.addEventListener("mouseleave", setLit(false));
  }
}
