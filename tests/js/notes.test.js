import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";
import { stacked } from "../../static/js/notes.js";

test("notes stand at their marks where there is room", () => {
  assert.deepEqual(stacked([0, 100], [50, 50]), { tops: [0, 100], free: 160 });
});

test("a note stands below the one before it where there is none", () => {
  assert.deepEqual(stacked([0, 20, 30], [50, 50, 50]).tops, [0, 60, 120]);
});

test("a margin without notes needs no room", () => {
  assert.deepEqual(stacked([], []), { tops: [], free: 0 });
});
