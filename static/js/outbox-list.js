// @ts-check
// What is not saved yet, listed at the desk's side with buttons to try again or give up.

/** @import { KeptChange } from "./types.d.ts" */
/** @import { Outbox } from "./outbox.js" */

import { find } from "./dom.js";

/**
 * List the changes that are in trouble; where the server is away those are all.
 *
 * @param {HTMLElement} section
 * @param {Outbox} outbox
 */
export function listOutbox(section, outbox) {
  const { items, waiting, state } = outbox;
  const isTrouble = waiting.length > 0 && state !== "sent";
  const listed = isTrouble ? items : items.filter((item) => item.isRefused || item.hasFailed);
  const list = find(section, "ul");
  section.hidden = !listed.length;
  list.replaceChildren(...listed.map((item) => line(item, outbox, list.dataset)));
  find(section, ".sign-in").hidden = !(isTrouble && state === "signed-out");
}

/**
 * @param {KeptChange} item
 * @param {Outbox} outbox
 * @param {DOMStringMap} words
 */
function line(item, outbox, words) {
  const row = document.createElement("li");
  const label = document.createElement("span");
  const how = item.isRefused ? "refused" : item.hasFailed ? "failed" : "waiting";
  label.textContent = `${item.label} — ${words[how]}`;
  row.append(label);
  if (how !== "waiting") {
    row.append(button(item.isRefused ? words.look : words.again, () => outbox.retry(item)));
  }
  row.append(button(words.discard, () => outbox.discard(item)));
  return row;
}

/**
 * @param {string | undefined} label
 * @param {() => void} press
 */
function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = label ?? "";
  made.addEventListener("click", press);
  return made;
}
