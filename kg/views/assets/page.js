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
  // What is packed in the page is unpacked when it is asked for.
  for (const link of document.querySelectorAll("a[download$='.gz']")) link.addEventListener("click", async (event) => {
    if (!self.DecompressionStream || link.href.startsWith("blob:")) return;
    event.preventDefault();
    const packed = Uint8Array.from(atob(link.href.split(",")[1]), (letter) => letter.charCodeAt(0));
    const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    link.href = URL.createObjectURL(await new Response(text).blob());
    link.download = link.download.slice(0, -3);
    link.click();
  });
  // The table stands in for the drawing where there is no room for that.
  if (matchMedia("(max-width: 56rem)").matches) document.querySelector(".twin").open = true;
  // On paper nothing is folded.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();
