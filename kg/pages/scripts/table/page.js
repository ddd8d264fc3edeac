/* Sorting and filtering of the table of claims; without a script it stands there whole, in the order of their texts. */

const table = document.getElementById("claims");
const body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
// In the order of the page, which settles ties.
const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
const order = new Intl.Collator("en", { numeric: true });
const cell = ({ row }, column) => row.cells[column].textContent.trim();
const number = (text) => Number(text.replace(/[^0-9]/g, ""));
const isCount = (column) => body.rows[0].cells[column].classList.contains("number");

function sort(column, direction) {
  const counts = isCount(column);
  const keys = new Map(rows.map((each) => [each, counts ? number(cell(each, column)) : cell(each, column)]));
  const compare = counts ? (a, b) => a - b : order.compare;
  const sorted = [...rows].sort((a, b) => direction * compare(keys.get(a), keys.get(b)));
  // Outside the page, where thousands of rows move without being laid out one by one.
  body.remove();
  body.append(...sorted.map(({ row }) => row));
  table.append(body);
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[column].setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  head.replaceChildren(button);
  button.addEventListener("click", () => {
    if (!rows.length) return;
    const now = head.getAttribute("aria-sort");
    // The most of a count is what one asks for first.
    const first = isCount(column) ? -1 : 1;
    sort(column, now ? (now === "ascending" ? -1 : 1) : first);
  });
});

const filter = document.getElementById("filter");
const said = document.getElementById("matching");
function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, text } of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  said.textContent = words.length ? `${shown} of ${rows.length}` : "";
}
filter.addEventListener("input", apply);
for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
// A browser that goes back may have kept the words.
apply();
