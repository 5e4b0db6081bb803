// The list of marks, by place in the text as the server wrote it or, of the same lines, by who or what is meant.

export const NARROW = matchMedia("(max-width: 62.49rem)");
const CHOSEN = "desk-list"; // what the browser remembers: "name", or nothing

export class MarkList {
  #places;
  #names;
  #buttons;

  constructor(aside) {
    this.#places = aside.querySelector("#groups");
    this.#names = aside.querySelector("#by-name");
    this.#buttons = [...aside.querySelectorAll(".list-order button")];
    for (const button of this.#buttons) button.addEventListener("click", () => this.#choose(button.value));
    if (NARROW.matches) aside.querySelector("details").open = false; // there the text comes first
    this.#show();
  }

  /** The marks have changed. */
  refresh() {
    if (this.#isByName) this.#names.replaceChildren(...this.#sections());
  }

  get #isByName() {
    return localStorage.getItem(CHOSEN) === "name";
  }

  #choose(order) {
    if (order === "name") localStorage.setItem(CHOSEN, order);
    else localStorage.removeItem(CHOSEN);
    this.#show();
  }

  #show() {
    const isByName = this.#isByName;
    this.#places.hidden = isByName;
    this.#names.hidden = !isByName;
    for (const one of this.#buttons) one.setAttribute("aria-pressed", String((one.value === "name") === isByName));
    this.refresh();
  }

  #sections() {
    const headings = { ...this.#names.dataset };
    const groups = new Map();
    for (const line of this.#places.querySelectorAll("[data-mark]")) {
      const { entity, name, kind } = line.dataset;
      const key = entity ?? kind;
      if (!groups.has(key)) groups.set(key, { name: name ?? headings[kind], kind, lines: [] });
      groups.get(key).lines.push(line);
    }
    const kinds = Object.keys(headings);
    const order = (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || one.name.localeCompare(other.name);
    return [...groups.values()].sort(order).map(section);
  }
}

function section({ name, kind, lines }) {
  const made = document.createElement("section");
  const heading = document.createElement("h2");
  const label = document.createElement("span");
  const count = document.createElement("span");
  const list = document.createElement("ol");
  label.className = `mark-name ${kind}`;
  label.textContent = name;
  count.className = "count";
  count.textContent = lines.length;
  heading.append(label, " ", count);
  list.className = "group";
  list.append(...lines.map((line) => line.cloneNode(true)));
  for (const line of list.children) line.removeAttribute("id");
  made.append(heading, list);
  return made;
}
