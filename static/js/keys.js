// Keys press what says, in `aria-keyshortcuts`, that they do: `a`, `Shift+A`, `Control+Z`. None works inside an input.
// One more page control, at its foot, lists them.

const NAMES = { Control: "Ctrl", Shift: "⇧" };

let gone = false; // a key that comes while the next page is on its way was meant for that

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.repeat || event.defaultPrevented || gone) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const pressed = nameOf(event);
  const control = controls().find((one) => shortcuts(one).includes(pressed));
  if (!control) return;
  event.preventDefault();
  gone ||= control.matches("a[href]");
  if (control.matches("input")) control.focus();
  else control.click();
});

document.addEventListener("submit", (event) => (gone ||= event.target.method === "post"));
addEventListener("pageshow", () => (gone = false));

const help = document.querySelector(".keys-help");
if (help) {
  help.hidden = false;
  help.addEventListener("click", () => list(document.querySelector("dialog.keys")));
}

function list(dialog) {
  const rows = document.createElement("dl");
  rows.append(...controls().map((one) => row(shortcuts(one)[0], labelOf(one))));
  dialog.querySelector("dl")?.remove();
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

/** What a control is called, without the key that stands on it. */
function labelOf(control) {
  const named = (control.labels?.[0] ?? control).cloneNode(true);
  for (const key of named.querySelectorAll("kbd")) key.remove();
  return named.textContent.trim();
}

/** A letter as `aria-keyshortcuts` has it: small by itself, large with a modifier; on a Cyrillic layout too. */
function nameOf(event) {
  const latin = event.key.length === 1 && event.key > "~" && event.code.startsWith("Key");
  const key = latin ? event.code.slice(3) : event.key;
  const isLetter = /^[a-z]$/i.test(key);
  const shift = event.shiftKey && (isLetter || key.length > 1); // of "?" Shift is a part
  const modifiers = [event.ctrlKey || event.metaKey ? "Control" : "", shift ? "Shift" : ""].filter(Boolean);
  if (isLetter) return [...modifiers, modifiers.length ? key.toUpperCase() : key.toLowerCase()].join("+");
  return [...modifiers, key].join("+");
}
