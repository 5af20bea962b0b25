/**
 * What a page does besides, where scripts run: questions appear and disappear as they apply, rows are added and
 * removed in place, the progress through the sections shows, and unsaved changes are not lost by accident. Without it
 * the page does all that matters.
 *
 *     <script type="module" src=".../page.js"></script>
 *
 * The form says where its definition is served. Nothing is kept, and nothing is sent but by the form's own buttons.
 * @module
 */

import { Form } from "./evaluator.js";
import { answersIn, changeRow, identifierOf, isRowOf, questionsOf } from "./controls.js";
import { askBeforeLeaving } from "./leaving.js";
import { readJson } from "./reading.js";

/** One form of a page. */
class LivePage {
  /** @param {HTMLFormElement} element @param {any} definition */
  constructor(element, definition) {
    this.element = element;
    this.prefix = element.dataset.prefix ?? "";
    this.form = new Form(definition);
    this.questions = questionsOf(definition);
    this.sections = Object.keys(definition.properties ?? {}).map((key) => `/${key}`);
    this.spoken = this.#line("govuk-visually-hidden");
    this.progress = this.#line(`${this.prefix}progress`);
    this.progress.setAttribute("role", "status");
    this.spoken.setAttribute("role", "status");
    element.prepend(this.spoken, this.progress);
  }

  /** Begin to listen. */
  start() {
    this.show(false);
    this.element.addEventListener("input", () => this.show(true));
    this.element.addEventListener("click", (event) => this.clicked(event));
    this.element.addEventListener("submit", () => this.#leavePlace());
    // A browser that goes back gives the answers back too.
    addEventListener("pageshow", () => this.show(false));
  }

  /** Let the page that comes back begin at its top, and not where a link of this one led. */
  #leavePlace() {
    if (location.hash && !this.element.hasAttribute("action")) {
      history.replaceState(history.state, "", location.href.replace(/#.*$/s, ""));
    }
  }

  /**
   * Show what is asked, and hide what is not; what is hidden keeps its answers.
   * @param {boolean} isTold whether to say that something came or went
   */
  show(isTold) {
    const answers = answersIn(this.element, this.questions);
    const items = this.form.items(answers, { draft: true });
    let more = 0;
    let fewer = 0;
    const focused = this.element.ownerDocument.activeElement;
    for (const { pointer, kind, asked } of items) {
      const isHidden = asked === false;
      for (const part of this.#partsOf(pointer, kind)) {
        // What somebody is writing in does not vanish under their hands.
        if (part.hidden === isHidden || (isHidden && part.contains(focused))) continue;
        part.hidden = isHidden;
        if (isHidden) fewer += 1;
        else more += 1;
      }
    }
    if (isTold && (more || fewer)) {
      this.spoken.textContent = (more ? this.element.dataset.moreAsked : this.element.dataset.fewerAsked) ?? "";
    }
    for (const button of this.element.querySelectorAll("button[value^='clear:']")) {
      if (button instanceof HTMLButtonElement) button.hidden = !this.#chosen(button) && button !== focused;
    }
    this.#showProgress(items);
  }

  /** @param {HTMLButtonElement} button @returns {HTMLInputElement | null} the option that it takes away */
  #chosen(button) {
    const name = CSS.escape(button.value.slice("clear:".length));
    return this.element.querySelector(`input[type=radio][name="${name}"]:checked`);
  }

  /** @param {Array<import("./evaluator.js").ItemOutcome>} items */
  #showProgress(items) {
    const { complete = "", progress = "" } = this.element.dataset;
    let done = 0;
    let all = 0;
    for (const section of this.sections) {
      const own = items.filter(({ pointer }) => pointer === section || pointer.startsWith(`${section}/`));
      if (own[0]?.asked === false) continue;
      const asked = own.filter(({ kind, asked }) => kind !== "section" && asked !== false);
      if (!asked.length) continue;
      all += 1;
      const isDone = asked.some(({ blank }) => !blank) && !asked.some(({ required, blank }) => required && blank);
      if (isDone) done += 1;
      this.#mark(section, isDone ? complete : "");
    }
    const words = progress.replace("{done}", String(done)).replace("{all}", String(all));
    // What is set anew is read out anew.
    if (this.progress.textContent !== words) this.progress.textContent = words;
  }

  /** @param {string} section @param {string} words */
  #mark(section, words) {
    const target = this.#id(section, "s");
    const link = this.element.ownerDocument.querySelector(`nav a[href="#${CSS.escape(target)}"]`);
    if (!link) return;
    let mark = link.nextElementSibling;
    if (!mark) {
      mark = this.element.ownerDocument.createElement("span");
      mark.className = `${this.prefix}section-mark`;
      this.#speaks(mark);
      link.after(mark);
    }
    mark.textContent = words && `✓ ${words}`;
  }

  /** @param {Event} event */
  clicked(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const [, verb, pointer] = /^(add|remove|clear):(.*)$/.exec(button?.value ?? "") ?? [];
    if (!button || !verb || pointer === undefined) return;
    if (verb === "clear") {
      event.preventDefault();
      this.#clear(button);
      return;
    }
    const at = verb === "add" ? pointer : pointer.slice(0, pointer.lastIndexOf("/"));
    const table = this.element.querySelector(`[name="cse-forms.row"][value^="${CSS.escape(at)}/"]`)?.closest("table");
    if (!table) return;
    const rows = [...(table.tBodies[0]?.rows ?? [])];
    const last = rows[rows.length - 1];
    // The last row is the only one of which another can be made; the page can do without it, and then does.
    if (!last || (verb === "remove" && rows.length === 1)) return;
    event.preventDefault();
    if (verb === "add") this.#add(last, at);
    else this.#remove(button.closest("tr"), rows, at);
    this.#limit(table, at);
    // Whoever listens to what is written hears of rows too.
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {HTMLButtonElement} button */
  #clear(button) {
    const option = this.#chosen(button);
    if (!option) return;
    option.checked = false;
    option.focus();
    option.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /**
   * Offer another row as long as there may be one, and else say that there may not.
   * @param {HTMLTableElement} table
   * @param {string} pointer
   */
  #limit(table, pointer) {
    const most = Number(table.dataset.mostRows ?? Infinity);
    const isFull = (table.tBodies[0]?.rows.length ?? 0) >= most;
    const offer = this.element.querySelector(`button[value="${CSS.escape(`add:${pointer}`)}"]`)?.parentElement;
    const said = offer?.nextElementSibling;
    if (!(said instanceof HTMLElement) || !said.classList.contains(`${this.prefix}no-more-rows`) || !offer) return;
    offer.hidden = isFull;
    said.hidden = !isFull;
    if (isFull) this.spoken.textContent += ` ${said.textContent}`;
  }

  /** @param {HTMLTableRowElement} last @param {string} table */
  #add(last, table) {
    const number = Number(isRowOf(last, table, this.element)) + 1;
    const copy = /** @type {HTMLTableRowElement} */ (last.cloneNode(true));
    changeRow(copy, table, number - 1, number, { place: last.rowIndex, isEmptied: true, prefix: this.prefix });
    last.after(copy);
    this.#first(copy)?.focus();
    this.#say("rowAdded", copy.rowIndex);
  }

  /** @param {HTMLTableRowElement | null} row @param {HTMLTableRowElement[]} rows @param {string} table */
  #remove(row, rows, table) {
    if (!row) return;
    const place = row.rowIndex;
    const at = rows.indexOf(row);
    const next = rows[at + 1] ?? rows[at - 1];
    row.remove();
    // What follows moves up, so that every row is named by its place.
    rows.slice(at + 1).forEach((other, step) => {
      const from = Number(isRowOf(other, table, this.element));
      changeRow(other, table, from, from - 1, { place: at + step, isEmptied: false, prefix: this.prefix });
    });
    if (next) this.#first(next)?.focus();
    this.#say("rowRemoved", place);
  }

  /** @param {"rowAdded" | "rowRemoved"} what @param {number} row */
  #say(what, row) {
    this.spoken.textContent = (this.element.dataset[what] ?? "").replace("{row}", String(row));
  }

  /** @param {Element} part @returns {HTMLElement | null} */
  #first(part) {
    return part.querySelector("input:not([type=hidden]), textarea");
  }

  /** @param {string} pointer @param {string} kind @returns {HTMLElement[]} what shows an item of the form */
  #partsOf(pointer, kind) {
    const { ownerDocument } = this.element;
    if (kind !== "question") {
      const row = ownerDocument.getElementById(this.#id(pointer, "r"));
      if (row) return [row];
      const heading = ownerDocument.getElementById(this.#id(pointer, "s"));
      return heading ? under(heading, this.prefix) : [];
    }
    const control = this.element.querySelector(
      `[name="${CSS.escape(pointer)}"], [name="${CSS.escape(`${pointer}/day`)}"]`,
    );
    const group = control?.closest(`.${this.prefix}question`);
    const heading = ownerDocument.getElementById(this.#id(pointer, "s"));
    const parts = [group, heading && !heading.closest("legend") ? heading : null];
    return /** @type {HTMLElement[]} */ (parts.filter((part) => part instanceof HTMLElement));
  }

  /** @param {string} pointer @param {string} kind */
  #id(pointer, kind) {
    return this.prefix + identifierOf(pointer, kind);
  }

  /** @param {string} className */
  #line(className) {
    const line = this.element.ownerDocument.createElement("p");
    line.className = className;
    this.#speaks(line);
    return line;
  }

  /** @param {Element} part one that holds the script's own words, and says in which language they are */
  #speaks(part) {
    if (this.element.dataset.lang) part.setAttribute("lang", this.element.dataset.lang);
  }
}

/**
 * Return a heading, and what may go with it when its section does. A warning never goes. Nor does what follows the last
 * question: it may be the form's own, said at its end.
 *
 * @param {HTMLElement} heading
 * @param {string} prefix what the classes of the page begin with
 * @returns {HTMLElement[]}
 */
function under(heading, prefix) {
  const level = Number(heading.tagName.slice(1));
  const found = [heading];
  for (let next = heading.nextElementSibling; next instanceof HTMLElement; next = next.nextElementSibling) {
    const own = /^H[1-6]$/.test(next.tagName) ? next : next.querySelector("legend > h2, legend > h3");
    if (own && Number(own.tagName.slice(1)) <= level) break;
    if (next.matches(".govuk-button-group, [name='cse-forms.listed']")) break;
    found.push(next);
  }
  while (found[found.length - 1]?.classList.contains(`${prefix}panel`)) found.pop();
  return found.filter((part) => !part.classList.contains(`${prefix}panel-warning`));
}

for (const element of document.querySelectorAll("form[data-definition]")) {
  if (!(element instanceof HTMLFormElement)) continue;
  askBeforeLeaving(element);
  const response = await fetch(element.dataset.definition ?? "", { credentials: "same-origin" });
  // Without the definition the page stays as it is without scripts.
  if (response.ok) new LivePage(element, readJson(await response.text())).start();
}
