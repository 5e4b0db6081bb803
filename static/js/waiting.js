// The count of what is still to be read, kept up to date: each look reads some. Without this one presses "Look again".

const SECONDS = 2;
const again = document.querySelector(".look-again");

async function look() {
  const response = await fetch(again.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const left = page.getElementById("left");
  if (!response.ok || !left) return; // signed out meanwhile: the button leads on
  document.getElementById("left").replaceChildren(...left.childNodes);
  if (page.querySelector(".look-again")) setTimeout(look, SECONDS * 1000);
  else again.hidden = true;
}

setTimeout(look, SECONDS * 1000);
