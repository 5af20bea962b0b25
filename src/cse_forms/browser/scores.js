/**
 * What comes of terms: their sum, perhaps scaled, and the highest and the lowest of them.
 * @module
 */

import { boundOf } from "./comparing.js";
import { anyHolds } from "./logic.js";
import {
  asValued, counted, dividedBy, either, highestOf, hull, interval, isAtLeast, MAYBE_NO_VALUE, NO_VALUE, NOUGHT, plus,
  rounded, times, totalOf, turned,
} from "./numbers.js";
import { ZERO } from "./rational.js";

/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./terms.js").Part} Part */
/** @typedef {import("./rational.js").Rational} Rational */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./terms.js").Term} Term */

/**
 * Return the sum of terms.
 * @param {Term[]} terms
 * @param {any} missing "unknown", "zero" or how it is prorated
 * @param {Run} run
 * @param {Around} around
 * @returns {Interval}
 */
export function sumOf(terms, missing, run, around) {
  const applies = anyHolds(terms.map((term) => term.applies(run)));
  const impossible = anyHolds(terms.map((term) => term.isImpossible(run)));
  if (applies === false || impossible === true) return NO_VALUE;
  const parts = terms.flatMap((term) => term.parts(run));
  const isProrated = typeof missing === "object";
  let total = isProrated ? prorated(parts.filter((part) => part.isAnswer), missing.prorate, run.draft, around) : NOUGHT;
  if (total.has === false) return NO_VALUE;
  for (const part of parts) {
    if (!isProrated || !part.isAnswer) total = plus(total, summand(part, missing, run.draft));
  }
  return applies === true && impossible === false ? total : either(total, NO_VALUE);
}

/** @param {Part} part @param {any} missing @param {boolean} draft */
function summand(part, missing, draft) {
  const number = filledIn(part, missing, draft);
  if (part.isMany && !(missing === "zero" && !draft)) {
    if (number.has === false) return either(NOUGHT, NO_VALUE);
    const low = number.low && number.low.compare(ZERO) >= 0 ? ZERO : null;
    const high = number.high && number.high.compare(ZERO) <= 0 ? ZERO : null;
    return interval(low, high, number.has);
  }
  return part.included ? number : hull([NOUGHT, number]);
}

/** @param {Part} part @param {any} missing @param {boolean} draft the number, with what `missing` makes of a gap */
function filledIn(part, missing, draft) {
  if (part.isGap === false || missing !== "zero") return part.number;
  return draft ? hull([part.filled, part.number]) : part.filled;
}

/**
 * Return the highest number of terms; without a value, where there is none.
 * @param {Term[]} terms
 * @param {any} missing
 * @param {Run} run
 * @returns {Interval}
 */
export function highestOfTerms(terms, missing, run) {
  /** @type {Interval[]} */
  const certain = [];
  /** @type {Interval[]} */
  const perhaps = [];
  for (const part of terms.flatMap((term) => term.parts(run))) {
    const isFilled = part.isGap !== false && missing === "zero" && !run.draft;
    const isThere = isFilled ? true : part.isThere;
    const number = filledIn(part, missing, run.draft);
    if (part.included === false || number.has === false) continue;
    (part.included && isThere && number.has && !part.isMany ? certain : perhaps).push(asValued(number));
  }
  if (certain.length) return interval(highestOf(certain).low, highestOf([...certain, ...perhaps]).high);
  return perhaps.length ? interval(hull(perhaps).low, highestOf(perhaps).high, null) : NO_VALUE;
}

/**
 * Return the lowest number of terms, whose signs are turned.
 * @param {Term[]} terms
 * @param {any} missing
 * @param {Run} run
 */
export const lowestOfTerms = (terms, missing, run) => turned(highestOfTerms(terms, missing, run));

/**
 * Return the sum of the answers given, scaled to all questions that apply.
 * @param {Part[]} parts the answers that apply, or may
 * @param {Node} how how many must be answered, and how the result is rounded
 * @param {boolean} draft whether every gap may still be answered
 * @param {Around} around
 * @returns {Interval}
 */
function prorated(parts, how, draft, around) {
  if (parts.some((part) => part.isMany || part.isGap === null)) return MAYBE_NO_VALUE;
  const needed = boundOf(how.answered, around);
  if (needed.has === false) return NO_VALUE;
  const sure = parts.filter((part) => part.included);
  const open = parts.filter((part) => !part.included);
  const given = sure.filter((part) => !part.isGap);
  const gaps = sure.length - given.length;
  // What may be added to the answers: those that may count, and in a draft the gaps.
  const pool = [...open.filter((part) => !part.isGap), ...(draft ? parts.filter((part) => part.isGap) : [])];
  const base = totalOf(given.map((part) => part.number));
  const sums = sumsOfSome(pool.map((part) => part.number));
  /** @type {Interval[]} */
  const found = [];
  let isCertain = needed.has === true;
  for (const [added, some] of sums.entries()) {
    const answered = given.length + added;
    const enough = answered ? isAtLeast(counted(answered), needed) : false;
    isCertain = isCertain && enough === true;
    if (enough === false) continue;
    const fewest = sure.length + Math.max(0, added - (draft ? gaps : 0));
    const scale = dividedBy(interval(counted(fewest).low, counted(parts.length).low), counted(answered));
    const total = times(plus(base, some), scale);
    found.push(how.round == null ? total : rounded(total, how.round));
  }
  if (!found.length) return NO_VALUE;
  return isCertain ? hull(found) : either(hull(found), NO_VALUE);
}

/**
 * Return the bounds of the sum of none of these numbers, of one, of two, and so on.
 * @param {Interval[]} pool
 * @returns {Interval[]}
 */
function sumsOfSome(pool) {
  const least = sumsOfLeast(pool.map((number) => number.low));
  const most = sumsOfLeast(pool.map((number) => number.high && number.high.negated()));
  return least.map((low, count) => {
    const high = /** @type {Rational | null} */ (most[count]);
    return interval(low, high && high.negated());
  });
}

/** @param {Array<Rational | null>} numbers @returns {Array<Rational | null>} */
function sumsOfLeast(numbers) {
  const known = numbers.flatMap((number) => number ?? []).sort((one, other) => one.compare(other));
  const sums = [ZERO];
  for (const number of known) sums.push(/** @type {Rational} */ (sums[sums.length - 1]).plus(number));
  return numbers.length === known.length ? sums : [ZERO, ...numbers.map(() => null)];
}
