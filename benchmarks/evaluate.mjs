// How long the evaluator takes: reads a definition and a response, and prints seconds as JSON.
//
//   node evaluate.mjs EVALUATOR DEFINITION RESPONSE ROUNDS
//
// "first" is what comes between the start of this program and the first outcome; "prepared", one more form made of the
// same definition; "warm", an evaluation after many.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [evaluator, definition, response, rounds] = process.argv.slice(2);
const start = performance.now();
const { Form, readJson } = await import(pathToFileURL(evaluator).href);
const { answers } = readJson(readFileSync(response, "utf8"));
const schema = readJson(readFileSync(definition, "utf8"));
const outcome = new Form(schema).evaluate(answers);
const first = performance.now() - start;

const again = performance.now();
const form = new Form(schema);
const prepared = performance.now() - again;

const taken = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const began = performance.now();
  form.evaluate(answers);
  taken.push(performance.now() - began);
}
// Those after half of the rounds are compiled by then.
const warm = taken.slice(taken.length / 2).sort((one, other) => one - other);

const seconds = { first, prepared, warm: warm[Math.floor(warm.length / 2)] };
for (const name of Object.keys(seconds)) seconds[name] /= 1000;
process.stdout.write(JSON.stringify({ seconds, possible: outcome.assessments[0].possible }));
