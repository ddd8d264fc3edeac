/* Scene: what is to be seen of a graph in a state of the page, and where. */

import { routesOf } from "./routes.js";
import { placesIn } from "./network.js";

const MOST_LED = 200; // boxes around which lines are led; beyond, it would take too long
const PER_LINE = 4; // boxes of a path, which runs from left to right and back again in the next line
const [ACROSS, DOWN] = [360, 300];

/** Return places for a path. */
const inRow = (ids) =>
  new Map(
    ids.map((id, at) => {
      const [line, place] = [Math.floor(at / PER_LINE), at % PER_LINE];
      return [id, { x: (line % 2 ? PER_LINE - 1 - place : place) * ACROSS, y: line * DOWN }];
    }),
  );
/** The scene before anything is drawn. */
export const EMPTY = {
  ...{ way: null, where: new Map(), visible: new Set(), drawn: [], lone: new Set() },
  ...{ main: null, lit: null, routes: [] },
};
const endsIn = (lines) => new Set(lines.flatMap((edge) => [edge.from, edge.to]));

/** Return a function from a state to its scene, and the places of all nodes. */
export function createScenes(net, data, filters, fits) {
  const { cards, edges, lifted, edgesOf, byId, other, isJoint, isRecord, isVoiced, endsOf } = net;
  const { closeups, unfolded, contents, around } = data;
  const base = placesIn(data.places);
  const groupsOf = ({ shown, all }) =>
    shown || new Set(all ? data.shown : Object.values(cards).map((card) => card.group));

  function placesOf(state, isClose, way) {
    if (state.to) return inRow(way || [state.id, state.to]);
    if (state.all || around.length) return base;
    if (!isClose) return placesIn(contents.places);
    return placesIn((state.open && unfolded[state.on]) || closeups[state.on]);
  }

  /**
   * Return the scene: places `where`, the nodes that are `visible`, the lines that are `drawn`, the nodes whose lines
   * are all hidden (`lone`), those that do not fade (`lit`, null for all), the lines of a close-up that lead to its
   * middle (`main`), the `routes` of lines, and the nodes from one to the other where a path is asked for (`way`).
   */
  function sceneOf(state) {
    const isClose = Boolean(!state.all && state.on);
    const way = state.to ? net.path(state.id, state.to) : null;
    const where = placesOf(state, isClose, way);
    const groups = groupsOf(state);
    const rest = [...(isClose ? around : []), ...(state.to ? where.keys() : [])];
    const asked = new Set([...endsOf(state.id), state.on, ...rest]);
    let visible = new Set(
      [...where.keys()].filter((id) => isJoint(id) || asked.has(id) || groups.has(cards[id].group)),
    );
    const isSeen = (edge) => visible.has(edge.from) && visible.has(edge.to);
    const isOpen = (edge) => isSeen(edge) && !state.off.has(edge.kind);
    // An inference that fewer than two lines lead to or from is no inference.
    const clear = (test) => {
      for (const id of [...visible].filter((each) => isJoint(each) && !asked.has(each))) {
        if (edgesOf.get(id).filter(test).length < 2) visible.delete(id);
      }
    };
    clear(isSeen);
    const isWanted = wantedOf(state, isClose, way);
    const wanted = (state.all || isClose || state.to ? edges : lifted).filter((edge) => isSeen(edge) && isWanted(edge));
    const linked = endsIn(wanted);
    if (isClose) visible = new Set([...visible].filter((id) => linked.has(id) || asked.has(id)));
    clear(isOpen);
    const drawn = wanted.filter(isOpen);
    const held = endsIn(drawn);
    const lone = new Set([...linked].filter((id) => !held.has(id) && !asked.has(id)));
    const main = isClose ? leading(state.on, drawn) : null;
    const lit = litOf(state, visible, drawn);
    const shown = new Map([...where].filter(([id]) => visible.has(id)));
    const isLed = !state.all && shown.size <= MOST_LED;
    const routes = routesOf(cards, drawn, shown, uprightOf(state, isClose), isLed);
    return { way, where, visible, drawn, lone, main, lit, routes };
  }

  function wantedOf(state, isClose, way) {
    const near = new Set([...endsOf(state.id), state.on]);
    const isNear = (edge) => !isClose || !isVoiced(edge) || near.has(edge.from) || near.has(edge.to);
    const step = (one, two) => [one, two].sort().join();
    const steps = way && new Set(way.slice(1).map((id, at) => step(way[at], id)));
    const isOnWay = (edge) => !state.to || (steps && steps.has(step(edge.from, edge.to)));
    return (edge) => isNear(edge) && isOnWay(edge);
  }
  function uprightOf(state, isClose) {
    if (!isClose) return () => false;
    const out = edgesOf.get(state.on).filter((edge) => edge.from === state.on);
    const onward = new Set(out.map((edge) => edge.to));
    return (edge) =>
      isRecord(edge) || edge.from === state.on || onward.has(edge.from) || cards[edge.from].kind === "agent";
  }
  function leading(middle, drawn) {
    const depth = new Map([[middle, 0]]);
    for (const id of depth.keys()) {
      for (const edge of edgesOf.get(id)) {
        if (edge.to === id && !isVoiced(edge) && !depth.has(edge.from)) depth.set(edge.from, depth.get(id) + 1);
      }
    }
    const own = edgesOf.get(middle).filter((edge) => edge.from === middle && isJoint(edge.to));
    const out = new Set(own.map((edge) => edge.to));
    const isLeading = ({ from, to }) =>
      from === middle || to === middle || out.has(from) || depth.get(from) === depth.get(to) + 1;
    return new Set(drawn.filter(isLeading).map((edge) => edge.id));
  }

  function litOf(state, visible, drawn) {
    if (state.to) return null;
    if (state.id && state.id !== state.on) return beside(state.id, drawn);
    if (!filters.isAsked(state)) return null;
    const fit = (id) => fits(id, state);
    const leads = (id) => edgesOf.get(id).some((edge) => edge.to === id && fit(edge.from));
    return new Set([...visible].filter((id) => (isJoint(id) ? leads(id) : fit(id))));
  }
  function beside(chosen, drawn) {
    const found = new Set(endsOf(chosen));
    const from = byId.has(chosen) ? [] : [...found];
    while (from.length) {
      const id = from.pop();
      for (const edge of drawn.filter((each) => each.from === id || each.to === id)) {
        const next = other(edge, id);
        if (found.has(next)) continue;
        found.add(next);
        if (isJoint(next)) from.push(next);
      }
    }
    return found;
  }
  return { sceneOf, groupsOf, base };
}
