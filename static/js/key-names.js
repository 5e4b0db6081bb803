// @ts-check
// What keys are called, whatever the keyboard.

/**
 * A key as `aria-keyshortcuts` has it: a letter small by itself and large with a modifier. Where the
 * layout has no Latin letters, brackets or plain digits, the place of the key counts.
 *
 * @param {KeyboardEvent} event
 * @returns {string}
 */
export function nameOf(event) {
  const key = plainKey(event);
  const isLetter = /^[a-z]$/i.test(key);
  const hasShiftOfItsOwn = isLetter || key.length > 1 || "[]".includes(key); // of "?" Shift is a part
  const isTyped = event.getModifierState("AltGraph"); // a layout may have "[" there
  const modifiers = [];
  if ((event.ctrlKey && !isTyped) || event.metaKey) modifiers.push("Control");
  if (event.altKey && !isTyped) modifiers.push("Alt");
  if (event.shiftKey && hasShiftOfItsOwn) modifiers.push("Shift");
  if (!isLetter) return [...modifiers, key].join("+");
  return [...modifiers, modifiers.length ? key.toUpperCase() : key.toLowerCase()].join("+");
}

/** @param {KeyboardEvent} event */
function plainKey({ key, code, altKey, shiftKey }) {
  if (key === "{" || key === "}") return key === "{" ? "[" : "]";
  if (key.length !== 1) return key;
  const isForeign = key > "~" || altKey;
  if (isForeign && code.startsWith("Key")) return code.slice(3);
  if (isForeign && code.startsWith("Bracket")) return code === "BracketLeft" ? "[" : "]";
  if (!shiftKey && code.startsWith("Digit")) return code.slice(5);
  return key;
}
