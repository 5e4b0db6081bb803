// @ts-check
// Where the changes that are on their way to the server are kept in this browser.

/** @import { Change, KeptChange } from "./types.d.ts" */

export class OutboxStore {
  /** @type {string} */
  #prefix;

  /** @param {string} user */
  constructor(user) {
    this.#prefix = `outbox:${user}:`;
  }

  /**
   * All changes that are kept, the oldest first.
   *
   * @returns {KeptChange[]}
   */
  get items() {
    const names = Object.keys(localStorage).filter((name) => this.owns(name));
    return names.sort().map((name) => JSON.parse(localStorage.getItem(name) ?? "null"));
  }

  /**
   * Whether something in the storage of this browser is a change of this user.
   *
   * @param {string | null} name
   * @returns {boolean}
   */
  owns(name) {
    return name?.startsWith(this.#prefix) ?? false;
  }

  /**
   * Keep a change. Throws if the browser has no room for it.
   *
   * @param {Change} change
   * @returns {KeptChange}
   */
  add(change) {
    const item = { ...change, key: newKey(), at: Date.now() };
    this.#keep(item);
    return item;
  }

  /** @param {KeptChange} item */
  drop(item) {
    localStorage.removeItem(this.#nameOf(item));
  }

  /**
   * Note how it went with a change, unless somebody has discarded it meanwhile.
   *
   * @param {KeptChange} item
   * @param {{ isRefused?: boolean, hasFailed?: boolean }} how
   */
  mark(item, how) {
    if (localStorage.getItem(this.#nameOf(item))) this.#keep({ ...item, ...how });
  }

  /** @param {KeptChange} item */
  #keep(item) {
    localStorage.setItem(this.#nameOf(item), JSON.stringify(item));
  }

  /** @param {KeptChange} item */
  #nameOf(item) {
    return `${this.#prefix}${String(item.at).padStart(15, "0")}:${item.key}`;
  }
}

/** A random UUID; `crypto.randomUUID` is there only where the page comes by HTTPS. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
