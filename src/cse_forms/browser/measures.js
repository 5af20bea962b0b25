/**
 * Measures: the form's named numbers, compiled.
 * @module
 */

import { boundOf } from "./comparing.js";
import { onLevel, questionsOfAll } from "./conditions.js";
import { Leaf } from "./counting.js";
import { dayOf, elapsed } from "./dates.js";
import { deciding, openAnswers, openQuestions, undecided } from "./evidence.js";
import { select } from "./items.js";
import {
  checkRounding, COUNTS, DefinitionError, isReference, MEASURES, measuresOf, only, PRORATE_WORDS, SCALE_WORDS,
  STEP_WORDS, TERMS, wordOf,
} from "./language.js";
import { anyHolds, negated } from "./logic.js";
import { asRead, isGiven } from "./matching.js";
import {
  counted, dividedBy, exactly, interval, MAYBE_NO_VALUE, NO_VALUE, rounded, times, UNBOUNDED,
} from "./numbers.js";
import { ONE } from "./rational.js";
import { highestOfTerms, lowestOfTerms, sumOf } from "./scores.js";
import { itemsTerm, measureTerm } from "./terms.js";
import { Weigher } from "./weighing.js";

/** @typedef {import("./compiling.js").Compiler} Compiler */
/** @typedef {import("./counting.js").Condition} Condition */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./logic.js").Truth} Truth */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./terms.js").Term} Term */

/**
 * A measure, compiled: its number in a response; the answers that make it as high as it is at the least, or that keep
 * it from being higher; those that leave it open; and the questions that it reads.
 * @typedef {{
 *   number: (run: Run) => Interval, deciding: (run: Run, lowest: boolean) => Instance[],
 *   open: (run: Run) => Instance[], questions: Item[]
 * }} Measure
 */

/**
 * Return a measure, compiled.
 * @param {Node} said
 * @param {Compiler} form
 * @returns {Measure}
 */
export function compiledMeasure(said, form) {
  const word = wordOf(said, MEASURES, "a measure");
  switch (word) {
    case "sum":
      return ofSum(said, form);
    case "highest":
    case "lowest": {
      const terms = said[word].map((/** @type {any} */ term) => compiledTerm(term, form, true, word === "lowest"));
      const missing = checkMissing(said.missing, false);
      const taken = word === "highest" ? highestOfTerms : lowestOfTerms;
      const isTurned = word === "lowest";
      return {
        number: (run) => taken(terms, missing, run),
        deciding: (run, lowest) => {
          const floor = highestOfTerms(terms, missing, run).low;
          // What keeps the highest from being higher keeps the lowest from being lower.
          const reaches = lowest !== isTurned && floor !== null;
          return terms.flatMap((/** @type {Term} */ term) => term.deciding(run, reaches, floor));
        },
        open: (run) => openTerms(terms, run, run.draft || missing === "unknown"),
        questions: questionsOfAll(terms),
      };
    }
    case "count":
      return ofCount(said, form);
    case "product":
      return ofNumbers(said.product, form, (numbers) => numbers.reduce(times, exactly(ONE)));
    case "quotient":
      checkRounding(said.round);
      return ofNumbers(said.quotient, form, ([dividend = NO_VALUE, divisor = NO_VALUE]) => {
        if (dividend.has === false) return NO_VALUE;
        const quotient = dividedBy(dividend, divisor);
        return said.round == null ? quotient : rounded(quotient, said.round, said.decimals ?? 0);
      });
    case "constant":
      return ofNumbers([said.constant], form, ([number = NO_VALUE]) => number);
    default:
      return ofSpan(/** @type {import("./dates.js").Unit} */ (word), said[word], form);
  }
}

/** @param {any[]} parts @param {Compiler} form @param {(numbers: Interval[]) => Interval} made @returns {Measure} */
function ofNumbers(parts, form, made) {
  const measures = parts.filter(isReference).map((one) => one.measure);
  return {
    number: (run) => made(parts.map((number) => boundOf(number, form.aroundOf(run, [], null)))),
    deciding: (run) => measures.flatMap((name) => form.decidingNumber(run, name)),
    open: (run) => measures.flatMap((name) => form.measure(name).open(run)),
    questions: form.questionsOfMeasures(measures),
  };
}

/** @param {Node} said @param {Compiler} form @returns {Measure} */
function ofSum(said, form) {
  const terms = said.sum.map((/** @type {any} */ term) => compiledTerm(term, form, false, false));
  const missing = checkMissing(said.missing, true);
  const needed = isReference(missing.prorate?.answered) ? [missing.prorate.answered.measure] : [];
  return {
    number: (run) => sumOf(terms, missing, run, form.aroundOf(run, [], null)),
    deciding: (run, lowest) => [
      // What is scaled depends on how many are answered, be it with nought.
      ...terms.flatMap((/** @type {Term} */ term) => term.deciding(run, lowest && typeof missing === "string", null)),
      ...needed.flatMap((name) => form.decidingNumber(run, name)),
    ],
    open: (run) => [
      ...openTerms(terms, run, run.draft || missing === "unknown"),
      ...needed.flatMap((name) => form.measure(name).open(run)),
    ],
    questions: [...questionsOfAll(terms), ...form.questionsOfMeasures(needed)],
  };
}

/** @param {Term[]} terms @param {Run} run @param {boolean} gaps whether a gap leaves the number open */
const openTerms = (terms, run, gaps) => terms.flatMap((term) => term.open(run, gaps));

/** @param {Node} said @param {Compiler} form @returns {Measure} */
function ofCount(said, form) {
  const skipsUnknown = checkMissing(said.missing, false) === "zero";
  if (wordOf(said.count, COUNTS, "a count") === "assessments") {
    /** @type {Condition[]} */
    const conditions = said.count.assessments.map((/** @type {any} */ name) => onLevel(name, said.count, form));
    return {
      number: (run) => {
        const truths = conditions.map((condition) => condition.truth(run, []));
        const matching = truths.filter((truth) => truth).length;
        return between(matching, truths.filter((truth) => truth !== false).length);
      },
      deciding: (run, lowest) => decidingOf(conditions, run, lowest),
      open: (run) => decidingOf(conditions, run, null),
      questions: questionsOfAll(conditions),
    };
  }
  const measures = measuresOf(said.count.match);
  const tally = form.tally(said.count.items, said.count.match, said.count.when, null);
  return {
    number: (run) => {
      const asked = tally.mayBeAsked(run);
      if (asked === false) return NO_VALUE;
      const { matching, possible, unknown } = tally.counts(run, []);
      const skips = skipsUnknown && !run.draft;
      const most = skips ? (unknown === null || possible === null ? matching : possible - unknown) : possible;
      return between(matching, most, asked);
    },
    deciding: (run, lowest) => [
      ...deciding(tally, run, [], { matching: lowest, ofAll: !lowest }),
      ...measures.flatMap((name) => form.decidingNumber(run, name)),
    ],
    open: (run) => [
      ...(tally.mayBeAsked(run) === null ? openQuestions(tally, run) : []),
      ...openAnswers(tally, run, [], { gaps: run.draft || !skipsUnknown }),
      ...measures.flatMap((name) => form.measure(name).open(run)),
    ],
    questions: [...tally.questions, ...form.questionsOfMeasures(measures)],
  };
}

/** @param {Condition[]} conditions @param {Run} run @param {Truth} truth what decides those that have this truth */
const decidingOf = (conditions, run, truth) =>
  conditions.flatMap((condition) => (condition.truth(run, []) === truth ? condition.deciding(run, []) : []));

/** @param {import("./dates.js").Unit} unit @param {Node} span @param {Compiler} form @returns {Measure} */
function ofSpan(unit, span, form) {
  only(span, new Set(["from", "to"]), "a span");
  const ends = [span.from, span.to].map((pointer) => {
    const [question] = select(form.root, pointer, null);
    if (!question) throw new DefinitionError(`there is no question at ${pointer}`);
    return new Leaf(question, form.asked(question));
  });

  /** @param {Run} run @returns {Array<{instance: Instance, value: any}>} the dates that are given and asked */
  const given = (run) =>
    ends.flatMap((leaf) =>
      leaf.instances(run, []).flatMap((instance) => {
        const value = asRead(instance.item, instance.value, run.draft);
        const isThere = !instance.rowsUnknown && isGiven(instance.item, value);
        return isThere && leaf.isCounted(run, instance.keys) ? [{ instance, value }] : [];
      }),
    );

  return {
    number: (run) => {
      const unasked = anyHolds(ends.map((leaf) => negated(leaf.mayBeAsked(run))));
      if (unasked === true) return NO_VALUE;
      const days = given(run).map(({ value }) => dayOf(value));
      const [start, end] = days;
      if (days.length !== 2 || !start || !end) return unasked === false ? UNBOUNDED : MAYBE_NO_VALUE;
      return counted(elapsed(unit, start, end));
    },
    deciding: (run) => given(run).map(({ instance }) => instance),
    open: (run) =>
      ends.flatMap((leaf) =>
        leaf.instances(run, []).flatMap((instance) => {
          const counts = leaf.isCounted(run, instance.keys);
          const isOpen = counts !== false && !isGiven(instance.item, asRead(instance.item, instance.value, run.draft));
          return [...(counts === null ? undecided(leaf, run, instance.keys) : []), ...(isOpen ? [instance] : [])];
        }),
      ),
    questions: ends.map((leaf) => leaf.question),
  };
}

/**
 * Return a part of a sum, or one of the numbers of which the highest is taken.
 * @param {Node} said
 * @param {Compiler} form
 * @param {boolean} takesHighest
 * @param {boolean} isTurned
 * @returns {Term}
 */
function compiledTerm(said, form, takesHighest, isTurned) {
  const word = wordOf(said, TERMS, "a term");
  /** @type {Node[]} */
  const scales = said.choose ?? [{ weights: said.weights, steps: said.steps }];
  for (const scale of scales) {
    only(scale, SCALE_WORDS, "a scale");
    for (const step of scale.steps ?? []) only(step, STEP_WORDS, "a step");
  }
  const factor = { times: said.times ?? null, turned: isTurned };
  const numbers = [factor.times, ...scales.flatMap((scale) => [
    ...Object.values(scale.weights ?? {}),
    ...(scale.steps ?? []).flatMap((/** @type {Node} */ step) => [step.maximum, step.exclusiveMaximum, step.weight]),
  ])];
  const measures = numbers.filter(isReference).map((number) => number.measure);
  if (word === "items") {
    const weighed = form.leaves(said.items, said.when, null).map((leaf) => ({
      leaf,
      scales: scales.map((scale) => ({
        when: scale.when == null ? null : form.condition(scale.when, leaf.question.holder),
        weigher: new Weigher(leaf.question, scale, takesHighest, factor),
      })),
    }));
    return itemsTerm(weighed, measures, form);
  }
  return measureTerm({
    measure: said.measure,
    others: measures,
    scales: scales.map((scale) => ({
      when: scale.when == null ? null : form.condition(scale.when),
      steps: scale.steps ?? [],
    })),
    factor,
    when: said.when == null ? null : form.condition(said.when),
    isNeeded: !takesHighest,
    form,
  });
}

/**
 * Return what a gap does to a measure.
 * @param {any} missing
 * @param {boolean} mayBeProrated
 */
function checkMissing(missing, mayBeProrated) {
  if (missing == null) return "unknown";
  if (missing === "unknown" || missing === "zero") return missing;
  if (!mayBeProrated || typeof missing !== "object" || missing === null) {
    throw new DefinitionError(`'${missing}' is nothing that a gap can do to a measure`);
  }
  only(missing, new Set(["prorate"]), "'missing'");
  only(missing.prorate, PRORATE_WORDS, "'prorate'");
  checkRounding(missing.prorate.round);
  return missing;
}

/** @param {number} low @param {number | null} high @param {Truth} [has] */
const between = (low, high, has = true) =>
  interval(counted(low).low, high === null ? null : counted(high).high, has);
