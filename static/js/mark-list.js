// @ts-check
// The list of marks, by place in the text as the server wrote it or, of the same lines, by who or what is
// meant.

import { find, findAll } from "./dom.js";

/** Whether the window is so narrow that the desk stands in one column. */
export const NARROW = matchMedia("(max-width: 62.49rem)");
const CHOSEN = "desk-list"; // what the browser remembers: "name", or nothing

/**
 * @typedef {object} Group
 * @property {string} name
 * @property {string} kind
 * @property {HTMLElement[]} lines
 */

export class MarkList {
  /** @type {HTMLElement} */
  #places;
  /** @type {HTMLElement} */
  #names;
  /** @type {HTMLButtonElement[]} */
  #buttons;

  /** @param {HTMLElement} aside */
  constructor(aside) {
    this.#places = find(aside, "#groups");
    this.#names = find(aside, "#by-name");
    this.#buttons = findAll(aside, ".list-order button", HTMLButtonElement);
    for (const button of this.#buttons) {
      button.addEventListener("click", () => this.#choose(button.value));
    }
    if (NARROW.matches) find(aside, "details", HTMLDetailsElement).open = false; // there the text comes first
    this.#show();
  }

  /** The marks have changed. */
  refresh() {
    if (this.#isByName) this.#names.replaceChildren(...this.#sections());
  }

  get #isByName() {
    return localStorage.getItem(CHOSEN) === "name";
  }

  /** @param {string} order */
  #choose(order) {
    if (order === "name") localStorage.setItem(CHOSEN, order);
    else localStorage.removeItem(CHOSEN);
    this.#show();
  }

  #show() {
    const isByName = this.#isByName;
    this.#places.hidden = isByName;
    this.#names.hidden = !isByName;
    for (const one of this.#buttons) {
      one.setAttribute("aria-pressed", String((one.value === "name") === isByName));
    }
    this.refresh();
  }

  #sections() {
    return grouped(findAll(this.#places, "[data-mark]"), this.#names.dataset).map(section);
  }
}

/**
 * Lines of the list by who or what is meant: in the order of the kinds, then by name.
 *
 * @param {HTMLElement[]} lines
 * @param {DOMStringMap} headings what each kind is called
 * @returns {Group[]}
 */
export function grouped(lines, headings) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const line of lines) {
    const { entity, name, kind = "" } = line.dataset;
    const key = entity ?? kind;
    const group = groups.get(key) ?? { name: name ?? headings[kind] ?? "", kind, lines: [] };
    group.lines.push(line);
    groups.set(key, group);
  }
  const kinds = Object.keys(headings);
  const byKind = (/** @type {Group} */ one, /** @type {Group} */ other) =>
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || one.name.localeCompare(other.name);
  return [...groups.values()].sort(byKind);
}

/** @param {Group} group */
function section({ name, kind, lines }) {
  const made = document.createElement("section");
  const heading = document.createElement("h2");
  const label = document.createElement("span");
  const count = document.createElement("span");
  const list = document.createElement("ol");
  label.className = `mark-name ${kind}`;
  label.textContent = name;
  count.className = "count";
  count.textContent = String(lines.length);
  heading.append(label, " ", count);
  list.className = "group";
  list.append(...lines.map((line) => line.cloneNode(true)));
  for (const line of list.children) line.removeAttribute("id");
  made.append(heading, list);
  return made;
}
