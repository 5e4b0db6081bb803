// @ts-check
// The entity box: an editable combobox with a list, as the ARIA Authoring Practices describe it. The server
// gives the proposals (see `_entity_options.html`); the first is active at once, so that Enter takes it.
// Whatever is typed lets go of it until the new ones are there: nobody takes a proposal for something else
// than what stands in the box.

import { around, byId, find } from "./dom.js";
import { Listbox } from "./listbox.js";

const PAUSE = 120; // milliseconds after a keystroke
const COMPOSING = 229; // the key code that some browsers give to the Enter that ends a composition

/**
 * Bring a box to life.
 *
 * @param {HTMLInputElement} input
 * @param {(option: HTMLElement) => void} choose is called when somebody takes a proposal
 * @param {(typed: string) => HTMLElement[]} known gives options for when the server cannot be asked; they are like
 *   those of `_entity_options.html`
 */
export function combobox(input, choose, known) {
  const list = byId(input.getAttribute("aria-controls") ?? "");
  const count = find(/** @type {Element} */ (input.parentElement), "[role=status]");
  const address = new URL(input.getAttribute("hx-get") ?? "", location.href).pathname;
  const box = new Listbox(input, list);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {string | null} */
  let asked = null; // what the proposals are wanted for, until they are there
  /** @type {string | null} */
  let requested = null; // what the last request was for
  let isPressing = false; // a button is held down somewhere in the form
  let start = 0; // which proposal is active when they come: the first, or the last
  let isTaken = false; // Enter came before them

  /** Close the list after the click that took the focus away: what is below must not move from under it. */
  function closeSoon() {
    setTimeout(() => document.activeElement === input || box.close());
  }

  function released() {
    isPressing = false;
    closeSoon();
  }

  function arrived() {
    if (asked === null) return;
    const option = box.options.at(start);
    const isToBeTaken = isTaken;
    forget();
    tell();
    box.show(option);
    if (isToBeTaken) take(option);
  }

  function tell() {
    const proposals = box.options.filter((one) => one.dataset.value !== "new").length;
    const { one = "", many = "" } = count.dataset;
    count.textContent = proposals === 1 ? one : many.replace("{count}", String(proposals));
  }

  function ask() {
    asked = requested = input.value;
    window.htmx.trigger(input, "search");
  }

  function failed() {
    if (asked === null || requested !== asked) return;
    list.replaceChildren(...known(input.value));
    arrived();
  }

  function forget() {
    clearTimeout(timer);
    asked = null;
    start = 0;
    isTaken = false;
  }

  /** @param {HTMLElement | null | undefined} option */
  function take(option) {
    if (!option) return;
    forget();
    input.value = option.dataset.name ?? "";
    box.close();
    choose(option);
  }

  /**
   * Swap in what the server proposes, if that is still what is asked for.
   *
   * @param {CustomEvent} event
   */
  function beforeSwap({ detail }) {
    const isElsewhere = !detail.isError && new URL(detail.xhr.responseURL).pathname !== address; // asked to sign in
    detail.shouldSwap = requested === asked && !detail.isError && !isElsewhere;
    if (isElsewhere) failed();
  }

  /**
   * Do what a key does in the box; say whether it does something.
   *
   * @param {KeyboardEvent} event
   */
  function press(event) {
    const there = box.options;
    const active = box.active;
    const at = active ? there.indexOf(active) : -1;
    const isAwaited = asked !== null && at < 0;
    switch (event.key) {
      case "ArrowDown":
        if (!box.isOpen) box.show();
        else if (!event.altKey) box.activate(there[(at + 1) % there.length]);
        return true;
      case "ArrowUp":
        if (event.altKey) box.close();
        else if (isAwaited) start = -1;
        else if (!box.isOpen) box.show(there.at(-1));
        else box.activate(there.at(at < 0 ? -1 : at - 1));
        return true;
      case "Enter":
        if (event.ctrlKey || event.metaKey) return false; // saves what is chosen, or is active
        if (isAwaited) isTaken = true;
        else if (active) take(active);
        else box.show();
        return true;
      case "Escape":
        if (!box.isOpen) return false;
        box.close();
        return true;
      default:
        return false;
    }
  }

  input.addEventListener("input", () => {
    forget();
    box.activate(null);
    asked = input.value;
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === COMPOSING || !press(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("click", () => box.isOpen || box.show());
  input.addEventListener("blur", () => isPressing || closeSoon());
  for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    input.addEventListener(event, failed);
  }
  list.addEventListener("htmx:beforeSwap", (event) =>
    beforeSwap(/** @type {CustomEvent} */ (event)),
  );
  list.addEventListener("htmx:afterSwap", arrived);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => take(around(event.target, "[role=option]")));
  input.form?.addEventListener("pointerdown", () => {
    isPressing = true;
    for (const end of ["pointerup", "pointercancel"]) {
      addEventListener(end, released, { once: true });
    }
  });

  if (input.value && !box.options.length) return ask();
  tell();
  box.show();
}
