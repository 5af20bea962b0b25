// Validates answers with Ajv for the tests, as a program in another language would: a request on each line of the input,
// and an answer on each line of the output.
//
//   {"form": "name", "definition": {...}}     compiles a definition under a name
//   {"form": "name", "answers": {...}}        whether the answers are valid

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/`));
const { default: Ajv } = require("ajv/dist/2020");
const { default: addFormats } = require("ajv-formats");
const validators = new Map();

function compiled(definition) {
  // What follows from a condition asks for names without saying again that an object has them.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats(ajv, ["date"]);
  ajv.addKeyword("x-form");
  return ajv.compile(definition);
}

function answered({ form, definition, answers }) {
  if (definition === undefined) return { valid: validators.get(form)(answers) };
  validators.set(form, compiled(definition));
  return {};
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = answered(JSON.parse(line));
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
