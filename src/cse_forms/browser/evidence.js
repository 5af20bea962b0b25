/**
 * By which answers something is so, and which of those that are blank or not known leave it open.
 * @module
 */

import { spanOf, unitOf } from "./comparing.js";
import { lengthsOf, mostWithin } from "./dates.js";
import { join } from "./items.js";
import { asRead, isAnswer, isGiven, isMissing } from "./matching.js";

/** @typedef {import("./counting.js").Leaf} Leaf */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./counting.js").Tally} Tally */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./items.js").Keys} Keys */

/** @param {Instance} instance @param {Run} run whether an answer, or the default in its place, says something */
function saysSomething({ item, value, rowsUnknown }, run) {
  return !rowsUnknown && isGiven(item, asRead(item, value, run.draft));
}

/** @param {Instance} instance whether an answer says that it is not known */
export function isNotKnown({ item, value }) {
  if (isMissing(item, value) || !isAnswer(item, value)) return false;
  const chosen = item.kind === "choices" ? value : [value];
  return chosen.some((/** @type {any} */ one) => item.optionOf(one)?.unknown);
}

/**
 * Return answers, each once.
 * @param {Instance[]} found
 * @returns {Instance[]}
 */
const eachOnce = (found) => [...new Map(found.map((instance) => [join(instance.keys), instance])).values()];

/**
 * Return the answers that leave open whether an answer counts.
 * @param {Leaf} leaf
 * @param {Run} run
 * @param {Keys} keys
 * @returns {Instance[]}
 */
export function undecided(leaf, run, keys) {
  const own = leaf.when ? [{ condition: leaf.when, depth: keys.length - 1 }] : [];
  return [...leaf.asked, ...own].flatMap(({ condition, depth }) => {
    const row = keys.slice(0, depth);
    return condition.truth(run, row) === null ? condition.deciding(run, row) : [];
  });
}

/** @param {Leaf} leaf @param {Run} run @param {Keys} keys the dates that are given and an answer is compared with */
function others(leaf, run, keys) {
  return leaf.heldAgainst.flatMap((other) => {
    const found = other.instances(run, keys.slice(0, -1));
    return found.filter((one) => isGiven(one.item, one.value) && other.isCounted(run, one.keys));
  });
}

/** @param {Leaf} leaf @param {Run} run @param {Keys} keys what leaves open with which date an answer is compared */
function openOthers(leaf, run, keys) {
  return leaf.heldAgainst.flatMap((other) =>
    other.instances(run, keys.slice(0, -1)).flatMap((one) => {
      const isOpen = other.isCounted(run, one.keys) !== false && !isGiven(one.item, one.value);
      return [...undecided(other, run, one.keys), ...(isOpen ? [one] : [])];
    }),
  );
}

/**
 * Return the answers that certainly count and match, or that count and do not.
 * @param {Tally} tally
 * @param {Run} run
 * @param {Keys} row
 * @param {{matching: boolean, ofAll: boolean}} asked `ofAll`: whether something is said of all answers. Then an answer
 *   that does as is asked decides whether its row is looked at or not, and so does that its row is left out.
 * @returns {Instance[]}
 */
export function deciding(tally, run, row, { matching, ofAll }) {
  if (!tally.window) return decidingEach(tally, run, row, matching, ofAll);
  if (ofAll || !matching) return [true, false].flatMap((matches) => decidingEach(tally, run, row, matches, true));
  const dates = tally.dates(run, row).certain;
  const [shortest] = lengthsOf(spanOf(tally.window, tally.aroundOf(run, [], null)));
  const among = mostWithin(dates.map(({ day }) => day), unitOf(tally.window), shortest).map(({ ordinal }) => ordinal);
  return dates.filter(({ day }) => among.includes(day.ordinal)).map(({ instance }) => instance);
}

/**
 * @param {Tally} tally
 * @param {Run} run
 * @param {Keys} row
 * @param {boolean} matching
 * @param {boolean} ofAll
 * @returns {Instance[]}
 */
function decidingEach(tally, run, row, matching, ofAll) {
  return tally.outcomes(run, row).flatMap(({ leaf, instance, counts, matches }) => {
    const inside = instance.keys.slice(0, -1);
    if (ofAll && leaf.when && leaf.when.truth(run, inside) === false) return leaf.when.deciding(run, inside);
    if (matches !== matching || (ofAll ? counts === false : counts !== true)) return [];
    const narrowed = !ofAll && leaf.when ? leaf.when.deciding(run, inside) : [];
    return [instance, ...others(leaf, run, instance.keys), ...narrowed];
  });
}

/**
 * Return the blank and Not Known answers that leave open how many match, or whether every one does.
 * @param {Tally} tally
 * @param {Run} run
 * @param {Keys} row
 * @param {{every?: boolean, gaps?: boolean}} [asked] `gaps`: whether an answer that is not known may count
 * @returns {Instance[]}
 */
export function openAnswers(tally, run, row, { every = false, gaps = true } = {}) {
  return tally.outcomes(run, row).flatMap(({ leaf, instance, counts, matches }) => {
    if (matches === null && !gaps) return [];
    const isOpen = counts !== false && matches === null;
    const itself = isOpen && !saysSomething(instance, run) ? [instance] : [];
    if (tally.window) {
      const isUndecided = counts === null && (every || matches !== false);
      return [...(isUndecided ? undecided(leaf, run, instance.keys) : []), ...itself];
    }
    // Whether an answer counts is no matter where it does not match, and to "every" where it does.
    if (counts === false || matches === every) return [];
    return [
      ...(counts === null ? undecided(leaf, run, instance.keys) : []),
      ...itself,
      ...(isOpen ? openOthers(leaf, run, instance.keys) : []),
    ];
  });
}

/**
 * Return the answers that leave open whether one of the selected questions is asked.
 * @param {Tally} tally
 * @param {Run} run
 * @returns {Instance[]}
 */
export function openQuestions(tally, run) {
  return tally.leaves.flatMap(({ question, asked }) =>
    asked.flatMap(({ condition, depth }) => {
      if (question.rowAt >= 0 && question.rowAt < depth) return [];
      const row = question.keys.slice(0, depth);
      return condition.truth(run, row) === null ? condition.deciding(run, row) : [];
    }),
  );
}

/**
 * Return answers that were gathered already, or gather them, each once.
 * @param {Run} run
 * @param {string} of
 * @param {() => Instance[]} gather
 * @returns {Instance[]}
 */
export function gathered(run, of, gather) {
  let found = run.evidence.get(of);
  if (!found) run.evidence.set(of, (found = eachOnce(gather())));
  return found;
}
