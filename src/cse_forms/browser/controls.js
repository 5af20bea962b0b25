/**
 * The controls of a page: which answer each of them takes, and what the answers are that stand in them.
 * @module
 */

import { itemsOf, join, ROW } from "./items.js";

/** @typedef {import("./items.js").Item} Item */

const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,4})?$/;

/**
 * Return the questions of a form by their pointers, with `*` for the number of a row.
 * @param {any} definition
 * @returns {Map<string, Item>}
 */
export function questionsOf(definition) {
  const items = [...itemsOf(definition).walk()].filter((item) => item.isQuestion);
  return new Map(items.map((item) => [item.pointer, item]));
}

/**
 * Return the identifier of what has a pointer, as the page gives it.
 * @param {string} pointer
 * @param {string} kind q of a question, s of a section, r of a row
 */
export function identifierOf(pointer, kind) {
  const number = (/** @type {string} */ sign) => `_${sign.codePointAt(0)?.toString(16)}_`;
  return kind + pointer.replace(/[^A-Za-z0-9/-]/gu, number).replace(/-/g, "--").replace(/\//g, ".");
}

/**
 * Return the answers that stand in a form, also in what is hidden.
 * @param {HTMLFormElement} element
 * @param {Map<string, Item>} questions
 * @returns {any}
 */
export function answersIn(element, questions) {
  /** @type {any} */
  const answers = {};
  /** @type {Map<string, string[]>} */
  const written = new Map();
  for (const [name, value] of new FormData(element)) {
    if (name.startsWith("/") && typeof value === "string") written.set(name, [...(written.get(name) ?? []), value]);
  }
  /** @type {Map<string, string>} */
  const dates = new Map();
  for (const name of written.keys()) {
    const at = name.replace(/\/(day|month|year)$/, "");
    if (at !== name) dates.set(at, dayOf(at, written));
  }
  /** @type {Array<[string, string[]]>} */
  const days = [...dates].map(([at, day]) => [at, [day]]);
  for (const [at, texts] of [...written, ...days]) {
    const keys = at.split("/").slice(1);
    const question = questions.get(at) ?? questions.get(join(keys.map((key) => (/^[0-9]+$/.test(key) ? ROW : key))));
    const value = question && valueOf(question, texts);
    if (question && value !== undefined) put(answers, question.keys, keys, value);
  }
  return answers;
}

/** @param {string} at @param {Map<string, string[]>} written */
function dayOf(at, written) {
  const part = (/** @type {string} */ name) => (written.get(`${at}/${name}`)?.[0] ?? "").trim();
  const [day, month, year] = [part("day"), part("month"), part("year")];
  return day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
}

/** @param {Item} question @param {string[]} texts @returns {any} undefined, where nothing was answered */
function valueOf(question, texts) {
  const [text = ""] = texts;
  switch (question.kind) {
    case "tick":
      return texts.includes("true") ? true : undefined;
    case "choice":
      return optionOf(question, text);
    case "choices": {
      const chosen = texts.map((one) => optionOf(question, one)).filter((one) => one !== undefined);
      return chosen.length ? chosen : undefined;
    }
    case "integer":
    case "number": {
      const number = text.trim().replace(/(?<=[0-9]),(?=[0-9]{3})/g, "");
      return NUMBER.test(number) ? Number(number) : undefined;
    }
    default:
      return text.trim() ? text : undefined;
  }
}

/** @param {Item} question @param {string} sent */
function optionOf(question, sent) {
  const place = /^option-([0-9]+)$/.exec(sent);
  const named = (/** @type {any} */ value) => (typeof value === "string" ? value : JSON.stringify(value));
  const found = question.options.find(({ value }) => named(value) === sent);
  return (found ?? (place ? question.options[Number(place[1]) - 1] : undefined))?.value;
}

/**
 * Put an answer where its keys lead, through sections and rows that are made as they are needed.
 * @param {any} answers
 * @param {string[]} shape the keys of the question
 * @param {string[]} keys its own
 * @param {any} value
 */
function put(answers, shape, keys, value) {
  let holder = answers;
  keys.forEach((key, index) => {
    if (index === keys.length - 1) {
      holder[key] = value;
      return;
    }
    const isTable = shape[index + 1] === ROW;
    holder[key] ??= isTable ? [] : {};
    // A row in which nothing stands yet is a row all the same.
    if (isTable) for (let row = holder[key].length; row <= Number(keys[index + 1]); row += 1) holder[key].push({});
    holder = holder[key];
  });
}

/**
 * Return the number of a row of a table that can grow.
 * @param {HTMLTableRowElement} row
 * @param {string} table its pointer
 * @param {HTMLFormElement} form
 */
export function isRowOf(row, table, form) {
  const said = row.querySelector('input[name="cse-forms.row"]');
  const at = said instanceof HTMLInputElement && form.contains(row) ? said.value : "";
  return at.startsWith(`${table}/`) ? at.slice(table.length + 1) : "";
}

/**
 * Give a row another number: in the names of its controls, in its identifiers, and in its words.
 * @param {HTMLTableRowElement} row
 * @param {string} table the table's pointer
 * @param {number} from
 * @param {number} to
 * @param {{place: number, isEmptied: boolean, prefix: string}} how the row's new place, from nought
 */
export function changeRow(row, table, from, to, { place, isEmptied, prefix }) {
  const [was, is] = [`${table}/${from}`, `${table}/${to}`];
  const [wasAt, isAt] = [identifierOf(was, ""), identifierOf(is, "")];
  const rowName = new RegExp(`^(${prefix}t[0-9]+r)[0-9]+$`);
  const moved = (/** @type {string} */ text) =>
    text
      .split(" ")
      .map((one) => one.replace(wasAt, isAt).replace(rowName, `$1${place + 1}`))
      .join(" ");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["id", "for", "aria-labelledby", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, moved(value));
    }
    const name = element.getAttribute("name");
    if (name?.startsWith(`${was}/`)) element.setAttribute("name", is + name.slice(was.length));
    if (element instanceof HTMLInputElement && element.name === "cse-forms.row") element.value = is;
    if (element instanceof HTMLButtonElement && element.value === `remove:${was}`) {
      element.value = `remove:${is}`;
      const words = element.firstChild;
      const said = String(place + (isEmptied ? 0 : 2));
      if (words) words.textContent = (words.textContent ?? "").replace(said, String(place + 1));
    }
    if (element instanceof HTMLButtonElement && element.value.startsWith(`clear:${was}/`)) {
      element.value = `clear:${is}${element.value.slice(`clear:${was}`.length)}`;
      if (isEmptied) element.hidden = true;
    }
    if (isEmptied) empty(element, prefix);
  }
  const named = row.querySelector(`[id$="r${place + 1}"].govuk-visually-hidden`);
  if (named) named.textContent = String(place + 1);
}

/** @param {Element} element @param {string} prefix */
function empty(element, prefix) {
  if (element instanceof HTMLTextAreaElement) element.value = "";
  else if (element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type)) element.checked = false;
  else if (element instanceof HTMLInputElement && element.type !== "hidden") element.value = "";
  const { classList } = element;
  if (classList.contains("govuk-error-message") || classList.contains(`${prefix}finding`)) element.remove();
  for (const name of [...classList]) if (name.endsWith("--error")) classList.remove(name);
}
