// @ts-check
// The desk: select, press, done. What is tagged goes to the outbox, and the server's answer brings the
// pieces of the text that have changed, by whomever.

/** @import { Passage } from "./types.d.ts" */

import { offerApplying } from "./apply-to-all.js";
import { Caret } from "./caret.js";
import { Forms } from "./desk-forms.js";
import { DeskText, markOf } from "./desk-text.js";
import { around, byId, find, findAll, selection } from "./dom.js";
import { MarkList } from "./mark-list.js";
import { walkMarks } from "./marks.js";
import { rangeOffsets } from "./offsets.js";
import { Outbox } from "./outbox.js";
import { listOutbox } from "./outbox-list.js";
import { PlacesShown } from "./places-shown.js";
import { asStrings, isSignedOut, parsed, post } from "./posting.js";
import { offerBar, selectedRange } from "./selection-bar.js";

const LOOK_EVERY = 4000; // milliseconds between two looks at what others did

const desk = find(document, ".desk");
const text = byId("text");
const bar = find(desk, ".tag-bar");
const status = find(desk, ".desk-status");
const { user = "", address = "", version = "" } = desk.dataset;

const caret = new Caret(text, find(desk, ".start-caret"));
const list = new MarkList(find(desk, ".desk-list"));
const deskText = new DeskText(text, caret, list);
const places = new PlacesShown(desk, text);
const outbox = new Outbox(user, shown);
const forms = new Forms(desk, outbox, {
  say,
  back,
  point: (span) => places.choose(span),
  remove,
});
let answers = 0; // how many have been applied: a look that began before the last of them is out of date
let isPressing = false; // while a mouse is drawn over the text nothing in it may be replaced
let isExact = false; // Alt was held: what is selected stays as it is

for (const one of findAll(desk, ".desk-bar, .list-order, .with-script")) one.hidden = false;
offerBar(text, bar, () => {
  find(bar, ".move").hidden = !forms.mark;
});
walkMarks(text, find(desk, ".marks-bar"));
offerApplying(desk, outbox, say);
outbox.send();
forms.reopen();
showWaiting();
setInterval(look, LOOK_EVERY);

outbox.addEventListener("change", showWaiting);
outbox.addEventListener("done", (event) => apply(detailOf(event).html, true));
outbox.addEventListener("refused", (event) => {
  const { item, html } = detailOf(event);
  say(status.dataset.refused);
  forms.refused(item, html);
});
outbox.addEventListener("failed", () => say(status.dataset.failed));
document.addEventListener("visibilitychange", look);

text.addEventListener("pointerdown", () => {
  isPressing = true;
});
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
  const value = around(event.target, "button", HTMLButtonElement)?.value;
  if (!value) return;
  const [edge, step] = value.split(" ");
  if (value === "move") move();
  else if (step) caret.moveEdge(edge === "start" ? "start" : "end", step === "on" ? 1 : -1);
  else tag(value);
});

desk.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const line = around(event.target, ".group [data-mark]")?.dataset.mark;
  const mark = around(event.target, "#text [data-annotation]")?.dataset.annotation;
  const isLink = around(event.target, "a") || !selection().isCollapsed; // or words are being selected
  const pk = line ?? (isLink ? undefined : mark);
  if (!pk) return;
  event.preventDefault();
  forms.edit(pk);
  if (line) document.getElementById(`a-${pk}`)?.scrollIntoView({ block: "center" });
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  if (around(event.target, "input, textarea, select, dialog")) return;
  if (event.key === "Escape") return leave(event);
  const pk = markOf(event.target);
  if (event.key === "Delete" && pk) remove(pk);
  else if (event.key === "Enter" && pk && around(event.target, "#text")) forms.edit(pk);
  else return;
  event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = around(event.target, "form", HTMLFormElement);
  if (!form?.closest("#history")) return;
  event.preventDefault();
  undo(form);
});

/**
 * Tag what is selected.
 *
 * @param {string} kind
 */
function tag(kind) {
  const chosen = choose();
  if (chosen) forms.create(kind, chosen);
}

/** Let the mark whose form is open be on what is selected. */
function move() {
  const chosen = choose();
  if (chosen && forms.mark) forms.edit(forms.mark, chosen);
}

/** What is selected, in whole words unless it was meant otherwise; and remember it for going on. */
function choose() {
  if (!isExact) caret.snap();
  const chosen = passage();
  if (chosen) caret.hold();
  return chosen;
}

/**
 * What is selected: its words, and where they are in code points of the text; null if nothing is.
 *
 * @returns {Passage | null}
 */
function passage() {
  const range = selectedRange(text);
  return range && { version, ...rangeOffsets(text, range) };
}

/**
 * Take a mark away. What it was comes back by undoing.
 *
 * @param {string} pk
 */
function remove(pk) {
  const line = document.getElementById(`m-${pk}`);
  if (!line) return;
  const link = find(line, "a", HTMLAnchorElement);
  const words = link.textContent?.replace(/\s+/g, " ").trim();
  outbox.add({
    page: address,
    address: link.pathname.replace("/edit/", "/delete/"),
    fields: [["revision", line.dataset.revision ?? ""]],
    label: `${desk.dataset.deleteWords} ${words}`,
  });
}

/** @param {HTMLFormElement} form */
async function undo(form) {
  if (outbox.isUnderWay) return say(status.dataset.waits);
  const fields = asStrings(new FormData(form));
  const body = new URLSearchParams([...fields, ...Object.entries(shown())]);
  const answer = await post(user, form.action, body).catch(() => null);
  if (!answer?.ok || isSignedOut(answer)) return say(status.dataset.notUndone);
  apply(await answer.text());
}

/** What the text shows, for the server to answer with what has changed. */
function shown() {
  return { shown: deskText.stamps, shown_version: version };
}

async function look() {
  if (document.hidden || isPressing || outbox.isUnderWay) return;
  const before = answers;
  const answer = await post(user, address, new URLSearchParams(shown())).catch(() => null);
  if (answer?.status !== 200 || isSignedOut(answer)) return;
  const html = await answer.text();
  if (answers === before && !isPressing) apply(html);
}

/**
 * Put what has changed into the page, and say what was done.
 *
 * @param {string} html
 * @param {boolean} [isSaved] something of this page has been saved
 */
function apply(html, isSaved = false) {
  const answer = parsed(html);
  const said = byId("said", answer);
  const words = said.textContent ?? "";
  answers += 1;
  if ("reload" in said.dataset) {
    if (outbox.waiting.length || forms.isOpen) say(words);
    else location.reload();
    return;
  }
  deskText.replace(answer);
  places.redraw();
  say(isSaved ? `${status.dataset.saved?.replace("{time}", now())} ${words}` : words);
  if (said.dataset.mark) desk.dispatchEvent(new CustomEvent("tagged", { detail: said.dataset }));
  showWaiting();
}

function now() {
  const language = document.documentElement.lang;
  const hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(
    language,
    /** @type {Intl.DateTimeFormatOptions} */ (hours),
  ).format();
}

/** Go back to the text, where the work goes on. */
function back() {
  text.focus({ preventScroll: true });
  caret.resume();
}

/**
 * Esc closes what is open, then lets go of what is selected, then leaves.
 *
 * @param {KeyboardEvent} event
 */
function leave(event) {
  event.preventDefault();
  if (forms.isOpen) return forms.close();
  if (!bar.hidden || caret.isOn) {
    caret.stop();
    bar.hidden = true;
    return selection().removeAllRanges();
  }
  find(desk, ".leave-desk").click();
}

/** @param {string | undefined} words */
function say(words) {
  status.textContent = words ?? "";
}

/** Show what is not done yet: in words, in a list, and in the text where it is about words of it. */
function showWaiting() {
  const { waiting, state } = outbox;
  const isTrouble = waiting.length && state !== "sent";
  if (isTrouble) say(state === "offline" ? status.dataset.offline : status.dataset.signedOut);
  else if (outbox.isUnderWay) say(status.dataset.saving);
  listOutbox(find(desk, ".outbox"), outbox);
  /** @type {[number, number][]} */
  const here = [];
  for (const { page, passage } of waiting) {
    if (page === address && passage?.version === version) here.push([passage.start, passage.end]);
  }
  places.showWaiting(here);
}

/** @param {Event} event */
function detailOf(event) {
  return /** @type {CustomEvent} */ (event).detail;
}
