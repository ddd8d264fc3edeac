/* Routes of lines: they leave a box at its side, run past what lies between and arrive at the side of the other. */

import { lead } from "./detours.js";

const GUTTER = 108; // between the sides of boxes in neighbouring columns

/**
 * Return a route for each line between boxes that stand `where`: its points, its ends, and whether it is level.
 * `isUpright` lines leave above or below where there is room; if `isLed`, lines go around boxes in their way.
 */
export function routesOf(cards, edges, where, isUpright, isLed) {
  const routes = edges.map((edge) => sided(cards, edge, where, isUpright));
  for (const places of portsOf(routes).values()) moor(cards, places);
  for (const each of routes) each.points = curve(each);
  if (!isLed) return routes;
  const boxes = [...where].map(([id, { x, y }]) => ({ id, x, y, w: cards[id].box[0] / 2, h: cards[id].box[1] / 2 }));
  return lead(routes, boxes);
}

/** Return a line with the places and sizes of its ends, and by which sides it leaves and arrives. */
function sided(cards, edge, where, isUpright) {
  const [from, to] = [where.get(edge.from), where.get(edge.to)];
  const [[fromW, fromH], [toW, toH]] = [cards[edge.from].box, cards[edge.to].box];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const isPastAbove = isUpright(edge) && Math.abs(dy) > (fromH + toH) / 2 + 20;
  const level = Math.abs(dx) > (fromW + toW) / 2 + 6 && !isPastAbove;
  const way = Math.sign(level ? dx : dy) || 1;
  return { edge, from, to, fromW, fromH, toW, toH, level, way };
}

/** Return the ends of lines at each side of each box. */
function portsOf(routes) {
  const ports = new Map();
  const add = (route, id, side, far, end) => {
    const key = `${id} ${route.level ? "level" : "upright"} ${side}`;
    if (!ports.has(key)) ports.set(key, []);
    ports.get(key).push({ route, end, far });
  };
  for (const route of routes) {
    const { edge, from, to, level, way } = route;
    add(route, edge.from, way, level ? to.y : to.x, "start");
    add(route, edge.to, -way, level ? from.y : from.x, "finish");
  }
  return ports;
}

/** Spread the ends of lines along one side of a box, in the order in which their other ends stand. */
function moor(cards, places) {
  places.sort((one, two) => one.far - two.far || (one.route.edge.id < two.route.edge.id ? -1 : 1));
  places.forEach(({ route, end }, at) => {
    const isStart = end === "start";
    const card = cards[isStart ? route.edge.from : route.edge.to];
    const [w, h] = card.box;
    const room = card.kind === "argument" ? 0 : (route.level ? h : w) - 24;
    const step = places.length > 1 ? Math.min(route.level ? 20 : 44, room / (places.length - 1)) : 0;
    const middle = isStart ? route.from : route.to;
    const out = (isStart ? route.way : -route.way) * ((route.level ? w : h) / 2 - (room ? 0 : 2));
    const along = (at - (places.length - 1) / 2) * step;
    route[end] = route.level ? { x: middle.x + out, y: middle.y + along } : { x: middle.x + along, y: middle.y + out };
  });
}

function curve({ start, finish, level, way }) {
  const turn = { ...start };
  if (level && Math.abs(finish.x - start.x) > GUTTER + 20) turn.x = finish.x - way * GUTTER;
  const bend = level ? (finish.x - turn.x) * 0.55 : (finish.y - start.y) * 0.5;
  const one = level ? { x: turn.x + bend, y: turn.y } : { x: start.x, y: start.y + bend };
  const two = level ? { x: finish.x - bend, y: finish.y } : { x: finish.x, y: finish.y - bend };
  return [start, ...Array.from({ length: 33 }, (_, step) => cubic(turn, one, two, finish, step / 32))];
}
function cubic(from, one, two, to, t) {
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  return { x: a * from.x + b * one.x + c * two.x + d * to.x, y: a * from.y + b * one.y + c * two.y + d * to.y };
}

/** Return the line that runs within `near` of a point, the nearest if there are several. */
export function lineAt(routes, point, near) {
  let best = { distance: near };
  for (const { points, edge } of routes) {
    for (let at = 1; at < points.length; at += 1) {
      const distance = apart(point, points[at - 1], points[at]);
      if (distance < best.distance) best = { distance, edge };
    }
  }
  return best.edge;
}
function apart(point, one, two) {
  const [dx, dy] = [two.x - one.x, two.y - one.y];
  const part = ((point.x - one.x) * dx + (point.y - one.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, part));
  return Math.hypot(point.x - one.x - t * dx, point.y - one.y - t * dy);
}
