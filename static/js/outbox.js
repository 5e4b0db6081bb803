// @ts-check
// Changes on their way to the server. Each is kept in this browser until the server has said that it is
// done, and is sent again until then; its key sees to it that it is done once, however often it is sent.

/** @import { Change, KeptChange } from "./types.d.ts" */

import { OutboxStore } from "./outbox-store.js";
import { asStrings, isSignedOut, post } from "./posting.js";

const PAUSES = [1, 2, 4, 8, 15]; // seconds between two tries
const AWAY = new Set([502, 503, 504]); // what a proxy answers while there is no server behind it
const SAID = 'id="said"'; // stands in every answer of this archive that says that something is done

/**
 * Events: "change" when something comes, goes or stays; "done" and "refused" with the server's answer in
 * `detail.html` and the change in `detail.item`; "failed" when the server first fails at a change, which
 * is tried again.
 */
export class Outbox extends EventTarget {
  /** @type {string} */
  #user;
  /** @type {OutboxStore} */
  #store;
  /** @type {() => Record<string, string>} */
  #further;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #failures = 0;
  #isSending = false;

  /**
   * @param {string} user
   * @param {() => Record<string, string>} further gives, at the moment of sending, what goes along with each change
   */
  constructor(user, further) {
    super();
    this.#user = user;
    this.#store = new OutboxStore(user);
    this.#further = further;
    /**
     * How the last try went.
     *
     * @type {"sent" | "offline" | "signed-out"}
     */
    this.state = "sent";
    addEventListener("online", () => this.send());
    addEventListener("storage", ({ key }) => this.#store.owns(key) && this.#tell("change"));
  }

  /** All that is not done yet, the oldest first. */
  get items() {
    return this.#store.items;
  }

  get waiting() {
    return this.items.filter((item) => !item.isRefused);
  }

  /** Whether something waits at which the server has not failed so far. */
  get isUnderWay() {
    return this.waiting.some((item) => !item.hasFailed);
  }

  /**
   * Keep a change and send it. Throws if the browser cannot keep it: then nothing has happened.
   *
   * @param {Change} change
   * @returns {KeptChange}
   */
  add(change) {
    const item = this.#store.add(change);
    this.#tell("change");
    this.send();
    return item;
  }

  /** @param {KeptChange} item */
  discard(item) {
    this.#store.drop(item);
    this.#tell("change");
  }

  /**
   * Try a change again that was refused, to see what the server says of it now.
   *
   * @param {KeptChange} item
   */
  retry(item) {
    this.#store.mark(item, { isRefused: false });
    this.send();
  }

  async send() {
    if (this.#isSending) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    const tried = new Set();
    const next = () => this.waiting.find((item) => !tried.has(item.key));
    let item = next();
    while (item) {
      tried.add(item.key);
      await this.#sendOne(item);
      item = this.state === "sent" ? next() : undefined;
    }
    this.#isSending = false;
    this.#tryAgainLater();
    this.#tell("change");
  }

  #tryAgainLater() {
    this.#failures = this.waiting.length ? this.#failures + 1 : 0;
    if (!this.#failures) return;
    const pause = PAUSES[Math.min(this.#failures, PAUSES.length) - 1];
    this.#timer = setTimeout(() => this.send(), pause * 1000);
  }

  /** @param {KeptChange} item */
  async #sendOne(item) {
    const further = Object.entries(this.#further());
    const body = new URLSearchParams([...asStrings(item.fields), ["key", item.key], ...further]);
    const answer = await post(this.#user, item.address, body).catch(() => null);
    const html = (await answer?.text().catch(() => null)) ?? null;
    if (answer && isSignedOut(answer)) this.state = "signed-out";
    else this.state = answer && isHeard(answer, html) ? "sent" : "offline";
    if (this.state !== "sent" || !answer) return;
    if (answer.status >= 500) this.#failedAt(item);
    else this.#answered(item, answer.ok, html);
  }

  /**
   * @param {KeptChange} item
   * @param {boolean} isDone
   * @param {string | null} html
   */
  #answered(item, isDone, html) {
    if (isDone) this.discard(item);
    else this.#store.mark(item, { isRefused: true });
    this.#tell(isDone ? "done" : "refused", { item, html });
  }

  /**
   * The server is there and fails at this change: others go out past it.
   *
   * @param {KeptChange} item
   */
  #failedAt(item) {
    this.#store.mark(item, { hasFailed: true });
    if (!item.hasFailed) this.#tell("failed", { item });
  }

  /**
   * @param {"change" | "done" | "refused" | "failed"} type
   * @param {{ item: KeptChange, html?: string | null }} [detail]
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * Whether it was this archive that answered, and the answer came whole.
 *
 * @param {Response} answer
 * @param {string | null} html
 */
function isHeard(answer, html) {
  return html !== null && !AWAY.has(answer.status) && (!answer.ok || html.includes(SAID));
}
