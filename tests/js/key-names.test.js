import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../static/js/key-names.js";

function named(key, code, ...modifiers) {
  return nameOf({
    key,
    code,
    ctrlKey: modifiers.includes("Control"),
    altKey: modifiers.includes("Alt"),
    shiftKey: modifiers.includes("Shift"),
    metaKey: modifiers.includes("Meta"),
    getModifierState: (name) => modifiers.includes(name),
  });
}

test("a letter is small by itself and large with a modifier", () => {
  assert.equal(named("a", "KeyA"), "a");
  assert.equal(named("A", "KeyA", "Shift"), "Shift+A");
  assert.equal(named("z", "KeyZ", "Control"), "Control+Z");
});

test("the command key of a Mac is Control", () => {
  assert.equal(named("z", "KeyZ", "Meta", "Shift"), "Control+Shift+Z");
});

test("of a question mark Shift is a part", () => {
  assert.equal(named("?", "Slash", "Shift"), "?");
});

test("where the layout is Cyrillic the place of the key counts", () => {
  assert.equal(named("ф", "KeyA"), "a");
  assert.equal(named("х", "BracketLeft"), "[");
});

test("a bracket with Shift keeps Shift", () => {
  assert.equal(named("{", "BracketLeft", "Shift"), "Shift+[");
});

test("a bracket that is typed with AltGraph has no modifiers", () => {
  assert.equal(named("[", "BracketLeft", "AltGraph", "Control", "Alt"), "[");
});

test("a digit counts by its key where letters stand on it", () => {
  assert.equal(named("&", "Digit1"), "1");
});
