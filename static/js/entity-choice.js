// @ts-check
// Who or what place a passage is about: the box in the form of the desk, and what choosing in it does.

import { combobox } from "./combobox.js";
import { find, findAll } from "./dom.js";
import { fieldOf, option } from "./tag-form.js";

/**
 * The box in which an entity is looked for; null in forms that have none.
 *
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement | null}
 */
export function entityBox(form) {
  return form.querySelector("[role=combobox]");
}

/**
 * Begin the form of a new passage with its words as the name; nobody is chosen yet.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} box
 * @param {string} words
 */
export function begin(form, box, words) {
  box.value = words.replace(/\s+/g, " ").slice(0, box.maxLength);
  fieldOf(form, "name").value = box.value;
  fieldOf(form, "entity").value = "";
}

/**
 * Show the fields of somebody new, if that is who is chosen.
 *
 * @param {HTMLFormElement} form
 */
export function showNewEntity(form) {
  find(form, ".new-entity").hidden = fieldOf(form, "entity").value !== "new";
}

/**
 * Let the box propose, and the form take what is chosen.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} box
 * @param {string} create how to say that a new entity is made, with `{name}` in it
 */
export function offerEntities(form, box, create) {
  const known = (/** @type {string} */ typed) => knownHere(form.dataset.kind ?? "", typed, create);
  combobox(box, (chosen) => choose(form, chosen), known);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} chosen
 */
function choose(form, chosen) {
  const { value = "", name = "" } = chosen.dataset;
  fieldOf(form, "entity").value = value;
  showNewEntity(form);
  if (value !== "new") return form.requestSubmit();
  fieldOf(form, "name").value = name;
  fieldOf(form, "description").focus();
}

/**
 * Options for when the server cannot be asked: who is marked in this article, and somebody new.
 *
 * @param {string} kind
 * @param {string} typed
 * @param {string} create
 */
function knownHere(kind, typed, create) {
  const found = new Map();
  for (const line of findAll(document, `#groups li.${kind}[data-entity]`)) {
    const { name = "", entity } = line.dataset;
    if (name.toLowerCase().includes(typed.toLowerCase())) found.set(entity, name);
  }
  const options = [...found].map(([value, name]) => option(value, name, name));
  if (typed) options.push(option("new", typed, create.replace("{name}", typed)));
  return options;
}
