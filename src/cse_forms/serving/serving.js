/**
 * What a page of `cse-forms serve` does besides `page.js`, where scripts run: what is missing, and the outcome, are
 * brought up to date while somebody writes. Nothing is kept.
 * @module
 */

const WAIT = 600;
const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
const status = /** @type {HTMLElement} */ (document.getElementById("serving-status"));
let timer = 0;
/** @type {AbortController | undefined} */
let asking;

/**
 * Show a part of the page as it is now.
 *
 * @param {Document} page the same page, made anew
 * @param {string} id of the part
 * @returns {boolean} whether it is another than before
 */
function renew(page, id) {
  const fresh = page.getElementById(id);
  const shown = document.getElementById(id);
  if (!fresh || !shown || fresh.textContent === shown.textContent) return false;
  // What somebody is in does not change under their hands.
  if (shown.contains(document.activeElement)) return false;
  shown.replaceWith(document.adoptNode(fresh));
  return true;
}

/** Ask for the same page as it is now, and take from it what is missing, and the outcome. */
async function update() {
  asking?.abort();
  asking = new AbortController();
  try {
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const response = await fetch(form.action, { method: "POST", body, signal: asking.signal });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    renew(page, "serving-missing");
    if (!renew(page, "serving-outcome")) return;
    status.textContent = "";
    status.textContent = status.dataset.updated ?? "";
  } catch {
    // Without an answer the outcome stays as it was; the page itself still sends.
  }
}

/** Take note of what was written. */
function changed() {
  clearTimeout(timer);
  timer = setTimeout(update, WAIT);
}

form.addEventListener("input", (event) => {
  const name = event.target instanceof HTMLInputElement ? event.target.name : "";
  if (name !== "serve.finished") changed();
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  asking?.abort();
});
