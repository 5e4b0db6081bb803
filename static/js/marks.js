// @ts-check
// From mark to mark in a text, by key or button; marks shown or not; and, for who uses a mouse, what a mark
// is.

import { collect } from "./basket.js";
import { around, find, findAll } from "./dom.js";

const HIDDEN = "marks-hidden"; // what the browser remembers: "yes", or nothing

/**
 * Let a toolbar lead from mark to mark.
 *
 * @param {HTMLElement} text
 * @param {HTMLElement} bar has buttons whose values are "on", "back", "same on", "same back", "basket" and "hide", and
 *   a status
 */
export function walkMarks(text, bar) {
  const status = find(bar, "[role=status]");
  const toggle = find(bar, "[value=hide]");
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const value = around(event.target, "button", HTMLButtonElement)?.value;
    if (value === "hide") return hide(!isHidden());
    if (value === "basket") return putIntoBasket();
    if (value) go(value.endsWith("on") ? 1 : -1, value.startsWith("same"));
  });
  text.addEventListener("pointerover", (event) => {
    const mark = around(event.target, "[data-annotation]");
    if (mark && !mark.title) mark.title = startOf(mark)?.dataset.says ?? "";
  });
  hide(isHidden());

  /**
   * @param {number} step on with 1, back with -1
   * @param {boolean} isSame only to marks of the same entity
   */
  function go(step, isSame) {
    const here = current(text);
    const entity = here?.dataset.entity;
    if (isSame && !entity) return say(status.dataset.nobody);
    const ofEntity = isSame ? `[data-entity="${CSS.escape(entity ?? "")}"]` : "";
    const marks = findAll(text, `.starts${ofEntity}`);
    const next = here ? beside(marks, here, step) : firstBelow(marks, step);
    if (!next) return;
    reach(next);
    const words = isSame ? status.dataset.same : status.dataset.mark;
    const at = String(marks.indexOf(next) + 1);
    say(words?.replace("{n}", at).replace("{of}", String(marks.length)));
  }

  async function putIntoBasket() {
    const mark = current(text)?.dataset.annotation;
    say(mark ? await collect([mark]) : status.dataset.nothing);
  }

  /** @param {boolean} isOn */
  function hide(isOn) {
    if (isOn) localStorage.setItem(HIDDEN, "yes");
    else localStorage.removeItem(HIDDEN);
    text.classList.toggle("unmarked", isOn);
    toggle.setAttribute("aria-pressed", String(isOn));
  }

  /** @param {string | undefined} words */
  function say(words) {
    status.textContent = words ?? "";
  }
}

function isHidden() {
  return localStorage.getItem(HIDDEN) === "yes";
}

/**
 * The mark that has the focus, or that a key led to last.
 *
 * @param {HTMLElement} text
 * @returns {HTMLElement | null}
 */
function current(text) {
  const focused = around(document.activeElement, "[data-annotation]");
  const here = focused && text.contains(focused) ? startOf(focused) : null;
  return here ?? findAll(text, ".starts.at")[0] ?? null;
}

/** @param {HTMLElement} mark */
function startOf(mark) {
  return document.getElementById(`a-${mark.dataset.annotation}`);
}

/**
 * The next of `marks`, from `here` on; behind the last comes the first.
 *
 * @param {HTMLElement[]} marks
 * @param {HTMLElement} here
 * @param {number} step
 */
function beside(marks, here, step) {
  const at = marks.indexOf(here);
  return marks.at((at + step) % marks.length);
}

/**
 * @param {HTMLElement[]} marks
 * @param {number} step
 * @returns {HTMLElement | undefined}
 */
function firstBelow(marks, step) {
  const topOf = (/** @type {Element} */ mark) => mark.getBoundingClientRect().top;
  if (step < 0) return marks.findLast((mark) => topOf(mark) < innerHeight) ?? marks.at(-1);
  return marks.find((mark) => topOf(mark) >= 0) ?? marks[0];
}

/** @param {HTMLElement} mark */
function reach(mark) {
  for (const one of findAll(document, ".starts.at")) one.classList.remove("at");
  mark.classList.add("at");
  if (mark.tagName !== "A" && !mark.hasAttribute("tabindex")) mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
}
