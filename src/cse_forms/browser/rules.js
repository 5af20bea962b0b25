/**
 * The rules of an assessment: what each may give.
 * @module
 */

import { ascending, highestGiven, NO_LEVEL } from "./assessments.js";
import { boundOf } from "./comparing.js";
import { Leaf } from "./counting.js";
import { undecided } from "./evidence.js";
import { BLANK, select } from "./items.js";
import { BAND_WORDS, DefinitionError, isReference, only, RULE_WORDS } from "./language.js";
import { allHold } from "./logic.js";
import { asRead, isAnswer, isGiven } from "./matching.js";
import { asValued, compare } from "./numbers.js";

/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./compiling.js").Compiler} Compiler */
/** @typedef {import("./assessments.js").Gift} Gift */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./logic.js").Truth} Truth */

/**
 * A rule, compiled: what it may give, the answers by which it gives that or that leave open what it gives, and what it
 * reads.
 * @typedef {{gift: (run: Run) => Gift, deciding: (run: Run) => Instance[], questions: Item[]}} Rule
 */

/**
 * @param {Node} rule
 * @param {Compiler} form
 * @param {Map<string, number>} places
 * @param {(level: string) => number} placeOf
 * @returns {Rule}
 */
export function compiledRule(rule, form, places, placeOf) {
  only(rule, RULE_WORDS, "a rule");
  const when = rule.when == null ? null : form.condition(rule.when);
  const taken = () => (rule.levelOf != null ? levelOf(rule, form, places) : null);
  const given = rule.measure != null ? banded(rule, form, placeOf) : taken();
  const level = given ? null : placeOf(rule.level);
  return {
    gift: (run) => {
      const applies = when ? when.truth(run, []) : true;
      if (applies === false) return [NO_LEVEL];
      const gift = given ? given.gift(run) : [/** @type {number} */ (level)];
      return applies ? gift : ascending([...gift, NO_LEVEL]);
    },
    deciding: (run) => {
      if (!given) return when ? when.deciding(run, []) : [];
      const applies = when ? when.truth(run, []) : true;
      const isSettled = applies === false || ascendingOf(given.gift(run), applies).length === 1;
      const own = when && (isSettled || applies === null) ? when.deciding(run, []) : [];
      return applies === false ? own : [...own, ...given.deciding(run, applies)];
    },
    questions: [...(when?.questions ?? []), ...(given?.questions ?? [])],
  };
}

/**
 * What gives a level where a rule's own condition holds.
 * @typedef {{
 *   gift: (run: Run) => Gift, deciding: (run: Run, applies: Truth) => Instance[], questions: Item[]
 * }} Giver
 */

/** @param {Gift} gift @param {Truth} applies @returns {Gift} with nothing, where it is open whether a rule holds */
const ascendingOf = (gift, applies) => (applies ? gift : ascending([...gift, NO_LEVEL]));

/** @typedef {{level: number, minimum: any, maximum: any, exclusiveMaximum: any, exclusiveMinimum: any}} Band */

/**
 * Return the level of the band that a measure's number lies in.
 * @param {Node} rule
 * @param {Compiler} form
 * @param {(level: string) => number} placeOf
 * @returns {Giver}
 */
function banded(rule, form, placeOf) {
  /** @type {Node[]} */
  const written = rule.bands;
  for (const band of written) only(band, BAND_WORDS, "a band");
  const bands = written.map((band, place) => ({
    level: placeOf(band.level),
    minimum: band.from ?? null,
    maximum: band.to ?? null,
    // A band that does not say where it ends ends where the next begins, and the other way round.
    exclusiveMaximum: band.to == null ? written[place + 1]?.from ?? null : null,
    exclusiveMinimum: band.from == null ? written[place - 1]?.to ?? null : null,
  }));
  const measure = form.measure(rule.measure);
  const others = bands.flatMap((band) => [band.minimum, band.maximum]).filter(isReference);
  const [first = null] = bands;
  const whole = /** @type {Band} */ (
    first && { ...bands[bands.length - 1], minimum: first.minimum, exclusiveMinimum: first.exclusiveMinimum }
  );
  // Between two numbers that a definition prints, its check has seen that there is none that can be reached.
  const mayHaveGaps =
    others.length > 0 && bands.some(({ maximum }, place) => maximum !== null && bands[place + 1]?.minimum != null);

  /** @param {Run} run @param {Interval} number @returns {Gift} */
  function ofNumber(run, number) {
    if (number.has === false) return [NO_LEVEL];
    const around = form.aroundOf(run, [], null);
    const lies = bands.map((band) => liesIn(band, asValued(number), around));
    const given = bands.filter((_, place) => lies[place] !== false).map((band) => band.level);
    const isInside = lies.includes(true) || (!mayHaveGaps && liesIn(whole, asValued(number), around) === true);
    return ascending(given.length && number.has && isInside ? given : [...given, NO_LEVEL]);
  }

  return {
    gift: (run) => ofNumber(run, measure.number(run)),
    deciding: (run, applies) => {
      const number = measure.number(run);
      const gift = ascendingOf(ofNumber(run, number), applies);
      /** @param {Partial<Interval>} other */
      const isSame = (other) => ascendingOf(ofNumber(run, { ...number, ...other }), applies).join() === gift.join();
      // In the highest band a number stays whatever else there is; in the lowest, whatever there is less.
      const by = { lowest: isSame({ high: null }), highest: isSame({ low: null }) };
      const truth = gift.length === 1 ? true : null;
      const bounds = others.flatMap((bound) => form.decidingNumber(run, bound.measure, truth));
      return [...form.decidingNumber(run, rule.measure, truth, by), ...bounds];
    },
    questions: [...measure.questions, ...others.flatMap((bound) => form.measure(bound.measure).questions)],
  };
}

/** @type {readonly ["minimum", "maximum", "exclusiveMaximum", "exclusiveMinimum"]} */
const BOUNDS = ["minimum", "maximum", "exclusiveMaximum", "exclusiveMinimum"];

/**
 * @param {Band} band
 * @param {Interval} number
 * @param {Around} around
 */
function liesIn(band, number, around) {
  return allHold(
    BOUNDS.flatMap((word) => (band[word] === null ? [] : [compare(word, number, boundOf(band[word], around))])),
  );
}

/**
 * Return the highest level among answers and other assessments.
 * @param {Node} rule
 * @param {Compiler} form
 * @param {Map<string, number>} places
 * @returns {Giver}
 */
function levelOf(rule, form, places) {
  /** @type {string[]} */
  const names = Array.isArray(rule.levelOf) ? rule.levelOf : [rule.levelOf];
  const sources = names.flatMap((name) => {
    if (!name.startsWith("/")) return [levelOfAssessment(name, form, places)];
    const questions = select(form.root, name, null);
    if (!questions.length) throw new DefinitionError(`'${name}' names no question`);
    return questions.map((question) => levelOfAnswer(new Leaf(question, form.asked(question)), places));
  });
  return {
    gift: (run) => ascending(highestGiven(sources.flatMap((source) => source.gifts(run)))),
    deciding: (run, applies) => {
      const gifts = sources.flatMap((source) => source.gifts(run));
      const isSettled = ascendingOf(ascending(highestGiven(gifts)), applies).length === 1;
      // Of the highest level, only what lies above all that is certain can change it.
      const certain = gifts.length ? Math.max(...gifts.map(([least = NO_LEVEL]) => least)) : NO_LEVEL;
      return sources.flatMap((source) => source.deciding(run, certain, isSettled));
    },
    questions: sources.flatMap((source) => source.questions),
  };
}

/**
 * What a rule takes a level from: the levels that each of its answers may be; the answers that give a level, or that
 * leave open whether they give a higher one; and what it reads.
 * @typedef {{
 *   gifts: (run: Run) => Gift[], deciding: (run: Run, level: number, isSettled: boolean) => Instance[],
 *   questions: Item[]
 * }} LevelSource
 */

/** @param {Gift} gift @param {number} level @param {boolean} isSettled */
const tells = (gift, level, isSettled) =>
  isSettled ? gift.length === 1 && gift[0] === level : (gift[gift.length - 1] ?? NO_LEVEL) > level;

/** @param {string} name @param {Compiler} form @param {Map<string, number>} places @returns {LevelSource} */
function levelOfAssessment(name, form, places) {
  const other = form.assessment(name);
  /** @param {Run} run */
  const gift = (run) => ascending(other.found(run).possible.map((level) => places.get(level ?? "") ?? NO_LEVEL));
  return {
    gifts: (run) => [gift(run)],
    deciding: (run, level, isSettled) => {
      if (!tells(gift(run), level, isSettled)) return [];
      return isSettled ? other.deciding(run) : other.open(run);
    },
    questions: other.questions,
  };
}

/** @param {Leaf} leaf @param {Map<string, number>} places @returns {LevelSource} */
function levelOfAnswer(leaf, places) {
  const { question } = leaf;
  /** @param {any} value */
  const level = (value) => (typeof value === "string" ? places.get(value) ?? NO_LEVEL : NO_LEVEL);

  /** @param {any} value @returns {Gift} */
  function given(value) {
    const option = value !== BLANK && isAnswer(question, value) ? question.optionOf(value) : undefined;
    if (option && !option.unknown) return [level(option.value)];
    // Of one option alone the contrary is an answer too; a blank may also stay one, or turn out Not Known.
    return ascending([...question.known.map((known) => level(known.value)), NO_LEVEL]);
  }

  /** @param {Run} run @returns {Array<{instance: Instance, gift: Gift}>} */
  const found = (run) =>
    leaf.instances(run, []).flatMap((instance) => {
      const asked = leaf.isCounted(run, instance.keys);
      if (asked === false) return [];
      const gift = given(asRead(question, instance.value, run.draft));
      return [{ instance, gift: asked && !instance.rowsUnknown ? gift : ascending([...gift, NO_LEVEL]) }];
    });

  return {
    gifts: (run) => found(run).map(({ gift }) => gift),
    deciding: (run, wanted, isSettled) =>
      found(run).flatMap(({ instance, gift }) => {
        if (!tells(gift, wanted, isSettled)) return [];
        const says = !instance.rowsUnknown && isGiven(question, asRead(question, instance.value, run.draft));
        if (isSettled) return says ? [instance] : [];
        return [...undecided(leaf, run, instance.keys), ...(says ? [] : [instance])];
      }),
    questions: [question],
  };
}
