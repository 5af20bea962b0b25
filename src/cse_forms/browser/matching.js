/**
 * What a `match` says of one answer, number or level: true, false, or unknown between what the answer may still be.
 * @module
 */

import { boundOf, names, same, spanOf, truthOfNumber, unitOf } from "./comparing.js";
import { dayOf, isWithin } from "./dates.js";
import { BLANK } from "./items.js";
import { isReference } from "./language.js";
import { agreed, allHold, anyHolds, negated } from "./logic.js";
import { areEqual, compare, exactly, onlyWhereValued } from "./numbers.js";
import { exactNumber } from "./rational.js";

/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./logic.js").Truth} Truth */

/** What an answer may still be where the form offers fewer than two known options. */
const NONE_OF_THESE = Symbol("none of these");
/** An answer of which the form does not say what it may be, such as a text. */
const ANYTHING = Symbol("anything");
/** The mark of an answer that is no Not Known. */
const NOTHING = Symbol("nothing");

/**
 * @typedef {{value: any, answered: Truth, notKnown: any}} World
 * What an answer may be, in one of the cases that are open. The Not Known that was chosen matches where it is asked
 * for; elsewhere the value stands for it.
 */

/** @param {any} value @param {Truth} [answered] @param {any} [notKnown] @returns {World} */
const world = (value, answered = true, notKnown = NOTHING) => ({ value, answered, notKnown });

/**
 * Return whether nothing at all was answered.
 * @param {Item} question
 * @param {any} value
 */
export const isMissing = (question, value) => value === BLANK || (question.kind === "text" && value === "");

/**
 * Return an answer with the default in the place of a blank, where one stands there.
 * @param {Item} question
 * @param {any} value
 * @param {boolean} draft
 */
export function asRead(question, value, draft) {
  return !draft && isMissing(question, value) && question.hasDefault ? question.default : value;
}

/**
 * Return whether a value is of the kind that a question asks for; what is not counts as unknown, never as No.
 * @param {Item} question
 * @param {any} value
 */
export function isAnswer(question, value) {
  switch (question.kind) {
    case "choice":
      return question.optionOf(value) !== undefined;
    case "choices":
      return Array.isArray(value);
    case "tick":
      return typeof value === "boolean";
    case "integer":
      return exactNumber(value)?.isWhole() ?? false;
    case "number":
      return exactNumber(value) !== null;
    case "date":
      return dayOf(value) !== null;
    default:
      return typeof value === "string";
  }
}

/**
 * Return whether there is an answer, and all of it can be read and is known.
 * @param {Item} question
 * @param {any} value
 */
export function isGiven(question, value) {
  if (isMissing(question, value) || !isAnswer(question, value)) return false;
  if (!question.options.length) return true;
  const chosen = question.kind === "choices" ? value : [value];
  return chosen.every((/** @type {any} */ one) => question.optionOf(one)?.unknown === false);
}

/**
 * Return whether an answer matches.
 * @param {Item} question
 * @param {Node} match
 * @param {any} written the answer as JSON has it, or `BLANK`
 * @param {boolean} draft whether every blank may still be answered; else a default stands for a blank
 * @param {Around} around
 * @returns {Truth}
 */
export function truthOf(question, match, written, draft, around) {
  const value = asRead(question, written, draft);
  const isBlank = isMissing(question, written) && (draft || !question.hasDefault);
  if (isBlank) return agreed(worldsOfBlank(question, draft).map((may) => holds(question, match, may, around)));
  if (!isAnswer(question, value)) return null;
  if (question.kind === "choices") return truthOfChoices(question, match, value, around);
  if (question.optionOf(value)?.unknown) {
    return agreed(worldsOfNotKnown(question, value, true).map((may) => holds(question, match, may, around)));
  }
  return holds(question, match, world(value), around);
}

/** @param {Item} question @param {boolean} draft @returns {World[]} */
function worldsOfBlank(question, draft) {
  const answered = draft ? null : false;
  if (question.kind === "choices" || !(question.options.length || question.kind === "tick")) {
    return [world(ANYTHING, answered)];
  }
  const unknown = question.options.filter((option) => option.unknown);
  return [
    ...knownValues(question).map((value) => world(value, answered)),
    ...unknown.flatMap((option) => worldsOfNotKnown(question, option.value, answered)),
  ];
}

/** @param {Item} question @param {any} notKnown @param {Truth} answered @returns {World[]} */
const worldsOfNotKnown = (question, notKnown, answered) =>
  knownValues(question).map((value) => world(value, answered, notKnown));

/** @param {Item} question @returns {any[]} what an unknown answer may still be, as far as the form offers it */
function knownValues(question) {
  if (question.kind === "tick") return [true, false];
  const values = question.known.map((option) => option.value);
  return values.length >= 2 ? values : [...values, NONE_OF_THESE];
}

/**
 * `contains` looks at each option chosen; every other word at the list itself.
 * @param {Item} question
 * @param {Node} match
 * @param {any[]} values
 * @param {Around} around
 * @returns {Truth}
 */
function truthOfChoices(question, match, values, around) {
  /** @type {Truth[]} */
  const truths = [];
  const known = values.filter((value) => question.optionOf(value)?.unknown === false);
  // What is no option counts as an answer that nobody can read.
  const notKnown = values.filter((value) => question.optionOf(value)?.unknown !== false);
  const answered = !values.length || values.some((value) => question.optionOf(value)) ? true : null;
  const { contains, not, ...rest } = match;
  if (contains != null) {
    truths.push(anyHolds([
      ...known.map((value) => holds(question, contains, world(value), around)),
      ...notKnown.map((value) => truthOfUnknownChoice(question, contains, value, around)),
    ]));
  }
  if (not != null) truths.push(negated(truthOfChoices(question, not, values, around)));
  truths.push(holds(question, rest, world(notKnown.length ? ANYTHING : values, answered), around));
  return allHold(truths);
}

/**
 * Decide by the words that name the Not Known itself, else by what it may stand for: any options, or none.
 * @param {Item} question
 * @param {Node} match
 * @param {any} notKnown
 * @param {Around} around
 * @returns {Truth}
 */
function truthOfUnknownChoice(question, match, notKnown, around) {
  const byName = holds(question, match, world(ANYTHING, true, notKnown), around);
  if (byName !== null) return byName;
  const mayBe = question.known.map((option) => holds(question, match, world(option.value, true, notKnown), around));
  return agreed([false, ...mayBe]);
}

/**
 * Return whether an answer matches in one of the cases that are open.
 * @param {Item} question
 * @param {Node} match
 * @param {World} may
 * @param {Around} around
 * @returns {Truth}
 */
function holds(question, match, may, around) {
  return allHold(
    Object.entries(match)
      .filter(([word, asked]) => asked !== null || word === "const")
      .map(([word, asked]) => wordHolds(question, word, asked, may, around)),
  );
}

/**
 * @param {Item} question
 * @param {string} word
 * @param {any} asked
 * @param {World} may
 * @param {Around} around
 * @returns {Truth}
 */
function wordHolds(question, word, asked, may, around) {
  const { value, answered, notKnown } = may;
  if (word === "answered") return asked ? answered : negated(answered);
  if (word === "not") return negated(holds(question, asked, may, around));
  if (word === "const" && same(asked, notKnown)) return true;
  if (word === "enum" && names(asked, notKnown)) return true;
  if (word === "weight") return weighs(question, asked, may, around);
  if (word === "type") return isOfType(question, asked, value);
  if (value === ANYTHING) return null;
  switch (word) {
    case "const":
      return equals(asked, value, around);
    case "enum":
      return names(asked, value);
    case "minLength":
      return typeof value === "string" && [...value].length >= asked;
    case "contains":
      // What looks into several options chosen is asked of them, and of nothing else.
      return false;
    case "within":
      return liesWithin(asked, value, around);
    default: {
      const number = exactNumber(value);
      return number ? compare(word, exactly(number), boundOf(asked, around)) : false;
    }
  }
}

/**
 * Return whether the weight that stands on the option chosen matches; a Not Known may have one of its own.
 * @param {Item} question
 * @param {Node} asked
 * @param {World} may
 * @param {Around} around
 * @returns {Truth}
 */
function weighs(question, asked, may, around) {
  let option = question.optionOf(may.notKnown);
  if (!option?.weight) {
    if (may.value === ANYTHING) return null;
    option = question.optionOf(may.value);
  }
  return option?.weight ? truthOfNumber(asked, exactly(option.weight), around) : false;
}

/** @type {Record<string, string>} */
const TYPE_OF = {
  text: "string", date: "string", choices: "array", tick: "boolean", integer: "integer", number: "number",
};

/**
 * @param {Item} question
 * @param {string} asked
 * @param {any} value
 * @returns {Truth}
 */
function isOfType(question, asked, value) {
  if (value === NONE_OF_THESE) return null;
  if (value === ANYTHING) {
    const kind = TYPE_OF[question.kind];
    // A number that is not known may be a whole one.
    return kind === undefined || (kind === "number" && asked === "integer") ? null : isKind(kind, asked);
  }
  if (typeof value === "boolean") return asked === "boolean";
  const number = exactNumber(value);
  if (number) return isKind(number.isWhole() ? "integer" : "number", asked);
  return asked === (Array.isArray(value) ? "array" : "string");
}

/** @param {string} kind @param {string} asked */
const isKind = (kind, asked) => kind === asked || (kind === "integer" && asked === "number");

/**
 * @param {any} asked
 * @param {any} value
 * @param {Around} around
 * @returns {Truth}
 */
function equals(asked, value, around) {
  if (!isReference(asked)) return same(asked, value);
  const number = exactNumber(value);
  const other = around.number(asked.measure);
  return number ? onlyWhereValued(areEqual(exactly(number), other), other) : false;
}

/**
 * @param {Node} asked
 * @param {any} value
 * @param {Around} around
 * @returns {Truth}
 */
function liesWithin(asked, value, around) {
  const day = dayOf(value);
  // How near dates lie to one another is a matter of them all; each of them may be among those that do.
  if (asked.before == null) return day !== null;
  const last = around.day(asked.before);
  if (day === null) return false;
  return last && isWithin(day, last, unitOf(asked), spanOf(asked, around));
}
