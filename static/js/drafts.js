// What was typed into a form and not sent: kept in this browser, so that neither a reload nor a wrong key loses it.

const MOST = 30; // drafts of one article

export class Drafts {
  #name;

  constructor(user, article) {
    this.#name = `drafts:${user}:${article}`;
  }

  /** The form that was open when the page was left, as it was given to `keep`; null if none was. */
  get open() {
    return this.#all().find((draft) => draft.isOpen) ?? null;
  }

  get(id) {
    return this.#all().find((draft) => draft.id === id)?.values ?? null;
  }

  /** Remember the `values` of the form `id`, the one that is open, and `what` it takes to open it again. */
  keep(id, values, what) {
    const others = this.#all().filter((draft) => draft.id !== id);
    this.#write([...others.map((draft) => ({ ...draft, isOpen: false })), { id, values, what, isOpen: true }]);
  }

  /** The form was closed: what was typed stays for when it is opened again. */
  close() {
    this.#write(this.#all().map((draft) => ({ ...draft, isOpen: false })));
  }

  /** What was typed into the form `id` belongs to the form `now`, in its place. */
  rename(id, now, what) {
    const values = this.get(id);
    if (!values) return;
    this.drop(id);
    this.keep(now, values, what);
  }

  drop(id) {
    this.#write(this.#all().filter((draft) => draft.id !== id));
  }

  #all() {
    return JSON.parse(localStorage.getItem(this.#name) ?? "[]");
  }

  #write(drafts) {
    try {
      localStorage.setItem(this.#name, JSON.stringify(drafts.slice(-MOST)));
    } catch {
      // The browser has no room, or allows none: then what is typed is kept by the open page alone.
    }
  }
}
