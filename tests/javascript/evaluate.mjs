// Evaluates responses for the tests: a request on each line of the input, and an answer on each line of the output.
//
//   {"form": "name", "definition": {...}}                    keeps a form under a name
//   {"form": "name", "answers": {...}, "draft": true}        what comes of the answers
//
// Numbers are answered as texts, so that they are compared to the last digit.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Form, Rational, readJson } = await import(pathToFileURL(process.argv[2]).href);
const forms = new Map();

/** @param {any} request */
function answered({ form: name, definition, answers, draft = false }) {
  if (definition !== undefined) {
    forms.set(name, new Form(definition));
    return {};
  }
  const form = forms.get(name);
  return { outcome: form.evaluate(answers, { draft }), items: form.items(answers, { draft }) };
}

/** @param {string} key @param {any} value */
function written(key, value) {
  // What has a `toJSON` comes here as what that gives; the holder still has the number itself.
  const itself = this[key];
  return itself instanceof Rational ? itself.toString() : value;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = answered(readJson(line));
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer, written)}\n`);
}
