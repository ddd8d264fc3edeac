/* Survey of all claims, from the columns of the page: who says a claim, what bears on it, what is near.
   Claims, assertions and lines are numbers; only what is asked for becomes words. */

/** Return the numbers of the rows that name each of `count` claims, as slices of one array. */
function grouped(column, count) {
  const starts = new Int32Array(count + 2);
  for (const claim of column) if (claim >= 0) starts[claim + 2] += 1;
  for (let at = 2; at < starts.length; at += 1) starts[at] += starts[at - 1];
  const rows = new Int32Array(starts[count + 1]);
  column.forEach((claim, row) => {
    if (claim >= 0) rows[starts[claim + 1]++] = row;
  });
  return (claim) => rows.subarray(starts[claim], starts[claim + 1]);
}

const NOBODY = { who: "", source: "", date: "", quote: "", language: "", address: "" };

/** Return the survey of the page's data. */
export function createSurvey(data) {
  const { topics, claims, said, lines, names, addresses, kinds, shares } = data;
  const count = claims.text.length;
  const topicOf = new Int32Array(count);
  topics.forEach(([, first, size], at) => topicOf.fill(at, first, first + size));
  const rows = {
    saidOf: grouped(said.claim, count),
    linesTo: grouped(lines.to, count),
    linesBy: grouped(lines.by, count),
  };

  const tally = (claim) => shares.map((share) => [share, claims[share][claim]]).filter(([, number]) => number);
  const name = (number) => (number >= 0 ? names[number] : "");

  /** Return who says an assertion, where, when and in which words. */
  function voice(number) {
    if (number < 0) return NOBODY;
    const source = said.source[number];
    return {
      who: name(said.agent[number]),
      source: name(source),
      address: source >= 0 ? addresses[source] : "",
      date: said.date[number],
      quote: said.quote[number],
      language: said.language[number],
      evidence: name(said.evidence[number]),
    };
  }
  /** Return the claims that this one is held for or against, with the relation. */
  const uses = (claim) =>
    Array.from(rows.linesBy(claim), (line) => ({ kind: kinds[lines.kind[line]], claim: lines.to[line] })).filter(
      (use) => use.claim >= 0 && use.claim !== claim,
    );
  /** Return the claims that an argument leads to or from, with its relation. */
  function near(claim) {
    const found = new Map();
    const add = (other, line, out) => {
      if (other >= 0) found.set(other, { kind: kinds[lines.kind[line]], out });
    };
    for (const line of rows.linesTo(claim)) add(lines.by[line], line, false);
    for (const line of rows.linesBy(claim)) add(lines.to[line], line, true);
    found.delete(claim);
    return found;
  }
  /** Return the fewest arguments from one claim to another, whichever way they point, or null. */
  function path(from, to) {
    const before = new Int32Array(count).fill(-1);
    before[from] = from;
    let frontier = [from];
    while (frontier.length && before[to] < 0) {
      const next = [];
      for (const claim of frontier) {
        for (const other of near(claim).keys()) {
          if (before[other] >= 0) continue;
          before[other] = claim;
          next.push(other);
        }
      }
      frontier = next;
    }
    if (before[to] < 0) return null;
    const found = [to];
    while (found[0] !== from) found.unshift(before[found[0]]);
    return found;
  }
  return { ...data, ...rows, count, topicOf, tally, name, voice, uses, near, path };
}
