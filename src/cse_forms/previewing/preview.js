// Asks whether the files were saved, and shows the pages again where they were. The pages themselves run no script.
"use strict";

const EVERY = 700; // milliseconds
const beside = document.querySelector("iframe[name=beside]");
const frames = document.querySelectorAll("iframe");
const links = document.querySelectorAll("a[data-pane]");
const summary = document.getElementById("summary");
let shown = document.body.dataset.signature;

for (const link of links) {
  link.addEventListener("click", () => {
    links.forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    beside.title = link.textContent;
    beside.dataset.address = link.getAttribute("href");
  });
}

async function look() {
  try {
    const answer = await fetch("/state", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (state.signature !== shown) {
      shown = state.signature;
      for (const frame of frames) frame.src = frame.dataset.address || frame.getAttribute("src");
    }
    if (summary.textContent !== state.summary) summary.textContent = state.summary;
  } catch {
    summary.textContent = "The preview has stopped; start it again with 'cse-forms preview'.";
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
