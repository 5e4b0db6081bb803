// @ts-check
// The form at the desk's side. A new one is there at once, from a template in the page, whether or not the
// server can be reached; one for a mark that stands is the server's. Both are sent by way of the outbox.

/** @import { DeskPage, FormSubject, KeptChange, Passage } from "./types.d.ts" */
/** @import { Outbox } from "./outbox.js" */

import { around, byId, find, findAll } from "./dom.js";
import { Drafts } from "./drafts.js";
import { begin, entityBox, offerEntities, showNewEntity } from "./entity-choice.js";
import { asQuery } from "./passage-query.js";
import { fetchPart, parsed } from "./posting.js";
import {
  fieldOf,
  fillIn,
  firstField,
  passageOf,
  sentFrom,
  setField,
  setPassage,
  typedInto,
} from "./tag-form.js";

const LABEL = 80; // characters of a passage that name it in the outbox

export class Forms {
  /** @type {HTMLElement} */
  #desk;
  /** @type {HTMLElement} */
  #side = byId("desk-form");
  /** @type {Outbox} */
  #outbox;
  /** @type {DeskPage} */
  #page;
  /** @type {Drafts} */
  #drafts;
  /**
   * Of the form that is open.
   *
   * @type {string | null}
   */
  #id = null;
  /** @type {FormSubject | null} */
  #what = null;

  /**
   * @param {HTMLElement} desk
   * @param {Outbox} outbox
   * @param {DeskPage} page
   */
  constructor(desk, outbox, page) {
    const { user = "", address = "" } = desk.dataset;
    this.#desk = desk;
    this.#outbox = outbox;
    this.#page = page;
    this.#drafts = new Drafts(user, address);
    this.#side.addEventListener("click", (event) => this.#pressed(event));
    this.#side.addEventListener("submit", (event) => this.#submitted(event));
    this.#side.addEventListener("input", (event) => this.#typed(event));
    this.#side.addEventListener("keydown", (event) => this.#key(event));
  }

  get isOpen() {
    return this.#side.childElementCount > 0;
  }

  /**
   * The mark whose form is open; undefined if none is.
   *
   * @returns {string | undefined}
   */
  get mark() {
    return this.#form?.dataset.mark;
  }

  /**
   * A form that says of a new passage that it is of `kind`.
   *
   * @param {string} kind
   * @param {Passage} passage
   */
  create(kind, passage) {
    const template = /** @type {HTMLTemplateElement} */ (byId(`blank-${kind}`));
    const blank = template.content.cloneNode(true);
    const id = `${kind}:${passage.version}:${passage.start}-${passage.end}`;
    this.#show(blank.childNodes, id, { kind, passage });
    const form = /** @type {HTMLFormElement} */ (this.#form);
    setPassage(form, passage);
    find(form, ".chosen-words").textContent = passage.exact;
    const box = entityBox(form);
    if (box) begin(form, box, passage.exact);
    this.#begin();
    if (kind === "figure") this.#read(form, passage);
  }

  /**
   * The form of a mark that stands; `passage` puts it on other words, and what was typed of it stays.
   *
   * @param {string} pk
   * @param {Passage | null} [passage]
   */
  async edit(pk, passage = null) {
    const { pathname } = find(document, `#m-${pk} a`, HTMLAnchorElement);
    const part = await fetchPart(passage ? `${pathname}?${asQuery(passage)}` : pathname);
    if (!part) return this.#page.say(this.#desk.dataset.notOpened ?? "");
    const before = passage && this.mark === pk ? this.#id : null;
    const id = `${pk}:${asQuery(passage)}`;
    this.#show(part.childNodes, id, { pk, passage });
    this.#drafts.rename(before, id, this.#what);
    this.#begin();
  }

  /**
   * Show what the server did not accept, with its reasons, unless something else is being written.
   *
   * @param {KeptChange} item
   * @param {string} html
   */
  refused(item, html) {
    if (this.isOpen) return;
    this.#show(parsed(html).body.childNodes, `refused:${item.key}`, null);
    this.#side.dataset.replaces = item.key;
    this.#begin();
  }

  /** Bring back the form that was open when the page was left. */
  reopen() {
    const what = this.#drafts.open?.what;
    if (!what) return;
    const { kind, passage, pk } = what;
    if (pk) {
      if (!document.getElementById(`m-${pk}`)) return;
      this.edit(pk, passage);
    } else {
      if (!kind || passage?.version !== this.#desk.dataset.version) return;
      this.create(kind, /** @type {Passage} */ (passage));
    }
    this.#page.say(this.#desk.dataset.broughtBack ?? "");
  }

  close() {
    this.#drafts.close();
    this.#side.replaceChildren();
    this.#desk.classList.remove("has-form");
    this.#id = null;
    this.#page.point(null);
    this.#page.back();
  }

  /** @returns {HTMLFormElement | null} */
  get #form() {
    return this.#side.querySelector("form.tag-form");
  }

  /**
   * @param {NodeListOf<ChildNode>} nodes
   * @param {string} id
   * @param {FormSubject | null} what
   */
  #show(nodes, id, what) {
    delete this.#side.dataset.replaces;
    this.#side.replaceChildren(...nodes);
    this.#desk.classList.add("has-form");
    this.#id = id;
    this.#what = what;
    window.htmx.process(this.#side);
  }

  /**
   * Fill in what was typed before, bring the parts of the form to life, and go to what is wrong in it, to
   * both versions where there are two, or to its first field.
   */
  #begin() {
    const form = this.#form;
    const heading = this.#side.querySelector(".heading");
    if (!form) {
      if (heading instanceof HTMLElement) heading.focus();
      return;
    }
    const { start, end } = passageOf(form);
    this.#page.point([start, end]);
    fillIn(form, this.#drafts.get(this.#id) ?? []);
    const box = entityBox(form);
    if (box) showNewEntity(form);
    const wrong = findAll(form, ".wrong :is(input, select, textarea)")[0];
    const both = this.#side.querySelector(".theirs") && heading;
    const first = /** @type {HTMLElement} */ (wrong ?? both ?? box ?? firstField(form));
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "nearest" });
    if (!box) return;
    if (first === box) box.select();
    offerEntities(form, box, this.#desk.dataset.create ?? "");
  }

  /**
   * Let the server read the figure that the passage gives, and fill in what nobody has filled in meanwhile.
   *
   * @param {HTMLFormElement} form
   * @param {Passage} passage
   */
  async #read(form, passage) {
    const read = await fetchPart(`${form.getAttribute("action")}?kind=figure&${asQuery(passage)}`);
    const isTyped = Boolean(this.#drafts.get(this.#id)?.length);
    if (!read || !form.isConnected || form !== this.#form || isTyped) return;
    for (const field of findAll(read, ".field :is(input, select, textarea)")) {
      const { name, value } = /** @type {HTMLInputElement} */ (field);
      setField(form, name, value);
    }
    const hint = read.querySelector(".hint");
    if (hint) find(form, ".field").before(hint);
  }

  /** @param {Event} event */
  #typed({ target }) {
    const form = this.#form;
    if (!form) return;
    if (around(target, "[role=combobox]")) fieldOf(form, "entity").value = ""; // somebody else, not chosen yet
    this.#drafts.keep(this.#id ?? "", typedInto(form), this.#what);
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches(".tag-form")) return;
    event.preventDefault();
    const box = entityBox(form);
    if (box && fieldOf(form, "entity").value === "") return takeFirst(box);
    const passage = passageOf(form);
    const label = `${form.dataset.label}: “${passage.exact.slice(0, LABEL)}”`;
    const page = this.#desk.dataset.address ?? "";
    const address = form.getAttribute("action") ?? "";
    try {
      this.#outbox.add({ page, address, fields: sentFrom(form), passage, label });
    } catch {
      return this.#page.say(this.#desk.dataset.noRoom ?? "");
    }
    this.#dropRefused();
    this.#drafts.drop(this.#id);
    this.close();
  }

  /** What was refused is replaced by what is sent now, or given up. */
  #dropRefused() {
    const { replaces } = this.#side.dataset;
    const item = replaces && this.#outbox.items.find((one) => one.key === replaces);
    if (item) this.#outbox.discard(item);
  }

  /** @param {Event} event */
  #pressed(event) {
    const button = around(event.target, "button", HTMLButtonElement);
    const form = this.#form;
    if (!button) return;
    if (button.matches(".leave")) {
      if (button.closest(".theirs")) this.#dropRefused();
      this.close();
    } else if (button.matches(".delete")) {
      const mark = form?.dataset.mark ?? "";
      this.close();
      this.#page.remove(mark);
    } else if (button.closest(".kinds") && form) {
      this.create(button.value, passageOf(form));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#form?.requestSubmit();
    }
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

/**
 * Take the proposal that is active: later, because a form that is being sent cannot be sent by the choice.
 *
 * @param {HTMLInputElement} box
 */
function takeFirst(box) {
  box.focus();
  setTimeout(() => box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" })));
}
