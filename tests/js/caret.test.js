import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Caret } from "../../static/js/caret.js";
import { page, press } from "./browser.js";

let caret;
let text;

beforeEach(() => {
  globalThis.innerHeight = 800;
  Range.prototype.getClientRects = () => [{ left: 0, top: 100, bottom: 120, height: 20 }];
  page(
    `<button aria-pressed="false"></button><div id="text" lang="kk" tabindex="-1"><p>Қарт 😀 Өмірзақ <em>жылқы</em> бақты.</p></div>`,
  );
  getSelection().removeAllRanges();
  text = document.getElementById("text");
  caret = new Caret(text, document.querySelector("button"));
});

afterEach(() => caret.stop());

function words() {
  return getSelection().toString();
}

function select(some) {
  const start = text.textContent.indexOf(some);
  caret.select(start, start + some.length);
}

test("nothing is selected where the selection is elsewhere", () => {
  assert.equal(caret.selected, null);
});

test("what is selected is told in UTF-16 units of the text", () => {
  select("Өмірзақ");
  assert.deepEqual(caret.selected, { start: 8, end: 15 });
});

test("a selection gets whole words, over elements too", () => {
  select("мірзақ жы");
  caret.snap();
  assert.equal(words(), "Өмірзақ жылқы");
});

test("a caret without words stays where it is", () => {
  caret.place(10);
  caret.snap();
  assert.deepEqual(caret.selected, { start: 10, end: 10 });
});

test("an edge moves by a word", () => {
  select("Өмірзақ");
  caret.moveEdge("end", 1);
  assert.equal(words(), "Өмірзақ жылқы");
  caret.moveEdge("start", -1);
  assert.equal(words(), "Қарт 😀 Өмірзақ жылқы");
});

test("the edges of a selection do not cross", () => {
  select("Өмірзақ");
  caret.moveEdge("start", 1);
  assert.equal(words(), "Өмірзақ");
});

test("work goes on behind what was held", () => {
  caret.start();
  select("Өмірзақ");
  caret.hold();
  getSelection().removeAllRanges();
  caret.resume();
  assert.deepEqual(caret.selected, { start: 15, end: 15 });
});

test("brackets move the edges while the caret is on", () => {
  select("Өмірзақ");
  press(text, "]", { code: "BracketRight" });
  assert.equal(words(), "Өмірзақ");
  caret.start();
  select("Өмірзақ");
  press(text, "]", { code: "BracketRight" });
  assert.equal(words(), "Өмірзақ жылқы");
});

test("the button shows whether it is on", () => {
  document.querySelector("button").click();
  assert.ok(caret.isOn);
  document.querySelector("button").click();
  assert.ok(!caret.isOn);
});
