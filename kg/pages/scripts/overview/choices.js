/* Choices of the overview's filters, as many as the data have; names are offered while the reader types. */

import { make, options } from "../shared/elements.js";

const MOST = 20; // names offered at once

/** Fill the filters of the page. */
export function offerChoices(find, filters, survey) {
  const { topics, shares, states, stateWords, stances, said, names, looks, tallied } = survey;
  const relation = (share) => make("option", { value: share }, `${looks[share].sign} ${tallied[share]}`);
  find("topic").append(...options(topics.map(([name]) => name)));
  find("relation").append(...shares.map(relation));
  find("standing").append(...options([...states].sort(), stateWords));
  find("stance").append(...options(stances.filter((_, at) => said.stance.includes(at))));
  filters.hide("standing", !states.length);
  filters.hide("stance", !said.stance.length);
  for (const [field, column] of Object.entries({ who: said.agent, source: said.source })) {
    const all = [...new Set(column)]
      .filter((at) => at >= 0)
      .map((at) => names[at])
      .sort();
    filters.hide(field, !all.length);
    find(field).addEventListener("input", () => {
      const sought = find(field).value.toLowerCase();
      const fit = all.filter((name) => name.toLowerCase().includes(sought)).slice(0, MOST);
      find(`${field}_names`).replaceChildren(...fit.map((value) => make("option", { value })));
    });
  }
  const isDated = said.date.some((date) => /\d{4}/.test(date));
  for (const field of ["since", "until"]) filters.hide(field, !isDated);
}
