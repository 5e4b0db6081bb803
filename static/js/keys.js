// Keys press what says, in `aria-keyshortcuts`, that they do: `a`, `Shift+A`, `Control+Z`, `Alt+A`. None works inside an
// input. One more control, at the foot of each page, lists them. Those that are a single character can be switched off
// there, for who speaks to the computer or presses keys without meaning to.

import { nameOf } from "./key-names.js";

const NAMES = { Control: "Ctrl", Shift: "⇧" };
const SWITCH = "single-keys"; // what the browser remembers: "off", or nothing

let gone = false; // a key that comes while the next page is on its way was meant for that

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.defaultPrevented || gone) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
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

addEventListener("submit", (event) => (gone ||= event.target.method === "post" && !event.defaultPrevented));
addEventListener("pageshow", () => (gone = false));

const help = document.querySelector(".keys-help");
if (help) {
  help.hidden = false;
  help.addEventListener("click", () => list(document.querySelector("dialog.keys")));
  const box = document.querySelector("dialog.keys [type=checkbox]");
  box.addEventListener("change", () => switchTo(box.checked));
  switchTo(!isOff());
}

function isOff() {
  return localStorage.getItem(SWITCH) === "off";
}

function switchTo(isOn) {
  if (isOn) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
  document.documentElement.classList.toggle("no-single-keys", !isOn);
  document.querySelector("dialog.keys [type=checkbox]").checked = isOn;
}

/** List the keys that work now, and those of toolbars that show when there is something for them. */
function list(dialog) {
  const rows = document.createElement("dl");
  const listed = [...document.querySelectorAll("[aria-keyshortcuts]")].filter(
    (one) => one.checkVisibility() || one.closest("[role=toolbar]"),
  );
  rows.className = "here";
  rows.append(...listed.map((one) => row(shortcuts(one)[0], labelOf(one))));
  dialog.querySelector(".here")?.remove();
  dialog.querySelector(".heading").after(rows);
  dialog.showModal();
}

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

function controls() {
  return [...document.querySelectorAll("[aria-keyshortcuts]")].filter((one) => one.checkVisibility());
}

function shortcuts(control) {
  return control.getAttribute("aria-keyshortcuts").split(" ");
}

/** What a control is called, without the key that stands on it; of a kind to tag with, what is done with it too. */
function labelOf(control) {
  if (control.ariaLabel) return control.ariaLabel;
  const named = (control.labels?.[0] ?? control).cloneNode(true);
  for (const key of named.querySelectorAll("kbd")) key.remove();
  const label = named.textContent.trim();
  const { keysSay } = control.closest("[data-keys-say]")?.dataset ?? {};
  return keysSay ? keysSay.replace("{kind}", label) : label;
}
