// @ts-check
// Finding elements that a page is sure to have, with their types.

/**
 * The first element of `root` that a selector finds. Throws where there is none.
 *
 * @overload
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
/**
 * @template {Element} T
 * @overload
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element}
 */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`This page has no ${selector}.`);
  return found;
}

/**
 * All elements of `root` that a selector finds.
 *
 * @overload
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
/**
 * @template {Element} T
 * @overload
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T[]}
 */
/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element[]}
 */
export function findAll(root, selector) {
  return [...root.querySelectorAll(selector)];
}

/**
 * The element with an id. Throws where there is none.
 *
 * @param {string} id
 * @param {Document} [page]
 * @returns {HTMLElement}
 */
export function byId(id, page = document) {
  const found = page.getElementById(id);
  if (!found) throw new Error(`This page has no #${id}.`);
  return found;
}

/**
 * The element itself, or one around it, that a selector finds; null where there is none.
 *
 * @overload
 * @param {EventTarget | null} from
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
/**
 * @template {Element} T
 * @overload
 * @param {EventTarget | null} from
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T | null}
 */
/**
 * @param {EventTarget | null} from
 * @param {string} selector
 * @returns {Element | null}
 */
export function around(from, selector) {
  return from instanceof Element ? from.closest(selector) : null;
}

/**
 * What the browser has selected.
 *
 * @returns {Selection}
 */
export function selection() {
  return /** @type {Selection} */ (getSelection()); // null only in a frame that is not shown
}
