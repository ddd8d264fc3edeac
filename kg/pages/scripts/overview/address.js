/* Address of an overview: #key&to=key&open=1&topic=...  What it says and the data have not is left out, and the page
   says so. */

import { addressOf, readAddress } from "../shared/address.js";

const isYear = (value) => /^\d{4}$/.test(value);

/** Return how the state of the page is read from its address, and written as one. */
export function createAddress({ claims, topics, shares, states, stances, names }, filters) {
  const numbered = new Map(claims.key.map((key, claim) => [key, claim]));
  const topicAt = new Map(topics.map(([name], at) => [name, at]));
  const isKnown = {
    topic: (value) => topicAt.has(value),
    relation: (value) => shares.includes(value),
    standing: (value) => states.includes(value),
    stance: (value) => stances.includes(value),
    who: (value) => names.includes(value),
    source: (value) => names.includes(value),
    since: isYear,
    until: isYear,
  };
  function read() {
    const { key, fields } = readAddress();
    const known = [...filters.fields, "to", "open", "show"];
    const unknown = [...fields.keys()].filter((field) => !known.includes(field));
    const claim = (field, value) => {
      if (!value) return -1;
      if (numbered.has(value)) return numbered.get(value);
      unknown.push(`${field} ${value}`.trim());
      return -1;
    };
    const state = {
      claim: claim("", key),
      to: claim("to", fields.get("to")),
      open: fields.has("open"),
      map: fields.get("show") === "map",
      unknown,
    };
    for (const field of filters.fields) {
      const value = fields.get(field) || "";
      const isOurs = !value || isKnown[field](value);
      if (!isOurs) unknown.push(`${field} ${value}`);
      state[field] = isOurs ? value : "";
    }
    return state;
  }
  function write(state) {
    const fields = new URLSearchParams();
    const isChosen = state.claim >= 0;
    if (isChosen && state.to >= 0) fields.set("to", claims.key[state.to]);
    if (isChosen && state.open) fields.set("open", "1");
    if (isChosen && state.map) fields.set("show", "map");
    filters.write(fields, state);
    return addressOf(isChosen ? claims.key[state.claim] : null, fields);
  }
  const NONE = { claim: -1, to: -1, open: false, map: false };
  return { read, write, NONE, HOME: { ...NONE, ...filters.none }, numbered, topicAt, isKnown };
}
