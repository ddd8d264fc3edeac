/* How boxes and lines are drawn on the canvas that vis-network pans and zooms.  Lines leave a box at its side, run
   past what lies between and arrive at the side of the other; each bears its sign where it starts. */
"use strict";
function graphDrawing(data, css, scaleNow) {
  const { cards, looks } = data;
  const { size, line, pad, gap } = data.type;
  const SANS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif"; // dv, nt: base.css
  const SERIF = "Georgia, Times New Roman, Liberation Serif, dvs, nts, serif";
  const LEAST = 10.2; // pixels: no type is smaller, at any scale
  let labels = []; // what was written at this frame, and where
  const GUTTER = 108; // between the sides of boxes in neighbouring columns

  /* Boxes */
  const outlines = {
    agent: (ctx, x, y, w, h) => ctx.roundRect(x, y, w, h, Math.min(h / 2, 18)),
    study: (ctx, x, y, w, h) => ctx.roundRect(x, y, w, h, 9),
    source: (ctx, x, y, w, h) => {
      const fold = 14;
      ctx.moveTo(x, y);
      ctx.lineTo(x + w - fold, y);
      ctx.lineTo(x + w, y + fold);
      ctx.lineTo(x + w, y + h);
      ctx.lineTo(x, y + h);
      ctx.closePath();
    },
    plain: (ctx, x, y, w, h) => ctx.rect(x, y, w, h),
  };
  const colourOf = (card) => (card.kind === "statement" ? looks[card.relation || "doubts"].colour : data.colours[card.kind] || card.kind);

  function joint(ctx, card, x, y, strong) {
    const colour = css(looks[card.relation || "supports"].colour);
    const type = Math.max(16, LEAST / scaleNow());
    ctx.beginPath();
    ctx.arc(x, y, card.box[0] / 2 - 2, 0, 2 * Math.PI);
    ctx.fillStyle = css("paper");
    ctx.fill();
    ctx.lineWidth = strong ? 4 : 2;
    ctx.strokeStyle = strong ? css("focus") : colour;
    ctx.stroke();
    if (type <= card.box[0] - 4) sign(ctx, looks[card.relation || "supports"].sign, x, y, type, colour);
  }
  function sign(ctx, text, x, y, type, colour) {
    ctx.fillStyle = colour;
    ctx.font = `700 ${type}px ${SANS}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + type * 0.05);
    labels.push({ text, type, x: x - type * 0.3, y: y - type / 2, w: type * 0.6, h: type });
  }
  function box(ctx, card, middle, top, strong, hover) {
    const [w, h] = card.box;
    const [x, y] = [middle - w / 2, top - h / 2];
    const colour = css(colourOf(card));
    ctx.beginPath();
    (outlines[card.kind] || outlines.plain)(ctx, x, y, w, h);
    ctx.fillStyle = css(`${colourOf(card)}-tint`);
    ctx.fill();
    ctx.setLineDash(card.kind === "interest" ? [5, 4] : []);
    ctx.lineWidth = strong ? 4 : hover ? 2.5 : 1.2;
    ctx.strokeStyle = strong ? css("focus") : colour;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = colour;
    if (card.kind === "claim") ctx.fillRect(x, y, w, 3.5);
    if (card.kind === "statement") ctx.fillRect(x, y, 5, h);
    for (const { text, dx, dy, font, colour: ink, type, room } of words(ctx, card, scaleNow())) {
      ctx.font = font;
      ctx.fillStyle = css(ink);
      ctx.textAlign = "left";
      ctx.textBaseline = "alphabetic";
      ctx.fillText(text, x + dx, y + dy, room);
      labels.push({ text, type, x: x + dx, y: y + dy - type * 0.76, w: Math.min(ctx.measureText(text).width, room), h: type });
    }
  }

  /* The words of a box: whole where all type is LEAST pixels high at least; farther off what it is and who says it are
     left out, the text is set in larger type, and what does not fit ends in an ellipsis. */
  const written = new Map();
  function words(ctx, card, scale) {
    const small = Math.ceil((LEAST / scale) * 4) / 4;
    const key = `${card.key} ${Math.max(small, size.head)}`;
    if (!written.has(key)) written.set(key, small <= size.head ? allWords(ctx, card) : fewWords(ctx, card, small));
    return written.get(key);
  }
  function allWords(ctx, card) {
    const quoted = card.kind === "statement";
    const face = quoted || card.kind === "claim" ? SERIF : SANS;
    const [left, room] = [pad + (quoted ? 3 : 0), card.box[0] - 2 * pad];
    const rest = (card.word ? line.head : 0) + (card.foot || []).length * line.foot + (card.foot ? gap : 0) + (card.tally ? line.tally : 0);
    const most = Math.max(1, Math.floor((card.box[1] - 2 * pad - rest + 1) / line.text));
    const found = [];
    let at = pad;
    const write = (text, part, weight, type, colour) => {
      found.push({ text, dx: left, dy: at + line[part] * 0.76, font: `${weight} ${type}px ${face}`, colour, type, room });
      at += line[part];
    };
    const plain = (text, part, weight, colour) => { write(text, part, weight, size[part], colour); found[found.length - 1].font = `${weight} ${size[part]}px ${SANS}`; };
    if (card.word) plain(graphWrap(ctx, card.word, `600 ${size.head}px ${SANS}`, room, 1)[0], "head", 600, card.kind === "claim" ? "soft" : colourOf(card));
    // A serif face is narrower than the one that the box was measured by.
    const type = size.text + (face === SERIF ? 1 : 0);
    for (const text of graphWrap(ctx, card.name, `400 ${type}px ${face}`, room, most)) write(text, "text", 400, type, "ink");
    at += gap;
    for (const text of card.foot || []) plain(text, "foot", 400, "soft");
    return [...found, ...counts(ctx, card, left, at + line.tally * 0.72, 14)];
  }
  function fewWords(ctx, card, small) {
    const [room, high] = [card.box[0] - 16, card.box[1] - 8];
    const inLines = (type) => graphWrap(ctx, card.name, `500 ${type}px ${SANS}`, room, Math.max(0, Math.floor((high - (card.tally ? type * 1.2 : 0)) / (type * 1.15))));
    const cut = (rows) => !rows.length || (rows[rows.length - 1].endsWith("…") && !card.name.endsWith("…"));
    // In type as large as it may be without a word being left out, up to a fifth larger than the least.
    let type = small * 1.2;
    let rows = inLines(type);
    while (type > small && cut(rows)) {
      type = Math.max(small, type - small * 0.08);
      rows = inLines(type);
    }
    // A few letters say nothing: what is folded away shows on pointing or on zooming in.
    if (cut(rows) && rows.join("").length < 14) return [];
    const spare = high - rows.length * type * 1.15;
    const tally = card.tally && spare >= type * 1.2 ? type * 1.2 : 0;
    const top = 4 + (spare - tally) / 2;
    const found = rows.map((text, at) => ({ text, dx: 8, dy: top + (at + 0.85) * type * 1.15, font: `500 ${type}px ${SANS}`, colour: "ink", type, room }));
    return tally ? [...found, ...counts(ctx, card, 8, top + rows.length * type * 1.15 + type, type)] : found;
  }
  function counts(ctx, card, left, dy, type) {
    const font = `700 ${type}px ${SANS}`;
    ctx.font = font;
    const texts = (card.tally || []).map(([kind, count]) => [looks[kind], `${looks[kind].sign} ${count}`]);
    const widths = texts.map(([, text]) => ctx.measureText(text).width);
    const space = (card.box[0] - left - 6 - widths.reduce((sum, width) => sum + width, 0)) / Math.max(1, texts.length - 1);
    if (space < type * 0.25) return []; // a part of the numbers would mislead
    let dx = left;
    return texts.map(([look, text], at) => {
      const one = { text, dx, dy, font, colour: look.colour, type, room: widths[at] + 1 };
      dx += widths[at] + Math.min(type, space);
      return one;
    });
  }

  /* Lines: routes are laid when the places change, and drawn at every frame */
  function lay(edges, where, isUpright) {
    const routes = edges.map((edge) => {
      const [from, to] = [where.get(edge.from), where.get(edge.to)];
      const [[fromW, fromH], [toW, toH]] = [cards[edge.from].box, cards[edge.to].box];
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const level = Math.abs(dx) > (fromW + toW) / 2 + 6 && !(isUpright(edge) && Math.abs(dy) > (fromH + toH) / 2 + 20);
      const way = Math.sign(level ? dx : dy) || 1;
      return { edge, from, to, fromW, fromH, toW, toH, level, way };
    });
    const ports = new Map();
    const port = (route, id, side, far, end) => {
      const key = `${id} ${route.level ? "level" : "upright"} ${side}`;
      if (!ports.has(key)) ports.set(key, []);
      ports.get(key).push({ route, end, far });
    };
    for (const route of routes) {
      const { edge, from, to, level, way } = route;
      port(route, edge.from, way, level ? to.y : to.x, "start");
      port(route, edge.to, -way, level ? from.y : from.x, "finish");
    }
    for (const places of ports.values()) {
      places.sort((one, two) => one.far - two.far || (one.route.edge.id < two.route.edge.id ? -1 : 1));
      places.forEach(({ route, end }, at) => {
        const id = end === "start" ? route.edge.from : route.edge.to;
        const [w, h] = cards[id].box;
        const room = cards[id].kind === "argument" ? 0 : (route.level ? h : w) - 24;
        const step = places.length > 1 ? Math.min(route.level ? 20 : 44, room / (places.length - 1)) : 0;
        const middle = end === "start" ? route.from : route.to;
        const out = (end === "start" ? route.way : -route.way) * ((route.level ? w : h) / 2 - (room ? 0 : 2));
        const along = (at - (places.length - 1) / 2) * step;
        route[end] = route.level ? { x: middle.x + out, y: middle.y + along } : { x: middle.x + along, y: middle.y + out };
      });
    }
    return routes;
  }
  function route(edges, where, isUpright, around) {
    const routes = lay(edges, where, isUpright);
    for (const each of routes) each.points = curve(each);
    return around ? lead(routes, [...where].map(([id, { x, y }]) => ({ id, x, y, w: cards[id].box[0] / 2, h: cards[id].box[1] / 2 }))) : routes;
  }
  function curve({ start, finish, level, way }) {
    const turn = { ...start };
    if (level && Math.abs(finish.x - start.x) > GUTTER + 20) turn.x = finish.x - way * GUTTER;
    const bend = level ? (finish.x - turn.x) * 0.55 : (finish.y - start.y) * 0.5;
    const [one, two] = level ? [{ x: turn.x + bend, y: turn.y }, { x: finish.x - bend, y: finish.y }]
      : [{ x: start.x, y: start.y + bend }, { x: finish.x, y: finish.y - bend }];
    return [start, ...Array.from({ length: 33 }, (_, step) => cubic(turn, one, two, finish, step / 32))];
  }
  function cubic(from, one, two, to, t) {
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return { x: a * from.x + b * one.x + c * two.x + d * to.x, y: a * from.y + b * one.y + c * two.y + d * to.y };
  }

  /* A line that would run behind a box is led around it, from corner to corner of the boxes, the shortest way
     (Lozano-Perez and Wesley 1979).  MARGIN is the least distance to a box; lines around one corner lie side by side. */
  const [MARGIN, STUB, LANES] = [10, 14, [0, 4, -4, 2, -2]];
  function crosses(one, two, { x, y, w, h }, margin) {
    let [enter, leave] = [0, 1];
    for (const [from, by, low, high] of [[one.x, two.x - one.x, x - w - margin, x + w + margin], [one.y, two.y - one.y, y - h - margin, y + h + margin]]) {
      if (by === 0) { if (from <= low || from >= high) return false; continue; }
      const [first, last] = by > 0 ? [(low - from) / by, (high - from) / by] : [(high - from) / by, (low - from) / by];
      [enter, leave] = [Math.max(enter, first), Math.min(leave, last)];
      if (enter >= leave) return false;
    }
    return true;
  }
  const meets = (points, box, margin) => points.some((point, at) => at && crosses(points[at - 1], point, box, margin));
  function hits({ edge, points }, boxes) {
    return boxes.some((box) => {
      if (box.id === edge.from) return meets(points.slice(2), box, -1);
      return box.id === edge.to ? meets(points.slice(0, -2), box, -1) : meets(points, box, 3);
    });
  }
  function lead(routes, boxes) {
    const wrong = routes.filter((each) => hits(each, boxes));
    if (!wrong.length) return routes;
    const free = (one, two) => !boxes.some((box) => crosses(one, two, box, MARGIN - 0.5));
    const corners = boxes.flatMap(({ x, y, w, h }) => [[-1, -1], [1, -1], [-1, 1], [1, 1]].map(([right, down]) =>
      ({ x: x + right * (w + MARGIN), y: y + down * (h + MARGIN), right, down, used: 0 })))
      .filter((corner) => free(corner, corner));
    const seen = new Map();
    const fromCorner = (at) => {
      if (!seen.has(at)) seen.set(at, corners.flatMap((other, to) => (to !== at && free(corners[at], other) ? [to] : [])));
      return seen.get(at);
    };
    const bare = ({ x, y, level, way }) => (level ? { x: x + way * STUB, y } : { x, y: y + way * STUB });
    const sides = ({ x, y }, w, h) => [-1, 1].flatMap((way) => [{ x: x + (way * w) / 2, y, level: true, way }, { x, y: y + (way * h) / 2, level: false, way }]);
    for (const each of wrong) {
      const { from, fromW, fromH, to, toW, toH, level, way } = each;
      const usual = [{ ...each.start, level, way }, { ...each.finish, level, way: -way }];
      const others = () => sides(from, fromW, fromH).flatMap((out) => sides(to, toW, toH).map((into) => [out, into]));
      const found = best([usual], corners, free, fromCorner, bare) || best(others(), corners, free, fromCorner, bare);
      if (!found) continue;
      const [out, into] = found.ends;
      const bends = found.path.map((at) => {
        const corner = corners[at];
        const aside = LANES[corner.used++ % LANES.length];
        return { x: corner.x + corner.right * aside, y: corner.y + corner.down * aside };
      });
      const points = rounded([out, bare(out), ...bends, bare(into), into]);
      Object.assign(each, { points, start: out, finish: into, out, into: { ...into, way: -into.way }, led: true });
    }
    return routes;
  }
  function best(choices, corners, free, fromCorner, bare) {
    let found = null;
    for (const ends of choices) {
      const way = shortest(...ends.map(bare), corners, free, fromCorner);
      if (way && (!found || way.length < found.length)) found = { ...way, ends };
    }
    return found;
  }
  function shortest(start, finish, corners, free, fromCorner) {
    const far = (one, two) => Math.hypot(one.x - two.x, one.y - two.y) + 12; // a bend costs a little
    if (free(start, finish)) return { path: [], length: far(start, finish) };
    if (!free(start, start) || !free(finish, finish)) return null;
    const near = new Set(corners.flatMap((corner, at) => (free(corner, finish) ? [at] : [])));
    const reached = new Map(corners.flatMap((corner, at) => (free(start, corner) ? [[at, { length: far(start, corner), before: -1 }]] : [])));
    const done = new Set();
    let last = { length: Infinity };
    for (;;) {
      let here = -1;
      for (const [at, { length }] of reached) if (!done.has(at) && (here < 0 || length < reached.get(here).length)) here = at;
      if (here < 0 || reached.get(here).length >= last.length) break;
      done.add(here);
      const { length } = reached.get(here);
      if (near.has(here) && length + far(corners[here], finish) < last.length) last = { length: length + far(corners[here], finish), at: here };
      for (const to of fromCorner(here)) {
        const onward = length + far(corners[here], corners[to]);
        if (!reached.has(to) || onward < reached.get(to).length) reached.set(to, { length: onward, before: here });
      }
    }
    if (last.at === undefined) return null;
    const path = [];
    for (let at = last.at; at >= 0; at = reached.get(at).before) path.unshift(at);
    return { path, length: last.length };
  }
  function rounded(bends) {
    const points = [bends[0]];
    for (let at = 1; at < bends.length - 1; at += 1) {
      const [before, bend, after] = [bends[at - 1], bends[at], bends[at + 1]];
      const toward = (end) => {
        const far = Math.hypot(end.x - bend.x, end.y - bend.y) || 1;
        const part = Math.min(12, far / 2) / far;
        return { x: bend.x + (end.x - bend.x) * part, y: bend.y + (end.y - bend.y) * part };
      };
      const [from, to] = [toward(before), toward(after)];
      for (let t = 0; t <= 1; t += 0.25) points.push({ x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * bend.x + t * t * to.x, y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * bend.y + t * t * to.y });
    }
    return [...points, bends[bends.length - 1]];
  }
  function lines(ctx, routes, styleOf, boxes) {
    labels = [];
    const styled = routes.map((route) => ({ route, ...styleOf(route.edge) })).sort((one, two) => one.alpha - two.alpha || one.width - two.width);
    const grow = Math.min(Math.max(1, 0.7 / scaleNow()), 3);
    for (const { route, alpha, width } of styled) stroke(ctx, route, alpha, width * grow, grow);
    const taken = boxes.map(({ x, y, box: [w, h] }) => ({ x: x - w / 2, y: y - h / 2, w, h }));
    for (const { route, alpha, quiet } of styled) if (!quiet) badge(ctx, route, alpha, grow, taken);
    ctx.globalAlpha = 1;
  }
  function stroke(ctx, route, alpha, width, grow) {
    const { points, finish, edge } = route;
    const { level, way } = route.into || route;
    const colour = css(looks[edge.kind].colour);
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash((edge.dashes || []).map((length) => length * Math.min(grow, 1.6)));
    ctx.beginPath();
    for (const { x, y } of points) ctx.lineTo(x, y);
    ctx.stroke();
    ctx.setLineDash([]);
    if (!edge.arrows) return;
    const [long, wide] = [9 * grow * way, 4.5 * grow];
    ctx.beginPath();
    ctx.moveTo(finish.x, finish.y);
    if (level) { ctx.lineTo(finish.x - long, finish.y - wide); ctx.lineTo(finish.x - long, finish.y + wide); }
    else { ctx.lineTo(finish.x - wide, finish.y - long); ctx.lineTo(finish.x + wide, finish.y - long); }
    ctx.fill();
  }
  function badge(ctx, route, alpha, grow, taken) {
    const { start, edge, led, points } = route;
    const { level, way } = route.out || route;
    const look = looks[edge.kind];
    if (!edge.label || !look.sign) return;
    const spelt = 11.5 * scaleNow() >= LEAST && level && !led;
    const text = spelt ? edge.label : look.sign;
    const type = spelt ? 11.5 : Math.max(13, LEAST / scaleNow());
    if (type > 34) return;
    ctx.font = `${spelt ? 600 : 700} ${type}px ${SANS}`;
    const h = spelt ? 17 : type * 1.25;
    const w = spelt ? Math.min(ctx.measureText(text).width + 12, GUTTER - 20) : h;
    const first = { x: level ? start.x + way * (w / 2 + 3) : start.x, y: level ? start.y : start.y + way * (h / 2 + 3) };
    // Beside the box where the line starts, or farther along where something stands there already.
    const overlaps = ({ x, y }) => taken.some((other) => x - w / 2 < other.x + other.w && x + w / 2 > other.x && y - h / 2 < other.y + other.h && y + h / 2 > other.y);
    const place = [first, ...[0.3, 0.45, 0.6, 0.75].map((part) => points[Math.round(part * (points.length - 1))])].find((each) => !overlaps(each));
    if (!place) return;
    const { x, y } = place;
    taken.push({ x: x - w / 2, y: y - h / 2, w, h });
    ctx.globalAlpha = alpha;
    ctx.beginPath();
    ctx.roundRect(x - w / 2, y - h / 2, w, h, h / 2);
    ctx.fillStyle = css("paper");
    ctx.fill();
    ctx.lineWidth = 1.2 * Math.min(grow, 1.6);
    ctx.strokeStyle = css(look.colour);
    ctx.stroke();
    ctx.fillStyle = css(look.colour);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + type * 0.06, w - 6);
    labels.push({ text, type, x: x - w / 2 + 3, y: y - type / 2, w: w - 6, h: type });
  }
  function lineAt(routes, { x, y }) {
    const near = 9 / scaleNow();
    let best = { distance: near };
    for (const { points, edge } of routes) {
      for (let n = 1; n < points.length; n += 1) {
        const distance = apart({ x, y }, points[n - 1], points[n]);
        if (distance < best.distance) best = { distance, edge };
      }
    }
    return best.edge;
  }
  function apart(point, one, two) {
    const [dx, dy] = [two.x - one.x, two.y - one.y];
    const t = Math.max(0, Math.min(1, ((point.x - one.x) * dx + (point.y - one.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(point.x - one.x - t * dx, point.y - one.y - t * dy);
  }
  return { box, joint, route, lines, lineAt, written: () => labels.map((label) => ({ ...label, pixels: label.type * scaleNow() })) };
}
