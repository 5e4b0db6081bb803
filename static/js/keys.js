// @ts-check
// Keys press what says, in `aria-keyshortcuts`, that they do: `a`, `Shift+A`, `Control+Z`, `Alt+A`. None
// works inside an input. One more control, at the foot of each page, lists them. Those that are a single
// character can be switched off there, for who speaks to the computer or presses keys without meaning to.

import { around, find, findAll } from "./dom.js";
import { nameOf } from "./key-names.js";
import { listKeys, shortcuts } from "./keys-list.js";

const SWITCH = "single-keys"; // what the browser remembers: "off", or nothing

let gone = false; // a key that comes while the next page is on its way was meant for that

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.defaultPrevented || gone) return;
  if (around(event.target, "input, textarea, select, [contenteditable], dialog")) return;
  const pressed = nameOf(event);
  if (isOff() && !/Control|Alt/.test(pressed)) return;
  const meant = controls().filter((one) => shortcuts(one).includes(pressed));
  const control = meant.find((one) => one.closest("[role=toolbar]")) ?? meant[0]; // what is selected comes first
  if (!control) return;
  event.preventDefault();
  gone ||= control.matches("a[href]:not([href^='#'])");
  if (control.matches("input")) control.focus();
  else control.click();
});

addEventListener("submit", (event) => {
  const { method } = /** @type {HTMLFormElement} */ (event.target);
  gone ||= method === "post" && !event.defaultPrevented;
});
addEventListener("pageshow", () => {
  gone = false;
});

const [help] = findAll(document, ".keys-help");
if (help) {
  const dialog = find(document, "dialog.keys", HTMLDialogElement);
  const box = find(dialog, "[type=checkbox]", HTMLInputElement);
  help.hidden = false;
  help.addEventListener("click", () => listKeys(dialog));
  box.addEventListener("change", () => switchTo(box, box.checked));
  switchTo(box, !isOff());
}

function isOff() {
  return localStorage.getItem(SWITCH) === "off";
}

/**
 * @param {HTMLInputElement} box
 * @param {boolean} isOn
 */
function switchTo(box, isOn) {
  if (isOn) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
  document.documentElement.classList.toggle("no-single-keys", !isOn);
  box.checked = isOn;
}

function controls() {
  return findAll(document, "[aria-keyshortcuts]").filter((one) => one.checkVisibility());
}
