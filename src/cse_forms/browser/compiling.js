/**
 * The condition language of one form, compiled: each condition, measure and assessment once.
 * @module
 */

import { compiledAssessment } from "./assessments.js";
import { joined, onItems, onLevel, onMeasure } from "./conditions.js";
import { Leaf, Tally } from "./counting.js";
import { dayOf } from "./dates.js";
import { gathered } from "./evidence.js";
import { isInRow, itemsOf, join, select } from "./items.js";
import {
  checkMatch, CONDITIONS, DefinitionError, FORM_FORM_WORDS, FORM_WORDS, only, spansOf, wordOf,
} from "./language.js";
import { negated } from "./logic.js";
import { asRead } from "./matching.js";
import { compiledMeasure } from "./measures.js";

/** @typedef {import("./counting.js").Asked} Asked */
/** @typedef {import("./counting.js").Condition} Condition */
/** @typedef {import("./counting.js").Run} Run */
/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./items.js").Keys} Keys */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./logic.js").Truth} Truth */
/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./measures.js").Measure} Measure */
/** @typedef {import("./numbers.js").Interval} Interval */

/** How deep a definition may be nested. */
const DEEPEST = 200;

/** Compiles a form's conditions, measures and assessments. */
export class Compiler {
  /** @param {Node} document */
  constructor(document) {
    only(document, FORM_WORDS, "the definition");
    checkDepth(document);
    /** @type {Node} */
    this.words = document["x-form"];
    only(this.words, FORM_FORM_WORDS, "the form's x-form");
    this.root = itemsOf(document);
    const questions = [...this.root.walk()].filter((item) => item.isQuestion);
    /** @type {Map<string, Item>} */
    this.questions = new Map(questions.map((item) => [item.pointer, item]));
    /** @type {Map<string, any>} */
    this.compiled = new Map();
    /** @type {Map<string, Tally>} */
    this.tallies = new Map();
    /** @type {import("./counting.js").AroundOf} */
    this.aroundOf = (run, row, holder) => ({
      number: (name) => this.measure(name).number(run),
      day: (pointer) => this.#day(run, pointer, row, holder),
    });
  }

  /**
   * Return what a name stands for, compiled when it is first asked for.
   * @template T
   * @param {string} kind
   * @param {string} name
   * @param {() => T} compile
   * @returns {T}
   */
  #once(kind, name, compile) {
    const key = `${kind} '${name}'`;
    if (!this.compiled.has(key)) {
      this.compiled.set(key, null);
      this.compiled.set(key, compile());
    }
    const found = this.compiled.get(key);
    if (found === null) throw new DefinitionError(`the ${key} depends on itself`);
    return found;
  }

  /**
   * @param {string} kind "conditions" or "measures"
   * @param {string} name
   * @returns {any} what the form says of a name
   */
  #named(kind, name) {
    const found = this.words[kind] ?? {};
    if (!Object.hasOwn(found, name)) throw new DefinitionError(`there is no '${name}' among the ${kind}`);
    return found[name];
  }

  // --- what is asked -------------------------------------------------------------------------------------------

  /**
   * Return the conditions on which an item is asked, those of all that holds it among them.
   * @param {Item} item
   * @returns {Asked}
   */
  asked(item) {
    return this.#once("item", item.pointer, () => {
      const above = item.holder ? this.asked(item.holder) : [];
      const { showWhen } = item.words;
      if (showWhen == null) return above;
      const shown = this.condition(showWhen, item.holder);
      // Questions that are shown by one another ask for the same evidence over and over.
      /** @type {Condition} */
      const condition = {
        ...shown,
        deciding: (run, row) => gathered(run, `${item.pointer} ${join(row)}`, () => shown.deciding(run, row)),
      };
      return [{ condition, depth: item.keys.length - 1 }, ...above];
    });
  }

  /**
   * Return the date that an answer gives; null where it is not known, or not asked.
   * @param {Run} run
   * @param {string} pointer of the question; one that begins with `./` stands in the row
   * @param {Keys} row
   * @param {Item | null} holder of the answer that is compared with it
   */
  #day(run, pointer, row, holder) {
    const leaf = this.#leafBeside(pointer, holder);
    for (const instance of leaf.instances(run, row)) {
      if (!instance.rowsUnknown && leaf.isCounted(run, instance.keys)) {
        return dayOf(asRead(instance.item, instance.value, run.draft));
      }
    }
    return null;
  }

  /** @param {string} pointer @param {Item | null} holder */
  #leafBeside(pointer, holder) {
    const inRow = isInRow(pointer);
    return this.#once("date", `${pointer} ${inRow && holder ? holder.pointer : ""}`, () => {
      const [question] = select(this.root, pointer, holder);
      if (!question) throw new DefinitionError(`there is no question at ${pointer}`);
      return new Leaf(question, this.asked(question), null, inRow);
    });
  }

  /**
   * Return the questions that are selected, each with what decides whether an answer to it counts.
   * @param {any} items
   * @param {any} when
   * @param {Item | null} start
   */
  leaves(items, when, start) {
    const selectors = Array.isArray(items) ? items : [items];
    // What is named outright is selected from every row, also where it is named beside the row at hand.
    const ordered = [...selectors.filter((one) => !isInRow(one)), ...selectors.filter(isInRow)];
    /** @type {Map<string, Leaf>} */
    const found = new Map();
    for (const selector of ordered) {
      const questions = select(this.root, selector, start);
      if (!questions.length && !isInRow(selector)) throw new DefinitionError(`${written(selector)} names no question`);
      for (const question of questions) {
        if (found.has(question.pointer)) continue;
        const narrowed = when == null ? null : this.condition(when, question.holder);
        found.set(question.pointer, new Leaf(question, this.asked(question), narrowed, isInRow(selector)));
      }
    }
    return [...found.values()];
  }

  // --- conditions ----------------------------------------------------------------------------------------------

  /**
   * Return a condition, compiled.
   * @param {any} said
   * @param {Item | null} start the object or row that `./` starts at
   * @returns {Condition}
   */
  condition(said, start = null) {
    switch (wordOf(said, CONDITIONS, "a condition")) {
      case "items":
        return onItems(said, this, start);
      case "measure":
        return onMeasure(said, this);
      case "assessment":
        return onLevel(said.assessment, said, this);
      case "condition":
        return this.namedCondition(said.condition);
      case "unsettled":
        return { truth: () => null, deciding: () => [], questions: [] };
      case "not": {
        const part = this.condition(said.not, start);
        return { ...part, truth: (run, row) => negated(part.truth(run, row)) };
      }
      case "all":
        return joined(said.all.map((/** @type {any} */ part) => this.condition(part, start)), false);
      default:
        return joined(said.any.map((/** @type {any} */ part) => this.condition(part, start)), true);
    }
  }

  /**
   * Return one of the form's named conditions, which is worked out once for each response.
   * @param {string} name
   * @returns {Condition}
   */
  namedCondition(name) {
    return this.#once("condition", name, () => {
      const condition = this.condition(this.#named("conditions", name));
      return {
        truth: (run) => {
          let truth = run.truths.get(name);
          if (truth === undefined) run.truths.set(name, (truth = condition.truth(run, [])));
          return truth;
        },
        deciding: (run) => gathered(run, `condition ${name}`, () => condition.deciding(run, [])),
        questions: condition.questions,
      };
    });
  }

  /** @param {any} items @param {any} match @param {any} when @param {Item | null} start */
  tally(items, match, when, start) {
    checkMatch(match);
    const key = written([items, match, when ?? null, start ? start.pointer : null]);
    let tally = this.tallies.get(key);
    if (!tally) {
      const leaves = this.leaves(items, when, start);
      const dates = spansOf(match).flatMap((span) => span.before ?? []);
      for (const leaf of leaves) {
        leaf.heldAgainst = dates.map((date) => this.#leafBeside(date, leaf.question.holder));
      }
      tally = new Tally(leaves, match, this.aroundOf);
      this.tallies.set(key, tally);
    }
    return tally;
  }

  /** @param {string[]} names @returns {Item[]} */
  questionsOfMeasures(names) {
    return names.flatMap((name) => this.measure(name).questions);
  }

  // --- measures ------------------------------------------------------------------------------------------------

  /**
   * Return a measure, compiled; its number is worked out once for each response.
   * @param {string} name
   * @returns {Measure}
   */
  measure(name) {
    return this.#once("measure", name, () => {
      const said = this.#named("measures", name);
      const measure = compiledMeasure(said, this);
      return {
        number: (run) => {
          let number = run.numbers.get(name);
          if (!number) run.numbers.set(name, (number = measure.number(run)));
          return number;
        },
        deciding: (run, lowest) =>
          gathered(run, `measure ${name} ${lowest}`, () => measure.deciding(run, lowest)),
        open: (run) => gathered(run, `open ${name}`, () => measure.open(run)),
        questions: [...new Set(measure.questions)],
      };
    });
  }

  /**
   * Return the answers of a measure by which a condition on it holds or fails, or that leave it open.
   * @param {Run} run
   * @param {string} name
   * @param {Truth} [truth] of the condition
   * @param {{lowest?: boolean, highest?: boolean}} [by] whether its lowest or its highest number is enough to decide
   * @returns {Instance[]}
   */
  decidingNumber(run, name, truth = true, { lowest = false, highest = false } = {}) {
    const measure = this.measure(name);
    if (truth === null) return measure.open(run);
    return [
      ...(lowest || !highest ? measure.deciding(run, true) : []),
      ...(highest || !lowest ? measure.deciding(run, false) : []),
    ];
  }

  // --- assessments ---------------------------------------------------------------------------------------------

  /**
   * Return an assessment, compiled.
   * @param {string} name
   */
  assessment(name) {
    return this.#once("assessment", name, () => {
      const said = (this.words.assessments ?? []).find((/** @type {Node} */ one) => one.id === name);
      if (!said) throw new DefinitionError(`there is no assessment '${name}'`);
      return compiledAssessment(said, this);
    });
  }
}

/** @param {any} value @returns {string} */
const written = (value) => JSON.stringify(value, (_, member) => (typeof member === "bigint" ? `${member}` : member));

/** @param {any} document which may come from anybody: it is walked without a call for each level */
function checkDepth(document) {
  const pending = [{ value: document, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > DEEPEST) throw new DefinitionError(`the definition is nested deeper than ${DEEPEST} levels`);
    if (typeof next.value === "object" && next.value !== null) {
      for (const value of Object.values(next.value)) pending.push({ value, depth: next.depth + 1 });
    }
  }
}
