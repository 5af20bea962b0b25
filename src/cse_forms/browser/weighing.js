/**
 * How an answer, or a number, becomes the number that counts in a measure.
 * @module
 */

import { boundOf } from "./comparing.js";
import { isAnswer, isMissing } from "./matching.js";
import {
  asValued, compare, exactly, highestOf, hull, interval, NO_VALUE, NOUGHT, times, totalOf, turned, UNBOUNDED,
} from "./numbers.js";
import { exactNumber } from "./rational.js";

/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./items.js").Option} Option */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./logic.js").Truth} Truth */

/**
 * What an answer weighs; whether it is a gap, and the number what it may still weigh; whether there is anything to
 * weigh at all; and what a gap weighs where it is taken for nought.
 * @typedef {{number: Interval, isGap: Truth, isThere: Truth, filled: Interval}} Weight
 */

/** @param {Interval} number @param {Partial<Weight>} [more] @returns {Weight} */
export const weightOf = (number, more = {}) => ({ number, isGap: false, isThere: true, filled: NOUGHT, ...more });

/**
 * By what the weights of a term are multiplied; the lowest number is the highest with the other sign.
 * @typedef {{times: any, turned: boolean}} Factor
 */

/**
 * @param {Factor} factor
 * @param {Interval} number
 * @param {Around} around
 */
export function multiplied(factor, number, around) {
  const product = factor.times == null ? number : times(number, boundOf(factor.times, around));
  return factor.turned ? turned(product) : product;
}

/**
 * Return the weight of the first step that a number fits; nought, where it fits none. Where a bound that has to be
 * looked at has no value, there is no weight either.
 * @param {Node[]} steps
 * @param {Interval} number
 * @param {Around} around
 */
export function stepped(steps, number, around) {
  /** @type {Interval[]} */
  const found = [];
  for (const step of steps) {
    const word = ["maximum", "exclusiveMaximum"].find((one) => step[one] != null);
    /** @type {Truth} */
    let fits = true;
    if (word) {
      const bound = boundOf(step[word], around);
      if (bound.has !== true) found.push(NO_VALUE);
      if (bound.has === false) return hull(found);
      fits = compare(word, number, asValued(bound));
    }
    if (fits !== false) found.push(boundOf(step.weight, around));
    if (fits) return hull(found);
  }
  return hull([...found, NOUGHT]);
}

/** Weighs the answers to one question, on one scale. */
export class Weigher {
  /**
   * @param {Item} question
   * @param {Node} scale
   * @param {boolean} takesHighest whether of several options chosen the highest counts, or their sum
   * @param {Factor} factor
   */
  constructor(question, scale, takesHighest, factor) {
    this.question = question;
    /** @type {Node | null} */
    this.weights = scale.weights ?? null;
    /** @type {Node[]} */
    this.steps = scale.steps ?? [];
    this.takesHighest = takesHighest;
    this.factor = factor;
  }

  /**
   * Return what an answer weighs.
   * @param {any} written the answer as JSON has it, or `BLANK`
   * @param {boolean} draft
   * @param {Around} around
   * @returns {Weight}
   */
  weight(written, draft, around) {
    const { question } = this;
    let value = written;
    let isBlank = isMissing(question, written);
    if (isBlank && !draft && question.hasDefault) [isBlank, value] = [false, question.default];
    if (isBlank || !isAnswer(question, value)) {
      const mayBeNone = this.takesHighest && question.kind === "choices";
      return weightOf(this.unanswered(around), { isGap: true, isThere: mayBeNone ? null : true });
    }
    if (question.kind === "choices") return this.#several(value, around);
    const number = this.#number(value, around);
    if (number) return weightOf(this.#multiplied(number, around));
    return weightOf(this.#multiplied(hull(this.#known(around)), around), { isGap: true });
  }

  /** @param {Around} around @returns {Interval} what an answer may weigh of which nothing is known */
  unanswered(around) {
    const { question } = this;
    if (question.kind === "choices") return this.#ofSubset([], question.options, around);
    if (question.options.length || question.kind === "tick") {
      const unknown = question.options.filter((option) => option.unknown);
      const weights = unknown.flatMap((option) => this.#ofOption(option, around) ?? []);
      return this.#multiplied(hull([...this.#known(around), ...weights]), around);
    }
    if (question.kind === "integer" || question.kind === "number") {
      return this.#multiplied(this.#itself(interval(question.lowest, question.highest), around), around);
    }
    return this.#multiplied(UNBOUNDED, around);
  }

  /** @param {Interval} number @param {Around} around */
  #multiplied(number, around) {
    return multiplied(this.factor, number, around);
  }

  /**
   * Return the weight of an answer; null for a Not Known that has none.
   * @param {any} value
   * @param {Around} around
   * @returns {Interval | null}
   */
  #number(value, around) {
    const option = this.question.optionOf(value);
    if (option) return this.#ofOption(option, around);
    if (this.question.kind === "tick") return this.#listed(value, true, around) ?? NOUGHT;
    const number = exactNumber(value);
    return number ? this.#itself(exactly(number), around) : NOUGHT;
  }

  /** @param {Option} option @param {Around} around @returns {Interval | null} */
  #ofOption(option, around) {
    const listed = this.#listed(option.value, !option.unknown, around);
    if (listed || this.weights) return listed;
    if (option.weight) return exactly(option.weight);
    const number = option.unknown ? null : exactNumber(option.value);
    return number && this.#itself(exactly(number), around);
  }

  /** @param {any} value @param {boolean} isKnown @param {Around} around @returns {Interval | null} */
  #listed(value, isKnown, around) {
    const weights = this.weights ?? {};
    const key = String(exactNumber(value)?.isWhole() ? exactNumber(value) : value);
    if (Object.hasOwn(weights, key)) return boundOf(weights[key], around);
    return isKnown && Object.hasOwn(weights, "else") ? boundOf(weights.else, around) : null;
  }

  /** @param {Interval} number @param {Around} around */
  #itself(number, around) {
    return this.steps.length ? stepped(this.steps, number, around) : number;
  }

  /** @param {Around} around @returns {Interval[]} what a Not Known may weigh, as far as the form offers it */
  #known(around) {
    const found =
      this.question.kind === "tick"
        ? [true, false].map((value) => this.#number(value, around))
        : this.question.known.map((option) => this.#ofOption(option, around));
    const weights = found.map((number) => number ?? NOUGHT);
    return weights.length >= 2 ? weights : [...weights, NOUGHT];
  }

  /** @param {any[]} values @param {Around} around @returns {Weight} */
  #several(values, around) {
    const chosen = values.map((value) => this.question.optionOf(value));
    const weights = chosen.map((option) => (option ? this.#ofOption(option, around) : null));
    const known = weights.flatMap((weight) => (weight ? [this.#multiplied(weight, around)] : []));
    if (known.length === weights.length) {
      return weightOf(this.#together(known), { isThere: known.length > 0 || !this.takesHighest });
    }
    const others = this.question.known.filter((option) => !chosen.includes(option));
    return {
      number: this.#ofSubset(known, others, around),
      isGap: true,
      isThere: this.takesHighest && !known.length ? null : true,
      filled: this.takesHighest ? highestOf([...known, NOUGHT]) : totalOf(known),
    };
  }

  /** @param {Interval[]} weights */
  #together(weights) {
    if (!weights.length) return NOUGHT;
    return this.takesHighest ? highestOf(weights) : totalOf(weights);
  }

  /**
   * Return the bounds of options that are chosen, and any of the others.
   * @param {Interval[]} chosen
   * @param {Option[]} options
   * @param {Around} around
   */
  #ofSubset(chosen, options, around) {
    const weights = options.flatMap((option) => this.#ofOption(option, around) ?? []);
    const others = weights.map((weight) => this.#multiplied(weight, around));
    if (!this.takesHighest) return totalOf([...chosen, ...others.map((other) => hull([NOUGHT, other]))]);
    const least = chosen.length ? this.#together(chosen) : hull(others.length ? others : [NOUGHT]);
    return hull([least, this.#together([...chosen, ...others])]);
  }
}
