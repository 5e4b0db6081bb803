// @ts-check
// The text of the desk and what the server says has changed in it: pieces are replaced, and what is
// selected and what has the focus stays where it was.

/** @import { Caret } from "./caret.js" */
/** @import { MarkList } from "./mark-list.js" */

import { around, byId, findAll } from "./dom.js";

export class DeskText {
  /** @type {HTMLElement} */
  #text;
  /** @type {Caret} */
  #caret;
  /** @type {MarkList} */
  #list;

  /**
   * @param {HTMLElement} text
   * @param {Caret} caret
   * @param {MarkList} list
   */
  constructor(text, caret, list) {
    this.#text = text;
    this.#caret = caret;
    this.#list = list;
  }

  /**
   * Which stamps the text shows, for the server to answer with what has others now.
   *
   * @returns {string}
   */
  get stamps() {
    const pieces = findAll(this.#text, "[data-stamp]").filter((one) => one.dataset.stamp);
    return pieces.map((one) => `${one.id.slice(1)}:${one.dataset.stamp}`).join(",");
  }

  /**
   * Put what has changed into the page.
   *
   * @param {Document} answer
   */
  replace(answer) {
    const isTyping = around(document.activeElement, "input, textarea");
    const selected = isTyping ? null : this.#caret.selected;
    const focused = focusedPart();
    for (const piece of findAll(answer, ".piece")) this.#replacePiece(piece);
    const groups = findAll(answer, ".group").map((group) => group.id);
    for (const id of ["history", ...groups]) {
      const now = answer.getElementById(id);
      if (now) byId(id).replaceWith(now);
    }
    this.#list.refresh();
    if (selected) this.#caret.select(selected.start, selected.end);
    if (!focused) return;
    const part = findAll(document, focused)[0] ?? this.#text;
    part.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} piece */
  #replacePiece(piece) {
    /** @type {Element} */
    let there = byId(`p${piece.dataset.paragraph}`);
    while (there.parentElement && there.parentElement !== this.#text) there = there.parentElement;
    there.replaceWith(...piece.childNodes);
  }
}

/**
 * The mark that an element is or stands in, in the text or in the list; undefined if it does not.
 *
 * @param {EventTarget | null} element
 * @returns {string | undefined}
 */
export function markOf(element) {
  const inText = around(element, "#text [data-annotation]");
  return inText?.dataset.annotation ?? around(element, ".group [data-mark]")?.dataset.mark;
}

/** A selector of what has the focus, if it is of what is drawn anew: a mark, in the text or in the list, or a button. */
function focusedPart() {
  const focused = document.activeElement;
  const key = around(focused, "#history button")?.getAttribute("aria-keyshortcuts");
  if (key) return `#history [aria-keyshortcuts="${key}"]`;
  const pk = markOf(focused);
  if (!pk) return null;
  const part = around(focused, "#text, #by-name, #groups")?.id;
  return part === "text" ? `#a-${pk}` : `#${part} [data-mark="${pk}"] a`;
}
