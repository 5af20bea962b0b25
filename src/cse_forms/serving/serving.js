/**
 * What a page of `cse-forms serve` does besides `page.js`, where scripts run: the outcome is brought up to date while
 * somebody writes, and a page that holds what was not taken away warns before it closes. Nothing is kept.
 * @module
 */

const WAIT = 600;
const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
const status = /** @type {HTMLElement} */ (document.getElementById("serving-status"));
let isUnsaved = form.querySelector('[name="serve.unsaved"]') !== null;
let isLeaving = false;
let timer = 0;
/** @type {AbortController | undefined} */
let asking;

/** Ask for the same page as it is now, and take the outcome from it. */
async function update() {
  asking?.abort();
  asking = new AbortController();
  try {
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const response = await fetch(form.action, { method: "POST", body, signal: asking.signal });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("serving-outcome");
    const shown = document.getElementById("serving-outcome");
    if (!fresh || !shown || fresh.textContent === shown.textContent) return;
    shown.replaceWith(document.adoptNode(fresh));
    status.textContent = "";
    status.textContent = status.dataset.updated ?? "";
  } catch {
    // Without an answer the outcome stays as it was; the page itself still sends.
  }
}

/** Take note of what was written. */
function changed() {
  isUnsaved = true;
  clearTimeout(timer);
  timer = setTimeout(update, WAIT);
}

form.addEventListener("input", (event) => {
  const name = event.target instanceof HTMLInputElement ? event.target.name : "";
  if (name !== "serve.finished") changed();
});
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  asking?.abort();
  const button = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
  // A file comes, and the page stays as it is.
  if (button.startsWith("get:")) isUnsaved = false;
  else isLeaving = true;
});
addEventListener("pageshow", () => {
  isLeaving = false;
});
addEventListener("beforeunload", (event) => {
  if (isUnsaved && !isLeaving) event.preventDefault();
});
