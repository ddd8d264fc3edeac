/* Answers the questions of the overview from the page's columns: who says a claim, what bears on it, what is near.
   Claims, assertions and lines are numbers; only what is asked for becomes words. */
"use strict";
function graphSurvey({ topics, claims, said, lines, names, addresses, states, places, cell, shares, stances, kinds, verbs }) {
  const count = claims.text.length;
  const blocks = { ...places[0] };
  const shape = (tall) => Object.assign(blocks, places[tall ? 1 : 0]);
  const topicOf = new Int32Array(count);
  topics.forEach(([, first, size], at) => topicOf.fill(at, first, first + size));
  const groups = (column) => { // numbers of the rows that name each claim, as slices of one array
    const starts = new Int32Array(count + 2);
    for (const claim of column) if (claim >= 0) starts[claim + 2] += 1;
    for (let at = 2; at < starts.length; at += 1) starts[at] += starts[at - 1];
    const rows = new Int32Array(starts[count + 1]);
    column.forEach((claim, row) => { if (claim >= 0) rows[starts[claim + 1]++] = row; });
    return (claim) => rows.subarray(starts[claim], starts[claim + 1]);
  };
  const [saidOf, linesTo, linesBy] = [groups(said.claim), groups(lines.to), groups(lines.by)];
  const RELATION = { affirms: "supports", denies: "opposes", doubts: "opposes", "no evidence": "no evidence", "stance not stated": "stance not stated" };
  const told = (item) => Boolean(item.stance) && RELATION[item.stance] === item.kind; // the stance is the line's own word

  function place(claim) {
    const topic = topicOf[claim];
    const at = claim - topics[topic][1];
    return { x: blocks.corners[topic][0] + Math.floor(at / blocks.rows) * cell, y: blocks.corners[topic][1] + (at % blocks.rows) };
  }
  const tally = (claim) => shares.map((share) => [share, claims[share][claim]]).filter(([, number]) => number);

  /* One item each: what is said to the claim, with what is said to that under it */
  function dispute(claim) {
    const items = [];
    const [byLine, bySaid] = [new Map(), new Map()];
    const own = Array.from(linesTo(claim)).sort((one, two) => one - two);
    for (const line of own) {
      const item = { kind: kinds[lines.kind[line]], claim: lines.by[line], voice: lines.voice[line], thing: lines.thing[line], on: lines.on[line], answers: [] };
      // Whoever speaks of the claim itself does so in words, not with the claim; a denial or doubt of another keeps its stance.
      if (item.voice >= 0 && said.claim[item.voice] === claim) Object.assign(item, { claim: -1, stance: stances[said.stance[item.voice]] });
      else if (item.voice >= 0 && item.claim < 0) Object.assign(item, { premise: verbs[stances[said.stance[item.voice]]], about: said.claim[item.voice] });
      items.push(item);
      byLine.set(line, item);
      if (item.voice >= 0 && !bySaid.has(item.voice)) bySaid.set(item.voice, item);
    }
    for (const assertion of saidOf(claim)) {
      if (bySaid.has(assertion)) continue;
      const stance = stances[said.stance[assertion]];
      const item = { kind: RELATION[stance], stance, claim: -1, voice: assertion, thing: -1, on: -1, answers: [] };
      items.push(item);
      bySaid.set(assertion, item);
    }
    const direct = items.filter((item) => {
      const host = item.on >= 0 ? byLine.get(item.on) : item.on < -1 ? bySaid.get(-2 - item.on) : null;
      if (!host || host === item) return true;
      host.answers.push(item);
      return false;
    });
    // Two that answer each other hang on nothing: they stand on the claim.
    const reached = new Set();
    const reach = (item) => { if (!reached.has(item)) { reached.add(item); item.answers.forEach(reach); } };
    direct.forEach(reach);
    for (const item of items) if (!reached.has(item)) { direct.push(item); reach(item); }
    return direct;
  }
  const uses = (claim) => Array.from(linesBy(claim), (line) => ({ kind: kinds[lines.kind[line]], claim: lines.to[line] })).filter((use) => use.claim >= 0 && use.claim !== claim);
  const name = (number) => (number >= 0 ? names[number] : "");
  function voice(number) {
    if (number < 0) return { who: "", source: "", date: "", quote: "", language: "", address: "" };
    return { who: name(said.agent[number]), source: name(said.source[number]), address: said.source[number] >= 0 ? addresses[said.source[number]] : "",
      date: said.date[number], quote: said.quote[number], language: said.language[number], evidence: name(said.evidence[number]) };
  }
  const words = (item) => {
    if (item.claim >= 0) return claims.text[item.claim];
    if (item.premise) return `${item.premise}: ${claims.text[item.about]}`;
    const spoken = voice(item.voice);
    if (item.stance && !told(item)) return `${verbs[item.stance]} this claim${spoken.quote && ": "}${spoken.quote}`;
    return spoken.quote || name(item.thing) || spoken.who || spoken.source || "somebody not named";
  };

  function near(claim) {
    const found = new Map();
    for (const line of linesTo(claim)) if (lines.by[line] >= 0) found.set(lines.by[line], { kind: kinds[lines.kind[line]], out: false });
    for (const line of linesBy(claim)) if (lines.to[line] >= 0) found.set(lines.to[line], { kind: kinds[lines.kind[line]], out: true });
    found.delete(claim);
    return found;
  }
  function path(from, to) { // the fewest arguments, whichever way they point
    const before = new Int32Array(count).fill(-1);
    before[from] = from;
    let frontier = [from];
    while (frontier.length && before[to] < 0) {
      const next = [];
      for (const claim of frontier) for (const other of near(claim).keys()) if (before[other] < 0) { before[other] = claim; next.push(other); }
      frontier = next;
    }
    if (before[to] < 0) return null;
    const found = [to];
    while (found[0] !== from) found.unshift(before[found[0]]);
    return found;
  }

  /* Finding: the texts in small letters are made when somebody first looks for one */
  let small = null;
  function search(wanted, most) {
    small = small || claims.text.map((text) => text.toLowerCase());
    const sought = wanted.trim().toLowerCase();
    const [first, rest] = [[], []];
    if (!sought) return [];
    for (let at = 0; at < count && first.length < most; at += 1) {
      const where = claims.key[at] === sought ? 0 : small[at].indexOf(sought);
      if (where === 0) first.push(at);
      else if (where > 0 && rest.length < most) rest.push(at);
    }
    first.sort((one, two) => small[one].length - small[two].length || one - two);
    return [...first, ...rest].slice(0, most);
  }
  function fitting({ topic, relation, who, source, stance, standing, since, until }) {
    if (![topic, relation, who, source, stance, standing, since, until].some(Boolean)) return null;
    const fits = new Uint8Array(count).fill(1);
    if (topic) for (let at = 0; at < count; at += 1) if (topics[topicOf[at]][0] !== topic) fits[at] = 0;
    if (relation) for (let at = 0; at < count; at += 1) if (!claims[relation][at]) fits[at] = 0;
    if (standing) for (let at = 0; at < count; at += 1) if (states[claims.state[at]] !== standing) fits[at] = 0;
    if (!(who || source || stance || since || until)) return fits;
    const year = (text) => Number((/\d{4}/.exec(text) || [""])[0]) || null;
    const spoken = new Uint8Array(count);
    for (let at = 0; at < said.claim.length; at += 1) {
      if (spoken[said.claim[at]]) continue;
      if (who && name(said.agent[at]) !== who) continue;
      if (source && name(said.source[at]) !== source) continue;
      if (stance && stances[said.stance[at]] !== stance) continue;
      if (since || until) {
        const when = year(said.date[at]);
        if (!when || (since && when < Number(since)) || (until && when > Number(until))) continue;
      }
      spoken[said.claim[at]] = 1;
    }
    return fits.map((fit, at) => fit & spoken[at]);
  }
  return { shape, count, topics, claims, names, states, stances, blocks, cell, shares, said, topicOf, place, tally, dispute, uses, near, path, voice, words, told, name, search, fitting };
}
