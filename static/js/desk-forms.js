// The form at the desk's side. A new one is there at once, from a template in the page, whether or not the server can
// be reached; one for a mark that stands is the server's. Both are sent by way of the outbox.

import { combobox } from "./combobox.js";
import { Drafts } from "./drafts.js";

const PASSAGE = ["version", "start", "end", "exact"];
const NOT_TYPED = new Set([...PASSAGE, "key", "csrfmiddlewaretoken", "kind"]);

export class Forms {
  #desk;
  #side;
  #outbox;
  #page;
  #drafts;
  #id = null; // of the form that is open

  /**
   * `page`: how to `say` something, get `back` to the text, `point` at places in it, and `remove` a mark.
   */
  constructor(desk, outbox, page) {
    this.#desk = desk;
    this.#side = document.getElementById("desk-form");
    this.#outbox = outbox;
    this.#page = page;
    this.#drafts = new Drafts(desk.dataset.user, desk.dataset.address);
    this.#side.addEventListener("click", (event) => this.#pressed(event));
    this.#side.addEventListener("submit", (event) => this.#submitted(event));
    this.#side.addEventListener("input", (event) => this.#typed(event.target));
    this.#side.addEventListener("keydown", (event) => this.#key(event));
  }

  get isOpen() {
    return this.#side.childElementCount > 0;
  }

  /** The mark whose form is open; undefined if none is. */
  get mark() {
    return this.#form?.dataset.mark;
  }

  /** A form that says of a new passage that it is of `kind`. */
  create(kind, passage) {
    const blank = document.getElementById(`blank-${kind}`).content.cloneNode(true);
    this.#show([...blank.childNodes], `${kind}:${passage.version}:${passage.start}-${passage.end}`, { kind, passage });
    const form = this.#form;
    for (const name of PASSAGE) form.elements[name].value = passage[name];
    form.querySelector(".chosen-words").textContent = passage.exact;
    const box = form.querySelector("[role=combobox]");
    if (box) {
      box.value = passage.exact.replace(/\s+/g, " ").slice(0, box.maxLength);
      form.elements.name.value = box.value;
      form.elements.entity.value = ""; // nobody is chosen yet
    }
    this.#begin();
    if (kind === "figure") this.#read(form, passage);
  }

  /** The form of a mark that stands; `passage` puts it on other words, and what was typed of it stays. */
  async edit(pk, passage = null) {
    const { pathname } = document.querySelector(`#m-${pk} a`);
    const address = passage ? `${pathname}?${asQuery(passage)}` : pathname;
    const part = await fetched(address);
    if (!part) return this.#page.say(this.#desk.dataset.notOpened);
    const before = passage && this.mark === pk ? this.#id : null;
    this.#show([...part.childNodes], `${pk}:${asQuery(passage ?? {})}`, { pk, passage });
    this.#drafts.rename(before, this.#id, this.what);
    this.#begin();
  }

  /** What the server did not accept, with its reasons, unless something else is being written. */
  refused(item, html) {
    if (this.isOpen) return;
    const answer = new DOMParser().parseFromString(html, "text/html");
    this.#show([...answer.body.childNodes], `refused:${item.key}`, null);
    this.#side.dataset.replaces = item.key;
    this.#begin();
  }

  /** Bring back the form that was open when the page was left. */
  reopen() {
    const draft = this.#drafts.open;
    if (!draft?.what) return;
    const { kind, passage, pk } = draft.what;
    if (pk ? !document.getElementById(`m-${pk}`) : passage.version !== this.#desk.dataset.version) return;
    if (pk) this.edit(pk, passage);
    else this.create(kind, passage);
    this.#page.say(this.#desk.dataset.broughtBack);
  }

  close() {
    this.#drafts.close();
    this.#side.replaceChildren();
    this.#desk.classList.remove("has-form");
    this.#id = null;
    this.#page.point(null);
    this.#page.back();
  }

  get #form() {
    return this.#side.querySelector("form.tag-form");
  }

  #show(nodes, id, what) {
    delete this.#side.dataset.replaces;
    this.#side.replaceChildren(...nodes);
    this.#desk.classList.add("has-form");
    this.#id = id;
    this.what = what;
    window.htmx.process(this.#side);
  }

  /**
   * Fill in what was typed before, bring the parts of the form to life, and go to what is wrong in it, to both versions
   * where there are two, or to its first field.
   */
  #begin() {
    const form = this.#form;
    if (!form) return this.#side.querySelector(".heading")?.focus();
    this.#page.point([Number(form.elements.start.value), Number(form.elements.end.value)]);
    for (const [name, value] of this.#drafts.get(this.#id) ?? []) {
      setField(form, name, value);
      if (value) form.elements[name]?.closest?.("details")?.setAttribute("open", "");
    }
    const box = form.querySelector("[role=combobox]");
    if (box) form.querySelector(".new-entity").hidden = form.elements.entity.value !== "new";
    const wrong = form.querySelector(".wrong :is(input, select, textarea)");
    const both = this.#side.querySelector(".theirs") && this.#side.querySelector(".heading");
    const first = wrong ?? both ?? box ?? firstField(form);
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "nearest" });
    if (first === box) box.select();
    if (box) combobox(box, (option) => this.#choose(form, option), (typed) => this.#known(form, typed));
  }

  #choose(form, option) {
    form.elements.entity.value = option.dataset.value;
    const isNew = option.dataset.value === "new";
    form.querySelector(".new-entity").hidden = !isNew;
    if (!isNew) return form.requestSubmit();
    form.elements.name.value = option.dataset.name;
    form.elements.description.focus();
  }

  /** Options for when the server cannot be asked: who is marked in this article, and somebody new. */
  #known(form, typed) {
    const kind = form.dataset.kind;
    const found = new Map();
    for (const line of document.querySelectorAll(`#groups li.${kind}[data-entity]`)) {
      const name = line.dataset.name;
      if (name.toLowerCase().includes(typed.toLowerCase())) found.set(line.dataset.entity, name);
    }
    const options = [...found].map(([value, name]) => option(value, name, name));
    if (typed) options.push(option("new", typed, this.#desk.dataset.create.replace("{name}", typed)));
    return options;
  }

  /** Let the server read the figure that the passage gives, and fill in what nobody has filled in meanwhile. */
  async #read(form, passage) {
    const address = `${form.getAttribute("action")}?kind=figure&${asQuery(passage)}`;
    const read = await fetched(address);
    if (!read) return;
    const typed = new Set((this.#drafts.get(this.#id) ?? []).map(([name]) => name));
    if (!form.isConnected || form !== this.#form || typed.size) return;
    for (const field of read.querySelectorAll(".field :is(input, select, textarea)")) {
      setField(form, field.name, field.value);
    }
    const hint = read.querySelector(".hint");
    if (hint) form.querySelector(".field").before(hint);
  }

  #typed(field) {
    const form = this.#form;
    if (!form) return;
    if (field.matches("[role=combobox]")) form.elements.entity.value = ""; // somebody else, not chosen yet
    this.#drafts.keep(this.#id, typedInto(form), this.what);
  }

  #submitted(event) {
    const form = event.target;
    if (!form.matches(".tag-form")) return;
    event.preventDefault();
    if (form.elements.entity?.value === "") {
      const box = form.querySelector("[role=combobox]");
      box.focus();
      // Later, because a form that is being sent cannot be sent by the choice.
      return setTimeout(() => box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" })));
    }
    const fields = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key", "q"].includes(name));
    const passage = Object.fromEntries(PASSAGE.map((name) => [name, form.elements[name].value]));
    Object.assign(passage, { start: Number(passage.start), end: Number(passage.end) });
    const label = `${form.dataset.label}: “${passage.exact.slice(0, 80)}”`;
    const change = { page: this.#desk.dataset.address, address: form.getAttribute("action"), fields, passage, label };
    try {
      this.#outbox.add(change);
    } catch {
      return this.#page.say(this.#desk.dataset.noRoom);
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

  #pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const form = this.#form;
    if (button.matches(".leave")) {
      if (button.closest(".theirs")) this.#dropRefused();
      this.close();
    } else if (button.matches(".delete")) {
      const { mark } = form.dataset;
      this.close();
      this.#page.remove(mark);
    } else if (button.closest(".kinds")) {
      const passage = Object.fromEntries(PASSAGE.map((name) => [name, form.elements[name].value]));
      this.create(button.value, passage);
    }
  }

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

/** A part of a page; null if the server cannot be reached, or not by this person. */
export async function fetched(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer || answer.redirected || answer.status >= 500) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

function asQuery(passage) {
  const { version, start, end, exact = "" } = passage;
  if (start === undefined) return "";
  const query = new URLSearchParams({ version, start, end });
  if (exact.length <= 500) query.set("exact", exact);
  return query.toString();
}

/** What stands in the fields, and the revision that it is about: if that is not the last, saving shows both versions. */
function typedInto(form) {
  return [...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name));
}

function setField(form, name, value) {
  const field = form.elements[name];
  if (!field || field instanceof RadioNodeList) return;
  if (field.type === "checkbox") field.checked = true;
  else field.value = value;
}

function firstField(form) {
  return [...form.elements].find((field) => field.matches(".field :is(input, select, textarea)"));
}

function option(value, name, words) {
  const made = document.createElement("li");
  made.role = "option";
  made.id = `option-${value}`;
  Object.assign(made.dataset, { value, name });
  made.textContent = words;
  return made;
}
