// Notes in the margin: beside their marks where there is room, below their paragraph where there is not.

const WIDE = window.matchMedia("(min-width: 62.5rem)");
const GAP = 10; // pixels

export function placeNotes(text, margin) {
  const notes = [...margin.querySelectorAll(".note")];
  if (!notes.length) return;
  const place = () => (WIDE.matches ? beside(text, margin, notes) : below(text, margin, notes));
  place();
  WIDE.addEventListener("change", place);
  new ResizeObserver(place).observe(text);
  document.fonts?.ready.then(place);
  for (const note of notes) light(note);
}

function beside(text, margin, notes) {
  for (const block of text.children) block.style.marginBottom = "";
  margin.classList.add("aligned");
  const top = margin.getBoundingClientRect().top;
  let free = 0;
  const tops = notes.map((note) => markOf(note)?.getBoundingClientRect().top - top || 0);
  const heights = notes.map((note) => note.offsetHeight);
  notes.forEach((note, i) => {
    const at = Math.max(tops[i], free);
    note.style.top = `${at}px`;
    free = at + heights[i] + GAP;
  });
  margin.style.minHeight = `${free}px`;
}

function below(text, margin, notes) {
  for (const block of text.children) block.style.marginBottom = "";
  margin.style.minHeight = "";
  margin.classList.add("aligned");
  const byBlock = Map.groupBy(notes, (note) => blockOf(text, markOf(note)));
  const heights = new Map(notes.map((note) => [note, note.offsetHeight]));
  for (const [block, own] of byBlock) {
    if (!block) continue;
    const needed = own.reduce((sum, note) => sum + heights.get(note) + GAP, GAP);
    block.style.marginBottom = `calc(1.1em + ${needed}px)`;
  }
  const top = margin.offsetParent.getBoundingClientRect().top;
  for (const [block, own] of byBlock) {
    let at = block ? block.getBoundingClientRect().bottom - top + GAP : 0;
    for (const note of own) {
      note.style.top = `${at}px`;
      at += heights.get(note) + GAP;
    }
  }
}

function markOf(note) {
  return document.getElementById(note.dataset.for);
}

function blockOf(text, mark) {
  let block = mark;
  while (block && block.parentElement !== text) block = block.parentElement;
  return block;
}

function light(note) {
  const id = note.dataset.for.slice(2);
  const all = [note, ...document.querySelectorAll(`.text [data-annotation="${CSS.escape(id)}"]`)];
  for (const one of all) {
    one.addEventListener("mouseenter", () => all.forEach((other) => other.classList.add("lit")));
    one.addEventListener("mouseleave", () => all.forEach((other) => other.classList.remove("lit")));
  }
}
