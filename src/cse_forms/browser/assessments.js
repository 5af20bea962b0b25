/**
 * Assessments: what each rule may give, and the levels that come of it.
 *
 * Levels are numbers here, from the lowest, 0, upwards; `NO_LEVEL` stands below them all. What a rule gives is a list
 * of them in ascending order: one level that it certainly gives, `NO_LEVEL` alone where it gives nothing, or several
 * that it may give.
 * @module
 */

import { gathered } from "./evidence.js";
import { ADJUSTMENT_WORDS, ASSESSMENT_WORDS, DefinitionError, only } from "./language.js";
import { compiledRule } from "./rules.js";

/** @typedef {import("./compiling.js").Compiler} Compiler */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./rules.js").Rule} Rule */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./logic.js").Truth} Truth */

export const NO_LEVEL = -1;

/** @typedef {number[]} Gift */
/** @typedef {(level: number) => number} Change What an adjustment does to a level. */

/**
 * What an assessment comes to in one response: whether it applies, what each rule may give, whether each adjustment is
 * made, all levels that are possible (null stands for "no level"), and whether rules clash.
 * @typedef {{
 *   applies: Truth, gifts: Array<Array<string | null>>, adjustments: Truth[], possible: Array<string | null>,
 *   clash: boolean, levels: Gift[]
 * }} Found
 */

/**
 * @typedef {{
 *   said: Node, placeOf: (level: string) => number, found: (run: Run) => Found, deciding: (run: Run) => Instance[],
 *   open: (run: Run) => Instance[], questions: Item[]
 * }} Assessment
 */

/**
 * Return an assessment, compiled.
 * @param {Node} said
 * @param {Compiler} form
 * @returns {Assessment}
 */
export function compiledAssessment(said, form) {
  only(said, ASSESSMENT_WORDS, "an assessment");
  /** @type {string[]} */
  const levels = said.levels.map((/** @type {Node} */ level) => level.id);
  const places = new Map(levels.map((level, place) => [level, place]));

  /** @param {string} level */
  function placeOf(level) {
    const place = places.get(level);
    if (place === undefined) throw new DefinitionError(`the assessment '${said.id}' has no level '${level}'`);
    return place;
  }

  const showWhen = said.showWhen == null ? null : form.condition(said.showWhen);
  /** @type {Rule[]} */
  const rules = (said.rules ?? []).map((/** @type {Node} */ rule) => compiledRule(rule, form, places, placeOf));
  /** @type {Node[]} */
  const changes = said.adjustments ?? [];
  for (const change of changes) only(change, ADJUSTMENT_WORDS, "an adjustment");
  const whens = changes.map((change) => form.condition(change.when));
  const applied = changes.map((change) => applier(change, levels.length - 1, placeOf));
  const otherwise = said.otherwise?.level == null ? NO_LEVEL : placeOf(said.otherwise.level);
  const isOrdered = said.ordered ?? true;
  /** @param {Gift} gift */
  const named = (gift) => gift.map((level) => (level === NO_LEVEL ? null : /** @type {string} */ (levels[level])));

  /** @param {Run} run @returns {Found} */
  function worked(run) {
    const applies = showWhen ? showWhen.truth(run, []) : true;
    const gifts = rules.map((rule) => rule.gift(run));
    const adjustments = whens.map((when) => when.truth(run, []));
    const climb = () => climbed(gifts, otherwise, applied, adjustments);
    let possible = applies === false ? [] : isOrdered ? climb() : routed(gifts, otherwise);
    if (applies !== true) possible = ascending([NO_LEVEL, ...possible]);
    const clash = !isOrdered && applies === true && isClash(gifts);
    return { applies, gifts: gifts.map(named), adjustments, possible: named(possible), clash, levels: gifts };
  }

  /** @param {Run} run */
  function found(run) {
    let known = run.found.get(said.id);
    if (!known) run.found.set(said.id, (known = worked(run)));
    return known;
  }

  /** @param {Run} run */
  function gatheredOpen(run) {
    const { applies, levels: gifts, adjustments, possible } = found(run);
    if (possible.length === 1) return [];
    const isOpenRule = (/** @type {number} */ place) =>
      isOrdered ? mayMatter(gifts, place, otherwise, applied, adjustments) : (gifts[place] ?? []).length > 1;
    const isOpenChange = (/** @type {number} */ place) =>
      isOrdered && adjustments[place] === null && mayChange(gifts, place, otherwise, applied, adjustments);
    return [
      ...(applies === null && showWhen ? showWhen.deciding(run, []) : []),
      ...rules.filter((_, place) => isOpenRule(place)).flatMap((rule) => rule.deciding(run)),
      ...whens.flatMap((when, place) => (isOpenChange(place) ? when.deciding(run, []) : [])),
    ];
  }

  /** @param {Run} run */
  function gatheredDeciding(run) {
    const { applies, levels: gifts } = found(run);
    const own = showWhen ? showWhen.deciding(run, []) : [];
    if (applies === false) return own;
    const gives = gifts.map((gift) => gift.length > 1 || gift[0] !== NO_LEVEL);
    const isTold = (/** @type {number} */ place) => gives[place] || !gives.includes(true);
    return [
      ...own,
      ...rules.filter((_, place) => isTold(place)).flatMap((rule) => rule.deciding(run)),
      ...whens.flatMap((when) => when.deciding(run, [])),
    ];
  }

  return {
    said,
    placeOf,
    found,
    deciding: (run) => gathered(run, `assessment ${said.id}`, () => gatheredDeciding(run)),
    open: (run) => gathered(run, `open assessment ${said.id}`, () => gatheredOpen(run)),
    questions: [...new Set([showWhen, ...rules, ...whens].flatMap((part) => part?.questions ?? []))],
  };
}

// --- levels ---------------------------------------------------------------------------------------------------------

/** @param {Iterable<number>} levels @returns {Gift} each once, in ascending order */
export const ascending = (levels) => [...new Set(levels)].sort((one, other) => one - other);

/** @param {Gift[]} gifts @returns {Set<number>} every level that may be the highest given */
export function highestGiven(gifts) {
  let levels = new Set([NO_LEVEL]);
  for (const gift of gifts) {
    levels = new Set([...levels].flatMap((level) => gift.map((given) => Math.max(level, given))));
  }
  return levels;
}

/**
 * Of levels in order: the highest that a rule gives, then changed.
 * @param {Gift[]} gifts
 * @param {number} otherwise
 * @param {Array<(level: number) => number>} changes
 * @param {Truth[]} truths whether each change is made
 */
function climbed(gifts, otherwise, changes, truths) {
  let levels = [...highestGiven(gifts)].map((level) => (level === NO_LEVEL ? otherwise : level));
  for (const [place, change] of changes.entries()) {
    const truth = truths[place];
    if (truth !== false) levels = [...levels.map(change), ...(truth ? [] : levels)];
    levels = ascending(levels);
  }
  return ascending(levels);
}

/**
 * Return whether more has to be known of a rule, since the outcome depends on it.
 * @param {Gift[]} gifts
 * @param {number} place
 * @param {number} otherwise
 * @param {Change[]} changes
 * @param {Truth[]} truths
 */
function mayMatter(gifts, place, otherwise, changes, truths) {
  const [least = NO_LEVEL, ...more] = gifts[place] ?? [];
  const orOtherwise = (/** @type {number} */ level) => (level === NO_LEVEL ? otherwise : level);
  const pairs = [...highestGiven(gifts.filter((_, other) => other !== place))].flatMap((level) =>
    more.map((given) => [orOtherwise(Math.max(level, least)), orOtherwise(Math.max(level, given))]),
  );
  return mayDiffer(pairs, changes, truths);
}

/**
 * Return whether it may still change the outcome if a change is made.
 * @param {Gift[]} gifts
 * @param {number} place
 * @param {number} otherwise
 * @param {Change[]} changes
 * @param {Truth[]} truths
 */
function mayChange(gifts, place, otherwise, changes, truths) {
  const change = /** @type {Change} */ (changes[place]);
  const before = climbed(gifts, otherwise, changes.slice(0, place), truths);
  const pairs = before.map((level) => [level, change(level)]);
  return mayDiffer(pairs, changes.slice(place + 1), truths.slice(place + 1));
}

/**
 * Return whether two levels that differ now can still differ after the remaining changes.
 * @param {number[][]} pairs
 * @param {Change[]} changes
 * @param {Truth[]} truths
 */
function mayDiffer(pairs, changes, truths) {
  let left = eachPair(pairs);
  for (const [place, change] of changes.entries()) {
    const truth = truths[place];
    const changed = truth === false ? [] : left.map((pair) => pair.map(change));
    left = eachPair([...changed, ...(truth ? [] : left)]);
  }
  return left.some(([one, other]) => one !== other);
}

/** @param {number[][]} pairs @returns {number[][]} each once */
const eachPair = (pairs) => [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];

/**
 * Of levels without an order: the one that the rules give; those that clash, in a clash.
 * @param {Gift[]} gifts
 * @param {number} otherwise
 */
function routed(gifts, otherwise) {
  const given = gifts.flat().filter((level) => level !== NO_LEVEL);
  const isCertain = gifts.some((gift) => !gift.includes(NO_LEVEL));
  return ascending(isCertain ? given : [...given, otherwise]);
}

/** @param {Gift[]} gifts */
function isClash(gifts) {
  const certain = gifts.flatMap((gift) => (gift.length === 1 && gift[0] !== NO_LEVEL ? gift : []));
  return new Set(certain).size > 1;
}

/**
 * Return what an adjustment does to a level. None lifts "no level".
 * @param {Node} change
 * @param {number} top
 * @param {(level: string) => number} placeOf
 * @returns {(level: number) => number}
 */
function applier(change, top, placeOf) {
  /** @param {string} word @param {number} otherwise */
  const stop = (word, otherwise) => (change[word] == null ? otherwise : placeOf(change[word]));
  const [notAbove, notBelow] = [stop("notAbove", top), stop("notBelow", 0)];
  const [atLeast, atMost] = [stop("atLeast", 0), stop("atMost", top)];
  return (level) => {
    if (level === NO_LEVEL) return level;
    const raised = Math.max(level, Math.min(level + Number(change.raise ?? 0), notAbove));
    const lowered = Math.min(raised, Math.max(raised - Number(change.lower ?? 0), notBelow));
    return Math.min(Math.max(lowered, atLeast), atMost);
  };
}
