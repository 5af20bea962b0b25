/**
 * What an evaluation gives, as types.
 * @module
 */

/** @typedef {import("./rational.js").Rational} Rational */
/** @typedef {import("./logic.js").Truth} Truth */

/** @typedef {"holds" | "fails" | "unknown"} State */

/**
 * @typedef {object} MeasureOutcome
 * @property {Rational | null} lowest the number is not less than this; null where there is no such bound
 * @property {Rational | null} highest
 * @property {Truth} has_value whether there is a number at all
 */

/**
 * @typedef {object} RuleOutcome
 * @property {string} id
 * @property {State} state whether it certainly gives a level
 * @property {string | null} level the one that it certainly gives
 * @property {Array<string | null>} gives every level that it may give, in order; null stands for nothing
 */

/**
 * @typedef {object} JudgementOutcome
 * @property {string | null} level the level decided on
 * @property {string | null} reason
 * @property {string | null} suggested the lowest level, once anything is recorded that the assessment reads
 * @property {boolean | null} differs
 * @property {string[]} permitted the levels that the policy allows
 * @property {number} waiting how many limits nobody knows yet to be in force
 */

/**
 * @typedef {object} AssessmentOutcome
 * @property {string} id
 * @property {string | null} lowest the level on what is recorded
 * @property {string | null} highest the highest that is not ruled out
 * @property {Array<string | null>} possible all that may come out, in order; null stands for no level
 * @property {boolean} determined
 * @property {Truth} applies
 * @property {boolean} clash
 * @property {boolean} recorded whether any answer that it reads is given; if not, nothing is suggested yet
 * @property {string[]} unanswered the blank answers that could still change the outcome
 * @property {string[]} not_known the Not Known answers that could still change the outcome
 * @property {RuleOutcome[]} rules
 * @property {Array<{id: string, state: State}>} adjustments
 * @property {JudgementOutcome | null} judgement
 */

/**
 * @typedef {object} PromptOutcome
 * @property {string} id
 * @property {string} urgency
 * @property {State} state
 * @property {string} text
 * @property {string | null} replaced_by the stronger prompt that holds in its place
 */

/**
 * @typedef {object} ItemOutcome
 * @property {string} pointer where its answer stands
 * @property {"section" | "table" | "question"} kind
 * @property {Truth} asked while that is null it is shown all the same
 * @property {Truth} required whether a complete response must answer it
 * @property {boolean} blank
 */

/**
 * @typedef {object} Outcome
 * @property {Record<string, Truth>} conditions the form's named conditions
 * @property {Record<string, MeasureOutcome>} measures
 * @property {AssessmentOutcome[]} assessments
 * @property {PromptOutcome[]} prompts all of them, the most urgent first
 * @property {string[]} shown the ids of the prompts that people are to read
 * @property {Array<{id: string, state: State, text: string}>} checks
 */

export {};
