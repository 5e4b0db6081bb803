// @ts-check
// The reading page: ways from mark to mark, notes beside them and a bar that cites what is selected or, for
// editors, tags it. Without this script the notes stand below the text, and citing and tagging go step by
// step.

import { findAll } from "./dom.js";
import { walkMarks } from "./marks.js";
import { placeNotes } from "./notes.js";
import { offerSelection } from "./selection-bar.js";

const text = document.getElementById("text");
const [margin] = findAll(document, ".margin");
const [marksBar] = findAll(document, ".marks-bar");
const [reading] = findAll(document, "article.reading");
const [bar] = findAll(document, ".tag-bar");

if (text && margin) placeNotes(text, margin);
if (text && marksBar) walkMarks(text, marksBar);
if (text && reading && bar) offerSelection(text, bar, reading.dataset);
