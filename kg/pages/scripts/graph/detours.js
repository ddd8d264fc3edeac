/* Detours: a line that would run behind a box is led around it, from corner to corner of the boxes, the shortest way
   (Lozano-Perez and Wesley 1979); lines around one corner lie side by side. */

const MARGIN = 10; // the least distance to a box
const STUB = 14; // how far a line runs straight out of a box
const LANES = [0, 4, -4, 2, -2];
const BEND = 12; // what a bend costs, as a length
const ROUND = 12; // how far from a corner its rounding begins

function crosses(one, two, { x, y, w, h }, margin) {
  let [enter, leave] = [0, 1];
  const axes = [
    [one.x, two.x - one.x, x - w - margin, x + w + margin],
    [one.y, two.y - one.y, y - h - margin, y + h + margin],
  ];
  for (const [from, by, low, high] of axes) {
    if (by === 0) {
      if (from <= low || from >= high) return false;
      continue;
    }
    const [first, last] = by > 0 ? [(low - from) / by, (high - from) / by] : [(high - from) / by, (low - from) / by];
    [enter, leave] = [Math.max(enter, first), Math.min(leave, last)];
    if (enter >= leave) return false;
  }
  return true;
}
const meets = (points, box, margin) => points.some((point, at) => at && crosses(points[at - 1], point, box, margin));

/** Return true if a line runs behind a box; at its own ends it may touch. */
function hits({ edge, points }, boxes) {
  return boxes.some((box) => {
    if (box.id === edge.from) return meets(points.slice(2), box, -1);
    if (box.id === edge.to) return meets(points.slice(0, -2), box, -1);
    return meets(points, box, 3);
  });
}

const bare = ({ x, y, level, way }) => (level ? { x: x + way * STUB, y } : { x, y: y + way * STUB });
const sides = ({ x, y }, w, h) =>
  [-1, 1].flatMap((way) => [
    { x: x + (way * w) / 2, y, level: true, way },
    { x, y: y + (way * h) / 2, level: false, way },
  ]);
const QUARTERS = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
];

/** Return what lines may turn at: the corners of boxes that stand free, and which of them see each other. */
function cornersOf(boxes) {
  const isFree = (one, two) => !boxes.some((box) => crosses(one, two, box, MARGIN - 0.5));
  const around = ({ x, y, w, h }) =>
    QUARTERS.map(([right, down]) => ({
      x: x + right * (w + MARGIN),
      y: y + down * (h + MARGIN),
      right,
      down,
      used: 0,
    }));
  const corners = boxes.flatMap(around).filter((corner) => isFree(corner, corner));
  const seen = new Map();
  const from = (at) => {
    if (!seen.has(at)) {
      seen.set(
        at,
        corners.flatMap((other, to) => (to !== at && isFree(corners[at], other) ? [to] : [])),
      );
    }
    return seen.get(at);
  };
  return { corners, isFree, from };
}

/** Lead those routes around boxes that would run behind one. */
export function lead(routes, boxes) {
  const wrong = routes.filter((each) => hits(each, boxes));
  if (!wrong.length) return routes;
  const yard = cornersOf(boxes);
  for (const each of wrong) {
    const { from, fromW, fromH, to, toW, toH, level, way } = each;
    const usual = [
      { ...each.start, level, way },
      { ...each.finish, level, way: -way },
    ];
    const others = () => sides(from, fromW, fromH).flatMap((out) => sides(to, toW, toH).map((into) => [out, into]));
    const found = best([usual], yard) || best(others(), yard);
    if (!found) continue;
    const [out, into] = found.ends;
    const bends = found.path.map((at) => {
      const corner = yard.corners[at];
      const aside = LANES[corner.used++ % LANES.length];
      return { x: corner.x + corner.right * aside, y: corner.y + corner.down * aside };
    });
    const points = rounded([out, bare(out), ...bends, bare(into), into]);
    Object.assign(each, { points, start: out, finish: into, out, into: { ...into, way: -into.way }, led: true });
  }
  return routes;
}
function best(choices, yard) {
  let found = null;
  for (const ends of choices) {
    const way = shortest(...ends.map(bare), yard);
    if (way && (!found || way.length < found.length)) found = { ...way, ends };
  }
  return found;
}

/** Return the shortest way from corner to corner (Dijkstra 1959), or null if there is none. */
function shortest(start, finish, { corners, isFree, from }) {
  const far = (one, two) => Math.hypot(one.x - two.x, one.y - two.y) + BEND;
  if (isFree(start, finish)) return { path: [], length: far(start, finish) };
  if (!isFree(start, start) || !isFree(finish, finish)) return null;
  const near = new Set(corners.flatMap((corner, at) => (isFree(corner, finish) ? [at] : [])));
  const first = (corner, at) => (isFree(start, corner) ? [[at, { length: far(start, corner), before: -1 }]] : []);
  const reached = new Map(corners.flatMap(first));
  const done = new Set();
  let last = { length: Infinity };
  for (;;) {
    const here = nearest(reached, done);
    if (here < 0 || reached.get(here).length >= last.length) break;
    done.add(here);
    const { length } = reached.get(here);
    const whole = length + far(corners[here], finish);
    if (near.has(here) && whole < last.length) last = { length: whole, at: here };
    for (const to of from(here)) {
      const onward = length + far(corners[here], corners[to]);
      if (!reached.has(to) || onward < reached.get(to).length) reached.set(to, { length: onward, before: here });
    }
  }
  if (last.at === undefined) return null;
  const path = [];
  for (let at = last.at; at >= 0; at = reached.get(at).before) path.unshift(at);
  return { path, length: last.length };
}
function nearest(reached, done) {
  let here = -1;
  for (const [at, { length }] of reached) {
    if (!done.has(at) && (here < 0 || length < reached.get(here).length)) here = at;
  }
  return here;
}

function rounded(bends) {
  const points = [bends[0]];
  for (let at = 1; at < bends.length - 1; at += 1) {
    const [before, bend, after] = [bends[at - 1], bends[at], bends[at + 1]];
    const toward = (end) => {
      const far = Math.hypot(end.x - bend.x, end.y - bend.y) || 1;
      const part = Math.min(ROUND, far / 2) / far;
      return { x: bend.x + (end.x - bend.x) * part, y: bend.y + (end.y - bend.y) * part };
    };
    const [from, to] = [toward(before), toward(after)];
    for (let t = 0; t <= 1; t += 0.25) points.push(quadratic(from, bend, to, t));
  }
  return [...points, bends[bends.length - 1]];
}
function quadratic(from, bend, to, t) {
  const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
  return { x: a * from.x + b * bend.x + c * to.x, y: a * from.y + b * bend.y + c * to.y };
}
