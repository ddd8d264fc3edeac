/* Elements of a page: found by id, and made with their text as text; nothing here writes HTML. */

/** Return a function that finds elements of this page by the rest of their id, after `prefix`. */
export const finder = (prefix) => (id) => document.getElementById(`${prefix}${id}`);

/** Return the value of a JSON block of the page. */
export const dataIn = (block) => JSON.parse(block.textContent);

/** Return a new element; attributes without a value are left out, and children that are "" or null. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (value) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== "" && child != null));
  return element;
}

/** Return a new element of SVG. */
export function makeSvg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Return an <option> for each value, in the `words` that a value has. */
export const options = (values, words = {}) =>
  values.map((value) => make("option", { value: String(value) }, words[value] || String(value)));
