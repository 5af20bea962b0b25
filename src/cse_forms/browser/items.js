/**
 * The items of a definition with their shapes filled in, the selectors that name them, and where they stand in answers.
 * @module
 */

import { DefinitionError, ITEM_FORM_WORDS, ITEM_WORDS, OPTION_FORM_WORDS, OPTION_WORDS, only } from "./language.js";
import { exactNumber, least, most, Rational } from "./rational.js";

/** @typedef {import("./language.js").Node} Node */
/** @typedef {Array<string | number>} Keys */
/** @typedef {"text" | "date" | "integer" | "number" | "tick" | "choice" | "choices"} Kind */
/** @typedef {"section" | "table" | Kind} ItemKind */
/** @typedef {{value: any, unknown: boolean, weight: Rational | null}} Option */

/**
 * @typedef {{item: Item, keys: Keys, value: any, rowsUnknown: boolean}} Instance
 * An item where it stands in a response; or the rows of a table, of which nobody knows how many there are.
 */

/** The value of an answer that is not there. */
export const BLANK = Symbol("blank");

/** The key of every row of a table, and the word for "every one" in a selector. */
export const ROW = "*";

const MAX_DEPTH = 16;
const MAX_ITEMS = 5_000;

/** A section, a question or a table. */
export class Item {
  /**
   * @param {string[]} keys the path of its answers, with `*` for the rows of a table
   * @param {Node} schema with the shape that it refers to filled in
   * @param {Item | null} holder
   */
  constructor(keys, schema, holder) {
    this.keys = keys;
    this.schema = schema;
    this.holder = holder;
    /** @type {Map<string, Item>} */
    this.children = new Map();
    /** @type {Node} */
    this.words = holder && isObject(schema["x-form"]) ? schema["x-form"] : {};
    this.pointer = join(keys);
    /** The place of its first `*` among its keys; -1, where it stands in no table. */
    this.rowAt = keys.indexOf(ROW);
    /** @type {ItemKind} */
    this.kind = "section";
    /** @type {Option[]} */
    this.options = [];
    /** @type {Map<string, Option>} */
    this.optionByKey = new Map();
    this.hasDefault = Object.hasOwn(schema, "default");
    this.default = this.hasDefault ? schema.default : undefined;
    /** @type {Rational | null} */
    this.lowest = null;
    /** @type {Rational | null} */
    this.highest = null;
  }

  get isQuestion() {
    return this.kind !== "section" && this.kind !== "table";
  }

  /** @returns {Generator<Item>} */
  *walk() {
    yield this;
    for (const child of this.children.values()) yield* child.walk();
  }

  /** Return the options that say something. */
  get known() {
    return this.options.filter((option) => !option.unknown);
  }

  /**
   * Return the option that a value chooses, if there is one; 1 does not choose true.
   * @param {unknown} value
   */
  optionOf(value) {
    const key = keyOf(value);
    return key === null ? undefined : this.optionByKey.get(key);
  }
}

/** @param {unknown} value @returns {value is Node} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {string | null} */
function keyOf(value) {
  if (typeof value === "string") return `"${value}`;
  if (typeof value === "boolean") return String(value);
  const number = exactNumber(value);
  return number && number.toString();
}

/**
 * Return the form's items as a tree.
 * @param {Node} document
 */
export function itemsOf(document) {
  const root = new Item([], { ...document, type: "object" }, null);
  const shapes = isObject(document.$defs) ? document.$defs : {};
  let made = 0;

  /** @param {Item} holder @param {string[]} around the shapes that it stands in */
  function addChildren(holder, around) {
    for (const [key, written] of members(holder.schema)) {
      made += 1;
      if (made > MAX_ITEMS || holder.keys.length > MAX_DEPTH) {
        throw new DefinitionError("the definition has more items than any form needs");
      }
      const names = [...around];
      const child = new Item([...holder.keys, key], filled(written, shapes, names), holder);
      holder.children.set(key, child);
      addChildren(child, names);
      settle(child);
    }
  }

  addChildren(root, []);
  return root;
}

/** @param {Node} schema @returns {Array<[string, Node]>} */
function members(schema) {
  const found = Object.entries(isObject(schema.properties) ? schema.properties : {});
  if (isObject(schema.items) && !Object.hasOwn(schema.items, "oneOf")) found.push([ROW, schema.items]);
  return found;
}

/**
 * Return a schema with its shapes' words beneath its own; `x-form` merges key by key.
 * @param {Node} schema
 * @param {Node} shapes
 * @param {string[]} names of the shapes that it stands in, to which its own are added
 * @returns {Node}
 */
function filled(schema, shapes, names) {
  if (!isObject(schema)) throw new DefinitionError("an item of the definition is no object");
  only(schema, ITEM_WORDS, "an item");
  only(schema["x-form"] ?? {}, ITEM_FORM_WORDS, "the x-form of an item");
  if (!Object.hasOwn(schema, "$ref")) return schema;
  const name = String(schema.$ref).replace(/^#\/\$defs\//, "");
  if (!Object.hasOwn(shapes, name)) throw new DefinitionError(`there is no shape '${name}'`);
  if (names.includes(name)) throw new DefinitionError(`the shape '${name}' holds itself`);
  names.push(name);
  const shape = filled(shapes[name], shapes, names);
  return { ...shape, ...schema, "x-form": { ...shape["x-form"], ...schema["x-form"] } };
}

/** @param {Item} item whose children are there */
function settle(item) {
  const { schema } = item;
  if (schema.type === "object" || item.children.size) {
    item.kind = schema.type === "object" ? "section" : "table";
    return;
  }
  item.kind = kindOf(schema);
  const options = schema.oneOf ?? (schema.type === "array" && schema.items ? schema.items.oneOf : []);
  item.options = options.map(optionFrom);
  item.optionByKey = new Map(item.options.map((option) => [/** @type {string} */ (keyOf(option.value)), option]));
  item.lowest = bound(schema, "minimum", "exclusiveMinimum");
  item.highest = bound(schema, "maximum", "exclusiveMaximum");
}

/** @param {Node} written @returns {Option} */
function optionFrom(written) {
  only(written, OPTION_WORDS, "an option");
  const words = written["x-form"] ?? {};
  only(words, OPTION_FORM_WORDS, "the x-form of an option");
  return { value: written.const, unknown: words.unknown === true, weight: exactNumber(words.weight) };
}

/** @param {Node} schema @returns {Kind} */
function kindOf(schema) {
  if (schema.oneOf !== undefined) return "choice";
  if (schema.type === "array") return "choices";
  if (schema.type === "boolean") return "tick";
  if (schema.format === "date") return "date";
  if (schema.type === "integer" || schema.type === "number") return schema.type;
  if (schema.type === "string") return "text";
  throw new DefinitionError(`a question of the type '${schema.type}' is none that a form can ask`);
}

/**
 * Return the nearest bound of a number that its schema says; a whole number beyond a bound is the next one.
 * @param {Node} schema
 * @param {string} word
 * @param {string} exclusive
 * @returns {Rational | null}
 */
function bound(schema, word, exclusive) {
  const included = exactNumber(schema[word]);
  let excluded = exactNumber(schema[exclusive]);
  if (excluded && schema.type === "integer") {
    excluded = new Rational(word === "minimum" ? excluded.floor() + 1n : excluded.ceil() - 1n);
  }
  const found = [included, excluded].flatMap((number) => number ?? []);
  if (!found.length) return null;
  return word === "minimum" ? most(found) : least(found);
}

/** @param {Keys} keys @returns {string} the JSON Pointer that leads through these keys */
export const join = (keys) => keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** @param {string} pointer @returns {string[]} */
const split = (pointer) =>
  pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** @param {unknown} selector @returns {selector is string} whether it starts at the row of what it is written beside */
export const isInRow = (selector) => typeof selector === "string" && selector.startsWith("./");

/**
 * Return the questions that a selector names, in the order of the form.
 * @param {Item} root
 * @param {string | Node} selector a tag, or a pointer in which `*` stands for every property or row
 * @param {Item | null} start where a selector that begins with `./` starts
 * @returns {Item[]}
 */
export function select(root, selector, start) {
  /** @type {Item[]} */
  let found;
  /** @type {string[]} */
  let keys;
  if (typeof selector === "string") {
    const first = isInRow(selector) ? start : root;
    found = first ? [first] : [];
    keys = split(selector.replace(/^\./, ""));
  } else {
    found = [...root.walk()].filter((item) => (item.words.tags ?? []).includes(selector.tag));
    keys = selector.at === undefined ? [] : split(`/${selector.at}`);
  }
  for (const key of keys) {
    found = found.flatMap((item) => (key === ROW ? [...item.children.values()] : item.children.get(key) ?? []));
  }
  return found.filter((item) => item.isQuestion);
}

/**
 * Return what stands at these keys, or `BLANK`; whatever is of the wrong kind, or is inherited, holds nothing.
 * @param {any} document
 * @param {Keys} keys
 */
export function valueAt(document, keys) {
  for (const key of keys) {
    document = memberOf(document, key);
    if (document === BLANK) return BLANK;
  }
  return document;
}

/** @param {any} holder @param {string | number} key */
function memberOf(holder, key) {
  if (Array.isArray(holder)) return typeof key === "number" && key < holder.length ? holder[key] : BLANK;
  return typeof key === "string" && isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : BLANK;
}

/**
 * Return an item as it stands in the answers, once for each row of the tables that hold it.
 * @param {any} answers
 * @param {Item} item
 * @param {boolean} draft
 * @param {Keys} [row] the row to stay in, where a condition speaks of the same row
 * @returns {Instance[]}
 */
export function instancesOf(answers, item, draft, row = []) {
  if (item.rowAt < 0) return [{ item, keys: item.keys, value: valueAt(answers, item.keys), rowsUnknown: false }];
  const inside = leadsTo(row, item.keys) ? row : [];
  /** @type {Instance[]} */
  const found = [];
  addInstances(found, item, draft, inside, valueAt(answers, inside));
  return found;
}

/**
 * @param {Instance[]} found
 * @param {Item} item
 * @param {boolean} draft
 * @param {Keys} keys
 * @param {any} node
 */
function addInstances(found, item, draft, keys, node) {
  for (let index = keys.length; index < item.keys.length; index += 1) {
    const key = /** @type {string} */ (item.keys[index]);
    if (key === ROW) {
      if (Array.isArray(node)) {
        for (const [number, member] of node.entries()) addInstances(found, item, draft, [...keys, number], member);
      } else if (draft || node !== BLANK || !hasNoRowsByDefault(item, index)) {
        found.push({ item, keys, value: BLANK, rowsUnknown: true });
      }
      return;
    }
    node = memberOf(node, key);
    keys = [...keys, key];
  }
  found.push({ item, keys, value: node, rowsUnknown: false });
}

/** @param {Item} item @param {number} depth of the table that holds it */
function hasNoRowsByDefault(item, depth) {
  /** @type {Item | null} */
  let table = item;
  while (table && table.keys.length > depth) table = table.holder;
  return table !== null && Array.isArray(table.default) && table.default.length === 0;
}

/** @param {Keys} row @param {string[]} keys */
function leadsTo(row, keys) {
  if (row.length > keys.length) return false;
  return row.every((key, index) => key === keys[index] || (keys[index] === ROW && typeof key === "number"));
}
