/* Vocabulary of disputes: stances, relations, and how they stand together; the page hands it over, no other module lists it. */

import { dataIn } from "./elements.js";

const block = document.getElementById("vocabulary");
// Until every page has the block.
const LISTED = {
  // The relation that each stance counts as.
  stances: {
    affirms: "supports",
    denies: "opposes",
    doubts: "doubts",
    "no evidence": "no evidence",
    inconclusive: "inconclusive",
    "stance not stated": "stance not stated",
  },
  // The stance that a quote has unless something is said of it.
  plain: "affirms",
  // The relations of an argument.
  arguments: ["supports", "opposes", "undercuts", "qualifies", "direction not stated"],
  // What an argument is whose premise speaks of the same claim: who opposes it with a doubt doubts it.
  turned: { opposes: { doubts: "doubts" } },
  // The headings under which relations to a claim stand, in this order.
  groups: [
    ["For it", ["supports"]],
    ["Against it", ["opposes"]],
    ["Doubting it", ["doubts"]],
    ["On the evidence", ["undercuts"]],
    ["Limiting it", ["qualifies"]],
    ["Finding no evidence", ["no evidence"]],
    ["Inconclusive", ["inconclusive"]],
    ["Neither for nor against", ["stance not stated", "direction not stated"]],
  ],
  // The relations that stand on the side of the claim, and those whose share of a cell hangs low.
  pro: ["supports"],
  low: ["opposes", "doubts", "undercuts"],
  // What a box of the graph is whose relation nobody stated.
  unstated: { argument: "direction not stated", statement: "stance not stated" },
};
// From the page's vocabulary.
const vocabulary = { ...LISTED, ...(block && dataIn(block)) };

export const STANCES = Object.keys(vocabulary.stances);
export const PLAIN = vocabulary.plain;
export const GROUPS = vocabulary.groups;
/** Relations to a claim, in the order of their groups. */
export const ORDER = GROUPS.flatMap(([, relations]) => relations);
/** Relations and stances by which something is said to a claim, in the order in which they are listed. */
export const SAYING = new Set([...vocabulary.arguments, ...STANCES]);

/** Return the relation of an argument to the claim that its premise takes a stance on. */
export const relationOfLine = (relation, stance) => vocabulary.turned[relation]?.[stance] ?? relation;
export const relationOf = (stance) => vocabulary.stances[stance];
export const isPro = (relation) => vocabulary.pro.includes(relation);
export const isLow = (relation) => vocabulary.low.includes(relation);
/** Return the relation or stance of a card of the graph. */
export const relationOfCard = (card) => card.relation || vocabulary.unstated[card.kind];
