import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { asQuery } from "../../static/js/passage-query.js";
import {
  fieldOf,
  fillIn,
  passageOf,
  sentFrom,
  setField,
  setPassage,
  typedInto,
} from "../../static/js/tag-form.js";
import { page } from "./browser.js";

const PASSAGE = { version: "3", start: 4, end: 9, exact: "Aktau" };

let form;

beforeEach(() => {
  form = page(`<form>
    <input name="csrfmiddlewaretoken" value="secret"><input name="key" value="k"><input name="q" value="Akt">
    <input name="version"><input name="start"><input name="end"><input name="exact"><input name="kind" value="place">
    <input name="revision" value="2"><input name="sure" type="checkbox">
    <details><textarea name="basis"></textarea></details>
  </form>`).firstElementChild;
});

test("a form is about the passage that it was given", () => {
  setPassage(form, PASSAGE);
  assert.deepEqual(passageOf(form), PASSAGE);
});

test("what was typed is neither the passage nor what the server gave along, but the revision", () => {
  setPassage(form, PASSAGE);
  assert.deepEqual(typedInto(form), [
    ["q", "Akt"],
    ["revision", "2"],
    ["basis", ""],
  ]);
});

test("the search, the key and the token are not sent", () => {
  const names = sentFrom(form).map(([name]) => name);
  assert.deepEqual(names, ["version", "start", "end", "exact", "kind", "revision", "basis"]);
});

test("a box is ticked, and a field that is not there is passed over", () => {
  setField(form, "sure", "on");
  setField(form, "nothing", "x");
  assert.ok(fieldOf(form, "sure").checked);
});

test("what is filled in is not hidden", () => {
  fillIn(form, [["basis", "A witness"]]);
  assert.equal(fieldOf(form, "basis").value, "A witness");
  assert.ok(form.querySelector("details").open);
});

test("what stays empty may stay hidden", () => {
  fillIn(form, [["basis", ""]]);
  assert.ok(!form.querySelector("details").open);
});

test("an address names the words of a passage unless they are many", () => {
  assert.equal(asQuery(PASSAGE), "version=3&start=4&end=9&exact=Aktau");
  assert.equal(asQuery({ ...PASSAGE, exact: "x".repeat(501) }), "version=3&start=4&end=9");
  assert.equal(asQuery(null), "");
});
