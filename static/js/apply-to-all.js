// @ts-check
// “Apply to all” at the desk: the page of that name in a dialog. What is chosen goes out by way of the
// outbox.

/** @import { Outbox } from "./outbox.js" */

import { around, byId, find, findAll } from "./dom.js";
import { nameOf } from "./key-names.js";
import { fetchPart } from "./posting.js";

const NOT_SENT = ["csrfmiddlewaretoken", "key"];

/**
 * Let the button lead from the mention that was tagged or had the focus last to the other places of its
 * words.
 *
 * @param {HTMLElement} desk
 * @param {Outbox} outbox
 * @param {(words: string | undefined) => void} say
 */
export function offerApplying(desk, outbox, say) {
  const button = find(desk, ".apply-to-all");
  const dialog = find(desk, "dialog.apply", HTMLDialogElement);
  /** @type {string | null} */
  let mark = null;

  const boxes = () => findAll(dialog, "[name=place]", HTMLInputElement);
  const submit = () => findAll(dialog, "[type=submit]", HTMLButtonElement)[0];

  /** @param {string | undefined} pk */
  function offer(pk) {
    mark = pk ?? mark;
    button.hidden = mark === null;
  }

  /**
   * Show an address in the dialog; where it cannot be shown, say why beside the text.
   *
   * @param {string} address
   */
  async function open(address) {
    const part = await fetchPart(address);
    if (!part?.querySelector(":scope > .heading")) {
      dialog.close();
      return say(part ? dialog.dataset.gone : desk.dataset.notOpened);
    }
    dialog.replaceChildren(...part.childNodes);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    count();
    const first = boxes()[0] ?? find(dialog, ".chosen");
    first.focus({ preventScroll: true });
  }

  function count() {
    const button = submit();
    if (!button) return;
    const { one = "", many = "" } = button.form?.dataset ?? {};
    const chosen = boxes().filter((box) => box.checked).length;
    button.textContent = chosen === 1 ? one : many.replace("{count}", String(chosen));
    button.disabled = !chosen;
  }

  /** @param {boolean} all */
  function choose(all) {
    for (const box of boxes()) box.checked = all;
    count();
  }

  /** @param {number} by */
  function step(by) {
    const all = boxes();
    const at = all.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    const next = all[at < 0 ? 0 : at + by];
    next?.focus();
    next?.closest("li")?.scrollIntoView({ block: "nearest" });
  }

  desk.addEventListener("tagged", (event) => {
    offer(/** @type {CustomEvent} */ (event).detail.apply);
  });
  desk.addEventListener("focusin", ({ target }) => {
    const inText = around(target, "#text [data-annotation]")?.dataset.annotation;
    const pk = inText ?? around(target, ".group [data-mark]")?.dataset.mark;
    if (pk && document.getElementById(`m-${pk}`)?.dataset.entity) offer(pk);
  });

  button.addEventListener("click", () => {
    const link = findAll(document, `#m-${mark} a`, HTMLAnchorElement)[0];
    if (link) open(link.pathname.replace("/edit/", "/apply/"));
    else say(dialog.dataset.gone);
  });

  dialog.addEventListener("change", count);
  dialog.addEventListener("click", (event) => {
    const value = around(event.target, "button", HTMLButtonElement)?.value;
    const link = around(event.target, "a:not([target])", HTMLAnchorElement);
    if (value === "close") dialog.close();
    else if (value) choose(value === "all");
    else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link.href);
    }
  });

  dialog.addEventListener("keydown", (event) => {
    const key = nameOf(event);
    const isLetterOn = !document.documentElement.matches(".no-single-keys");
    if (isLetterOn && (key === "a" || key === "n")) choose(key === "a");
    else if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  });

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = [...new FormData(form)].filter(([name]) => !NOT_SENT.includes(name));
    const label = `${form.dataset.label} — ${submit().textContent}`;
    const page = desk.dataset.address ?? "";
    dialog.close();
    try {
      outbox.add({ page, address: form.getAttribute("action") ?? "", fields, label });
    } catch {
      say(desk.dataset.noRoom);
    }
  });

  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    if (document.activeElement === document.body) byId("text").focus({ preventScroll: true });
  });
}
