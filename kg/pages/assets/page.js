// Conveniences; the page says everything without them.
(() => {
  "use strict";
  // A link to a card that is folded away opens what folds it.
  const unfold = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = card; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (card && card.closest("details")) card.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
  // A click on a permalink also copies its address.
  const status = document.getElementById("status");
  const copy = (text, done) => navigator.clipboard && navigator.clipboard.writeText(text).then(done, () => {});
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.permalink");
    if (link) copy(link.href, () => { status.textContent = "Address copied"; });
  });
  // On paper nothing is folded.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
