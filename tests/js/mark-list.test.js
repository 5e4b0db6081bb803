import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped } from "../../static/js/mark-list.js";
import { page } from "./browser.js";

const HEADINGS = { person: "People", place: "Places", figure: "Figures" };

function names(html) {
  const lines = [...page(`<ol>${html}</ol>`).querySelectorAll("li")];
  return grouped(lines, HEADINGS).map(({ name, lines }) => `${name} ${lines.length}`);
}

test("lines of one entity stand together, in the order of kinds and then of names", () => {
  const found = names(`
    <li data-kind="place" data-entity="3" data-name="Aktau"></li>
    <li data-kind="person" data-entity="2" data-name="Дина"></li>
    <li data-kind="person" data-entity="1" data-name="Aset"></li>
    <li data-kind="place" data-entity="3" data-name="Aktau"></li>`);
  assert.deepEqual(found, ["Aset 1", "Дина 1", "Aktau 2"]);
});

test("lines without an entity stand under the name of their kind", () => {
  const found = names(`<li data-kind="figure"></li><li data-kind="figure"></li>`);
  assert.deepEqual(found, ["Figures 2"]);
});
