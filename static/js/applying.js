// “Apply to all” at the desk: the page of that name in a dialog. What is chosen goes out by way of the outbox.

import { fetched } from "./desk-forms.js";
import { nameOf } from "./key-names.js";

const NOT_SENT = ["csrfmiddlewaretoken", "key"];

/** Let the button lead from the mention that was tagged or had the focus last to the other places of its words. */
export function offerApplying(desk, outbox, say) {
  const button = desk.querySelector(".apply-to-all");
  const dialog = desk.querySelector("dialog.apply");
  let mark = null;

  const boxes = () => [...dialog.querySelectorAll("[name=place]")];

  function offer(pk) {
    mark = pk ?? mark;
    button.hidden = mark === null;
  }

  /** Show an address in the dialog; where it cannot be shown, say why beside the text. */
  async function open(address) {
    const part = await fetched(address);
    if (!part?.querySelector(":scope > .heading")) {
      dialog.close();
      return say(part ? dialog.dataset.gone : desk.dataset.notOpened);
    }
    dialog.replaceChildren(...part.childNodes);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    count();
    (boxes()[0] ?? dialog.querySelector(".chosen")).focus({ preventScroll: true });
  }

  function count() {
    const submit = dialog.querySelector("[type=submit]");
    if (!submit) return;
    const { one, many } = submit.form.dataset;
    const chosen = boxes().filter((box) => box.checked).length;
    submit.textContent = chosen === 1 ? one : many.replace("{count}", chosen);
    submit.disabled = !chosen;
  }

  function choose(all) {
    for (const box of boxes()) box.checked = all;
    count();
  }

  function step(by) {
    const all = boxes();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? 0 : at + by];
    next?.focus();
    next?.closest("li").scrollIntoView({ block: "nearest" });
  }

  desk.addEventListener("tagged", ({ detail }) => offer(detail.apply));
  desk.addEventListener("focusin", ({ target }) => {
    const mark = target.closest("#text [data-annotation]")?.dataset.annotation;
    const pk = mark ?? target.closest(".group [data-mark]")?.dataset.mark;
    if (pk && document.getElementById(`m-${pk}`)?.dataset.entity) offer(pk);
  });

  button.addEventListener("click", () => {
    const link = document.querySelector(`#m-${mark} a`);
    if (link) open(link.pathname.replace("/edit/", "/apply/"));
    else say(dialog.dataset.gone);
  });

  dialog.addEventListener("change", count);
  dialog.addEventListener("click", (event) => {
    const { value } = event.target.closest("button") ?? {};
    const link = event.target.closest("a:not([target])");
    if (value === "close") dialog.close();
    else if (value) choose(value === "all");
    else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link.href);
    }
  });

  dialog.addEventListener("keydown", (event) => {
    const key = nameOf(event);
    const isLetterOn = !document.documentElement.matches(".no-single-keys");
    if (isLetterOn && (key === "a" || key === "n")) choose(key === "a");
    else if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  });

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const fields = [...new FormData(form)].filter(([name]) => !NOT_SENT.includes(name));
    const label = `${form.dataset.label} — ${form.querySelector("[type=submit]").textContent}`;
    dialog.close();
    try {
      outbox.add({ page: desk.dataset.address, address: form.getAttribute("action"), fields, label });
    } catch {
      say(desk.dataset.noRoom);
    }
  });

  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    if (document.activeElement === document.body) document.getElementById("text").focus({ preventScroll: true });
  });
}
