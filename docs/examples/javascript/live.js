import { Form, readJson } from "./evaluator/evaluator.js";

const definition = await (await fetch("form.json")).text();
const form = new Form(readJson(definition));
const page = document.forms[0];

/** The answers on the page, each at the place that the name of its field points to. */
function answers() {
  const found = {};
  for (const [pointer, value] of new FormData(page)) {
    if (value === "") continue;
    const keys = pointer.split("/").slice(1);
    const last = keys.pop();
    let holder = found;
    for (const key of keys) holder = holder[key] ??= {};
    holder[last] = value;
  }
  return found;
}

function show() {
  const given = answers();
  for (const { pointer, asked } of form.items(given, { draft: true })) {
    const field = page.querySelector(`[data-item="${CSS.escape(pointer)}"]`);
    if (field) field.hidden = asked === false;
  }
  const [concern] = form.evaluate(given, { draft: true }).assessments;
  const above = concern.possible.slice(1);
  page.elements.level.value = !concern.recorded
    ? "nothing is recorded yet"
    : `${concern.lowest}, on what is recorded${above.length ? `; not ruled out: ${above.join(", ")}` : ""}`;
}

page.addEventListener("input", show);
show();
