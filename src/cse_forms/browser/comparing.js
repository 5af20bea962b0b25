/**
 * What is asked of a number or of a level, and the numbers and spans that a definition names.
 * @module
 */

import { UNITS } from "./dates.js";
import { isObject } from "./items.js";
import { isReference } from "./language.js";
import { agreed, allHold, anyHolds, negated } from "./logic.js";
import { areEqual, asValued, compare, exactly, onlyWhereValued } from "./numbers.js";
import { exactNumber } from "./rational.js";

/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./logic.js").Truth} Truth */
/** @typedef {import("./numbers.js").Interval} Interval */

/**
 * @typedef {{number: (measure: string) => Interval, day: (pointer: string) => import("./dates.js").Day | null}} Around
 * What an answer may be compared with: the numbers of the form's measures, and other dates.
 */

/**
 * Return whether two JSON values are equal: 1 and 1.0 are, 1 and true are not.
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  const [first, second] = [exactNumber(one), exactNumber(other)];
  if (first || second) return first !== null && second !== null && first.equals(second);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((member, index) => same(member, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

/** @param {any[]} asked @param {any} value */
export const names = (asked, value) => asked.some((one) => same(one, value));

/** @param {Node} span @returns {import("./dates.js").Unit} */
export const unitOf = (span) => UNITS.find((unit) => span[unit] != null) ?? "days";

/** @param {Node} span @param {Around} around @returns {Interval} how long a span is */
export const spanOf = (span, around) => boundOf(span[unitOf(span)], around);

/**
 * Return the number that a definition names, or takes from a measure.
 * @param {any} asked
 * @param {Around} around
 * @returns {Interval}
 */
export function boundOf(asked, around) {
  if (isReference(asked)) return around.number(asked.measure);
  const number = exactNumber(asked);
  if (!number) throw new TypeError("a number of the definition is none");
  return exactly(number);
}

/**
 * Return whether a number matches; one that may be without a value only where it does in either case.
 * @param {Node} match
 * @param {Interval} number
 * @param {Around} around
 * @returns {Truth}
 */
export function truthOfNumber(match, number, around) {
  if (number.has === true) return truthOfValue(match, number, around);
  const without = truthWithoutValue(match);
  return number.has === false ? without : agreed([without, truthOfValue(match, asValued(number), around)]);
}

/**
 * @param {Node} match
 * @param {Interval} number
 * @param {Around} around
 * @returns {Truth}
 */
function truthOfValue(match, number, around) {
  return allHold(
    Object.entries(match).filter(([, asked]) => asked !== null).map(([word, asked]) => {
      if (word === "const" || word === "enum") {
        const others = (word === "enum" ? asked : [asked]).map((/** @type {any} */ one) => boundOf(one, around));
        return anyHolds(others.map((/** @type {Interval} */ other) => onlyWhereValued(areEqual(number, other), other)));
      }
      if (word === "not") return negated(truthOfValue(asked, number, around));
      if (word === "answered") return number.low === null && number.high === null ? null : asked;
      return word.toLowerCase().endsWith("imum") ? compare(word, number, boundOf(asked, around)) : false;
    }),
  );
}

/**
 * Over a number that is not there nothing holds, whatever is asked; that it is not there can be asked.
 * @param {Node} match
 * @returns {boolean}
 */
function truthWithoutValue(match) {
  return Object.entries(match).every(([word, asked]) => {
    if (word === "answered") return asked === false;
    return word === "not" && Object.keys(asked).join() === "answered" && !truthWithoutValue(asked);
  });
}

/**
 * Return whether a level's id matches; over no level nothing holds, and that there is none can be asked.
 * @param {Node} match
 * @param {string | null} level
 * @returns {boolean}
 */
export function truthOfLevel(match, level) {
  if (level === null) return truthWithoutValue(match);
  return Object.entries(match).every(([word, asked]) => {
    if (word === "const" || word === "enum") return names(word === "enum" ? asked : [asked], level);
    return word === "not" ? !truthOfLevel(asked, level) : word === "answered" && asked;
  });
}
