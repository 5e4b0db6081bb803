import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { selectedRange } from "../../static/js/selection-bar.js";
import { page } from "./browser.js";

let text;

beforeEach(() => {
  page(`<h1>Title</h1><div id="text"><p>One two</p> <p>three</p></div><p id="after">After</p>`);
  text = document.getElementById("text");
  getSelection().removeAllRanges();
});

function select(first, start, last, end) {
  getSelection().setBaseAndExtent(first.firstChild, start, last.firstChild, end);
}

test("what is selected of the text is found", () => {
  const paragraph = text.querySelector("p");
  select(paragraph, 4, paragraph, 7);
  assert.equal(selectedRange(text).toString(), "two");
});

test("what is selected around the text is left out", () => {
  select(document.querySelector("h1"), 2, document.getElementById("after"), 3);
  assert.equal(selectedRange(text).toString(), "One two three");
});

test("a selection elsewhere is none", () => {
  const heading = document.querySelector("h1");
  select(heading, 0, heading, 3);
  assert.equal(selectedRange(text), null);
});

test("white space alone is none", () => {
  const paragraph = text.querySelector("p");
  select(paragraph, 3, paragraph, 4);
  assert.equal(selectedRange(text), null);
});

test("a caret is none", () => {
  const paragraph = text.querySelector("p");
  select(paragraph, 3, paragraph, 3);
  assert.equal(selectedRange(text), null);
});
