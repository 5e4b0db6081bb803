// A browser's window for the tests: `node --test --import` brings it before any module that needs one.

import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><html lang='en'><body></body></html>", {
  url: "https://archive.example/articles/a/annotate/",
});

const NAMES = [
  "document",
  "location",
  "localStorage",
  "DOMParser",
  "CustomEvent",
  "Element",
  "Event",
  "EventTarget",
  "FormData",
  "HTMLButtonElement",
  "HTMLElement",
  "HTMLInputElement",
  "HTMLSelectElement",
  "HTMLTextAreaElement",
  "KeyboardEvent",
  "Node",
  "NodeFilter",
  "RadioNodeList",
  "Range",
];
for (const name of NAMES) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
}
Object.assign(globalThis, {
  window,
  addEventListener: window.addEventListener.bind(window),
  getSelection: window.getSelection.bind(window),
  matchMedia: () => ({ matches: false, addEventListener() {} }),
  scrollX: 0,
  scrollY: 0,
});
window.HTMLElement.prototype.scrollIntoView = () => {};

/** Put HTML into the page, and return its body. */
export function page(html) {
  document.body.innerHTML = html;
  return document.body;
}

/** Press a key on an element; return the event. */
export function press(element, key, options = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  element.dispatchEvent(event);
  return event;
}

/** Let everything that is waiting for a promise or a timer of no time go on. */
export function settle() {
  return new Promise((done) => setTimeout(done));
}
