// Takes the archive of a page apart: each file by itself, and citations to be copied.
(() => {
  "use strict";
  const taken = document.getElementById("taken");
  if (!self.DecompressionStream) return;
  const make = (tag, text, place) => place.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
  let found;
  const files = () => found ||= (async () => {
    const packed = Uint8Array.from(atob(taken.querySelector("a").href.split(",")[1]), (letter) => letter.charCodeAt(0));
    const tar = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bytes = await new Response(tar).arrayBuffer();
    const text = (at, size) => new TextDecoder().decode(new Uint8Array(bytes, at, size));
    const all = {};
    // A block of 512 bytes with name and size (octal), then the content in whole blocks; a zero ends it.
    for (let at = 0; text(at, 1) !== "\0";) {
      const size = parseInt(text(at + 124, 11), 8);
      all[text(at, 100).split("\0")[0]] = text(at + 512, size);
      at += 512 + Math.ceil(size / 512) * 512;
    }
    return all;
  })();
  const save = (text, file) => {
    Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text])), download: file }).click();
  };
  const FORMATS = {
    BibTeX: ["bib", (text) => text.split("\n\n")],
    RIS: ["ris", (text) => text.split("\r\n\r\n")],
    "CSL-JSON": ["json", (text) => JSON.parse(text).map((record) => JSON.stringify([record], null, 1))],
  };
  const buttons = (at, place) => {
    for (const name in FORMATS) {
      const button = make("button", name, place);
      button.className = "copy";
      button.title = "Copy the citation";
      button.onclick = async () => {
        const [suffix, records] = FORMATS[name];
        // Without the end of the last line: RIS ends in a space that counts.
        const text = records((await files())[`citations.${suffix}`])[at].replace(/[\r\n]+$/, "");
        // Where a page may not copy, such as in a frame of a notebook, the citation is saved.
        try { await navigator.clipboard.writeText(text); } catch { return save(text, `citation.${suffix}`); }
        document.querySelectorAll(".copy.done").forEach((other) => other.classList.remove("done"));
        button.classList.add("done");
        document.getElementById("status").textContent = `${name} copied`;
      };
    }
  };
  const line = make("p", "As single files: ", taken.parentElement);
  for (const [name, file] of [["Turtle", "claim.ttl"], ["JSON-LD", "claim.jsonld"]]) {
    const link = make("a", name, line);
    link.href = "#reuse";
    link.onclick = async (event) => {
      event.preventDefault();
      save((await files())[file], file);
    };
    line.append(" ");
  }
  buttons(0, make("p", "Copy the citation of this page: ", taken.parentElement));
  if (taken.dataset.sources) document.querySelectorAll(".sources > li").forEach((source, at) => {
    buttons(at + 1, source.insertBefore(make("span", " ", source), source.querySelector("p")));
  });
})();
