/**
 * What is written on a page and was not sent is not lost by accident: the browser asks before the page goes away.
 * @module
 */

/**
 * Ask before the page goes away with what was written in a form since it was last sent.
 *
 * A form that says `data-unsaved` shows what is kept nowhere else.
 * @param {HTMLFormElement} form
 */
export function askBeforeLeaving(form) {
  // Somebody may have begun to write before the script was there.
  let isUnsent = form.dataset.unsaved !== undefined || [...form.elements].some(isChanged);
  let wasUnsent = isUnsent;
  form.addEventListener("input", () => {
    isUnsent = true;
  });
  form.addEventListener("submit", () => {
    // Where a file comes, the page stays, and all that stands on it was sent.
    wasUnsent = isUnsent;
    isUnsent = false;
  });
  addEventListener("pageshow", (event) => {
    // Whoever goes back to a page may have sent it to no avail.
    if (event.persisted) isUnsent = wasUnsent || isUnsent;
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsent) event.preventDefault();
  });
}

/** @param {Element} control */
function isChanged(control) {
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement) || control.type === "hidden") return false;
  return control.value !== control.defaultValue || control.checked !== control.defaultChecked;
}
