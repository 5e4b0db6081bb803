// The reading page: notes beside their marks and, for editors, a bar that tags what is selected.
// Without this script the notes stand below the text and tagging goes step by step.

import { placeNotes } from "./notes.js";
import { offerTagging } from "./selecting.js";

const text = document.getElementById("text");
const margin = document.querySelector(".margin");

if (text && margin) placeNotes(text, margin);

const reading = text?.closest("[data-tag-url]");
const bar = document.querySelector(".tag-bar");
if (reading && bar) offerTagging(text, bar, reading.dataset.tagUrl, reading.dataset.version);
