import assert from "node:assert/strict";
import { test } from "node:test";
import { codePoints, rangeAt, rangeOffsets, rangeUnits, unitsAt } from "../../static/js/offsets.js";
import { page } from "./browser.js";

const TEXT = "😀 and 👩‍👩‍👧 in Өмірзақ";

function range(text, first, last) {
  const units = [text.textContent.indexOf(first), text.textContent.indexOf(last) + last.length];
  return rangeAt(text, ...units);
}

test("a face counts as one, a family of joined people as five, a Kazakh letter as one", () => {
  assert.equal(codePoints("😀"), 1);
  assert.equal(codePoints("👩‍👩‍👧"), 5);
  assert.equal(codePoints("Өмірзақ"), 7);
});

test("a lone half of a surrogate pair counts as one", () => {
  assert.equal(codePoints("a\ud83d"), 2);
});

test("code points become UTF-16 units", () => {
  assert.deepEqual(unitsAt(TEXT, 0, 1, 2), [0, 2, 3]);
  assert.deepEqual(unitsAt("Өмір", 1, 4), [1, 4]);
});

test("places behind the end of a text are at its end", () => {
  assert.deepEqual(unitsAt("😀", 1, 5), [2, 2]);
});

test("a selection is told in code points with its words", () => {
  const text = page(`<p>😀 and <em>👩‍👩‍👧</em> in Өмірзақ</p>`);
  const found = rangeOffsets(text, range(text, "in", "Өмірзақ"));
  assert.deepEqual(found, { start: 12, end: 22, exact: "in Өмірзақ" });
  assert.equal([...text.textContent].slice(found.start, found.end).join(""), found.exact);
});

test("a selection is told in UTF-16 units", () => {
  const text = page(`<p>😀 and <em>two</em> more</p>`);
  assert.deepEqual(rangeUnits(text, range(text, "two", "more")), { start: 7, end: 15 });
});

test("a range goes over the borders of elements", () => {
  const text = page("<p>One <em>two</em></p><p>three</p>");
  assert.equal(rangeAt(text, 2, 9).toString(), "e twoth");
});

test("a place without words is a caret", () => {
  const text = page("<p>One <em>two</em></p>");
  const caret = rangeAt(text, 5, 5);
  assert.ok(caret.collapsed);
  assert.deepEqual(rangeUnits(text, caret), { start: 5, end: 5 });
});

test("a caret may stand at the very end", () => {
  const text = page("<p>One <em>two</em></p>");
  assert.deepEqual(rangeUnits(text, rangeAt(text, 7, 7)), { start: 7, end: 7 });
});

test("there is no range behind the end of a text", () => {
  assert.equal(rangeAt(page("<p>One</p>"), 2, 9), null);
});
