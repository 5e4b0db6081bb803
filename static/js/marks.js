// From mark to mark in a text, by key or button; marks shown or not; and, for who uses a mouse, what a mark is.

import { collect } from "./basket.js";

const HIDDEN = "marks-hidden"; // what the browser remembers: "yes", or nothing

/** `bar`, a toolbar, has buttons whose values are "on", "back", "same on", "same back", "basket" and "hide", and a status. */
export function walkMarks(text, bar) {
  bar.hidden = false;
  const status = bar.querySelector("[role=status]");
  const toggle = bar.querySelector("[value=hide]");
  bar.addEventListener("click", (event) => {
    const { value } = event.target.closest("button") ?? {};
    if (value === "hide") return hide(!isHidden());
    if (value === "basket") return putIntoBasket();
    if (value) go(value.endsWith("on") ? 1 : -1, value.startsWith("same"));
  });
  text.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("[data-annotation]");
    if (mark && !mark.title) mark.title = startOf(mark)?.dataset.says ?? "";
  });
  hide(isHidden());

  function go(step, isSame) {
    const here = current(text);
    const entity = here?.dataset.entity;
    if (isSame && !entity) return (status.textContent = status.dataset.nobody);
    const marks = [...text.querySelectorAll(isSame ? `.starts[data-entity="${CSS.escape(entity)}"]` : ".starts")];
    const next = here ? beside(marks, here, step) : firstBelow(marks, step);
    if (!next) return;
    reach(next);
    const words = isSame ? status.dataset.same : status.dataset.mark;
    status.textContent = words.replace("{n}", marks.indexOf(next) + 1).replace("{of}", marks.length);
  }

  async function putIntoBasket() {
    const here = current(text);
    status.textContent = here ? await collect([here.dataset.annotation]) : status.dataset.nothing;
  }

  function hide(isOn) {
    if (isOn) localStorage.setItem(HIDDEN, "yes");
    else localStorage.removeItem(HIDDEN);
    text.classList.toggle("unmarked", isOn);
    toggle.setAttribute("aria-pressed", String(isOn));
  }
}

function isHidden() {
  return localStorage.getItem(HIDDEN) === "yes";
}

/** The mark that has the focus, or that a key led to last. */
function current(text) {
  const focused = document.activeElement.closest("[data-annotation]");
  return (focused && text.contains(focused) && startOf(focused)) || text.querySelector(".starts.at");
}

function startOf(mark) {
  return document.getElementById(`a-${mark.dataset.annotation}`);
}

/** The next of `marks`, from `here` on; behind the last comes the first. */
function beside(marks, here, step) {
  const at = marks.indexOf(here);
  return marks.at((at + step) % marks.length);
}

function firstBelow(marks, step) {
  if (step < 0) return marks.findLast((mark) => mark.getBoundingClientRect().top < innerHeight) ?? marks.at(-1);
  return marks.find((mark) => mark.getBoundingClientRect().top >= 0) ?? marks[0];
}

function reach(mark) {
  for (const one of document.querySelectorAll(".starts.at")) one.classList.remove("at");
  mark.classList.add("at");
  if (mark.tagName !== "A" && !mark.hasAttribute("tabindex")) mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
}
