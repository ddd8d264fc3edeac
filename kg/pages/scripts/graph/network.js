/* Network of a graph, apart from how it is drawn: nodes and lines by their names, and the way between two. */

import { SAYING } from "../shared/vocabulary.js";

/** Return places by node, of a flat list: number of the node, x, y. */
export const placesIn = (flat) =>
  new Map(
    Array.from({ length: flat.length / 3 }, (_, at) => [
      `n${flat[3 * at]}`,
      { x: flat[3 * at + 1], y: flat[3 * at + 2] },
    ]),
  );

/** Return the lines of the graph, and those of its contents: from claim to claim, whatever stands between. */
function linesOf({ edges, kinds, links, looks, contents }) {
  const relations = Object.keys(looks);
  const drawnAs = (kind, isWhole) => ({
    kind,
    dashes: looks[kind].dash,
    arrows: isWhole ? "to" : "",
    label: isWhole ? `${looks[kind].sign} ${looks[kind].word}`.trim() : "",
  });
  const line = (from, at) => ({
    ...drawnAs(relations[kinds[at]], edges.arrows[at] === "to"),
    ...links[at],
    id: `e${at}`,
    from,
    to: edges.to[at],
  });
  const lifted = ([from, to, kind], at) => ({ ...drawnAs(kind, true), id: `l${at}`, from, to });
  return { edges: edges.from.map(line), lifted: (contents ? contents.edges : []).map(lifted) };
}

/** Return names for the address: a node's own, that of an assertion or argument that is a line, or a line's two ends. */
function namesOf({ ids, cards, edges, isRecord }) {
  const named = new Map();
  const keyOf = new Map(ids.map((id) => [id, cards[id].key]));
  const name = (key, id) => named.has(key) || named.set(key, id);
  for (const id of ids) name(cards[id].key, id);
  for (const edge of edges.filter((each) => !isRecord(each))) for (const key of edge.keys || []) name(key, edge.id);
  for (const edge of edges) {
    const own = (edge.keys || []).find((key) => named.get(key) === edge.id);
    const key = own || [cards[edge.from].key, edge.kind.replace(/ /g, "-"), cards[edge.to].key].join("~");
    name(key, edge.id);
    keyOf.set(edge.id, key);
  }
  return { named, keyOf };
}

/** Return the network of the page's data; nodes and lines are called by their numbers, "n1" and "e1". */
export function createNetwork(data) {
  const { cards, quotes, looks } = data;
  const ids = Object.keys(cards);
  for (const card of Object.values(cards)) card.facts = (card.facts || []).map((number) => data.facts[number]);
  const { edges, lifted } = linesOf(data);
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
  const { named, keyOf } = namesOf({ ids, cards, edges, isRecord });

  /** Return the box or circle that a node or a line is about. */
  function middleOf(id) {
    const edge = byId.get(id);
    if (!edge) return id;
    return isJoint(edge.to) ? edge.from : edge.to;
  }
  const endsOf = (id) => {
    if (byId.has(id)) return [byId.get(id).from, byId.get(id).to];
    return id ? [id] : [];
  };

  /** Return the fewest lines between two, whichever way they point; arguments before records of who and where. */
  function path(from, to) {
    for (const isOpen of [(edge) => !isRecord(edge) && !isVoiced(edge), () => true]) {
      const before = new Map([[from, ""]]);
      for (const id of before.keys()) {
        for (const edge of edgesOf.get(id)) {
          if (isOpen(edge) && !before.has(other(edge, id))) before.set(other(edge, id), id);
        }
      }
      if (!before.has(to)) continue;
      const found = [to];
      while (found[0] !== from) found.unshift(before.get(found[0]));
      return found;
    }
    return null;
  }

  /** Return the boxes that are called `text`, begin with it or contain it, `most` at most. */
  function search(text, most) {
    const wanted = text.trim().toLowerCase();
    const rank = (id) => {
      const called = cards[id].name.toLowerCase();
      if (called === wanted || cards[id].key === wanted) return 0;
      if (called.startsWith(wanted)) return 1;
      return called.includes(wanted) ? 2 : 3;
    };
    if (!wanted) return [];
    const found = ids.filter((id) => !isJoint(id)).map((id) => [rank(id), id]);
    return found
      .filter(([at]) => at < 3)
      .sort(([one], [two]) => one - two)
      .slice(0, most)
      .map(([, id]) => id);
  }
  return {
    ...{ ids, cards, looks, quotes, edges, lifted, edgesOf, byId, named, keyOf },
    ...{ other, isJoint, isRecord, isVoiced, middleOf, endsOf, path, search },
  };
}
