// Where words begin and end, as the rules of Unicode have it for a language. Places are UTF-16 units of `text`.

const AROUND = 1000; // as far as anyone looks for the next word at a time

/** The same passage with whole words at both ends and no white space around them. */
export function snapped(text, start, end, language) {
  const first = wordsAround(text, start, language).find((word) => word.start < start && start < word.end);
  const last = wordsAround(text, end, language).find((word) => word.start < end && end < word.end);
  return trimmed(text, first ? first.start : start, last ? last.end : end);
}

/** Where the next word starts (or the last one before), seen from `at`; `at` itself if there is none. */
export function nextStart(text, at, language, step) {
  const starts = wordsAround(text, at, language).map((word) => word.start);
  return (step > 0 ? starts.find((start) => start > at) : starts.findLast((start) => start < at)) ?? at;
}

/** Where the next word ends (or the last one before), seen from `at`; `at` itself if there is none. */
export function nextEnd(text, at, language, step) {
  const ends = wordsAround(text, at, language).map((word) => word.end);
  return (step > 0 ? ends.find((end) => end > at) : ends.findLast((end) => end < at)) ?? at;
}

function trimmed(text, start, end) {
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return { start, end };
}

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

const segmenters = new Map();

function segmenter(language) {
  if (!segmenters.has(language)) segmenters.set(language, newSegmenter(language));
  return segmenters.get(language);
}

function newSegmenter(language) {
  try {
    return new Intl.Segmenter(language, { granularity: "word" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "word" }); // a language that the browser has not heard of
  }
}
