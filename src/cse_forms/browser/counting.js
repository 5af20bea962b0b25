/**
 * The answers that a selection counts, in one response.
 * @module
 */

import { spanOf, unitOf } from "./comparing.js";
import { dayOf, lengthsOf, mostWithin } from "./dates.js";
import { BLANK, instancesOf, ROW } from "./items.js";
import { measuresOf, spansOf } from "./language.js";
import { asRead, truthOf } from "./matching.js";
import { allHold, anyHolds } from "./logic.js";

/** @typedef {import("./items.js").Instance} Instance */
/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./items.js").Keys} Keys */
/** @typedef {import("./language.js").Node} Node */
/** @typedef {import("./comparing.js").Around} Around */
/** @typedef {import("./numbers.js").Interval} Interval */
/** @typedef {import("./logic.js").Truth} Truth */

/**
 * One response being read. What was worked out already is kept, by what it was worked out from.
 * @typedef {{
 *   answers: any, draft: boolean, counts: Map<Tally, Map<string, Counts>>, numbers: Map<string, Interval>,
 *   truths: Map<string, Truth>, found: Map<string, import("./assessments.js").Found>,
 *   evidence: Map<string, Instance[]>
 * }} Run
 */

/**
 * A condition, compiled for one form: whether it holds, in a row where it speaks of one; the answers that make it hold,
 * make it fail, or leave it open; and the questions it reads.
 * @typedef {{
 *   truth: (run: Run, row: Keys) => Truth, deciding: (run: Run, row: Keys) => Instance[], questions: Item[]
 * }} Condition
 */

/**
 * The conditions on which an item is asked, each with the length of the path of the row that it speaks of.
 * @typedef {Array<{condition: Condition, depth: number}>} Asked
 */

/**
 * How many answers match for certain; how many may, null without a bound; how many certainly count and do not match;
 * whether one may still turn out not to match; how many of those that may are open since their answer is not known.
 * @typedef {{matching: number, possible: number | null, failing: number, open: boolean, unknown: number | null}} Counts
 */

/**
 * Return whether an item is asked; null while that is unknown, and it is shown then.
 * @param {Asked} asked
 * @param {Run} run
 * @param {Keys} keys
 */
export function isAsked(asked, run, keys) {
  return asked.length ? allHold(asked.map(({ condition, depth }) => condition.truth(run, keys.slice(0, depth)))) : true;
}

/** A selected question, with what decides whether an answer to it counts. */
export class Leaf {
  /**
   * @param {Item} question
   * @param {Asked} asked
   * @param {Condition | null} [when] the selection's own condition on the answer's row
   * @param {boolean} [inRow] whether the selection speaks of the same row, where it is read in one
   */
  constructor(question, asked, when = null, inRow = false) {
    this.question = question;
    this.asked = asked;
    this.when = when;
    this.inRow = inRow;
    /** @type {Leaf[]} the other dates that an answer to it is compared with */
    this.heldAgainst = [];
  }

  /**
   * Return whether an answer counts: it is asked, and the selection looks at its row.
   * @param {Run} run
   * @param {Keys} keys
   * @returns {Truth}
   */
  isCounted(run, keys) {
    const asked = isAsked(this.asked, run, keys);
    if (asked === false || !this.when) return asked;
    return allHold([asked, this.when.truth(run, keys.slice(0, -1))]);
  }

  /**
   * Return whether the question is asked; of one in a table, whether the table is, be there rows or not.
   * @param {Run} run
   */
  mayBeAsked(run) {
    const { keys, rowAt } = this.question;
    return isAsked(this.asked.filter(({ depth }) => rowAt < 0 || depth < rowAt), run, keys);
  }

  /** @param {Run} run @param {Keys} row @returns {Instance[]} */
  instances(run, row) {
    return instancesOf(run.answers, this.question, run.draft, this.inRow ? row : []);
  }
}

/** @typedef {(run: Run, row: Keys, holder: Item | null) => Around} AroundOf */

/** The answers that a selection counts. */
export class Tally {
  /**
   * @param {Leaf[]} leaves
   * @param {Node} match
   * @param {AroundOf} aroundOf
   */
  constructor(leaves, match, aroundOf) {
    this.leaves = leaves;
    this.match = match;
    this.aroundOf = aroundOf;
    this.window = spansOf(match).find((span) => span.before == null);
    this.speaksOfRow = leaves.some((leaf) => leaf.inRow && leaf.question.keys.includes(ROW));
    this.tables = leaves.map((leaf) => tableOf(leaf.question, match));
  }

  /**
   * Count, once for each response, or for each row of it.
   * @param {Run} run
   * @param {Keys} row
   * @returns {Counts}
   */
  counts(run, row) {
    const place = row.length && this.speaksOfRow ? JSON.stringify(row) : "";
    let byRow = run.counts.get(this);
    if (!byRow) run.counts.set(this, (byRow = new Map()));
    let found = byRow.get(place);
    if (!found) {
      const plain = this.#count(run, row);
      found = this.window ? this.#inWindow(run, row, plain, this.window) : plain;
      byRow.set(place, found);
    }
    return found;
  }

  /** @param {Run} run @returns {Truth} whether one of the selected questions is asked */
  mayBeAsked(run) {
    return anyHolds(this.leaves.map((leaf) => leaf.mayBeAsked(run)));
  }

  /** @returns {Item[]} */
  get questions() {
    return this.leaves.flatMap((leaf) => [
      leaf.question,
      ...leaf.heldAgainst.map((other) => other.question),
      ...(leaf.when ? leaf.when.questions : []),
    ]);
  }

  /**
   * Return each selected answer, with whether it counts and whether it matches.
   * @param {Run} run
   * @param {Keys} row
   * @returns {Array<{leaf: Leaf, instance: Instance, counts: Truth, matches: Truth}>}
   */
  outcomes(run, row) {
    return this.leaves.flatMap((leaf, place) =>
      leaf.instances(run, row).map((instance) => {
        const counts = leaf.isCounted(run, instance.keys);
        if (instance.rowsUnknown || counts === false) return { leaf, instance, counts, matches: null };
        const table = this.tables[place];
        if (table) return { leaf, instance, counts, matches: table(instance.value, run.draft) };
        const around = this.aroundOf(run, instance.keys.slice(0, -1), leaf.question.holder);
        const matches = truthOf(leaf.question, this.match, instance.value, run.draft, around);
        return { leaf, instance, counts, matches };
      }),
    );
  }

  /** @param {Run} run @param {Keys} row @returns {Counts} */
  #count(run, row) {
    const found = { matching: 0, possible: 0, failing: 0, open: false, unknown: 0 };
    let isUnbounded = false;
    for (const { instance, counts, matches } of this.outcomes(run, row)) {
      if (counts === false) continue;
      isUnbounded = isUnbounded || instance.rowsUnknown;
      found.matching += counts && matches ? 1 : 0;
      found.possible += matches !== false ? 1 : 0;
      found.unknown += matches === null ? 1 : 0;
      found.failing += counts && matches === false ? 1 : 0;
      found.open = found.open || matches === null || (counts === null && matches === false);
    }
    return isUnbounded ? { ...found, possible: null, unknown: null } : found;
  }

  /**
   * Count the most of the dates that lie within one span of one another.
   * @param {Run} run
   * @param {Keys} row
   * @param {Counts} plain
   * @param {Node} span
   * @returns {Counts}
   */
  #inWindow(run, row, plain, span) {
    const dates = this.dates(run, row);
    const certain = dates.certain.map(({ day }) => day);
    const all = [...dates.certain, ...dates.perhaps].map(({ day }) => day);
    const unit = unitOf(span);
    const [shortest, longest] = lengthsOf(spanOf(span, this.aroundOf(run, [], null)));
    const apart = mostWithin(certain, unit, longest).length < certain.length;
    const together = !dates.undated && mostWithin(all, unit, shortest).length === all.length;
    const failing = plain.failing + (apart ? 1 : 0);
    return {
      matching: mostWithin(certain, unit, shortest).length,
      possible: plain.possible === null ? null : mostWithin(all, unit, longest).length + dates.undated,
      failing,
      open: !failing && (plain.open || !together),
      unknown: plain.unknown === null ? null : dates.undated,
    };
  }

  /**
   * Return the dates that count, those that may, and how many answers that may count have no date yet.
   * @param {Run} run
   * @param {Keys} row
   */
  dates(run, row) {
    /** @type {Array<{day: import("./dates.js").Day, instance: Instance}>} */
    const certain = [];
    /** @type {Array<{day: import("./dates.js").Day, instance: Instance}>} */
    const perhaps = [];
    let undated = 0;
    for (const { instance, counts, matches } of this.outcomes(run, row)) {
      const truth = allHold([counts, matches]);
      if (truth === false) continue;
      const value = instance.rowsUnknown ? BLANK : asRead(instance.item, instance.value, run.draft);
      const day = dayOf(value);
      if (day === null) undated += 1;
      else (truth ? certain : perhaps).push({ day, instance });
    }
    return { certain, perhaps, undated };
  }
}

/** @type {Around} */
const ALONE = {
  number: (name) => {
    throw new Error(name);
  },
  day: (pointer) => {
    throw new Error(pointer);
  },
};

/**
 * Return what each answer to a question with options says, worked out beforehand; null where more has to be looked at.
 * @param {Item} question
 * @param {Node} match
 * @returns {((value: any, draft: boolean) => Truth) | null}
 */
function tableOf(question, match) {
  const values = question.kind === "tick" ? [true, false] : question.options.map((option) => option.value);
  const isPlain = values.every((value) => typeof value === "string" || typeof value === "boolean");
  if (!["tick", "choice"].includes(question.kind) || !isPlain) return null;
  if (measuresOf(match).length || spansOf(match).length) return null;
  const truths = new Map(values.map((value) => [value, truthOf(question, match, value, false, ALONE)]));
  const blank = truthOf(question, match, BLANK, false, ALONE);
  const draftBlank = truthOf(question, match, BLANK, true, ALONE);
  return (value, draft) => (value === BLANK ? (draft ? draftBlank : blank) : truths.get(value) ?? null);
}
