// @ts-check
// Lines of a list that are put in order by dragging them.

import { around, findAll } from "./dom.js";

/**
 * Let lines be dragged by their handles.
 *
 * @param {HTMLElement} list
 * @param {string} lines a selector of the lines
 * @param {(line: HTMLElement) => void} moved is called when one has been dropped
 */
export function letDrag(list, lines, moved) {
  /** @type {HTMLElement | null} */
  let dragged = null;
  for (const handle of findAll(list, ".handle")) {
    handle.hidden = false;
    handle.draggable = true;
  }
  list.addEventListener("dragstart", (event) => {
    dragged = around(event.target, lines);
    if (!dragged || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = around(event.target, lines);
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener("drop", (event) => dragged && event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    moved(dragged);
    dragged = null;
  });
}
