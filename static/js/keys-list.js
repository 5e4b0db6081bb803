// @ts-check
// The dialog that lists the keys of a page, read from its controls.

import { find, findAll } from "./dom.js";

/** @type {Record<string, string>} */
const NAMES = { Control: "Ctrl", Shift: "⇧" };

/**
 * The keys that press a control.
 *
 * @param {Element} control
 * @returns {string[]}
 */
export function shortcuts(control) {
  return (control.getAttribute("aria-keyshortcuts") ?? "").split(" ");
}

/**
 * List the keys that work now, and those of toolbars that show when there is something for them.
 *
 * @param {HTMLDialogElement} dialog
 */
export function listKeys(dialog) {
  const rows = document.createElement("dl");
  const listed = findAll(document, "[aria-keyshortcuts]").filter(
    (one) => one.checkVisibility() || one.closest("[role=toolbar]"),
  );
  rows.className = "here";
  rows.append(...listed.map((one) => row(shortcuts(one)[0], labelOf(one))));
  dialog.querySelector(".here")?.remove();
  find(dialog, ".heading").after(rows);
  dialog.showModal();
}

/**
 * What a control is called, without the key that stands on it; of a kind to tag with, what is done with
 * it too.
 *
 * @param {HTMLElement} control
 * @returns {string}
 */
export function labelOf(control) {
  if (control.ariaLabel) return control.ariaLabel;
  const label = control instanceof HTMLInputElement ? control.labels?.[0] : null;
  const named = /** @type {HTMLElement} */ ((label ?? control).cloneNode(true));
  for (const key of findAll(named, "kbd")) key.remove();
  const words = named.textContent?.trim() ?? "";
  const toolbar = control.closest("[data-keys-say]");
  const says = toolbar instanceof HTMLElement ? toolbar.dataset.keysSay : "";
  return says ? says.replace("{kind}", words) : words;
}

/**
 * @param {string} shortcut
 * @param {string} label
 */
function row(shortcut, label) {
  const line = document.createElement("div");
  const keys = document.createElement("dt");
  const what = document.createElement("dd");
  for (const name of shortcut.split("+")) {
    const key = document.createElement("kbd");
    key.textContent = NAMES[name] ?? name;
    keys.append(key);
  }
  what.textContent = label;
  line.append(keys, what);
  return line;
}
