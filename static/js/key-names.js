// What keys are called, whatever the keyboard.

/**
 * A key as `aria-keyshortcuts` has it: a letter small by itself and large with a modifier. Where the layout has no Latin
 * letters, brackets or plain digits, the place of the key counts.
 */
export function nameOf(event) {
  const key = plainKey(event);
  const isLetter = /^[a-z]$/i.test(key);
  const shift = event.shiftKey && (isLetter || key.length > 1 || "[]".includes(key)); // of "?" Shift is a part
  const isTyped = event.getModifierState("AltGraph"); // a layout may have "[" there
  const control = (event.ctrlKey && !isTyped) || event.metaKey;
  const alt = event.altKey && !isTyped;
  const modifiers = [control && "Control", alt && "Alt", shift && "Shift"].filter(Boolean);
  if (!isLetter) return [...modifiers, key].join("+");
  return [...modifiers, modifiers.length ? key.toUpperCase() : key.toLowerCase()].join("+");
}

function plainKey({ key, code, altKey, shiftKey }) {
  if (key === "{" || key === "}") return key === "{" ? "[" : "]";
  if (key.length !== 1) return key;
  const isForeign = key > "~" || altKey;
  if (isForeign && code.startsWith("Key")) return code.slice(3);
  if (isForeign && code.startsWith("Bracket")) return code === "BracketLeft" ? "[" : "]";
  if (!shiftKey && code.startsWith("Digit")) return code.slice(5);
  return key;
}
