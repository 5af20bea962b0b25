/**
 * Days of the calendar, the time between two of them, and spans that end on one.
 * @module
 */

import { onlyWhereValued } from "./numbers.js";

/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./logic.js").Truth} Truth */
/** @typedef {"years" | "months" | "days"} Unit */
/** @typedef {{year: number, month: number, day: number, ordinal: number}} Day */

/** The number of the calendar's first day, 0001-01-01, and of its last, 9999-12-31. */
const FIRST = 1;
const LAST = 3_652_059;

/** A span, of any unit, that holds all days of the calendar. */
const LONGEST = 4_000_000;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @type {readonly Unit[]} */
export const UNITS = ["years", "months", "days"];

/** @param {number} year */
const isLeap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/**
 * @param {number} year
 * @param {number} month from 1
 */
const daysIn = (year, month) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
function ordinalOf(year, month, day) {
  const before = year - 1;
  let ordinal = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
  for (let earlier = 1; earlier < month; earlier += 1) ordinal += daysIn(year, earlier);
  return ordinal;
}

/**
 * Return the day that a text names as JSON Schema's `date` does, or null.
 * @param {unknown} value
 * @returns {Day | null}
 */
export function dayOf(value) {
  const found = typeof value === "string" ? DATE.exec(value) : null;
  if (!found) return null;
  const [year, month, day] = /** @type {[number, number, number]} */ (found.slice(1).map(Number));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return { year, month, day, ordinal: ordinalOf(year, month, day) };
}

/**
 * Return the completed years, months or days from one day to another; who is born on 29 February has a birthday on
 * 1 March in other years.
 * @param {Unit} unit
 * @param {Day} start
 * @param {Day} end
 */
export function elapsed(unit, start, end) {
  if (unit === "days") return end.ordinal - start.ordinal;
  const months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day ? 1 : 0);
  return unit === "months" ? months : Math.floor(months / 12);
}

/**
 * Return the number of the first day of a span that ends on a day. A month is reckoned back to the same day, or to the
 * month's last one; a span that leaves the calendar begins on its first or last day.
 * @param {Day} last
 * @param {Unit} unit
 * @param {number} length less than nought is a span without a day
 */
function startOf(last, unit, length) {
  if (unit === "days") return Math.min(Math.max(last.ordinal - length, FIRST), LAST);
  const months = last.year * 12 + last.month - 1 - (unit === "years" ? length * 12 : length);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  if (year < 1) return FIRST;
  if (year > 9999) return LAST;
  return ordinalOf(year, month, Math.min(last.day, daysIn(year, month)));
}

/** @param {import("./rational.js").Rational} number */
function floored(number) {
  const whole = number.floor();
  return whole > LONGEST ? LONGEST : whole < -LONGEST ? -LONGEST : Number(whole);
}

/**
 * Return how long a span is at the least, and at the most; less than nought where it may have no day.
 * @param {Interval} span
 * @returns {[number, number]}
 */
export function lengthsOf(span) {
  if (span.has === false) return [-1, -1];
  const shortest = span.low === null || span.has === null ? -1 : floored(span.low);
  return [shortest, span.high === null ? LONGEST : floored(span.high)];
}

/**
 * Return whether a day lies in the span that ends on another, both included.
 * @param {Day} day
 * @param {Day} last
 * @param {Unit} unit
 * @param {Interval} span
 * @returns {Truth}
 */
export function isWithin(day, last, unit, span) {
  if (day.ordinal > last.ordinal) return false;
  const longest = span.high === null ? LONGEST : floored(span.high);
  const shortest = span.low === null ? -1 : floored(span.low);
  /** @type {Truth} */
  let truth = null;
  if (shortest >= 0 && day.ordinal >= startOf(last, unit, shortest)) truth = true;
  else if (day.ordinal < startOf(last, unit, longest) || longest < 0) truth = false;
  return onlyWhereValued(truth, span);
}

/**
 * Return the most of these days that lie in one span; the earliest such, where there are more.
 * @param {Day[]} days
 * @param {Unit} unit
 * @param {number} length of the span
 */
export function mostWithin(days, unit, length) {
  const ordered = [...days].sort((one, other) => one.ordinal - other.ordinal);
  /** @type {[number, number]} */
  let best = [0, 0];
  let start = 0;
  for (const [end, last] of ordered.entries()) {
    const first = startOf(last, unit, length);
    while (start < end && /** @type {Day} */ (ordered[start]).ordinal < first) start += 1;
    if (length >= 0 && end + 1 - start > best[1] - best[0]) best = [start, end + 1];
  }
  return ordered.slice(...best);
}
