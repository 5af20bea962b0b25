/**
 * Three-valued logic: what is unknown is never taken for false.
 * @module
 */

/** @typedef {boolean | null} Truth True, false, or null for unknown. */

/**
 * Kleene's conjunction.
 * @param {Iterable<Truth>} truths
 * @returns {Truth}
 */
export function allHold(truths) {
  /** @type {Truth} */
  let result = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === null) result = null;
  }
  return result;
}

/**
 * Kleene's disjunction.
 * @param {Iterable<Truth>} truths
 * @returns {Truth}
 */
export function anyHolds(truths) {
  /** @type {Truth} */
  let result = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === null) result = null;
  }
  return result;
}

/**
 * The contrary; of unknown, unknown.
 * @param {Truth} truth
 * @returns {Truth}
 */
export const negated = (truth) => (truth === null ? null : !truth);

/**
 * Return the one truth that all of them have, else unknown.
 * @param {Iterable<Truth>} truths
 * @returns {Truth}
 */
export function agreed(truths) {
  const found = new Set(truths);
  return found.size === 1 ? /** @type {Truth} */ ([...found][0]) : null;
}
