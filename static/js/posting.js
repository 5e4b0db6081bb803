// @ts-check
// Asking the server for a part of a page, and sending it a form as the desk does.

const PATIENCE = 30_000; // milliseconds for one answer

/**
 * Send a form to this server in the name of `user`, and give its answer.
 *
 * @param {string} user
 * @param {string} address
 * @param {URLSearchParams} body
 * @returns {Promise<Response>}
 */
export function post(user, address, body) {
  const headers = {
    "HX-Request": "true",
    "X-CSRFToken": cookie("csrftoken"),
    "X-Sent-By": user,
  };
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(address, { method: "POST", body, headers, signal });
}

/**
 * Whether an answer says that this person may not: nobody is signed in any more, or somebody else is.
 *
 * @param {Response} answer
 * @returns {boolean}
 */
export function isSignedOut(answer) {
  return answer.redirected || answer.status === 403;
}

/**
 * A part of a page; null if the server cannot be reached, or not by this person.
 *
 * @param {string} address
 * @returns {Promise<HTMLElement | null>}
 */
export async function fetchPart(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer || answer.redirected || answer.status >= 500) return null;
  return parsed(await answer.text()).body;
}

/**
 * A page, or a part of one, that is not shown.
 *
 * @param {string} html
 * @returns {Document}
 */
export function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/**
 * The fields of a form as a query string has them: a file is named only.
 *
 * @param {Iterable<[string, FormDataEntryValue]>} fields
 * @returns {[string, string][]}
 */
export function asStrings(fields) {
  return Array.from(fields, ([name, value]) => [name, String(value)]);
}

/** @param {string} name */
function cookie(name) {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}
