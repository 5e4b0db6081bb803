// The entity box: an editable combobox with a list, as the ARIA Authoring Practices describe it. The server gives the
// proposals (see `_options.html`); the first is active at once, so that Enter takes it.

const PAUSE = 120; // milliseconds after a keystroke

/**
 * `choose(option)` is called when somebody takes a proposal. `known()` gives options for when the server cannot be
 * asked; its elements are like those of `_options.html`.
 */
export function combobox(input, choose, known) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const count = input.parentElement.querySelector("[role=status]");
  let timer;
  let isAsking = false;
  let takesFirst = false; // Enter came before the proposals

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => document.getElementById(input.getAttribute("aria-activedescendant"));

  function open() {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(null);
  }

  function activate(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    isAsking = false;
    const there = options();
    if (document.activeElement === input) open();
    activate(there[0] ?? null);
    const proposals = there.filter((one) => one.dataset.value !== "new").length;
    count.textContent = proposals === 1 ? count.dataset.one : count.dataset.many.replace("{count}", proposals);
    if (takesFirst && there.length) take(there[0]);
    takesFirst = false;
  }

  function ask() {
    isAsking = true;
    window.htmx.trigger(input, "search");
  }

  function recall() {
    list.replaceChildren(...known(input.value));
    show();
  }

  function take(option) {
    if (!option) return;
    input.value = option.dataset.name;
    close();
    choose(option);
  }

  input.addEventListener("input", () => {
    isAsking = true;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("htmx:afterSwap", (event) => event.stopPropagation());
  list.addEventListener("htmx:afterSwap", show);
  for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) input.addEventListener(failed, recall);
  list.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    if (new URL(xhr.responseURL).pathname === new URL(pathInfo.requestPath, location).pathname) return;
    event.detail.shouldSwap = false; // the answer is the page on which one signs in
    recall();
  });
  input.addEventListener("click", () => options().length && open());
  input.addEventListener("blur", () => setTimeout(close, 150)); // not before a click on an option has come
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const there = options();
    const at = there.indexOf(active());
    const isOpen = input.getAttribute("aria-expanded") === "true";
    switch (event.key) {
      case "ArrowDown":
        if (isOpen && !event.altKey) activate(there[(at + 1) % there.length]);
        else show();
        break;
      case "ArrowUp":
        if (event.altKey) close();
        else if (isOpen) activate(there.at(at - 1 < -1 ? -1 : at - 1));
        break;
      case "Enter":
        if (event.ctrlKey || event.metaKey) return; // saves what is chosen
        if (isAsking) takesFirst = true;
        else if (isOpen) take(active());
        else show();
        break;
      case "Escape":
        if (!isOpen) return;
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  if (input.value && !options().length) ask();
  else show();
}
