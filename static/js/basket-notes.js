// @ts-check
// Notes in the basket that save themselves; links to files with them in wait for that.

import { post, send, settled } from "./basket.js";
import { around, findAll } from "./dom.js";

const WAIT = 800; // milliseconds after the last key

/**
 * Save what is typed into the notes of a form.
 *
 * @param {HTMLFormElement} form
 * @param {(words: string) => void} tell
 * @returns {{ readonly isWaiting: boolean }} whether a note is not saved yet
 */
export function keepNotes(form, tell) {
  /**
   * Fields that were typed in since they were saved, with the timers that will save them.
   *
   * @type {Map<HTMLTextAreaElement, ReturnType<typeof setTimeout> | undefined>}
   */
  const waiting = new Map();

  /**
   * Save a field; where that fails it waits for the next try.
   *
   * @param {HTMLTextAreaElement} field
   */
  async function save(field) {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
    try {
      const { stamps } = await send(() => ({ [field.name]: field.value }));
      const [, key] = field.name.split(" ");
      if (stamps[key]) field.name = `note ${key} ${stamps[key]}`; // else it was taken out in another window
      const time = new Date().toLocaleTimeString([], { timeStyle: "short" });
      tell(form.dataset.saved?.replace("{time}", time) ?? "");
    } catch {
      waiting.set(field, undefined);
      tell(form.dataset.notSaved ?? "");
    }
  }

  function saveAll() {
    return Promise.all([...waiting.keys()].map(save));
  }

  /**
   * An export holds what stands in the fields: first all of it is saved.
   *
   * @param {Event} event
   */
  async function exportWhenSaved(event) {
    event.preventDefault();
    const { href } = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    await saveAll();
    await settled();
    if (!waiting.size) location.assign(href);
  }

  form.addEventListener("input", ({ target }) => {
    const field = /** @type {HTMLTextAreaElement} */ (target);
    clearTimeout(waiting.get(field));
    waiting.set(
      field,
      setTimeout(() => save(field), WAIT),
    );
  });
  form.addEventListener("focusout", ({ target }) => {
    const field = around(target, "textarea", HTMLTextAreaElement);
    if (field && waiting.has(field)) save(field);
  });
  addEventListener("online", saveAll);
  addEventListener("pagehide", () => {
    for (const { name, value } of waiting.keys()) post({ [name]: value }, true);
  });
  for (const link of findAll(document, ".exports a")) {
    link.addEventListener("click", exportWhenSaved);
  }
  return {
    get isWaiting() {
      return waiting.size > 0;
    },
  };
}
