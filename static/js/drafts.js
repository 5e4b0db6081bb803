// @ts-check
// What was typed into a form and not sent: kept in this browser, so that neither a reload nor a wrong
// key loses it.

/** @import { Draft, Fields, FormSubject } from "./types.d.ts" */

const MOST = 30; // drafts of one article

export class Drafts {
  /** @type {string} */
  #name;

  /**
   * @param {string} user
   * @param {string} article the address of its desk
   */
  constructor(user, article) {
    this.#name = `drafts:${user}:${article}`;
  }

  /**
   * The form that was open when the page was left, as it was given to `keep`; null if none was.
   *
   * @returns {Draft | null}
   */
  get open() {
    return this.#all().find((draft) => draft.isOpen) ?? null;
  }

  /**
   * What was typed into the form `id`; null if nothing was.
   *
   * @param {string | null} id
   * @returns {Fields | null}
   */
  get(id) {
    return this.#all().find((draft) => draft.id === id)?.values ?? null;
  }

  /**
   * Remember the `values` of the form `id`, the one that is open, and `what` it takes to open it again.
   *
   * @param {string} id
   * @param {Fields} values
   * @param {FormSubject | null} what
   */
  keep(id, values, what) {
    const others = this.#all().filter((draft) => draft.id !== id);
    const closed = others.map((draft) => ({ ...draft, isOpen: false }));
    this.#write([...closed, { id, values, what, isOpen: true }]);
  }

  /** The form was closed: what was typed stays for when it is opened again. */
  close() {
    this.#write(this.#all().map((draft) => ({ ...draft, isOpen: false })));
  }

  /**
   * What was typed into the form `id` belongs to the form `now`, in its place.
   *
   * @param {string | null} id
   * @param {string} now
   * @param {FormSubject | null} what
   */
  rename(id, now, what) {
    const values = this.get(id);
    if (!values) return;
    this.drop(id);
    this.keep(now, values, what);
  }

  /** @param {string | null} id */
  drop(id) {
    this.#write(this.#all().filter((draft) => draft.id !== id));
  }

  /** @returns {Draft[]} */
  #all() {
    return JSON.parse(localStorage.getItem(this.#name) ?? "[]");
  }

  /** @param {Draft[]} drafts */
  #write(drafts) {
    try {
      localStorage.setItem(this.#name, JSON.stringify(drafts.slice(-MOST)));
    } catch {
      // The browser has no room, or allows none: then what is typed is kept by the open page alone.
    }
  }
}
