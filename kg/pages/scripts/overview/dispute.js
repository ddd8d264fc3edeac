/* Dispute of a claim of the overview: what is said to it, and under each item what is said to that. */

import { relationOf, relationOfLine } from "../shared/vocabulary.js";

/** Return true if the stance of an item is what it does to the claim, and not another thing that it says of it. */
export const isTold = ({ kind, stance }) => Boolean(stance) && relationOf(stance) === kind;

/** Return what an item does: its stance, else what its argument states, which may count as another kind. */
export const verbOf = (item) => (isTold(item) ? item.stance : item.does || item.kind);

/** Return the words of an item. */
export function wordsOf({ claims, looks, voice, name }, item) {
  if (item.claim >= 0) return claims.text[item.claim];
  if (item.premise) return `${item.premise}: ${claims.text[item.about]}`;
  const spoken = voice(item.voice);
  if (item.stance && !isTold(item)) {
    return `${looks[item.stance].word} this claim${spoken.quote && ": "}${spoken.quote}`;
  }
  return spoken.quote || name(item.thing) || spoken.who || spoken.source || "somebody not named";
}

/** Return the items that bear on a claim itself; each has those that answer it. */
export function disputeOf({ lines, said, kinds, looks, stances, saidOf, linesTo }, claim) {
  const items = [];
  const [byLine, bySaid] = [new Map(), new Map()];
  const add = (item) => {
    items.push(item);
    return item;
  };
  for (const line of Array.from(linesTo(claim)).sort((one, two) => one - two)) {
    const item = add(itemOfLine(line));
    byLine.set(line, item);
    if (item.voice >= 0 && !bySaid.has(item.voice)) bySaid.set(item.voice, item);
  }
  for (const voice of saidOf(claim)) if (!bySaid.has(voice)) bySaid.set(voice, add(itemOfVoice(voice)));

  function itemOfLine(line) {
    const voice = lines.voice[line];
    const stance = voice >= 0 ? stances[said.stance[voice]] : "";
    const [kind, does] = [kinds[lines.kind[line]], kinds[lines.does[line]]];
    const item = {
      kind,
      does,
      claim: lines.by[line],
      voice,
      thing: lines.thing[line],
      on: lines.on[line],
      answers: [],
    };
    // Whoever speaks of the claim itself does so in words, not with the claim.
    if (stance && said.claim[voice] === claim) {
      return { ...item, kind: relationOfLine(kind, stance), claim: -1, stance };
    }
    // A denial or doubt of another claim keeps its stance.
    return stance && item.claim < 0 ? { ...item, premise: looks[stance].word, about: said.claim[voice] } : item;
  }
  function itemOfVoice(voice) {
    const stance = stances[said.stance[voice]];
    return { kind: relationOf(stance), stance, claim: -1, voice, thing: -1, on: -1, answers: [] };
  }
  /** Return what an item answers: a line by its number, what somebody says from -2 down, else the claim itself. */
  function hostOf({ on }) {
    if (on >= 0) return byLine.get(on);
    return on < -1 ? bySaid.get(-2 - on) : null;
  }
  return rooted(items, hostOf);
}

function rooted(items, hostOf) {
  const direct = items.filter((item) => {
    const host = hostOf(item);
    if (!host || host === item) return true;
    host.answers.push(item);
    return false;
  });
  // Two that answer each other hang on nothing: they stand on the claim.
  const reached = new Set();
  const reach = (item) => {
    if (reached.has(item)) return;
    reached.add(item);
    item.answers.forEach(reach);
  };
  direct.forEach(reach);
  for (const item of items) {
    if (reached.has(item)) continue;
    direct.push(item);
    reach(item);
  }
  return direct;
}
