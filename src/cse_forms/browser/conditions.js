/**
 * The conditions of the language, compiled for one form.
 * @module
 */

import { boundOf, truthOfLevel, truthOfNumber } from "./comparing.js";
import { deciding, openAnswers } from "./evidence.js";
import { checkMatch, isReference, measuresOf } from "./language.js";
import { agreed, allHold } from "./logic.js";
import { compare, counted, interval, isAtLeast } from "./numbers.js";

/** @typedef {import("./compiling.js").Compiler} Compiler */
/** @typedef {import("./counting.js").Condition} Condition */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./items.js").Keys} Keys */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./logic.js").Truth} Truth */
/** @typedef {import("./numbers.js").Interval} Interval */

/**
 * Return whether enough of the selected answers match.
 * @param {Node} said
 * @param {Compiler} form
 * @param {Item | null} start
 * @returns {Condition}
 */
export function onItems(said, form, start) {
  const tally = form.tally(said.items, said.match, said.when, start);
  const { every = false, atLeast = null, atMost = null } = said;
  const least = every || atMost !== null ? atLeast : atLeast ?? 1;
  const bounds = /** @type {Array<[string, any]>} */ ([["minimum", least], ["maximum", atMost]]);
  const measures = [...measuresOf(said.match), ...[atLeast, atMost].filter(isReference).map((one) => one.measure)];

  /** @param {Run} run @param {Keys} row @returns {Truth} */
  function truth(run, row) {
    const { matching, possible, failing, open: isOpen } = tally.counts(run, row);
    if (every) return failing ? false : isOpen ? null : true;
    const number = interval(counted(matching).low, possible === null ? null : counted(possible).low);
    const around = tally.aroundOf(run, row, null);
    const asked = bounds.filter(([, bound]) => bound !== null);
    return allHold(asked.map(([word, bound]) => compare(word, number, boundOf(bound, around))));
  }

  /** @param {Run} run @param {Keys} row @param {boolean} holds */
  function settled(run, row, holds) {
    if (every) return deciding(tally, run, row, { matching: holds, ofAll: holds });
    const most = atMost === null ? null : boundOf(atMost, tally.aroundOf(run, row, null));
    const isTooMany = most !== null && isAtLeast(most, counted(tally.counts(run, row).matching)) === false;
    const many = isTooMany || (holds && least !== null);
    // Few enough match because of those that do not.
    const few = !isTooMany && (!holds || atMost !== null);
    return [
      ...(many ? deciding(tally, run, row, { matching: true, ofAll: false }) : []),
      ...(few ? deciding(tally, run, row, { matching: false, ofAll: true }) : []),
    ];
  }

  return {
    truth,
    deciding: (run, row) => {
      const holds = truth(run, row);
      const found = holds === null ? openAnswers(tally, run, row, { every }) : settled(run, row, holds);
      return [...found, ...measures.flatMap((name) => form.decidingNumber(run, name, holds))];
    },
    questions: [...tally.questions, ...form.questionsOfMeasures(measures)],
  };
}

/**
 * Return whether a measure's number matches.
 * @param {Node} said
 * @param {Compiler} form
 * @returns {Condition}
 */
export function onMeasure(said, form) {
  checkMatch(said.match);
  const { match } = said;
  const measure = form.measure(said.measure);
  /** @param {Run} run @param {Partial<Interval>} [other] the truth, or what it would be of another number */
  const truth = (run, other) =>
    truthOfNumber(match, { ...measure.number(run), ...other }, form.aroundOf(run, [], null));
  return {
    truth: (run) => truth(run),
    deciding: (run) => {
      const holds = truth(run);
      // Enough of what is counted may decide whatever else there is; or it is that there cannot be more.
      const by = { lowest: truth(run, { high: null }) === holds, highest: truth(run, { low: null }) === holds };
      const own = form.decidingNumber(run, said.measure, holds, by);
      return [...own, ...measuresOf(match).flatMap((name) => form.decidingNumber(run, name, holds))];
    },
    questions: [...measure.questions, ...form.questionsOfMeasures(measuresOf(said.match))],
  };
}

/**
 * Return whether an assessment's level is such a one.
 * @param {string} name
 * @param {Node} asked
 * @param {Compiler} form
 * @returns {Condition}
 */
export function onLevel(name, asked, form) {
  const assessment = form.assessment(name);
  if (asked.match != null) checkMatch(asked.match);
  const bounds = [asked.atLeast, asked.atMost].map((level) => (level == null ? null : assessment.placeOf(level)));
  const [least = null, most = null] = bounds;

  /** @param {string | null} level */
  function isSuch(level) {
    const place = level === null ? null : assessment.placeOf(level);
    if (least !== null && (place === null || place < least)) return false;
    if (most !== null && (place === null || place > most)) return false;
    return asked.match == null || truthOfLevel(asked.match, level);
  }

  /** @param {Run} run */
  const truth = (run) => agreed(assessment.found(run).possible.map(isSuch));
  return {
    truth,
    deciding: (run) => (truth(run) === null ? assessment.open(run) : assessment.deciding(run)),
    questions: assessment.questions,
  };
}

/**
 * @param {Condition[]} parts
 * @param {boolean} settledBy the truth of one part that settles the whole: false of "every one", true of "at least one"
 * @returns {Condition}
 */
export function joined(parts, settledBy) {
  /** @param {Run} run @param {Keys} row @returns {Truth} */
  function truth(run, row) {
    /** @type {Truth} */
    let found = !settledBy;
    for (const part of parts) {
      const one = part.truth(run, row);
      if (one === settledBy) return one;
      if (one === null) found = null;
    }
    return found;
  }

  return {
    truth,
    deciding: (run, row) => {
      // What decides the whole is what decides those of its parts that have its truth.
      const whole = truth(run, row);
      return parts.flatMap((part) => (part.truth(run, row) === whole ? part.deciding(run, row) : []));
    },
    questions: questionsOfAll(parts),
  };
}

/** @param {Array<{questions: Item[]}>} parts @returns {Item[]} */
export const questionsOfAll = (parts) => [...new Set(parts.flatMap((part) => part.questions))];
