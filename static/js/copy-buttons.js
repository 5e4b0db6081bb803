// @ts-check
// Buttons that copy citations and addresses. Where a page may not write to the clipboard by itself, the
// words are selected, so that one key copies them.

import { findAll, selection } from "./dom.js";

const SHOWN_FOR = 4000; // milliseconds

const status = document.createElement("p");
status.className = "unseen";
status.setAttribute("role", "status");
document.body.append(status);

for (const words of findAll(document, ".citation, .copied")) words.after(buttonFor(words));

/** @param {HTMLElement} words */
function buttonFor(words) {
  const says = words.closest("[data-copy]");
  const { copy = "", copied = "", selected = "" } = says instanceof HTMLElement ? says.dataset : {};
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy";
  button.textContent = copy;
  button.setAttribute("aria-describedby", words.id);
  button.addEventListener("click", async () => {
    const said = (await copyWords(words)) ? copied : selected;
    button.textContent = said;
    status.textContent = said;
    setTimeout(() => {
      button.textContent = copy;
    }, SHOWN_FOR);
  });
  return button;
}

/**
 * Copy the words of an element, with their italics where the browser can; otherwise select them and say
 * false.
 *
 * @param {HTMLElement} element
 */
async function copyWords(element) {
  const text = element.textContent?.trim() ?? "";
  try {
    if (element.matches(".citation")) await copyFormatted(text, element.innerHTML);
    else await navigator.clipboard.writeText(text);
    return true;
  } catch {
    selection().selectAllChildren(element);
    return false;
  }
}

/**
 * @param {string} text
 * @param {string} html
 */
function copyFormatted(text, html) {
  const formats = {
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([html], { type: "text/html" }),
  };
  return navigator.clipboard.write([new ClipboardItem(formats)]);
}
