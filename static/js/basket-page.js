// The basket's own page: notes that save themselves, and an order that is changed by key or by dragging.
// Without this script the same buttons send the same form, notes included.

import { post, send, settled } from "./basket.js";

const WAIT = 800; // milliseconds after the last key

const form = document.querySelector("form.collected");
let moves = 0;
if (form) start(form);

function start() {
  form.querySelector("[name=save]").hidden = true;
  form.addEventListener("submit", (event) => {
    const { name, value } = event.submitter ?? {};
    if (name !== "up" && name !== "down") return;
    event.preventDefault();
    const line = document.getElementById(`a-${value}`);
    const other = name === "up" ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (name === "up") other.before(line);
    else other.after(line);
    event.submitter.focus();
    moved(line);
  });
  keepNotes();
  letDrag();
}

/** Tell the server that a line stands where it does now. */
function moved(line) {
  const lines = [...form.querySelectorAll("li[data-key]")];
  lines.forEach(renumber);
  const before = line.nextElementSibling?.dataset.key ?? "";
  const { moved: words } = form.dataset;
  tell(words.replace("{n}", lines.indexOf(line) + 1).replace("{of}", lines.length));
  const move = ++moves;
  send(() => ({ move: line.dataset.key, before })).then(({ keys }) => {
    if (move !== moves || waiting.size || document.activeElement.matches("textarea")) return;
    const shown = [...form.querySelectorAll("li[data-key]")].map((one) => one.dataset.key);
    if (keys.join() !== shown.join()) location.reload(); // another window has changed it too
  }, notSaved);
}

function renumber(line, at, lines) {
  const [up, down] = line.querySelectorAll(".order button");
  for (const button of [up, down]) button.ariaLabel = button.ariaLabel.replace(/\d+/, at + 1);
  for (const words of line.querySelectorAll(":is(label, button) .unseen")) {
    words.textContent = words.textContent.replace(/\d+/, at + 1);
  }
  up.ariaDisabled = at === 0 ? "true" : null;
  down.ariaDisabled = at === lines.length - 1 ? "true" : null;
}

const waiting = new Map(); // fields that were typed in since they were saved, with the timers that will save them

function keepNotes() {
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => save(target), WAIT));
  });
  form.addEventListener("focusout", ({ target }) => waiting.has(target) && save(target));
  addEventListener("online", saveAll);
  addEventListener("pagehide", () => [...waiting.keys()].forEach(({ name, value }) => post({ [name]: value }, true)));
  for (const link of document.querySelectorAll(".exports a")) link.addEventListener("click", exportWhenSaved);
}

/** Save a field; where that fails it waits for the next try. */
async function save(field) {
  clearTimeout(waiting.get(field));
  waiting.delete(field);
  try {
    const { stamps } = await send(() => ({ [field.name]: field.value }));
    const [, key] = field.name.split(" ");
    if (stamps[key]) field.name = `note ${key} ${stamps[key]}`; // else it was taken out in another window
    const time = new Date().toLocaleTimeString([], { timeStyle: "short" });
    tell(form.dataset.saved.replace("{time}", time));
  } catch {
    waiting.set(field, 0);
    notSaved();
  }
}

function saveAll() {
  return Promise.all([...waiting.keys()].map(save));
}

/** An export holds what stands in the fields: first all of it is saved. */
async function exportWhenSaved(event) {
  event.preventDefault();
  const { href } = event.currentTarget;
  await saveAll();
  await settled();
  if (!waiting.size) location.assign(href);
}

function letDrag() {
  let dragged = null;
  for (const handle of form.querySelectorAll(".handle")) {
    handle.hidden = false;
    handle.draggable = true;
  }
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("li[data-key]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("dragged");
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("li[data-key]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  });
  form.addEventListener("drop", (event) => dragged && event.preventDefault());
  form.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    moved(dragged);
    dragged = null;
  });
}

function notSaved() {
  tell(form.dataset.notSaved);
}

function tell(words) {
  form.querySelector(".basket-status").textContent = words;
}
