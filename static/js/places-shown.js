// @ts-check
// Places of the text that are shown in colour: the passage whose form is open, and those that wait for the
// server.

import { find } from "./dom.js";
import { NARROW } from "./mark-list.js";
import { rangeAt, unitsAt } from "./offsets.js";

const SHEET = 0.6; // of the window is what the form covers at most on a phone
const MARGIN = 20; // pixels between the bar above and a passage

export class PlacesShown {
  /** @type {HTMLElement} */
  #desk;
  /** @type {HTMLElement} */
  #text;
  /** @type {[number, number] | null} */
  #chosen = null;

  /**
   * @param {HTMLElement} desk
   * @param {HTMLElement} text
   */
  constructor(desk, text) {
    this.#desk = desk;
    this.#text = text;
  }

  /**
   * Show which passage the form that opens is about: its code points; null when it closes.
   *
   * @param {[number, number] | null} places
   */
  choose(places) {
    this.#chosen = places;
    const [range] = this.redraw();
    if (range && NARROW.matches) this.#scrollAboveSheet(range);
  }

  /**
   * Show the chosen passage again, after the text around it has changed.
   *
   * @returns {Range[]}
   */
  redraw() {
    return this.#highlight("chosen", this.#chosen ? [this.#chosen] : []);
  }

  /**
   * Show which passages wait for the server.
   *
   * @param {[number, number][]} places in code points
   */
  showWaiting(places) {
    this.#highlight("waiting", places);
  }

  /**
   * Show places in a way that style sheets have a name for; return them.
   *
   * @param {string} name
   * @param {[number, number][]} places in code points
   * @returns {Range[]}
   */
  #highlight(name, places) {
    const words = this.#text.textContent ?? "";
    const ranges = [];
    for (const place of places) {
      const [start, end] = unitsAt(words, ...place);
      const range = rangeAt(this.#text, start, end);
      if (range) ranges.push(range);
    }
    globalThis.CSS?.highlights?.set(name, new Highlight(...ranges));
    return ranges;
  }

  /**
   * On a phone the form covers the lower part of the window: bring a passage to where it can be read.
   *
   * @param {Range} range
   */
  #scrollAboveSheet(range) {
    const { top, bottom } = range.getBoundingClientRect();
    const head = find(this.#desk, ".desk-head").offsetHeight;
    if (top < head || bottom > innerHeight * (1 - SHEET)) scrollBy(0, top - head - MARGIN);
  }
}
