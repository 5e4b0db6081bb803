// Putting passages into the basket without leaving the page. Without this script the same buttons send the same form.

const form = document.getElementById("basket");
const held = new Set(form.dataset.held.split(" ").filter(Boolean));

const SHOWN = 5000; // milliseconds

let shown = 0;
let last = Promise.resolve(); // one request at a time: the answer to each says what the basket holds

form.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  const keys = keysOf(event.submitter);
  collect(keys).then(say);
});

for (const button of buttons()) press(button);

/** Put passages in or, where all are in it already, take them out; resolve with what is to be said of it. */
export function collect(keys) {
  const name = () => (keys.every((key) => held.has(key)) ? "out" : "put");
  return send(() => ({ [name()]: keys.join(" ") })).then(
    (answer) => answer.told,
    () => form.dataset.failed,
  );
}

/** Send what `fields` gives when those before it are done; reject where the server cannot be reached or refuses. */
export function send(fields) {
  last = last.catch(() => {}).then(async () => {
    const response = await post(fields());
    if (!response.ok) throw new Error(`${response.status}`);
    const answer = await response.json();
    hold(answer.keys);
    return answer;
  });
  return last;
}

/** Resolve when nothing is on its way any more. */
export function settled() {
  return last.catch(() => {});
}

/** Send something at once, even while the page goes away. */
export function post(fields, keepalive = false) {
  const headers = { Accept: "application/json" };
  return fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers, keepalive });
}

function hold(keys) {
  held.clear();
  for (const key of keys) held.add(key);
  for (const button of buttons()) press(button);
  document.querySelector(".to-basket .held").textContent = keys.length || "";
}

function buttons() {
  return document.querySelectorAll("button.into-basket");
}

function keysOf(button) {
  return button.value.split(" ").filter(Boolean);
}

function press(button) {
  button.setAttribute("aria-pressed", String(keysOf(button).every((key) => held.has(key))));
}

/** Say it at the foot of the window for a while, and to screen readers. */
function say(words) {
  let status = document.getElementById("basket-said");
  if (!status) {
    status = document.createElement("p");
    status.id = "basket-said";
    status.className = "basket-said";
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  clearTimeout(shown);
  status.textContent = "";
  setTimeout(() => (status.textContent = words), 50); // a status that is there already is heard when it changes
  shown = setTimeout(() => (status.textContent = ""), SHOWN);
}
