// @ts-check
// Where words begin and end, as the rules of Unicode have it for a language. Places are UTF-16 units
// of `text`.

/** @import { Span } from "./types.d.ts" */

const AROUND = 1000; // as far as anyone looks for the next word at a time

/**
 * The same passage with whole words at both ends and no white space around them.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} language
 * @returns {Span}
 */
export function snapped(text, start, end, language) {
  const first = wordsAround(text, start, language).find((word) => isInside(start, word));
  const last = wordsAround(text, end, language).find((word) => isInside(end, word));
  return trimmed(text, first ? first.start : start, last ? last.end : end);
}

/**
 * Where the next word starts (or the last one before), seen from `at`; `at` itself if there is none.
 *
 * @param {string} text
 * @param {number} at
 * @param {string} language
 * @param {number} step on with 1, back with -1
 * @returns {number}
 */
export function nextStart(text, at, language, step) {
  const starts = wordsAround(text, at, language).map((word) => word.start);
  return nextOf(starts, at, step);
}

/**
 * Where the next word ends (or the last one before), seen from `at`; `at` itself if there is none.
 *
 * @param {string} text
 * @param {number} at
 * @param {string} language
 * @param {number} step on with 1, back with -1
 * @returns {number}
 */
export function nextEnd(text, at, language, step) {
  const ends = wordsAround(text, at, language).map((word) => word.end);
  return nextOf(ends, at, step);
}

/**
 * @param {number[]} places in order
 * @param {number} at
 * @param {number} step
 */
function nextOf(places, at, step) {
  const next =
    step > 0 ? places.find((place) => place > at) : places.findLast((place) => place < at);
  return next ?? at;
}

/**
 * @param {number} at
 * @param {Span} word
 */
function isInside(at, word) {
  return word.start < at && at < word.end;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function trimmed(text, start, end) {
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return { start, end };
}

/**
 * @param {string} text
 * @param {number} at
 * @param {string} language
 */
function wordsAround(text, at, language) {
  let from = Math.max(0, at - AROUND);
  let to = Math.min(text.length, at + AROUND);
  while (from > 0 && !/\s/u.test(text[from])) from -= 1;
  while (to < text.length && !/\s/u.test(text[to])) to += 1;
  const words = [];
  for (const { segment, index, isWordLike } of segmenter(language).segment(text.slice(from, to))) {
    if (isWordLike) words.push({ start: from + index, end: from + index + segment.length });
  }
  return words;
}

/** @type {Map<string, Intl.Segmenter>} */
const segmenters = new Map();

/** @param {string} language */
function segmenter(language) {
  const known = segmenters.get(language);
  if (known) return known;
  const made = newSegmenter(language);
  segmenters.set(language, made);
  return made;
}

/** @param {string} language */
function newSegmenter(language) {
  try {
    return new Intl.Segmenter(language, { granularity: "word" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "word" }); // a language that the browser has not heard of
  }
}
