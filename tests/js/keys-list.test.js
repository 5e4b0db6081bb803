import assert from "node:assert/strict";
import { test } from "node:test";
import { labelOf, shortcuts } from "../../static/js/keys-list.js";
import { page } from "./browser.js";

function control(html) {
  return page(html).querySelector("[aria-keyshortcuts]");
}

test("a control may have several keys", () => {
  assert.deepEqual(shortcuts(control(`<a aria-keyshortcuts="j ArrowDown">Next</a>`)), [
    "j",
    "ArrowDown",
  ]);
});

test("a control is called by its words without the key on it", () => {
  const button = control(`<button aria-keyshortcuts="a">Yes <kbd>a</kbd></button>`);
  assert.equal(labelOf(button), "Yes");
});

test("a field is called by its label", () => {
  const field = control(`<label for="q">Search</label><input id="q" aria-keyshortcuts="/">`);
  assert.equal(labelOf(field), "Search");
});

test("of a kind to tag with, what is done with it is said too", () => {
  const kind = control(
    `<div data-keys-say="Tag the selection as {kind}"><a aria-keyshortcuts="1"><kbd>1</kbd> Person</a></div>`,
  );
  assert.equal(labelOf(kind), "Tag the selection as Person");
});
