/* What the graph is, apart from how it is drawn: nodes and lines by their names, what fits a filter, the way between two. */
"use strict";
function graphNetwork(data) {
  const { cards, links, quotes, looks, contents } = data;
  const SAYING = new Set(["supports", "opposes", "undercuts", "qualifies", "affirms", "denies", "doubts", "no evidence"]);
  const STANCES = ["affirms", "denies", "doubts", "no evidence"];
  const [ids, kinds] = [Object.keys(cards), Object.keys(looks)];
  for (const card of Object.values(cards)) card.facts = (card.facts || []).map((number) => data.facts[number]);
  const unflat = (flat) => new Map(Array.from({ length: flat.length / 3 }, (_, at) =>
    [`n${flat[3 * at]}`, { x: flat[3 * at + 1], y: flat[3 * at + 2] }]));
  const drawnAs = (kind, whole) => ({ kind, dashes: looks[kind].dash, arrows: whole ? "to" : "", label: whole ? `${looks[kind].sign} ${looks[kind].word}`.trim() : "" });
  const edges = data.edges.from.map((from, at) => {
    const kind = kinds[data.kinds[at]];
    return { ...drawnAs(kind, data.edges.arrows[at] === "to"), ...links[at], id: `e${at}`, from, to: data.edges.to[at] };
  });
  const lifted = (contents ? contents.edges : []).map(([from, to, kind], at) => ({ ...drawnAs(kind, true), id: `l${at}`, from, to }));
  const edgesOf = new Map(ids.map((id) => [id, []]));
  for (const edge of edges) {
    edgesOf.get(edge.from).push(edge);
    edgesOf.get(edge.to).push(edge);
  }
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
  const isJoint = (id) => cards[id].kind === "argument";
  const isRecord = (edge) => !SAYING.has(edge.kind);
  const isVoiced = (edge) => isRecord(edge) || cards[edge.from].kind === "agent";

  /* Names in the address: a node's own, that of an assertion or argument that is a line, or the line's two ends */
  const named = new Map();
  const name = (key, id) => named.has(key) || named.set(key, id);
  for (const id of ids) name(cards[id].key, id);
  for (const edge of edges.filter((each) => !isRecord(each))) for (const key of edge.keys || []) name(key, edge.id);
  const keyOf = new Map(ids.map((id) => [id, cards[id].key]));
  for (const edge of edges) {
    const own = (edge.keys || []).find((key) => named.get(key) === edge.id);
    const key = own || [cards[edge.from].key, edge.kind.replace(/ /g, "-"), cards[edge.to].key].join("~");
    name(key, edge.id);
    keyOf.set(edge.id, key);
  }

  /* What fits a filter.  A node is dated by when it was said, and by when its sources came out. */
  const yearsIn = (text) => (text.match(/\b[12]\d{3}\b/g) || []).map(Number);
  const said = (id) => (cards[id].quotes || []).map((number) => quotes[number]);
  const about = new Map(ids.map((id) => {
    const lines = edgesOf.get(id).filter((edge) => STANCES.includes(edge.kind));
    const stances = new Set([...said(id).map((quote) => quote.stance), ...lines.map((edge) => edge.kind)]);
    const dates = [id, ...(cards[id].sources || [])].flatMap((each) => cards[each].facts.filter(([term]) => term === "Date").map(([, value]) => value));
    return [id, { stances, years: [...said(id).map((quote) => quote.date), ...dates].flatMap(yearsIn) }];
  }));
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
  const FILTERS = Object.keys(tests);
  const fits = (id, asked) => FILTERS.every((field) => !asked[field] || tests[field](id, asked[field]));
  const choices = {
    stance: STANCES.filter((stance) => [...about.values()].some(({ stances }) => stances.has(stance))),
    standing: [...new Set(ids.map((id) => cards[id].state).filter(Boolean))].sort(),
    years: [...new Set([...about.values()].flatMap(({ years }) => years))].sort((one, two) => one - two),
  };

  /* The fewest lines between two, whichever way they point; arguments before records of who and where */
  function path(from, to) {
    for (const open of [(edge) => !isRecord(edge) && !isVoiced(edge), () => true]) {
      const before = new Map([[from, ""]]);
      for (const id of before.keys()) {
        for (const edge of edgesOf.get(id)) if (open(edge) && !before.has(other(edge, id))) before.set(other(edge, id), id);
      }
      if (!before.has(to)) continue;
      const found = [to];
      while (found[0] !== from) found.unshift(before.get(found[0]));
      return found;
    }
    return null;
  }
  const search = (text, most) => {
    const wanted = text.trim().toLowerCase();
    const rank = (id) => {
      const called = cards[id].name.toLowerCase();
      if (called === wanted || cards[id].key === wanted) return 0;
      return called.startsWith(wanted) ? 1 : called.includes(wanted) ? 2 : 3;
    };
    if (!wanted) return [];
    const found = ids.filter((id) => !isJoint(id)).map((id) => [rank(id), id]).filter(([at]) => at < 3);
    return found.sort(([one], [two]) => one - two).slice(0, most).map(([, id]) => id);
  };
  return { ids, cards, looks, quotes, edges, lifted, edgesOf, byId, other, isJoint, isRecord, isVoiced, named, keyOf, unflat, FILTERS, fits, choices, path, search, SAYING };
}
