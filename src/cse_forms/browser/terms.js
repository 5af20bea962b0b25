/**
 * The terms of a sum, or of the numbers of which the highest is taken.
 * @module
 */

import { undecided } from "./evidence.js";
import { allHold, anyHolds, negated } from "./logic.js";
import { asValued, either, hull, NO_VALUE, NOUGHT } from "./numbers.js";
import { ZERO } from "./rational.js";
import { multiplied, stepped, weightOf } from "./weighing.js";

/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./compiling.js").Compiler} Compiler */
/** @typedef {import("./counting.js").Condition} Condition */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./counting.js").Leaf} Leaf */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./rational.js").Rational} Rational */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./logic.js").Truth} Truth */
/** @typedef {import("./weighing.js").Weigher} Weigher */
/** @typedef {import("./weighing.js").Weight} Weight */

/**
 * One number that a term gives: whether it counts, whether it is an answer's and not another measure's, and whether it
 * stands for rows of which nobody knows how many there are.
 * @typedef {Weight & {included: Truth, isAnswer: boolean, isMany: boolean}} Part
 */

/**
 * A term, compiled for one form: whether it applies, whether it leaves a sum without a value, what it gives; by which
 * answers (`lowest`: those alone that make the whole as high as it is at the least, which of the highest number is
 * `floor`), which answers leave it open, and what it reads.
 * @typedef {{
 *   applies: (run: Run) => Truth, isImpossible: (run: Run) => Truth, parts: (run: Run) => Part[],
 *   deciding: (run: Run, lowest: boolean, floor: Rational | null) => Instance[],
 *   open: (run: Run, gaps: boolean) => Instance[], questions: Item[]
 * }} Term
 */

/** @typedef {{when: Condition | null, weigher: Weigher}} WeighedBy */
/** @typedef {{when: Condition | null, steps: Node[]}} SteppedBy */
/** @typedef {{leaf: Leaf, scales: WeighedBy[]}} WeighedLeaf */

/**
 * Return the term of the weights of selected answers.
 * @param {WeighedLeaf[]} leaves
 * @param {string[]} measures those that weights, bounds and factors are taken from
 * @param {Compiler} form
 * @returns {Term}
 */
export function itemsTerm(leaves, measures, form) {
  /** @param {Run} run @returns {Array<WeighedLeaf & {instance: Instance, included: Truth}>} */
  const counting = (run) =>
    leaves.flatMap((weighedLeaf) =>
      weighedLeaf.leaf.instances(run, []).map((instance) => ({
        ...weighedLeaf,
        instance,
        included: weighedLeaf.leaf.isCounted(run, instance.keys),
      })),
    );

  /** @param {WeighedLeaf & {instance: Instance, included: Truth}} counted @param {Run} run @returns {Part} */
  function partOf({ leaf, scales, instance, included }, run) {
    const around = form.aroundOf(run, instance.keys.slice(0, -1), leaf.question.holder);
    const weight = weighed(scales, instance, run, around);
    const counts = weight.isThere === false ? false : included;
    return { ...weight, included: counts, isAnswer: true, isMany: instance.rowsUnknown };
  }

  return {
    applies: (run) => anyHolds(leaves.map(({ leaf }) => leaf.mayBeAsked(run))),
    isImpossible: () => false,
    parts: (run) => counting(run).filter(({ included }) => included !== false).map((one) => partOf(one, run)),
    deciding: (run, lowest, floor) => [
      ...counting(run).flatMap((one) => {
        const { leaf, scales, instance, included } = one;
        const part = included && !instance.rowsUnknown ? partOf(one, run) : null;
        const counts = part && part.isGap === false && !(lowest && addsNothing(part.number, floor));
        const narrowed = leaf.when && (!lowest || included) ? leaf.when.deciding(run, instance.keys.slice(0, -1)) : [];
        return [...(counts ? [instance, ...scaledBy(scales, instance, run)] : []), ...narrowed];
      }),
      ...measures.flatMap((name) => form.decidingNumber(run, name)),
    ],
    open: (run, gaps) => [
      ...counting(run).flatMap((one) => {
        const { leaf, scales, instance, included } = one;
        if (included === false) return [];
        return [
          ...(included === null ? undecided(leaf, run, instance.keys) : []),
          ...unscaled(scales, instance, run),
          ...(gaps && partOf(one, run).isGap !== false ? [instance] : []),
        ];
      }),
      ...measures.flatMap((name) => form.measure(name).open(run)),
    ],
    questions: [
      ...leaves.flatMap(({ leaf, scales }) => [
        leaf.question,
        ...(leaf.when?.questions ?? []),
        ...scales.flatMap(({ when }) => when?.questions ?? []),
      ]),
      ...form.questionsOfMeasures(measures),
    ],
  };
}

/** @param {WeighedBy[]} scales @param {Instance} instance @param {Run} run what says on which scale it is weighed */
function scaledBy(scales, instance, run) {
  const row = instance.keys.slice(0, -1);
  /** @type {Instance[]} */
  const found = [];
  for (const { when } of scales) {
    const truth = when ? when.truth(run, row) : true;
    if (when && truth !== null) found.push(...when.deciding(run, row));
    if (truth !== false) break;
  }
  return found;
}

/** @param {WeighedBy[]} scales @param {Instance} instance @param {Run} run what leaves open on which it is weighed */
function unscaled(scales, instance, run) {
  const row = instance.keys.slice(0, -1);
  /** @type {Instance[]} */
  const found = [];
  for (const { when } of scales) {
    const truth = when ? when.truth(run, row) : true;
    if (when && truth === null) found.push(...when.deciding(run, row));
    if (truth) break;
  }
  return found;
}

/** @param {Interval} number @param {Rational | null} floor whether the whole would be as high without a number */
function addsNothing(number, floor) {
  if (floor === null) return number.has === true && [number.low, number.high].every((end) => end?.equals(ZERO));
  return number.has === false || number.low === null || number.low.compare(floor) < 0;
}

/**
 * Return what an answer weighs: on the first scale whose condition holds, or on none, and then nought.
 * @param {WeighedBy[]} scales
 * @param {Instance} instance
 * @param {Run} run
 * @param {Around} around
 * @returns {Weight}
 */
function weighed(scales, instance, run, around) {
  /** @type {Weight[]} */
  const found = [];
  /** @type {Truth} */
  let settled = false;
  for (const { when, weigher } of scales) {
    const truth = when ? when.truth(run, instance.keys.slice(0, -1)) : true;
    if (truth !== false) {
      if (instance.rowsUnknown) found.push(weightOf(weigher.unanswered(around), { isGap: true }));
      else found.push(weigher.weight(instance.value, run.draft, around));
    }
    if (truth) {
      settled = true;
      break;
    }
  }
  if (!settled) found.push(weightOf(NOUGHT));
  const [only, second] = found;
  if (only && !second) return only;
  return {
    number: hull(found.filter((weight) => weight.isThere !== false).map((weight) => weight.number)),
    isGap: oneOf(found.map((weight) => weight.isGap)),
    isThere: oneOf(found.map((weight) => weight.isThere)),
    filled: hull(found.map((weight) => (weight.isGap ? weight.filled : weight.number))),
  };
}

/** @param {Truth[]} truths @returns {Truth} the one that all are, else unknown */
const oneOf = (truths) => (truths.every((truth) => truth === truths[0]) ? truths[0] ?? null : null);

/**
 * Return the term of another measure's number.
 * @param {{
 *   measure: string, others: string[], scales: SteppedBy[], factor: import("./weighing.js").Factor,
 *   when: Condition | null, isNeeded: boolean, form: Compiler
 * }} said `others`: the measures that bounds and factors are taken from; `isNeeded`: whether the whole has no value
 *   where this one has none
 * @returns {Term}
 */
export function measureTerm({ measure, others, scales, factor, when, isNeeded, form }) {
  const measures = [measure, ...others];
  const conditions = [when, ...scales.map((scale) => scale.when)].flatMap((one) => one ?? []);
  const { number } = form.measure(measure);
  const isItself = factor.times === null && !factor.turned && scales.every(({ steps }) => !steps.length);
  /** @param {Run} run */
  const included = (run) => (when ? when.truth(run, []) : true);

  /** @param {Run} run */
  function reckoned(run) {
    const around = form.aroundOf(run, [], null);
    const itself = number(run);
    if (itself.has === false || !scales.length) return multiplied(factor, itself, around);
    const weights = [];
    /** @type {Truth} */
    let settled = false;
    for (const { when: taken, steps } of scales) {
      const truth = taken ? taken.truth(run, []) : true;
      if (truth !== false) weights.push(steps.length ? stepped(steps, asValued(itself), around) : asValued(itself));
      if (truth) {
        settled = true;
        break;
      }
    }
    if (!settled) weights.push(NOUGHT);
    const found = hull(weights);
    return multiplied(factor, itself.has ? found : either(found, NO_VALUE), around);
  }

  return {
    // What its `when` leaves out weighs nothing; without a value it is impossible.
    applies: () => true,
    isImpossible: (run) => (isNeeded ? allHold([included(run), negated(reckoned(run).has)]) : false),
    parts: (run) => {
      const counts = included(run);
      const found = reckoned(run);
      if (counts === false || found.has === false) return [];
      const isIncluded = isNeeded ? counts : allHold([counts, found.has]);
      return [{ ...weightOf(asValued(found)), included: isIncluded, isAnswer: false, isMany: false }];
    },
    deciding: (run, lowest, floor) => {
      const counts = included(run) !== false && !(lowest && addsNothing(reckoned(run), floor));
      const own = counts ? form.decidingNumber(run, measure, true, { lowest: lowest && isItself }) : [];
      const from = counts ? others.flatMap((name) => form.decidingNumber(run, name)) : [];
      return [...own, ...from, ...conditions.flatMap((condition) => condition.deciding(run, []))];
    },
    open: (run) => [
      ...(included(run) === false ? [] : measures.flatMap((name) => form.measure(name).open(run))),
      ...conditions.flatMap((condition) => (condition.truth(run, []) === null ? condition.deciding(run, []) : [])),
    ],
    questions: [...form.questionsOfMeasures(measures), ...conditions.flatMap((condition) => condition.questions)],
  };
}
