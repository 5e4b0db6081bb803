// The reading page: ways from mark to mark, notes beside them and, for editors, a bar that tags what is selected.
// Without this script the notes stand below the text and tagging goes step by step.

import { walkMarks } from "./marks.js";
import { placeNotes } from "./notes.js";
import { offerTagging } from "./selecting.js";

const text = document.getElementById("text");
const margin = document.querySelector(".margin");

if (text && margin) placeNotes(text, margin);

const marksBar = document.querySelector(".marks-bar");
if (text && marksBar) walkMarks(text, marksBar);

const reading = text?.closest("[data-tag-url]");
const bar = document.querySelector(".tag-bar");
if (reading && bar) offerTagging(text, bar, reading.dataset.tagUrl, reading.dataset.version);
