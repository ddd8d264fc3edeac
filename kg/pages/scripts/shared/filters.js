/* Filters of a picture: one control a field, whose value stands in the address. */

const YEARS = ["since", "until"];

/** Return the filters of a page, whose controls `find` gives by the names of their fields. */
export function createFilters(find, fields) {
  const none = Object.fromEntries(fields.map((field) => [field, ""]));
  const isAsked = (state) => fields.some((field) => state[field]);
  const wording = (field, text) => (YEARS.includes(field) ? `${field} ${text}` : text);

  function show(state) {
    for (const field of fields) find(field).value = state[field];
  }
  function write(address, state) {
    for (const field of fields) if (state[field]) address.set(field, state[field]);
  }
  /** Return what is asked for in words; `nameOf` gives the words of a field's value. */
  function words(state, nameOf) {
    return fields
      .filter((field) => state[field])
      .map((field) => wording(field, nameOf(field)))
      .join(", ");
  }
  /** Call `choose` with field and value whenever the reader sets one. */
  function onChoice(choose) {
    for (const field of fields) {
      find(field).addEventListener("change", ({ target }) => choose(field, target.value));
    }
  }
  /** Hide the control of a field that the data have no values for. */
  const hide = (field, isHidden) => {
    find(field).parentElement.hidden = isHidden;
  };
  return { fields, none, isAsked, show, write, words, onChoice, hide };
}
