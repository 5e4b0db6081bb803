import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Outbox } from "../../static/js/outbox.js";
import { settle } from "./browser.js";

const CHANGE = { page: "/a/", address: "/a/tag/", fields: [["name", "Aktau"]], label: "Place" };
const DONE = '<p id="said">Tagged.</p>';

let answers; // what the server will answer: [status, html], or an error
let asked; // what it was asked

beforeEach(() => {
  localStorage.clear();
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = [];
  asked = [];
  globalThis.fetch = async (address, { body }) => {
    asked.push({ address, fields: Object.fromEntries(body) });
    const answer = answers.shift() ?? [200, DONE];
    if (answer instanceof Error) throw answer;
    const [status, html, redirected = false] = answer;
    return { status, ok: status < 400, redirected, text: async () => html };
  };
});

afterEach(() => mock.timers.reset());

/** Resolve when everything that was begun has gone as far as it goes without the clock. */
async function still() {
  mock.timers.reset();
  await settle();
  mock.timers.enable({ apis: ["setTimeout"] });
}

async function sent(...said) {
  answers = said;
  const outbox = new Outbox("7", () => ({ shown: "1:abc" }));
  const heard = [];
  for (const type of ["done", "refused", "failed"]) {
    outbox.addEventListener(type, ({ detail }) => heard.push([type, detail.html]));
  }
  outbox.add(CHANGE);
  await still();
  return { outbox, heard };
}

test("a change is sent with its key and what goes along, and is gone when it is done", async () => {
  const { outbox, heard } = await sent([200, DONE]);
  const [{ address, fields }] = asked;
  assert.equal(address, "/a/tag/");
  assert.match(fields.key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual({ ...fields, key: "" }, { name: "Aktau", key: "", shown: "1:abc" });
  assert.deepEqual(heard, [["done", DONE]]);
  assert.deepEqual(outbox.items, []);
});

test("a change stays where the server cannot be reached", async () => {
  const { outbox, heard } = await sent(new TypeError("no network"));
  assert.equal(outbox.state, "offline");
  assert.equal(outbox.waiting.length, 1);
  assert.deepEqual(heard, []);
});

test("an answer that does not come from the archive is none", async () => {
  const { outbox } = await sent([200, "<h1>Pay for the airport's network</h1>"]);
  assert.equal(outbox.state, "offline");
  assert.equal(outbox.waiting.length, 1);
});

test("a proxy without a server behind it is as good as no network", async () => {
  const { outbox } = await sent([503, "Unavailable"]);
  assert.equal(outbox.state, "offline");
});

test("it is sent again with the same key", async () => {
  const { outbox } = await sent(new TypeError("no network"));
  await outbox.send();
  assert.equal(asked.length, 2);
  assert.equal(asked[0].fields.key, asked[1].fields.key);
  assert.deepEqual(outbox.items, []);
});

test("who is signed out keeps everything", async () => {
  const { outbox } = await sent([403, "Sign in"]);
  assert.equal(outbox.state, "signed-out");
  assert.equal(outbox.waiting.length, 1);
});

test("what the server refuses waits for its author and not for the server", async () => {
  const { outbox, heard } = await sent([400, "<p>Which one?</p>"]);
  assert.deepEqual(heard, [["refused", "<p>Which one?</p>"]]);
  assert.equal(outbox.items.length, 1);
  assert.deepEqual(outbox.waiting, []);
});

test("what was refused can be tried again", async () => {
  const { outbox } = await sent([400, "No."]);
  outbox.retry(outbox.items[0]);
  await still();
  assert.deepEqual(outbox.items, []);
});

test("others go past a change at which the server fails", async () => {
  const { outbox, heard } = await sent([500, "Error"], [200, DONE]);
  assert.deepEqual(heard, [["failed", undefined]]);
  assert.equal(outbox.isUnderWay, false);
  answers = [
    [500, "Error"],
    [200, DONE],
  ];
  outbox.add({ ...CHANGE, label: "Another" });
  await still();
  assert.deepEqual(
    outbox.items.map((item) => item.label),
    ["Place"],
  );
  assert.equal(heard.length, 2); // "failed" is said once, then "done"
});

test("what is discarded is not sent", async () => {
  const { outbox } = await sent(new TypeError("no network"));
  outbox.discard(outbox.items[0]);
  await outbox.send();
  assert.equal(asked.length, 1);
});

test("changes of another person are not seen", async () => {
  await sent(new TypeError("no network"));
  assert.deepEqual(new Outbox("8", () => ({})).items, []);
});
