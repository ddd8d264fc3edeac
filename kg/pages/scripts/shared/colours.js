/* Colours of the page's style sheet, read once each, and again when the colour scheme turns. */

const style = getComputedStyle(document.documentElement);
const known = new Map();

/** Return the value of the style sheet's variable `--name`. */
export function css(name) {
  if (!known.has(name)) known.set(name, style.getPropertyValue(`--${name}`).trim());
  return known.get(name);
}

/** Call `redraw` whenever the reader's colour scheme turns from light to dark or back. */
export function onSchemeChange(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    known.clear();
    redraw();
  });
}
