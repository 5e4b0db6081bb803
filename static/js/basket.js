// @ts-check
// Putting passages into the basket without leaving the page. Without this script the same buttons send the
// same form.

import { byId, find, findAll } from "./dom.js";

/**
 * What the server says of the basket.
 *
 * @typedef {object} Answer
 * @property {string[]} keys what it holds now
 * @property {string} message
 * @property {Record<string, string>} stamps
 */

const SHOWN = 5000; // milliseconds
const NOTICED = 50; // milliseconds after which a status that is there already is heard when it changes

const form = /** @type {HTMLFormElement} */ (byId("basket"));
const held = new Set(keysIn(form.dataset.held ?? ""));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let shown;
/** @type {Promise<unknown>} */
let last = Promise.resolve(); // one request at a time: the answer to each says what the basket holds

form.addEventListener("submit", (event) => {
  if (!(event.submitter instanceof HTMLButtonElement)) return;
  event.preventDefault();
  collect(keysIn(event.submitter.value)).then(say);
});

for (const button of buttons()) press(button);

/**
 * Put passages in or, where all are in it already, take them out; resolve with what is to be said of it.
 *
 * @param {string[]} keys
 * @returns {Promise<string>}
 */
export function collect(keys) {
  const name = () => (keys.every((key) => held.has(key)) ? "out" : "put");
  return send(() => ({ [name()]: keys.join(" ") })).then(
    (answer) => answer.message,
    () => form.dataset.failed ?? "",
  );
}

/**
 * Send what `fields` gives when those before it are done; reject where the server cannot be reached or
 * refuses.
 *
 * @param {() => Record<string, string>} fields
 * @returns {Promise<Answer>}
 */
export function send(fields) {
  const sent = settled().then(async () => {
    const response = await post(fields());
    if (!response.ok) throw new Error(`${response.status}`);
    const answer = /** @type {Answer} */ (await response.json());
    hold(answer.keys);
    return answer;
  });
  last = sent;
  return sent;
}

/**
 * Resolve when nothing is on its way any more.
 *
 * @returns {Promise<unknown>}
 */
export function settled() {
  return last.catch(() => {});
}

/**
 * Send something at once, even while the page goes away.
 *
 * @param {Record<string, string>} fields
 * @param {boolean} [keepalive]
 * @returns {Promise<Response>}
 */
export function post(fields, keepalive = false) {
  const headers = { Accept: "application/json" };
  return fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    keepalive,
  });
}

/** @param {string[]} keys */
function hold(keys) {
  held.clear();
  for (const key of keys) held.add(key);
  for (const button of buttons()) press(button);
  find(document, ".to-basket .held").textContent = keys.length ? String(keys.length) : "";
}

function buttons() {
  return findAll(document, "button.into-basket", HTMLButtonElement);
}

/** @param {string} words */
function keysIn(words) {
  return words.split(" ").filter(Boolean);
}

/** @param {HTMLButtonElement} button */
function press(button) {
  const isIn = keysIn(button.value).every((key) => held.has(key));
  button.setAttribute("aria-pressed", String(isIn));
}

/**
 * Say it at the foot of the window for a while, and to screen readers.
 *
 * @param {string} words
 */
function say(words) {
  const status = document.getElementById("basket-said") ?? newStatus();
  const put = (/** @type {string} */ now) => () => {
    status.textContent = now;
  };
  clearTimeout(shown);
  status.textContent = "";
  setTimeout(put(words), NOTICED);
  shown = setTimeout(put(""), SHOWN);
}

function newStatus() {
  const status = document.createElement("p");
  status.id = "basket-said";
  status.className = "basket-said";
  status.setAttribute("role", "status");
  document.body.append(status);
  return status;
}
