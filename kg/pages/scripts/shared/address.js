/* Address of what is shown: #key&field=value&…; whatever the reader does changes it, and it says what is drawn. */

/** Return the text that a part of an address encodes, or the part itself if it encodes none. */
export function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Return the values of a field that lists some. */
export const list = (value) => (value ? value.split(",") : []);

/** Return the key and the fields of the page's address. */
export function readAddress() {
  const [key, ...rest] = location.hash.slice(1).split("&");
  return { key: plain(key), fields: new URLSearchParams(rest.join("&")) };
}

/** Return the address of `key`, which is null for none, with `fields`. */
export function addressOf(key, fields) {
  const tail = fields.toString();
  const isBare = key === null;
  return `#${isBare ? "" : encodeURIComponent(key)}${tail || isBare ? "&" : ""}${tail}`;
}

/** Return the sentence that names what an address says and the page has not, or "". */
export function leftOut(unknown, what) {
  const words = unknown.map((each) => `“${each}”`).join(", ");
  return words && `The address names ${what}; left out: ${words}.`;
}

/** Call `apply` whenever the address changes, unless it leads to another place of the page, such as in its table. */
export function onAddress(isKnown, apply) {
  addEventListener("hashchange", () => {
    const key = plain(location.hash.slice(1));
    if (key && !isKnown(key.split("&")[0]) && document.getElementById(key)) return;
    apply();
  });
}
