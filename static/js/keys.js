// Keys press what says, in `aria-keyshortcuts`, that they do: `a`, `Shift+A`, `Control+Z`. None works inside an input.

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.defaultPrevented || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const pressed = nameOf(event);
  for (const control of document.querySelectorAll("[aria-keyshortcuts]")) {
    if (control.getAttribute("aria-keyshortcuts").split(" ").includes(pressed)) {
      event.preventDefault();
      control.click();
      return;
    }
  }
});

/** A letter as `aria-keyshortcuts` has it: small by itself, large with a modifier. */
function nameOf(event) {
  const modifiers = [event.ctrlKey || event.metaKey ? "Control" : "", event.shiftKey ? "Shift" : ""].filter(Boolean);
  const key = event.key.length === 1 && modifiers.length ? event.key.toUpperCase() : event.key;
  return [...modifiers, key].join("+");
}
