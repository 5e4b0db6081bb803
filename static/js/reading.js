// The reading page: ways from mark to mark, notes beside them and a bar that cites what is selected or, for editors, tags
// it. Without this script the notes stand below the text, and citing and tagging go step by step.

import { walkMarks } from "./marks.js";
import { placeNotes } from "./notes.js";
import { offerSelection } from "./selecting.js";

const text = document.getElementById("text");
const margin = document.querySelector(".margin");

if (text && margin) placeNotes(text, margin);

const marksBar = document.querySelector(".marks-bar");
if (text && marksBar) walkMarks(text, marksBar);

const reading = document.querySelector("article.reading");
const bar = document.querySelector(".tag-bar");
if (text && reading && bar) offerSelection(text, bar, reading.dataset);
