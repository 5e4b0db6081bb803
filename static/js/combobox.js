// The entity box: an editable combobox with a list, as the ARIA Authoring Practices describe it. The server gives the
// proposals (see `_options.html`); the first is active at once, so that Enter takes it. Whatever is typed lets go of
// it until the new ones are there: nobody takes a proposal for something else than what stands in the box.

const PAUSE = 120; // milliseconds after a keystroke
const COMPOSING = 229; // the key code that some browsers give to the Enter that ends a composition

/**
 * `choose(option)` is called when somebody takes a proposal. `known()` gives options for when the server cannot be
 * asked; its elements are like those of `_options.html`.
 */
export function combobox(input, choose, known) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const count = input.parentElement.querySelector("[role=status]");
  const address = new URL(input.getAttribute("hx-get"), location.href).pathname;
  let timer;
  let asked = null; // what the proposals are wanted for, until they are there
  let requested = null; // what the last request was for
  let isPressing = false; // a button is held down somewhere in the form
  let start = 0; // which proposal is active when they come: the first, or the last
  let isTaken = false; // Enter came before them

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => document.getElementById(input.getAttribute("aria-activedescendant"));
  const isOpen = () => input.getAttribute("aria-expanded") === "true";

  function setOpen(isToBe) {
    list.hidden = !isToBe;
    input.setAttribute("aria-expanded", String(isToBe));
  }

  function close() {
    setOpen(false);
    activate(null);
  }

  /** Close the list after the click that took the focus away: what is below must not move from under it. */
  function closeSoon() {
    setTimeout(() => document.activeElement === input || close());
  }

  function released() {
    isPressing = false;
    closeSoon();
  }

  function activate(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** Open the list, if there is something in it and the box has the focus. */
  function show(option = options()[0]) {
    if (!option || document.activeElement !== input) return close();
    setOpen(true);
    activate(option);
  }

  function arrived() {
    if (asked === null) return;
    const option = options().at(start);
    const isToBeTaken = isTaken;
    forget();
    tell();
    show(option);
    if (isToBeTaken) take(option);
  }

  function tell() {
    const proposals = options().filter((one) => one.dataset.value !== "new").length;
    count.textContent = proposals === 1 ? count.dataset.one : count.dataset.many.replace("{count}", proposals);
  }

  function ask() {
    asked = requested = input.value;
    window.htmx.trigger(input, "search");
  }

  function failed() {
    if (asked === null || requested !== asked) return;
    list.replaceChildren(...known(input.value));
    arrived();
  }

  function forget() {
    clearTimeout(timer);
    asked = null;
    start = 0;
    isTaken = false;
  }

  function take(option) {
    if (!option) return;
    forget();
    input.value = option.dataset.name;
    close();
    choose(option);
  }

  input.addEventListener("input", () => {
    forget();
    activate(null);
    asked = input.value;
    timer = setTimeout(ask, PAUSE);
  });
  list.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const isElsewhere = !detail.isError && new URL(detail.xhr.responseURL).pathname !== address; // asked to sign in
    detail.shouldSwap = requested === asked && !detail.isError && !isElsewhere;
    if (isElsewhere) failed();
  });
  list.addEventListener("htmx:afterSwap", arrived);
  for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) input.addEventListener(event, failed);
  input.addEventListener("click", () => isOpen() || show());
  input.addEventListener("blur", () => isPressing || closeSoon());
  input.form.addEventListener("pointerdown", () => {
    isPressing = true;
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, released, { once: true });
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === COMPOSING) return;
    const there = options();
    const at = there.indexOf(active());
    const isAwaited = asked !== null && at < 0;
    switch (event.key) {
      case "ArrowDown":
        if (!isOpen()) show();
        else if (!event.altKey) activate(there[(at + 1) % there.length]);
        break;
      case "ArrowUp":
        if (event.altKey) close();
        else if (isAwaited) start = -1;
        else if (!isOpen()) show(there.at(-1));
        else activate(there.at(at < 0 ? -1 : at - 1));
        break;
      case "Enter":
        if (event.ctrlKey || event.metaKey) return; // saves what is chosen, or is active
        if (isAwaited) isTaken = true;
        else if (active()) take(active());
        else show();
        break;
      case "Escape":
        if (!isOpen()) return;
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  if (input.value && !options().length) return ask();
  tell();
  show();
}
