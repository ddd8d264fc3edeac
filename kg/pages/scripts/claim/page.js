/* Conveniences of a claim's page; it says everything without them. */

import { plain } from "../shared/address.js";
import { offerFiles } from "./reuse.js";

// A link to a card that is folded away opens what folds it.
function unfold() {
  const card = document.getElementById(plain(location.hash.slice(1)));
  for (let at = card; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (card && card.closest("details")) card.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// A click on a permalink also copies its address.
document.addEventListener("click", ({ target }) => {
  const link = target.closest("a.permalink");
  const said = () => {
    document.getElementById("status").textContent = "Address copied";
  };
  if (link && navigator.clipboard) navigator.clipboard.writeText(link.href).then(said, () => {});
});

// On paper nothing is folded.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});

const taken = document.getElementById("taken");
if (taken && self.DecompressionStream) offerFiles(taken);

// The table stands in for the drawing where there is no room for that.
const twin = document.querySelector(".twin");
if (twin && matchMedia("(max-width: 56rem)").matches) twin.open = true;
