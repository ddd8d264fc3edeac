/* Address of a graph: #key&on=centre&to=key&open=1&view=all&show=claim&off=cites&topic=massage.
   What it says and the graph has not is left out, and the page says so. */

import { addressOf, list, readAddress } from "../shared/address.js";

const FIELDS = ["on", "to", "view", "show", "off", "open"];

/** Return how the state of the page is read from its address, and written as one. */
export function createAddress(net, data, filters, find) {
  const { cards, looks, named, keyOf, middleOf } = net;
  const { contents, around } = data;
  const groups = new Set(Object.values(cards).map((card) => card.group));
  const relations = new Set(Object.keys(looks));

  function read() {
    const { key, fields } = readAddress();
    const known = [...FIELDS, ...filters.fields];
    const unknown = [...fields.keys()].filter((field) => !known.includes(field));
    const ours = (field, value, isKnown) => {
      if (isKnown || !value) return value;
      unknown.push(`${field} ${value}`.trim());
      return "";
    };
    const isNamed = (field, value) => named.has(value) || (!field && document.getElementById(value));
    const node = (field, value) => named.get(ours(field, value, isNamed(field, value))) || "";
    const box = (field) => {
      const id = node(field, fields.get(field));
      return cards[id] ? id : "";
    };
    const several = (field, some) =>
      new Set(list(fields.get(field)).filter((value) => ours(field, value, some.has(value))));
    const state = {
      id: node("", key),
      on: node("on", fields.get("on")),
      to: box("to"),
      open: fields.has("open"),
      off: several("off", relations),
      unknown,
    };
    for (const field of filters.fields) {
      const value = fields.get(field);
      const isChoice = [...find(field).options].some((option) => option.value === value);
      state[field] = ours(field, value || "", isChoice);
    }
    ours("view", fields.get("view"), fields.get("view") === "all");
    if (!cards[state.id]) state.to = "";
    if (state.to) return { ...state, all: false, on: "", shown: null };
    state.all = fields.get("view") === "all" || filters.isAsked(state) || (!contents && !around.length);
    state.shown = fields.has("show") ? several("show", groups) : null;
    return centred(state);
  }

  /** Return the state with what stands in its middle. */
  function centred(state) {
    if (around.length)
      return { ...state, id: state.id || (state.all ? "" : around[0]), on: state.all ? "" : around[0] };
    if (!state.all && !state.on && state.id) state.on = middleOf(state.id);
    if (!state.all && !state.on && !contents.places.length) state.all = true;
    return state;
  }

  function write(state) {
    const fields = new URLSearchParams();
    const middle = state.id && middleOf(state.id);
    if (!state.all && state.on && state.on !== middle) fields.set("on", keyOf.get(state.on));
    if (state.all && contents && !filters.isAsked(state)) fields.set("view", "all");
    if (state.shown) fields.set("show", [...state.shown].join(","));
    if (state.id && state.to) fields.set("to", keyOf.get(state.to));
    if (state.open && state.on) fields.set("open", "1");
    if (state.off.size) fields.set("off", [...state.off].join(","));
    filters.write(fields, state);
    return addressOf(state.id ? keyOf.get(state.id) : null, fields);
  }
  return { read, write, HOME: { id: "", on: "", to: "", open: false, all: false, ...filters.none } };
}
