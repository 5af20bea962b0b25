/**
 * What a form says of a response, worked out in the browser or wherever JavaScript runs.
 *
 *     import { Form } from "./evaluator.js";
 *     const form = new Form(definition);
 *     const outcome = form.evaluate(answers, { draft: true });
 *     outcome.assessments[0].lowest;
 *
 * A definition is what a form.json holds, and the answers are what a response holds under "answers", both as
 * `JSON.parse` gives them; `readJson` gives the same and keeps the longest whole numbers exact. Nothing is changed in
 * either, and no code is made of them.
 * @module
 */

import { Compiler } from "./compiling.js";
import { isAsked } from "./counting.js";
import { isNotKnown } from "./evidence.js";
import { instancesOf, isObject, join, ROW, valueAt } from "./items.js";
import { CHECK_WORDS, DefinitionError, JUDGEMENT_WORDS, LIMIT_WORDS, only, PROMPT_WORDS } from "./language.js";
import { allHold } from "./logic.js";
import { isGiven, isMissing } from "./matching.js";
import { Rational } from "./rational.js";
import { checkSize, readJson } from "./reading.js";

/** @typedef {import("./outcome.js").AssessmentOutcome} AssessmentOutcome */
/** @typedef {import("./counting.js").Condition} Condition */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./outcome.js").ItemOutcome} ItemOutcome */
/** @typedef {import("./outcome.js").JudgementOutcome} JudgementOutcome */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./outcome.js").Outcome} Outcome */
/** @typedef {import("./outcome.js").PromptOutcome} PromptOutcome */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./outcome.js").State} State */
/** @typedef {import("./logic.js").Truth} Truth */

export { DefinitionError, Rational, readJson };

const URGENCIES = ["immediate", "soon", "consider"];

/** @param {Truth} truth @returns {State} */
const stateOf = (truth) => (truth === null ? "unknown" : truth ? "holds" : "fails");

/** One version of one form. It never changes, and evaluates any number of responses. */
export class Form {
  /** @type {Compiler} */
  #form;
  /** @type {Array<{said: Node, when: Condition | null}>} */
  #prompts;
  /** @type {Array<{said: Node, when: Condition}>} */
  #checks;
  /** @type {Map<string, Array<{said: Node, when: Condition | null}>>} */
  #limits;
  /** @type {Map<Item, Condition>} */
  #required = new Map();
  /** @type {Map<Item, number>} */
  #places;

  /**
   * @param {any} definition what a form.json holds
   * @throws {DefinitionError} it has a word that is not known, or is no definition
   */
  constructor(definition) {
    const form = new Compiler(definition);
    this.#form = form;
    this.#places = new Map([...form.root.walk()].map((item, place) => [item, place]));
    const { words } = form;
    for (const name of Object.keys(words.conditions ?? {})) form.namedCondition(name);
    for (const name of Object.keys(words.measures ?? {})) form.measure(name);
    for (const { id } of words.assessments ?? []) form.assessment(id);
    for (const item of form.root.walk()) {
      form.asked(item);
      const { required } = item.words;
      if (isObject(required)) this.#required.set(item, form.condition(required, item.holder));
    }
    this.#prompts = byUrgency(words.prompts ?? []).map((said) => {
      only(said, PROMPT_WORDS, "a prompt");
      return { said, when: said.when == null ? null : form.condition(said.when) };
    });
    this.#checks = (words.checks ?? []).map((/** @type {Node} */ said) => {
      only(said, CHECK_WORDS, "a check");
      return { said, when: form.condition(said.when) };
    });
    this.#limits = new Map((words.assessments ?? []).map((/** @type {Node} */ one) => [one.id, this.#limitsOf(one)]));
  }

  /** The form's id, such as cse-toolbox. */
  get id() {
    return String(this.#form.words.id);
  }

  /** Three numbers, such as 1.0.0. */
  get version() {
    return String(this.#form.words.version);
  }

  /**
   * Return what the form's rules say of these answers, valid or not: a wrong answer counts as unknown.
   * @param {any} answers
   * @param {{draft?: boolean}} [options] in a draft every blank may still be answered; else a default stands for it
   * @returns {Outcome}
   */
  evaluate(answers, { draft = false } = {}) {
    const run = newRun(answers, draft);
    const form = this.#form;
    const { words } = form;
    const conditions = Object.keys(words.conditions ?? {});
    const measures = Object.keys(words.measures ?? {});
    const prompts = this.#promptOutcomes(run);
    return {
      conditions: Object.fromEntries(conditions.map((name) => [name, form.namedCondition(name).truth(run, [])])),
      measures: Object.fromEntries(
        measures.map((name) => {
          const { low, high, has } = form.measure(name).number(run);
          return [name, { lowest: low, highest: high, has_value: has }];
        }),
      ),
      assessments: (words.assessments ?? []).map((/** @type {Node} */ said) => this.#assessmentOutcome(said, run)),
      prompts,
      shown: prompts.filter((prompt) => prompt.state === "holds" && prompt.replaced_by === null).map(({ id }) => id),
      checks: this.#checks.map(({ said, when }) => ({
        id: said.id,
        state: stateOf(when.truth(run, [])),
        text: said.text,
      })),
    };
  }

  /**
   * Return every section, table and question as it stands in these answers: whether it is asked, and whether a complete
   * response must answer it. An answer that is required and blank is missing.
   * @param {any} answers
   * @param {{draft?: boolean}} [options]
   * @returns {ItemOutcome[]}
   */
  items(answers, { draft = false } = {}) {
    const run = newRun(answers, draft);
    const found = [...this.#form.root.walk()].filter((item) => item.holder && item.keys[item.keys.length - 1] !== ROW);
    return found.flatMap((item) =>
      instancesOf(answers, item, draft)
        .filter((instance) => !instance.rowsUnknown)
        .map((instance) => this.#itemOutcome(instance, run)),
    );
  }

  /** @param {Instance} instance @param {Run} run @returns {ItemOutcome} */
  #itemOutcome({ item, keys, value }, run) {
    const asked = isAsked(this.#form.asked(item), run, keys);
    const condition = this.#required.get(item);
    const said = condition ? condition.truth(run, keys.slice(0, -1)) : item.words.required === true;
    const isInSchema = isRequiredBySchema(item, keys, run.answers);
    return {
      pointer: join(keys),
      kind: item.isQuestion ? "question" : /** @type {"section" | "table"} */ (item.kind),
      asked,
      required: isInSchema ? true : allHold([asked, said]),
      blank: isMissing(item, value),
    };
  }

  /** @param {Run} run @returns {PromptOutcome[]} */
  #promptOutcomes(run) {
    const judged = this.#prompts.map(({ said, when }) => ({ said, truth: when ? when.truth(run, []) : true }));
    const holding = judged.filter(({ truth }) => truth);
    return judged.map(({ said, truth }) => {
      const stronger = truth ? holding.find((other) => (other.said.replaces ?? []).includes(said.id)) : undefined;
      const { id, urgency, text } = said;
      return { id, urgency, state: stateOf(truth), text, replaced_by: stronger ? stronger.said.id : null };
    });
  }

  /** @param {Node} said @param {Run} run @returns {AssessmentOutcome} */
  #assessmentOutcome(said, run) {
    const assessment = this.#form.assessment(said.id);
    const { applies, gifts, adjustments, possible, clash } = assessment.found(run);
    const determined = possible.length === 1;
    const isBounded = determined || (said.ordered ?? true);
    const lowest = isBounded ? possible[0] ?? null : null;
    const recorded = this.#isRecorded(assessment.questions, run);
    const open = inOrder(assessment.open(run), this.#places);
    return {
      id: said.id,
      lowest,
      highest: isBounded ? possible[possible.length - 1] ?? null : null,
      possible,
      determined,
      applies,
      clash,
      recorded,
      unanswered: pointersOf(open.filter((instance) => !isNotKnown(instance))),
      not_known: pointersOf(open.filter(isNotKnown)),
      rules: gifts.map((gives, place) => {
        const state = gives.every((level) => level === null) ? "fails" : gives.includes(null) ? "unknown" : "holds";
        return { id: said.rules[place].id, state, level: gives.length === 1 ? gives[0] ?? null : null, gives };
      }),
      adjustments: adjustments.map((truth, place) => ({ id: said.adjustments[place].id, state: stateOf(truth) })),
      judgement: said.judgement == null ? null : this.#judgementOutcome(said, recorded ? lowest : null, run),
    };
  }

  /** @param {Item[]} questions @param {Run} run whether any answer is given; to what reads none, it is */
  #isRecorded(questions, run) {
    return !questions.length || questions.some((question) => this.#given(question, run) !== undefined);
  }

  /** @param {Item} question @param {Run} run @returns {any} an answer that is given and asked, if there is one */
  #given(question, run) {
    const asked = this.#form.asked(question);
    const isThere = (/** @type {Instance} */ one) =>
      !one.rowsUnknown && isGiven(question, one.value) && isAsked(asked, run, one.keys) !== false;
    return instancesOf(run.answers, question, run.draft).find(isThere)?.value;
  }

  /** @param {Node} said @param {string | null} suggested @param {Run} run @returns {JudgementOutcome} */
  #judgementOutcome(said, suggested, run) {
    const { questions } = this.#form;
    const [level, reason] = [said.judgement.level, said.judgement.reason].map((pointer) => {
      const question = questions.get(pointer);
      const value = question && this.#given(question, run);
      return typeof value === "string" ? value : null;
    });
    const judged = (this.#limits.get(said.id) ?? []).map((limit) => ({
      limit: limit.said,
      truth: limit.when ? limit.when.truth(run, []) : true,
    }));
    const levels = said.levels.map((/** @type {Node} */ one) => one.id);
    const barring = judged.filter(({ truth }) => truth).map(({ limit }) => allowed(limit, levels, suggested));
    return {
      level: level ?? null,
      reason: reason ?? null,
      suggested,
      differs: level == null || suggested === null ? null : level !== suggested,
      permitted: levels.filter((/** @type {string} */ one) => barring.every((limit) => limit.includes(one))),
      waiting: judged.filter(({ truth }) => truth === null).length,
    };
  }

  /** @param {Node} assessment */
  #limitsOf({ judgement, levels }) {
    if (judgement == null) return [];
    only(judgement, JUDGEMENT_WORDS, "a judgement");
    for (const pointer of [judgement.level, judgement.reason]) {
      if (!this.#form.questions.has(pointer)) throw new DefinitionError(`there is no question at ${pointer}`);
    }
    const limits = judgement.may == null || judgement.may === "differ" ? [] : judgement.may;
    return limits.map((/** @type {Node} */ said) => {
      only(said, LIMIT_WORDS, "a limit");
      allowed(said, levels.map((/** @type {Node} */ level) => level.id), null);
      return { said, when: said.when == null ? null : this.#form.condition(said.when) };
    });
  }
}

/** @param {Instance[]} found @returns {string[]} */
const pointersOf = (found) => found.map(({ keys }) => join(keys));

/** @param {Instance[]} found @param {Map<Item, number>} places @returns {Instance[]} in the order of the form */
function inOrder(found, places) {
  const place = (/** @type {Instance} */ { item }) => places.get(item) ?? 0;
  const byKeys = (/** @type {Instance} */ one, /** @type {Instance} */ other) => {
    const at = one.keys.findIndex((key, index) => key !== other.keys[index]);
    return at < 0 ? 0 : Number(one.keys[at]) - Number(other.keys[at] ?? -1);
  };
  return [...found].sort((one, other) => place(one) - place(other) || byKeys(one, other));
}

/**
 * Return the levels that keep within a limit; one reckoned from the suggestion bars nothing where there is none.
 * @param {Node} limit
 * @param {string[]} levels
 * @param {string | null} suggested
 */
function allowed(limit, levels, suggested) {
  /** @param {any} bound @param {number} otherwise */
  function place(bound, otherwise) {
    if (bound == null) return otherwise;
    if (bound === "suggested" || isObject(bound)) {
      if (suggested === null) return otherwise;
      const steps = isObject(bound) ? Number(bound.suggested) : 0;
      return Math.min(Math.max(levels.indexOf(suggested) + steps, 0), levels.length - 1);
    }
    const found = levels.indexOf(bound);
    if (found < 0) throw new DefinitionError(`a limit names the level '${bound}', which is none`);
    return found;
  }
  return levels.slice(place(limit.atLeast, 0), place(limit.atMost, levels.length - 1) + 1);
}

/** @param {Node[]} prompts */
function byUrgency(prompts) {
  for (const { urgency } of prompts) {
    if (!URGENCIES.includes(urgency)) throw new DefinitionError(`'${urgency}' is no urgency`);
  }
  return [...prompts].sort((one, other) => URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency));
}

/**
 * Return whether the `required` of the schema asks for an item: that of what holds it, which is there or is itself
 * asked for.
 * @param {Item} item
 * @param {import("./items.js").Keys} keys
 * @param {any} answers
 * @returns {boolean}
 */
function isRequiredBySchema(item, keys, answers) {
  const { holder } = item;
  if (!holder || !(holder.schema.required ?? []).includes(keys[keys.length - 1])) return false;
  const above = keys.slice(0, -1);
  return !holder.holder || isObject(valueAt(answers, above)) || isRequiredBySchema(holder, above, answers);
}

/**
 * @param {any} answers
 * @param {boolean} draft
 * @returns {Run}
 */
function newRun(answers, draft) {
  checkSize(answers);
  const [counts, numbers, truths, found, evidence] = [new Map(), new Map(), new Map(), new Map(), new Map()];
  return { answers, draft, counts, numbers, truths, found, evidence };
}
