// @ts-check
// The count of what is still to be read, kept up to date: each look reads some. Without this one presses
// "Look again".

import { byId, find } from "./dom.js";
import { parsed } from "./posting.js";

const SECONDS = 2;
const again = find(document, ".look-again", HTMLAnchorElement);

async function look() {
  const response = await fetch(again.href);
  const page = parsed(await response.text());
  const left = page.getElementById("left");
  if (!response.ok || !left) return; // signed out meanwhile: the button leads on
  byId("left").replaceChildren(...left.childNodes);
  if (page.querySelector(".look-again")) setTimeout(look, SECONDS * 1000);
  else again.hidden = true;
}

setTimeout(look, SECONDS * 1000);
