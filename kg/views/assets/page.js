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
  // A click on a permalink also copies its address; one on a format of citations copies the citation, or else leads to it.
  const said = document.getElementById("said");
  const copy = (text, done, failed) => {
    if (!navigator.clipboard) return failed();
    return navigator.clipboard.writeText(text).then(done, failed);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.permalink, a.copy");
    if (!link) return;
    if (link.matches(".permalink")) {
      copy(link.href, () => { said.textContent = "Address copied"; }, () => {});
      return;
    }
    event.preventDefault();
    const record = document.getElementById(link.hash.slice(1));
    copy(record.textContent, () => {
      document.querySelectorAll(".copy.done").forEach((other) => other.classList.remove("done"));
      link.classList.add("done");
      said.textContent = `${link.textContent} copied`;
    }, () => { location.hash = link.hash; });
  });
  // On paper nothing is folded.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
