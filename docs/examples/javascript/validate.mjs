import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import Ajv from "ajv/dist/2020.js";

const read = (path) => JSON.parse(readFileSync(path, "utf-8"));
const [definition, response] = process.argv.slice(2).map(read);

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats(ajv, ["date"]);
ajv.addKeyword("x-form");

const validate = ajv.compile(definition);
console.log(validate(response.answers) ? "valid" : validate.errors);
