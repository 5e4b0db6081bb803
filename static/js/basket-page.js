// @ts-check
// The basket's own page: notes that save themselves, and an order that is changed by key or by dragging.
// Without this script the same buttons send the same form, notes included.

import { send } from "./basket.js";
import { keepNotes } from "./basket-notes.js";
import { around, byId, find, findAll } from "./dom.js";
import { letDrag } from "./dragging.js";

const LINES = "li[data-key]";

const [form] = findAll(document, "form.collected", HTMLFormElement);
if (form) start(form);

/** @param {HTMLFormElement} form */
function start(form) {
  const notes = keepNotes(form, tell);
  let moves = 0;
  find(form, "[name=save]").hidden = true;
  form.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (button?.name !== "up" && button?.name !== "down") return;
    event.preventDefault();
    const line = byId(`a-${button.value}`);
    const isUp = button.name === "up";
    const other = isUp ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (isUp) other.before(line);
    else other.after(line);
    button.focus();
    moved(line);
  });
  letDrag(form, LINES, moved);

  /**
   * Tell the server that a line stands where it does now.
   *
   * @param {HTMLElement} line
   */
  function moved(line) {
    const lines = findAll(form, LINES);
    lines.forEach(renumber);
    const next = line.nextElementSibling;
    const before = (next instanceof HTMLElement && next.dataset.key) || "";
    const { moved: words = "" } = form.dataset;
    const at = String(lines.indexOf(line) + 1);
    tell(words.replace("{n}", at).replace("{of}", String(lines.length)));
    moves += 1;
    const move = moves;
    send(() => ({ move: line.dataset.key ?? "", before })).then(
      ({ keys }) => {
        if (move !== moves || notes.isWaiting || around(document.activeElement, "textarea")) return;
        const shown = findAll(form, LINES).map((one) => one.dataset.key);
        if (keys.join() !== shown.join()) location.reload(); // another window has changed it too
      },
      () => tell(form.dataset.notSaved ?? ""),
    );
  }

  /** @param {string} words */
  function tell(words) {
    find(form, ".basket-status").textContent = words;
  }
}

/**
 * @param {HTMLElement} line
 * @param {number} at
 * @param {HTMLElement[]} lines
 */
function renumber(line, at, lines) {
  const number = String(at + 1);
  const [up, down] = findAll(line, ".order button");
  for (const button of [up, down]) {
    button.ariaLabel = button.ariaLabel?.replace(/\d+/, number) ?? null;
  }
  for (const words of findAll(line, ":is(label, button) .unseen")) {
    words.textContent = words.textContent?.replace(/\d+/, number) ?? "";
  }
  up.ariaDisabled = at === 0 ? "true" : null;
  down.ariaDisabled = at === lines.length - 1 ? "true" : null;
}
