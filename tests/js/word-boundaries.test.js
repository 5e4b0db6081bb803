import assert from "node:assert/strict";
import { test } from "node:test";
import { nextEnd, nextStart, snapped } from "../../static/js/word-boundaries.js";

const TEXT = "Өмірзақ жылқы бақты 😀 көп.";

function words(span) {
  return TEXT.slice(span.start, span.end);
}

test("a passage that begins and ends inside words gets them whole", () => {
  assert.equal(words(snapped(TEXT, 2, 10, "kk")), "Өмірзақ жылқы");
});

test("white space at the ends is left out", () => {
  assert.equal(words(snapped(TEXT, 7, 14, "kk")), "жылқы");
});

test("a passage of whole words stays", () => {
  assert.deepEqual(snapped(TEXT, 8, 13, "kk"), { start: 8, end: 13 });
});

test("the next word starts behind an emoji of two units", () => {
  assert.equal(nextStart(TEXT, 14, "kk", 1), TEXT.indexOf("көп"));
});

test("the word before starts where it starts", () => {
  assert.equal(nextStart(TEXT, 8, "kk", -1), 0);
});

test("the next word ends before the full stop", () => {
  assert.equal(nextEnd(TEXT, 19, "kk", 1), TEXT.indexOf("."));
});

test("at the ends of a text there is no further word", () => {
  assert.equal(nextStart(TEXT, 0, "kk", -1), 0);
  assert.equal(nextEnd(TEXT, TEXT.length, "kk", 1), TEXT.length);
});

test("a language that nobody has heard of is read all the same", () => {
  assert.equal(words(snapped(TEXT, 1, 2, "not a language")), "Өмірзақ");
});

test("a word is found in the middle of a long text", () => {
  const long = "word ".repeat(2000);
  assert.equal(nextStart(long, 5001, "en", 1), 5005);
  assert.equal(nextEnd(long, 5001, "en", 1), 5004);
});
