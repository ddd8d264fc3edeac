/* Fitting: which nodes fit the filters.  A node is dated by when it was said, and by when its sources came out. */

import { STANCES } from "../shared/vocabulary.js";

const yearsIn = (text) => (text.match(/\b[12]\d{3}\b/g) || []).map(Number);

/** Return a test of nodes for each filter, and the choices that the data give. */
export function createFitting({ ids, cards, quotes, edgesOf }) {
  const said = (id) => (cards[id].quotes || []).map((number) => quotes[number]);
  const datesOf = (id) => cards[id].facts.filter(([term]) => term === "Date").map(([, value]) => value);
  const about = new Map(
    ids.map((id) => {
      const lines = edgesOf.get(id).filter((edge) => STANCES.includes(edge.kind));
      const stances = new Set([...said(id).map((quote) => quote.stance), ...lines.map((edge) => edge.kind)]);
      const dates = [id, ...(cards[id].sources || [])].flatMap(datesOf);
      return [id, { stances, years: [...said(id).map((quote) => quote.date), ...dates].flatMap(yearsIn) }];
    }),
  );
  const has = (some, key) => (some || []).some((id) => cards[id].key === key);
  const tests = {
    topic: (id, value) => (cards[id].topics || []).includes(value),
    who: (id, value) => cards[id].key === value || has(cards[id].agents, value),
    source: (id, value) => cards[id].key === value || has(cards[id].sources, value),
    stance: (id, value) => about.get(id).stances.has(value),
    standing: (id, value) => cards[id].state === value,
    since: (id, value) => about.get(id).years.some((year) => year >= Number(value)),
    until: (id, value) => about.get(id).years.some((year) => year <= Number(value)),
  };
  const fields = Object.keys(tests);
  const years = [...new Set([...about.values()].flatMap((each) => each.years))].sort((one, two) => one - two);
  const choices = {
    stance: STANCES.filter((stance) => [...about.values()].some(({ stances }) => stances.has(stance))),
    standing: [...new Set(ids.map((id) => cards[id].state).filter(Boolean))].sort(),
    since: years,
    until: years,
  };
  /** Return true if a node fits all that is asked for. */
  const fits = (id, asked) => fields.every((field) => !asked[field] || tests[field](id, asked[field]));
  return { fields, choices, fits };
}
