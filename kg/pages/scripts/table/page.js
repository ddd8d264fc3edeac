/* Sorting and filtering of the table of claims, so many lines at a time; without a script all lines stand there, in the
   order of their texts. */

const STEP = 200;

const table = document.getElementById("claims");
const body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
// In the order of the page, which settles ties.
const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
const order = new Intl.Collator("en", { numeric: true });
const cell = ({ row }, column) => row.cells[column].textContent.trim();
const number = (text) => Number(text.replace(/[^0-9]/g, ""));
const isCount = heads.map((_, column) => rows.length > 0 && rows[0].row.cells[column].classList.contains("number"));

/* Places of the rows in ascending order of a column, found once: equal keys have one place. */
const places = new Map();
function placesIn(column) {
  if (!places.has(column)) {
    const keyOf = (each) => (isCount[column] ? number(cell(each, column)) : cell(each, column));
    const keyed = rows.map((each) => ({ each, key: keyOf(each) }));
    const compare = isCount[column] ? (a, b) => a - b : order.compare;
    keyed.sort((a, b) => (a.key === b.key ? 0 : compare(a.key, b.key)));
    const found = new Map();
    let place = 0;
    keyed.forEach(({ each, key }, at) => {
      if (at && compare(keyed[at - 1].key, key)) place = at;
      found.set(each, place);
    });
    places.set(column, found);
  }
  return places.get(column);
}

let sorted = rows;
let matching = rows;
let most = STEP;
const more = document.getElementById("more");

/* Only the lines that are in sight stand in the page, so that a sort moves hundreds and not ten thousand. */
function show(count = most) {
  matching = sorted.filter(({ row }) => !row.hidden);
  body.replaceChildren(...matching.slice(0, count).map(({ row }) => row));
  const left = matching.length - Math.min(count, matching.length);
  more.hidden = left === 0;
  more.textContent = `Show ${Math.min(STEP, left)} more of ${left}`;
}
more.addEventListener("click", () => {
  most += STEP;
  show();
});
// On paper all lines stand.
window.addEventListener("beforeprint", () => show(rows.length));
window.addEventListener("afterprint", () => show());

function sort(column, direction) {
  const placed = placesIn(column);
  sorted = [...rows].sort((a, b) => direction * (placed.get(a) - placed.get(b)));
  show();
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
    const first = isCount[column] ? -1 : 1;
    sort(column, now ? (now === "ascending" ? -1 : 1) : first);
  });
});

const filter = document.getElementById("filter");
const said = document.getElementById("matching");
function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
  most = STEP;
  show();
  said.textContent = words.length ? `${matching.length} of ${rows.length}` : "";
}
filter.addEventListener("input", apply);
for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;
// A browser that goes back may have kept the words.
apply();
