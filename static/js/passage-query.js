// @ts-check
// A passage as the query of an address.

/** @import { Passage } from "./types.d.ts" */

const LONGEST = 500; // UTF-16 units of a passage whose words stand in an address

/**
 * Where a passage is and, unless they are many, its words; empty where there is none.
 *
 * @param {Passage | null} [passage]
 * @returns {string}
 */
export function asQuery(passage) {
  if (!passage) return "";
  const { version, start, end, exact } = passage;
  const query = new URLSearchParams({ version, start: String(start), end: String(end) });
  if (exact.length <= LONGEST) query.set("exact", exact);
  return query.toString();
}
