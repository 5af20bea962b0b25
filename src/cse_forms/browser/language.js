/**
 * The words of the definition format, and what is thrown where a definition has another.
 * @module
 */

import { ROUND_WORDS } from "./numbers.js";

/** @typedef {Record<string, any>} Node An object of the definition, as JSON has it. */

/** A definition that cannot be read: a word that is not known, a name that leads nowhere, or a circle. */
export class DefinitionError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "DefinitionError";
  }
}

/** @param {string} words */
const set = (words) => new Set(words.split(" "));

const NAMED = "title";
const WEIGHING = "weights steps";
const TERM = `${WEIGHING} choose times when`;

export const FORM_WORDS = set(
  "$schema $id $comment title description type x-form properties required additionalProperties if then else " +
    "allOf $defs",
);
export const FORM_FORM_WORDS = set(
  "id version status language base provenance sources withheld guidance header conditions measures assessments " +
    "prompts checks",
);
export const ITEM_WORDS = set(
  "$ref $comment title description type properties required additionalProperties oneOf items uniqueItems minItems " +
    "maxItems format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf " +
    "default if then else allOf x-form",
);
export const ITEM_FORM_WORDS = set(
  "number layout rowHeader columns assessment guidance provenance hint tags showWhen required lines rows",
);
export const OPTION_WORDS = set("const title x-form");
export const OPTION_FORM_WORDS = set("unknown weight provenance");
export const MATCH_WORDS = set(
  "const enum minimum maximum exclusiveMinimum exclusiveMaximum minLength type contains not answered weight within",
);
export const WITHIN_WORDS = set("years months days before");
export const SCALE_WORDS = set(`${WEIGHING} when`);
export const STEP_WORDS = set("maximum exclusiveMaximum weight");
export const PRORATE_WORDS = set("answered round");
export const ASSESSMENT_WORDS = set(
  "id title levels ordered showWhen rules otherwise adjustments judgement followUp provenance",
);
export const RULE_WORDS = set("id level when measure bands levelOf because provenance");
export const BAND_WORDS = set("from to level");
export const ADJUSTMENT_WORDS = set("id when raise notAbove lower notBelow atLeast atMost because provenance");
export const JUDGEMENT_WORDS = set("level reason may");
export const LIMIT_WORDS = set("atLeast atMost when because");
export const PROMPT_WORDS = set("id when urgency text replaces provenance");
export const CHECK_WORDS = set("id when text provenance");

/** By the word that a condition begins with, all that it may say. */
export const CONDITIONS = new Map([
  ["items", set("items match atLeast atMost every when")],
  ["measure", set("measure match")],
  ["assessment", set("assessment atLeast atMost match")],
  ["condition", set("condition")],
  ["unsettled", set("unsettled")],
  ["all", set("all")],
  ["any", set("any")],
  ["not", set("not")],
]);

/** By the word that a measure begins with, all that it may say. */
export const MEASURES = new Map([
  ["sum", set(`${NAMED} sum missing`)],
  ["highest", set(`${NAMED} highest missing`)],
  ["lowest", set(`${NAMED} lowest missing`)],
  ["count", set(`${NAMED} count missing`)],
  ["product", set(`${NAMED} product`)],
  ["quotient", set(`${NAMED} quotient round decimals`)],
  ["years", set(`${NAMED} years`)],
  ["months", set(`${NAMED} months`)],
  ["days", set(`${NAMED} days`)],
  ["constant", set(`${NAMED} constant`)],
]);

/** By the word that a term begins with, all that it may say. */
export const TERMS = new Map([
  ["items", set(`items ${TERM}`)],
  ["measure", set(`measure ${TERM}`)],
]);

/** By the word that a count begins with, all that it may say. */
export const COUNTS = new Map([
  ["items", set("items match when")],
  ["assessments", set("assessments atLeast atMost match")],
]);

const TYPES = set("string number integer boolean array");

/**
 * Throw where an object of a definition has a word that is not known there.
 * @param {unknown} node
 * @param {Set<string>} words
 * @param {string} what
 */
export function only(node, words, what) {
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new DefinitionError(`${what} is no object`);
  }
  for (const word of Object.keys(node)) {
    if (!words.has(word)) throw new DefinitionError(`${what} says '${word}', a word that is not known there`);
  }
}

/**
 * Return the word by which an object of a definition is known for what it is.
 * @param {any} node
 * @param {Map<string, Set<string>>} kinds
 * @param {string} what
 * @returns {string}
 */
export function wordOf(node, kinds, what) {
  for (const [word, words] of kinds) {
    if (typeof node === "object" && node !== null && Object.hasOwn(node, word)) {
      only(node, words, what);
      return word;
    }
  }
  throw new DefinitionError(`${what} begins with none of ${[...kinds.keys()].join(", ")}`);
}

/**
 * Throw where a match has a word that is not known, at any depth.
 * @param {any} match
 */
export function checkMatch(match) {
  only(match, MATCH_WORDS, "a match");
  if (match.type != null && !TYPES.has(match.type)) {
    throw new DefinitionError(`a match asks for the type '${match.type}', which is none`);
  }
  for (const inner of [match.not, match.contains, match.weight]) if (inner != null) checkMatch(inner);
  if (match.within != null) only(match.within, WITHIN_WORDS, "'within'");
}

/** @param {unknown} how */
export function checkRounding(how) {
  if (how !== undefined && !ROUND_WORDS.includes(String(how))) {
    throw new DefinitionError(`'${how}' is no way of rounding`);
  }
}

/** @param {any} value @returns {value is {measure: string}} whether a number is taken from a measure */
export function isReference(value) {
  if (typeof value !== "object" || value === null || typeof value.measure !== "string") return false;
  return Object.keys(value).length === 1;
}

/**
 * Return the measures that a match takes its numbers from.
 * @param {Node} match
 * @returns {string[]}
 */
export function measuresOf(match) {
  const within = match.within ?? {};
  const numbers = [match.const, match.minimum, match.maximum, match.exclusiveMinimum, match.exclusiveMaximum];
  const references = [...numbers, within.years, within.months, within.days].filter(isReference);
  const inner = [match.not, match.contains, match.weight].filter((other) => other != null);
  return [...references.map((number) => number.measure), ...inner.flatMap(measuresOf)];
}

/**
 * Return the spans of time that a match asks for.
 * @param {Node} match
 * @returns {Node[]}
 */
export function spansOf(match) {
  const inner = [match.not, match.contains].filter((other) => other != null);
  return [...(match.within == null ? [] : [match.within]), ...inner.flatMap(spansOf)];
}
