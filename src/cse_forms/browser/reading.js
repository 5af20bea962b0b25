/**
 * What is read, in bounded time: JSON texts and answers, which may come from anybody.
 * @module
 */

/** The most values that a response may hold, and how deep it may be nested. */
const MAX_VALUES = 5_000;
const MAX_DEPTH = 200;
const MAX_DIGITS = 4_300;

/** @param {any} answers which may come from anybody: they are walked without a call for each level */
export function checkSize(answers) {
  const pending = [{ value: answers, depth: 0 }];
  let count = 1;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > MAX_DEPTH) throw new RangeError(`the response is nested deeper than ${MAX_DEPTH} levels`);
    if (typeof next.value === "object" && next.value !== null) {
      const members = Object.values(next.value);
      count += members.length;
      if (count <= MAX_VALUES) for (const value of members) pending.push({ value, depth: next.depth + 1 });
    }
  }
  if (count > MAX_VALUES) throw new RangeError(`the response holds more than ${MAX_VALUES} values`);
}

/**
 * Return the value of a JSON text. It is what `JSON.parse` gives, but for whole numbers that JavaScript would round:
 * where the browser tells how they were written, they come as `BigInt`.
 * @param {string} text
 * @returns {any}
 */
export function readJson(text) {
  /** @type {(key: string, value: any, context?: {source?: string}) => any} */
  const exact = (_, value, context) => {
    const source = context?.source;
    if (typeof value !== "number" || source === undefined || Number.isSafeInteger(value) || !/^-?\d+$/.test(source)) {
      return value;
    }
    if (source.length > MAX_DIGITS) throw new RangeError("a number is too long");
    return BigInt(source);
  };
  return JSON.parse(text, /** @type {any} */ (exact));
}
