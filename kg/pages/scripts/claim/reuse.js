/* Reuse of a page: each file of its archive by itself, and citations to be copied. */

import { make } from "../shared/elements.js";
import { save } from "../shared/saving.js";
import { filesIn } from "./archive.js";

const FORMATS = {
  BibTeX: ["bib", (text) => text.split("\n\n")],
  RIS: ["ris", (text) => text.split("\r\n\r\n")],
  "CSL-JSON": ["json", (text) => JSON.parse(text).map((record) => JSON.stringify([record], null, 1))],
};

/** Offer what the archive at `taken` holds, beside it and beside each source. */
export function offerFiles(taken) {
  let found;
  const files = () => (found ||= filesIn(taken.querySelector("a").href));
  const saveText = (text, file) => save(new Blob([text]), file);
  const add = (tag, text) => taken.parentElement.appendChild(make(tag, null, text));

  async function copy(button, name, at) {
    const [suffix, records] = FORMATS[name];
    // Without the end of the last line: RIS ends in a space that counts.
    const text = records((await files())[`citations.${suffix}`])[at].replace(/[\r\n]+$/, "");
    // Where a page may not copy, such as in a frame of a notebook, the citation is saved.
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return saveText(text, `citation.${suffix}`);
    }
    document.querySelectorAll(".copy.done").forEach((other) => other.classList.remove("done"));
    button.classList.add("done");
    document.getElementById("status").textContent = `${name} copied`;
  }
  function addButtons(at, place) {
    for (const name of Object.keys(FORMATS)) {
      const button = make("button", { class: "copy", title: "Copy the citation" }, name);
      button.addEventListener("click", () => copy(button, name, at));
      place.append(button);
    }
  }

  const line = add("p", "As single files: ");
  for (const [name, file] of Object.entries({ Turtle: "claim.ttl", "JSON-LD": "claim.jsonld" })) {
    const link = make("a", { href: "#reuse" }, name);
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      saveText((await files())[file], file);
    });
    line.append(link, " ");
  }
  addButtons(0, add("p", "Copy the citation of this page: "));
  if (!taken.dataset.sources) return;
  document.querySelectorAll(".sources > li").forEach((source, at) => {
    addButtons(at + 1, source.insertBefore(make("span", null, " "), source.querySelector("p")));
  });
}
