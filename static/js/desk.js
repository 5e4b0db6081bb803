// The desk: select, press, done. What is tagged goes to the outbox, and the server's answer brings the pieces of the
// text that have changed, by whomever.

import { offerApplying } from "./applying.js";
import { Caret } from "./caret.js";
import { Forms } from "./desk-forms.js";
import { MarkList, NARROW } from "./desk-list.js";
import { walkMarks } from "./marks.js";
import { rangeAt, rangeOffsets, unitsAt } from "./offsets.js";
import { isSignedOut, Outbox, post } from "./outbox.js";
import { offerBar, selectedRange } from "./selecting.js";

const LOOK_EVERY = 4000; // milliseconds between two looks at what others did
const SHEET = 0.6; // of the window is what the form covers at most on a phone

const desk = document.querySelector(".desk");
const text = document.getElementById("text");
const bar = desk.querySelector(".tag-bar");
const status = desk.querySelector(".desk-status");
const { user, address, version } = desk.dataset;

const caret = new Caret(text, desk.querySelector(".start-caret"));
const outbox = new Outbox(user, shown);
const list = new MarkList(desk.querySelector(".desk-list"));
const forms = new Forms(desk, outbox, { say, back, point, remove });
let answers = 0; // how many have been applied: a look that began before the last of them is out of date
let isPressing = false; // while a mouse is drawn over the text nothing in it may be replaced
let pointed = null; // where the passage stands whose form is open
let isExact = false; // Alt was held: what is selected stays as it is

for (const one of desk.querySelectorAll(".desk-bar, .list-order, .with-script")) one.hidden = false;
offerBar(text, bar, () => (bar.querySelector(".move").hidden = !forms.mark));
walkMarks(text, desk.querySelector(".marks-bar"));
offerApplying(desk, outbox, say);
outbox.send();
forms.reopen();
showWaiting();
setInterval(look, LOOK_EVERY);

outbox.addEventListener("change", showWaiting);
outbox.addEventListener("done", ({ detail }) => apply(detail.html, true));
outbox.addEventListener("refused", ({ detail }) => {
  say(status.dataset.refused);
  forms.refused(detail.item, detail.html);
});
outbox.addEventListener("failed", () => say(status.dataset.failed));
document.addEventListener("visibilitychange", look);

text.addEventListener("pointerdown", () => (isPressing = true));
document.addEventListener("pointerup", (event) => {
  if (!isPressing) return;
  isPressing = false;
  isExact = event.altKey;
  setTimeout(() => isExact || caret.snap()); // the browser sets the selection after this event
});
document.addEventListener("keydown", (event) => {
  if (event.shiftKey && event.key.startsWith("Arrow")) isExact = event.altKey;
});

bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
bar.addEventListener("click", (event) => {
  const { value } = event.target.closest("button") ?? {};
  if (!value) return;
  const [edge, step] = value.split(" ");
  if (value === "move") move();
  else if (step) caret.moveEdge(edge, step === "on" ? 1 : -1);
  else tag(value);
});

desk.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const line = event.target.closest(".group [data-mark]");
  const mark = event.target.closest("#text [data-annotation]");
  if (!line && (!mark || event.target.closest("a") || !getSelection().isCollapsed)) return;
  event.preventDefault();
  const pk = line ? line.dataset.mark : mark.dataset.annotation;
  forms.edit(pk);
  if (line) document.getElementById(`a-${pk}`)?.scrollIntoView({ block: "center" });
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.target.closest("input, textarea, select, dialog")) return;
  if (event.key === "Escape") return leave(event);
  const pk = markOf(event.target);
  if (event.key === "Delete" && pk) remove(pk);
  else if (event.key === "Enter" && pk && event.target.closest("#text")) forms.edit(pk);
  else return;
  event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#history")) return;
  event.preventDefault();
  undo(event.target);
});

/** Tag what is selected. */
function tag(kind) {
  const chosen = choose();
  if (chosen) forms.create(kind, chosen);
}

/** Let the mark whose form is open be on what is selected. */
function move() {
  const chosen = choose();
  if (chosen) forms.edit(forms.mark, chosen);
}

/** What is selected, in whole words unless it was meant otherwise; and remember it for going on. */
function choose() {
  if (!isExact) caret.snap();
  const chosen = passage();
  if (chosen) caret.hold();
  return chosen;
}

/** What is selected: its words, and where they are in code points of the text; null if nothing is. */
function passage() {
  const range = selectedRange(text);
  return range && { version, ...rangeOffsets(text, range) };
}

/** Take a mark away. What it was comes back by undoing. */
function remove(pk) {
  const line = document.getElementById(`m-${pk}`);
  if (!line) return;
  const link = line.querySelector("a");
  const label = `${desk.dataset.deleteWords} ${link.textContent.replace(/\s+/g, " ").trim()}`;
  const fields = [["revision", line.dataset.revision]];
  outbox.add({ page: address, address: link.pathname.replace("/edit/", "/delete/"), fields, label });
}

async function undo(form) {
  if (outbox.isUnderWay) return say(status.dataset.waits);
  const body = new URLSearchParams([...new FormData(form), ...Object.entries(shown())]);
  const answer = await post(user, form.action, body).catch(() => null);
  if (!answer?.ok || isSignedOut(answer)) return say(status.dataset.notUndone);
  apply(await answer.text());
}

/** Which stamps the text shows, for the server to answer with what has others now. */
function shown() {
  const pieces = [...text.querySelectorAll("[data-stamp]")].filter((one) => one.dataset.stamp);
  return {
    shown: pieces.map((one) => `${one.id.slice(1)}:${one.dataset.stamp}`).join(","),
    shown_version: version,
  };
}

async function look() {
  if (document.hidden || isPressing || outbox.isUnderWay) return;
  const before = answers;
  const answer = await post(user, address, new URLSearchParams(shown())).catch(() => null);
  if (answer?.status !== 200 || isSignedOut(answer)) return;
  const html = await answer.text();
  if (answers === before && !isPressing) apply(html);
}

/** Put what has changed into the page, and leave what is selected and what has the focus where it was. */
function apply(html, isSaved = false) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const said = answer.getElementById("said");
  answers += 1;
  if ("reload" in said.dataset) return outbox.waiting.length || forms.isOpen ? say(said.textContent) : location.reload();
  const selected = document.activeElement.closest("input, textarea") ? null : caret.selected;
  const focused = focusedPart();
  for (const piece of answer.querySelectorAll(".piece")) replacePiece(piece);
  for (const id of ["history", ...[...answer.querySelectorAll(".group")].map((group) => group.id)]) {
    const now = answer.getElementById(id);
    if (now) document.getElementById(id).replaceWith(now);
  }
  list.refresh();
  showPointed();
  if (selected) caret.select(selected.start, selected.end);
  if (focused) (document.querySelector(focused) ?? text).focus({ preventScroll: true });
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  say(isSaved ? `${status.dataset.saved.replace("{time}", time.format())} ${said.textContent}` : said.textContent);
  if (said.dataset.mark) desk.dispatchEvent(new CustomEvent("tagged", { detail: said.dataset }));
  showWaiting();
}

function replacePiece(piece) {
  let there = document.getElementById(`p${piece.dataset.paragraph}`);
  while (there.parentElement !== text) there = there.parentElement;
  there.replaceWith(...piece.childNodes);
}

/** A selector of what has the focus, if it is of what is drawn anew: a mark, in the text or in the list, or a button. */
function focusedPart() {
  const key = document.activeElement.closest("#history button")?.getAttribute("aria-keyshortcuts");
  if (key) return `#history [aria-keyshortcuts="${key}"]`;
  const pk = markOf(document.activeElement);
  if (!pk) return null;
  const part = document.activeElement.closest("#text, #by-name, #groups").id;
  return part === "text" ? `#a-${pk}` : `#${part} [data-mark="${pk}"] a`;
}

function markOf(element) {
  return element.closest("#text [data-annotation]")?.dataset.annotation ?? element.closest(".group [data-mark]")?.dataset.mark;
}

/** Back to the text, where the work goes on. */
function back() {
  text.focus({ preventScroll: true });
  caret.resume();
}

/** Show which passage the form that opens is about: its code points; null when it closes. */
function point(places) {
  pointed = places;
  const [range] = showPointed();
  if (range && NARROW.matches) scrollAboveSheet(range);
}

function showPointed() {
  return highlight("chosen", pointed ? [pointed] : []);
}

/** On a phone the form covers the lower part of the window: bring a passage to where it can be read. */
function scrollAboveSheet(range) {
  const { top, bottom } = range.getBoundingClientRect();
  const head = desk.querySelector(".desk-head").offsetHeight;
  if (top < head || bottom > innerHeight * (1 - SHEET)) scrollBy(0, top - head - 20);
}

/** Show these places of the text, given in code points, in a way that style sheets have a name for; return them. */
function highlight(name, places) {
  const ranges = places.map((place) => rangeAt(text, ...unitsAt(text.textContent, ...place))).filter(Boolean);
  globalThis.CSS?.highlights?.set(name, new Highlight(...ranges));
  return ranges;
}

/** Esc closes what is open, then lets go of what is selected, then leaves. */
function leave(event) {
  event.preventDefault();
  if (forms.isOpen) return forms.close();
  if (!bar.hidden || caret.isOn) {
    caret.stop();
    bar.hidden = true;
    return getSelection().removeAllRanges();
  }
  desk.querySelector(".leave-desk").click();
}

function say(words) {
  status.textContent = words;
}

/** Show what is not done yet: in words, in a list, and in the text where it is about words of it. */
function showWaiting() {
  const { items, waiting, state } = outbox;
  const section = desk.querySelector(".outbox");
  const isTrouble = waiting.length && state !== "sent";
  if (isTrouble) say(state === "offline" ? status.dataset.offline : status.dataset.signedOut);
  else if (outbox.isUnderWay) say(status.dataset.saving);
  const listed = isTrouble ? items : items.filter((item) => item.isRefused || item.hasFailed);
  section.hidden = !listed.length;
  const list = section.querySelector("ul");
  list.replaceChildren(...listed.map((item) => line(item, list.dataset)));
  section.querySelector(".sign-in").hidden = !(isTrouble && state === "signed-out");
  const here = waiting.filter((item) => item.page === address && item.passage?.version === version);
  highlight(
    "waiting",
    here.map(({ passage: { start, end } }) => [start, end]),
  );
}

function line(item, words) {
  const row = document.createElement("li");
  const label = document.createElement("span");
  const how = item.isRefused ? "refused" : item.hasFailed ? "failed" : "waiting";
  label.textContent = `${item.label} — ${words[how]}`;
  row.append(label);
  if (how !== "waiting") row.append(button(item.isRefused ? words.look : words.again, () => outbox.retry(item)));
  row.append(button(words.discard, () => outbox.discard(item)));
  return row;
}

function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}
