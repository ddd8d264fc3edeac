/* Find: a field that suggests names while the reader types, and goes to what is called so. */

import { make } from "./elements.js";

/** Offer `names` in the list of suggestions. */
export const offer = (find, names) => find("names").replaceChildren(...names.map((value) => make("option", { value })));

/** Make the page's field suggest, and call `choose` with what the reader asks for. */
export function onFind(find, suggest, choose) {
  find("find").addEventListener("input", ({ target }) => suggest(target.value));
  find("find").addEventListener("change", ({ target }) => {
    const wanted = target.value.trim();
    if (wanted) choose(wanted);
  });
}

/** Return a field for the other end of a path. */
export function pathField(find, label, placeholder, suggest, choose) {
  const list = find("names").id;
  const input = make("input", { type: "search", list, autocomplete: "off", "aria-label": label, placeholder });
  input.addEventListener("input", () => suggest(input.value));
  input.addEventListener("change", () => choose(input.value));
  return make("div", { class: "path" }, input);
}
