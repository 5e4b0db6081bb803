import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./browser.js";
import { Drafts } from "../../static/js/drafts.js";

let drafts;

beforeEach(() => {
  localStorage.clear();
  drafts = new Drafts("1", "/articles/a/annotate/");
});

test("what was typed is there again after a reload, and its form is open", () => {
  drafts.keep("place:1:0-5", [["name", "Aktau"]], { kind: "place" });
  const later = new Drafts("1", "/articles/a/annotate/");
  assert.deepEqual(later.get("place:1:0-5"), [["name", "Aktau"]]);
  assert.deepEqual(later.open.what, { kind: "place" });
});

test("one form is open at a time", () => {
  drafts.keep("a", [], null);
  drafts.keep("b", [], null);
  assert.equal(drafts.open.id, "b");
});

test("what was typed stays when its form is closed", () => {
  drafts.keep("a", [["name", "Aktau"]], null);
  drafts.close();
  assert.equal(drafts.open, null);
  assert.deepEqual(drafts.get("a"), [["name", "Aktau"]]);
});

test("what was typed goes along to the form that takes the place of another", () => {
  drafts.keep("a", [["name", "Aktau"]], null);
  drafts.rename("a", "b", { pk: "1" });
  assert.equal(drafts.get("a"), null);
  assert.deepEqual(drafts.get("b"), [["name", "Aktau"]]);
});

test("drafts of another person and of another article are their own", () => {
  drafts.keep("a", [], null);
  assert.equal(new Drafts("2", "/articles/a/annotate/").open, null);
  assert.equal(new Drafts("1", "/articles/b/annotate/").open, null);
});

test("the oldest go when there are too many", () => {
  for (let n = 0; n <= 30; n += 1) drafts.keep(`${n}`, [], null);
  assert.equal(drafts.get("0"), null);
  assert.deepEqual(drafts.get("1"), []);
});
