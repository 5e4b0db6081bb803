// @ts-check
// The list of a combobox: open or not, and one of its options active.

import { findAll } from "./dom.js";

export class Listbox {
  /** @type {HTMLInputElement} */
  #input;
  /** @type {HTMLElement} */
  #list;

  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   */
  constructor(input, list) {
    this.#input = input;
    this.#list = list;
  }

  get options() {
    return findAll(this.#list, "[role=option]");
  }

  /** The option that Enter takes; null if none is active. */
  get active() {
    const id = this.#input.getAttribute("aria-activedescendant");
    return id ? document.getElementById(id) : null;
  }

  get isOpen() {
    return this.#input.getAttribute("aria-expanded") === "true";
  }

  /**
   * Open the list, if there is something in it and the box has the focus.
   *
   * @param {HTMLElement} [option] the one that is to be active
   */
  show(option = this.options[0]) {
    if (!option || document.activeElement !== this.#input) return this.close();
    this.#setOpen(true);
    this.activate(option);
  }

  close() {
    this.#setOpen(false);
    this.activate(null);
  }

  /** @param {HTMLElement | null | undefined} option */
  activate(option) {
    for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} isToBe */
  #setOpen(isToBe) {
    this.#list.hidden = !isToBe;
    this.#input.setAttribute("aria-expanded", String(isToBe));
  }
}
