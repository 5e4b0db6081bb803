// @ts-check
// The fields of a form with which a passage is tagged.

/** @import { Fields, Passage } from "./types.d.ts" */

import { findAll } from "./dom.js";

/** @type {(keyof Passage)[]} */
const PASSAGE = ["version", "start", "end", "exact"];
const NOT_TYPED = new Set([...PASSAGE, "key", "csrfmiddlewaretoken", "kind"]);
const NOT_SENT = new Set(["csrfmiddlewaretoken", "key", "q"]);

/**
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field
 */

/**
 * A field of a form by its name. Throws where it has none.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {Field}
 */
export function fieldOf(form, name) {
  const field = form.elements.namedItem(name);
  if (!field || field instanceof RadioNodeList) throw new Error(`This form has no field ${name}.`);
  return /** @type {Field} */ (field);
}

/**
 * The passage that a form is about.
 *
 * @param {HTMLFormElement} form
 * @returns {Passage}
 */
export function passageOf(form) {
  const [version, start, end, exact] = PASSAGE.map((name) => fieldOf(form, name).value);
  return { version, start: Number(start), end: Number(end), exact };
}

/**
 * Let a form be about a passage.
 *
 * @param {HTMLFormElement} form
 * @param {Passage} passage
 */
export function setPassage(form, passage) {
  for (const name of PASSAGE) fieldOf(form, name).value = String(passage[name]);
}

/**
 * What stands in the fields, and the revision that it is about: if that is not the last, saving shows
 * both versions.
 *
 * @param {HTMLFormElement} form
 * @returns {Fields}
 */
export function typedInto(form) {
  return [...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name));
}

/**
 * What is sent of a form.
 *
 * @param {HTMLFormElement} form
 * @returns {Fields}
 */
export function sentFrom(form) {
  return [...new FormData(form)].filter(([name]) => !NOT_SENT.has(name));
}

/**
 * Fill in a field, if the form has it.
 *
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {FormDataEntryValue} value
 */
export function setField(form, name, value) {
  const field = form.elements.namedItem(name);
  if (!field || field instanceof RadioNodeList) return;
  const input = /** @type {HTMLInputElement} */ (field);
  if (input.type === "checkbox") input.checked = true;
  else input.value = String(value);
}

/**
 * Fill in what was typed before, and open the parts of the form in which something stands.
 *
 * @param {HTMLFormElement} form
 * @param {Fields} values
 */
export function fillIn(form, values) {
  for (const [name, value] of values) {
    setField(form, name, value);
    const field = form.elements.namedItem(name);
    if (value && field instanceof Element) field.closest("details")?.setAttribute("open", "");
  }
}

/**
 * The first field that somebody fills in.
 *
 * @param {HTMLFormElement} form
 * @returns {HTMLElement}
 */
export function firstField(form) {
  return findAll(form, ".field :is(input, select, textarea)")[0];
}

/**
 * A proposal for the entity box, like those of `_entity_options.html`.
 *
 * @param {string} value
 * @param {string} name
 * @param {string} words
 * @returns {HTMLElement}
 */
export function option(value, name, words) {
  const made = document.createElement("li");
  made.role = "option";
  made.id = `option-${value}`;
  Object.assign(made.dataset, { value, name });
  made.textContent = words;
  return made;
}
