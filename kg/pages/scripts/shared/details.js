/* Details beside a picture: verbs, quotes, lists and links, and the panel that they stand in. */

import { make } from "./elements.js";

const MOST = 60; // lines of a list before "and N more"
const ONWARD = 500; // lines that each press adds

/** Return true if a reader may follow this address. */
export const isWeb = (url) => /^https?:\/\//i.test(url);

/** Return the language to be stated, none for English, which the page is in. */
export const lang = (tag) => (tag && !/^en\b/i.test(tag) ? tag : "");

export const number = (value) => value.toLocaleString("en");
export const kicker = (...words) => make("p", { class: "kicker" }, ...words);
export const actions = (...links) => make("p", { class: "actions" }, ...links);
export const outward = (url, text) => make("a", { href: url, rel: "noreferrer" }, text);

/** Return the heading and what stands under it, or nothing if nothing does. */
export const section = (title, ...children) => (children.length ? [make("h3", null, title), ...children] : []);

/** Return how a line reads from one of its ends, in the colour of its relation. */
export const verb = (look, word, tag = "span") =>
  make(tag, { class: `verb ink-${look.colour}` }, `${look.sign} ${word}`.trim());

/** Return a quote, in quotation marks, and under it who said it where. */
export const quotation = (text, language, ...footer) =>
  make("blockquote", null, make("p", { lang: lang(language) }, `“${text}”`), ...footer);

/** Return a list of `items`, as `draw` makes them, with a button for those that are too many at once. */
export function listed(items, draw) {
  const entry = (item) => make("li", null, ...draw(item));
  const list = make("ul", null, ...items.slice(0, MOST).map(entry));
  if (items.length <= MOST) return [list];
  const button = make("button", { type: "button", class: "more" }, `and ${number(items.length - MOST)} more`);
  let shown = MOST;
  button.addEventListener("click", () => {
    list.append(...items.slice(shown, shown + ONWARD).map(entry));
    shown += ONWARD;
    button.textContent = `and ${number(items.length - shown)} more`;
    button.hidden = shown >= items.length;
  });
  return [list, button];
}

/** Show `content` in the panel, or the start of the page if there is none. */
export function showDetails(find, content) {
  find("details").replaceChildren(...content);
  find("details").hidden = !content.length;
  find("start").hidden = Boolean(content.length);
  find("panel").scrollTop = 0;
}

/** Say `words` to whoever hears the page, and show them if they are for all readers. */
export function say(find, words, isForAll = false) {
  find("status").textContent = words;
  find("status").classList.toggle("unseen", !isForAll);
}
