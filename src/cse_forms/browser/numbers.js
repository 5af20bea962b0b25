/**
 * Numbers of which only the bounds are known, reckoned without rounding.
 * @module
 */

import { allHold, negated } from "./logic.js";
import { HALF, least, most, ONE, Rational, ZERO } from "./rational.js";

/** @typedef {import("./logic.js").Truth} Truth */

/**
 * @typedef {{low: Rational | null, high: Rational | null, has: Truth}} Interval
 * A number between two bounds, both included; null where there is no bound. `has` tells whether there is a number at
 * all; where there is none, both bounds are null.
 */

/**
 * @param {Rational | null} low
 * @param {Rational | null} high
 * @param {Truth} [has]
 * @returns {Interval}
 */
export function interval(low, high, has = true) {
  return { low, high, has };
}

/** @param {Rational} number */
export const exactly = (number) => interval(number, number);
/** @param {number} number a whole number */
export const counted = (number) => exactly(new Rational(BigInt(number)));

export const UNBOUNDED = interval(null, null);
export const NO_VALUE = interval(null, null, false);
export const NOUGHT = exactly(ZERO);
export const MAYBE_NO_VALUE = interval(null, null, null);

/** @param {Interval} number the same bounds, of a number that is there */
export const asValued = (number) => interval(number.low, number.high);

/**
 * Return whether one number is the other or more, where both have a value.
 * @param {Interval} one
 * @param {Interval} other
 * @returns {Truth}
 */
export function isAtLeast(one, other) {
  if (one.low && other.high && one.low.compare(other.high) >= 0) return true;
  if (one.high && other.low && one.high.compare(other.low) < 0) return false;
  return null;
}

/**
 * Return whether two numbers are the same, where both have a value.
 * @param {Interval} one
 * @param {Interval} other
 * @returns {Truth}
 */
export function areEqual(one, other) {
  const ends = [one.high, other.low, other.high];
  if (one.low && ends.every((end) => end !== null && end.equals(/** @type {Rational} */ (one.low)))) return true;
  return isAtLeast(one, other) === false || isAtLeast(other, one) === false ? false : null;
}

/**
 * Return what is so of numbers that may be without a value: over none, nothing holds.
 * @param {Truth} truth
 * @param {Interval[]} numbers
 * @returns {Truth}
 */
export function onlyWhereValued(truth, ...numbers) {
  for (const number of numbers) {
    if (number.has === false) return false;
    if (number.has === null && truth === true) truth = null;
  }
  return truth;
}

/**
 * Return whether a number lies on the asked side of a bound; where one of the two has no value, it does not.
 * @param {string} word
 * @param {Interval} number
 * @param {Interval} bound
 * @returns {Truth}
 */
export function compare(word, number, bound) {
  return onlyWhereValued(compareBounds(word, number, bound), number, bound);
}

/**
 * @param {string} word
 * @param {Interval} number
 * @param {Interval} bound
 * @returns {Truth}
 */
function compareBounds(word, number, bound) {
  switch (word) {
    case "minimum":
      return isAtLeast(number, bound);
    case "maximum":
      return isAtLeast(bound, number);
    case "exclusiveMinimum":
      return negated(isAtLeast(bound, number));
    case "exclusiveMaximum":
      return negated(isAtLeast(number, bound));
    default:
      throw new Error(`'${word}' compares nothing`);
  }
}

/** @param {Interval[]} parts @returns {Truth} */
function valueOf(...parts) {
  return allHold(parts.map((part) => part.has));
}

/**
 * @param {Rational | null} low
 * @param {Rational | null} high
 * @param {Interval[]} parts what the number is made of: it is without a value where one of them is
 */
function made(low, high, ...parts) {
  const has = valueOf(...parts);
  return has === false ? NO_VALUE : interval(low, high, has);
}

/**
 * @param {Interval} one
 * @param {Interval} other
 */
export function plus(one, other) {
  const low = one.low && other.low && one.low.plus(other.low);
  const high = one.high && other.high && one.high.plus(other.high);
  return made(low, high, one, other);
}

/** @param {Interval} number the number with the other sign */
export function turned(number) {
  return interval(number.high && number.high.negated(), number.low && number.low.negated(), number.has);
}

/** @typedef {Rational | -1 | 1} End A bound, or the sign of one that is infinitely far. */

/** @param {Interval} number @returns {[End, End]} */
const endsOf = (number) => [number.low ?? -1, number.high ?? 1];

/** @param {End} end @returns {-1 | 0 | 1} */
const signOf = (end) => (end instanceof Rational ? end.compare(ZERO) : end);

/**
 * @param {End} one
 * @param {End} other
 * @returns {End}
 */
function product(one, other) {
  // Nothing times a number without bound is nothing: the number itself has a bound, which nobody knows.
  if (signOf(one) === 0 || signOf(other) === 0) return ZERO;
  if (one instanceof Rational && other instanceof Rational) return one.times(other);
  return signOf(one) === signOf(other) ? 1 : -1;
}

/**
 * @param {End} one
 * @param {End} other
 */
function compareEnds(one, other) {
  if (one instanceof Rational && other instanceof Rational) return one.compare(other);
  const [first, second] = [one, other].map((end) => (end instanceof Rational ? 0 : end));
  return /** @type {number} */ (first) - /** @type {number} */ (second);
}

/**
 * @param {Interval} one
 * @param {Interval} other
 */
export function times(one, other) {
  const ends = endsOf(one).flatMap((end) => endsOf(other).map((another) => product(end, another)));
  const sorted = ends.sort(compareEnds);
  const [least, most] = [/** @type {End} */ (sorted[0]), /** @type {End} */ (sorted[sorted.length - 1])];
  return made(least instanceof Rational ? least : null, most instanceof Rational ? most : null, one, other);
}

/**
 * Return the quotient of two numbers; there is none where the divisor is nought.
 * @param {Interval} one
 * @param {Interval} other
 */
export function dividedBy(one, other) {
  const [low, high] = endsOf(other);
  const [least, most] = [signOf(low), signOf(high)];
  if (least === 0 && most === 0) return NO_VALUE;
  if (least <= 0 && most >= 0) return valueOf(one, other) === false ? NO_VALUE : MAYBE_NO_VALUE;
  return times(one, interval(inverse(high), inverse(low), other.has));
}

/** @param {End} end */
const inverse = (end) => (end instanceof Rational ? ONE.over(end) : ZERO);

/** @param {Rational} number */
const halfUp = (number) => number.plus(HALF).floor();
/** @param {Rational} number */
const halfDown = (number) => number.plus(HALF.negated()).ceil();

/** @param {Rational} number */
function halfEven(number) {
  const [up, down] = [halfUp(number), halfDown(number)];
  return up % 2n === 0n ? up : down === up ? up : down;
}

/** @type {Record<string, [(number: Rational) => bigint, (number: Rational) => bigint]>} */
const ROUNDINGS = {
  "half-up": [halfUp, halfUp],
  "half-even": [halfEven, halfEven],
  "half-open": [halfDown, halfUp],
  down: [(number) => number.floor(), (number) => number.floor()],
  up: [(number) => number.ceil(), (number) => number.ceil()],
};

/** The ways of rounding that there are. */
export const ROUND_WORDS = Object.keys(ROUNDINGS);

/**
 * Return a number to so many places, rounded as `how` says: the lower and the upper bound, each in its way.
 * @param {Interval} number
 * @param {string} how
 * @param {number} [decimals]
 */
export function rounded(number, how, decimals = 0) {
  const unit = new Rational(1n, 10n ** BigInt(decimals));
  const [down, up] = /** @type {[(n: Rational) => bigint, (n: Rational) => bigint]} */ (ROUNDINGS[how]);
  const low = number.low && new Rational(down(number.low.over(unit))).times(unit);
  const high = number.high && new Rational(up(number.high.over(unit))).times(unit);
  return interval(low, high, number.has);
}

/**
 * Return the bounds of a number that is one or the other.
 * @param {Interval} one
 * @param {Interval} other
 */
export function either(one, other) {
  if (one.has === false || other.has === false) {
    const there = one.has === false ? other : one;
    return one.has === other.has ? there : interval(there.low, there.high, null);
  }
  const low = one.low && other.low && least([one.low, other.low]);
  const high = one.high && other.high && most([one.high, other.high]);
  return interval(low, high, one.has && other.has);
}

/**
 * Return the bounds of a number that is one of these; without a value, where there are none.
 * @param {Interval[]} numbers
 */
export function hull(numbers) {
  return numbers.length ? numbers.reduce(either) : NO_VALUE;
}

/**
 * Return the sum of numbers; nought, where there are none.
 * @param {Interval[]} numbers
 */
export const totalOf = (numbers) => numbers.reduce(plus, NOUGHT);

/**
 * Return the highest of numbers; those without a value are passed over, and of none there is no highest.
 * @param {Interval[]} numbers
 * @returns {Interval}
 */
export function highestOf(numbers) {
  const valued = numbers.filter((number) => number.has !== false);
  if (!valued.length) return NO_VALUE;
  const certain = valued.filter((number) => number.has);
  const lows = certain.flatMap((number) => number.low ?? []);
  const highs = valued.flatMap((number) => number.high ?? []);
  const low = certain.length ? (lows.length ? most(lows) : null) : hull(valued).low;
  return interval(low, highs.length === valued.length ? most(highs) : null, certain.length ? true : null);
}
