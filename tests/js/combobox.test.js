import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { combobox } from "../../static/js/combobox.js";
import { page, press } from "./browser.js";

const OPTION = (value, name) =>
  `<li role="option" id="option-${value}" data-value="${value}" data-name="${name}">${name}</li>`;

let box; // the input
let list;
let chosen; // what was taken, by value
let asked; // how often the server was asked

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  page(`<form><div>
    <input role="combobox" aria-controls="list" aria-expanded="false" hx-get="/entities/options/?kind=person">
    <p role="status" data-one="1 proposal" data-many="{count} proposals"></p>
    <ul id="list" role="listbox">${OPTION(1, "Aset Omarov")}${OPTION(2, "Dina Serik")}${OPTION("new", "Omar")}</ul>
  </div></form>`);
  box = document.querySelector("input");
  list = document.getElementById("list");
  chosen = [];
  asked = 0;
  window.htmx = { trigger: () => (asked += 1) };
  box.focus();
  combobox(
    box,
    (option) => chosen.push(option.dataset.value),
    (typed) => {
      const made = document.createElement("template");
      made.innerHTML = OPTION("new", typed);
      return [made.content.firstElementChild];
    },
  );
});

afterEach(() => mock.timers.reset());

function active() {
  return list.querySelector("[aria-selected=true]")?.dataset.name;
}

function type(words) {
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function arrive(html) {
  list.innerHTML = html;
  list.dispatchEvent(new Event("htmx:afterSwap"));
}

test("the first proposal is active at once, and their number is told without the new one", () => {
  assert.equal(active(), "Aset Omarov");
  assert.equal(box.getAttribute("aria-expanded"), "true");
  assert.equal(document.querySelector("[role=status]").textContent, "2 proposals");
});

test("arrows go round the list", () => {
  press(box, "ArrowDown");
  assert.equal(active(), "Dina Serik");
  press(box, "ArrowUp");
  press(box, "ArrowUp");
  assert.equal(active(), "Omar");
  press(box, "ArrowDown");
  assert.equal(active(), "Aset Omarov");
});

test("Enter takes the one that is active", () => {
  press(box, "ArrowDown");
  const event = press(box, "Enter");
  assert.deepEqual(chosen, ["2"]);
  assert.equal(box.value, "Dina Serik");
  assert.equal(box.getAttribute("aria-expanded"), "false");
  assert.ok(event.defaultPrevented);
});

test("Control and Enter is for the form", () => {
  const event = press(box, "Enter", { ctrlKey: true });
  assert.deepEqual(chosen, []);
  assert.ok(!event.defaultPrevented);
});

test("what is typed lets go of the proposals until new ones are there", () => {
  type("Ser");
  assert.equal(active(), undefined);
  mock.timers.tick(120);
  assert.equal(asked, 1);
  arrive(OPTION(2, "Dina Serik"));
  assert.equal(active(), "Dina Serik");
});

test("Enter that comes before the proposals takes the first of them", () => {
  type("Ser");
  press(box, "Enter");
  assert.deepEqual(chosen, []);
  mock.timers.tick(120);
  arrive(OPTION(2, "Dina Serik"));
  assert.deepEqual(chosen, ["2"]);
});

test("the arrow up before them makes the last of them active", () => {
  type("Ser");
  press(box, "ArrowUp");
  mock.timers.tick(120);
  arrive(OPTION(2, "Dina Serik") + OPTION("new", "Ser"));
  assert.equal(active(), "Ser");
});

test("an answer to an earlier question is not swapped in", () => {
  type("Ser");
  mock.timers.tick(120);
  type("Seri");
  const xhr = { responseURL: "https://archive.example/entities/options/?q=Ser" };
  const event = new CustomEvent("htmx:beforeSwap", { detail: { xhr, isError: false } });
  list.dispatchEvent(event);
  assert.equal(event.detail.shouldSwap, false);
});

test("where the server cannot be asked, those of this page are proposed", () => {
  type("Nobody");
  mock.timers.tick(120);
  box.dispatchEvent(new Event("htmx:sendError"));
  assert.equal(active(), "Nobody");
});

test("Escape closes the list first, and then is for the form", () => {
  assert.ok(press(box, "Escape").defaultPrevented);
  assert.equal(box.getAttribute("aria-expanded"), "false");
  assert.ok(!press(box, "Escape").defaultPrevented);
});

test("keys that compose a letter do nothing", () => {
  press(box, "Enter", { isComposing: true });
  assert.deepEqual(chosen, []);
});
