/* Draws the overview: every claim a cell, its width shared between what is for it (left) and against it (right).
   Far off, cells are written straight into the picture's pixels, which takes a few milliseconds for 100,000 of them and
   no graphics card; near by they become boxes with words.  Words are never smaller than 10 pixels: else they are left out. */
"use strict";
function graphMap(canvas, survey, looks, css, on) {
  const { topics, claims, blocks, cell, shares, count, topicOf, place } = survey;
  const SANS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif"; // dv, nt: base.css
  const SERIF = "Georgia, Times New Roman, Liberation Serif, dvs, nts, serif";
  const [PIXELS, WORDS] = [15, 52]; // heights of a cell from which it is a box, and from which a box bears its text
  const [HEAD, LEAST] = [blocks.head, 10.5];
  const margin = () => (blocks.named && wide() >= 600 ? 12 : Math.min(92, wide() * 0.2)); // on the left, for the names that lines begin with
  const surface = canvas.getContext("2d");
  const columns = shares.map((share) => Int32Array.from(claims[share]));
  const totals = Int32Array.from(claims.text, (_, claim) => columns.reduce((sum, column) => sum + column[claim], 0));
  const hangs = shares.map((share) => share === "opposes" || share === "undercuts");
  let ctx = surface;
  const MOST_THREADS = 12; // beyond, lines would hide what they lead to: the cells at their ends are lit instead
  const view = { x: 0, y: 0, scale: 1 };
  let lit = null;
  let path = [];
  let chosen = -1;
  let hovered = -1;
  let labels = [];
  let ratio = 1;

  /* The camera; sizes are in CSS pixels, places in cell heights */
  const wide = () => canvas.clientWidth;
  const high = () => canvas.clientHeight;
  const whole = () => Math.min((wide() - margin() - 12) / blocks.width, (high() - 24) / blocks.height);
  const most = () => Math.max(190, whole());
  function look(scale, x, y, left = wide() / 2, top = high() / 2) { // world point x, y comes to stand at left, top
    view.scale = Math.min(Math.max(scale, whole() * 0.8), most());
    view.x = x - left / view.scale;
    view.y = y - top / view.scale;
    ask();
  }
  const fit = () => look(whole(), blocks.width / 2, blocks.height / 2, (wide() + margin() - 12) / 2);
  const at = (left, top) => ({ x: view.x + left / view.scale, y: view.y + top / view.scale });
  function zoom(factor, left = wide() / 2, top = high() / 2) {
    const { x, y } = at(left, top);
    look(view.scale * factor, x, y, left, top);
  }
  const centre = () => at(wide() / 2, high() / 2);
  const pan = (dx, dy) => { view.x -= dx / view.scale; view.y -= dy / view.scale; ask(); };
  function toTopic(topic) {
    const [x, y] = blocks.corners[topic];
    const across = Math.ceil(topics[topic][2] / blocks.rows) * cell;
    const scale = Math.min((wide() - 60) / across, (high() - 80) / (blocks.rows + HEAD));
    look(Math.min(scale, 110), x + across / 2, y + (blocks.rows - HEAD) / 2);
  }
  function toClaims(some, least = 0) {
    const places = some.map(place);
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs) + cell, Math.min(...ys), Math.max(...ys) + 1];
    const scale = Math.min((wide() - 60) / (right - left), (high() - 60) / (bottom - top), 90);
    look(Math.max(scale, least), (left + right) / 2, (top + bottom) / 2);
  }
  function hit(left, top) {
    const { x, y } = at(left, top);
    for (let topic = 0; topic < topics.length; topic += 1) {
      const [cx, cy] = blocks.corners[topic];
      const [column, row] = [Math.floor((x - cx) / cell), Math.floor(y - cy)];
      const number = column * blocks.rows + row;
      if (column >= 0 && row >= 0 && row < blocks.rows && number < topics[topic][2]) return { claim: topics[topic][1] + number, topic };
      if (y < cy && y > cy - HEAD && x >= cx && x < cx + Math.max(cell, Math.ceil(topics[topic][2] / blocks.rows) * cell)) return { claim: -1, topic };
    }
    return { claim: -1, topic: -1 };
  }

  /* Drawing */
  let asked = 0;
  const ask = () => { if (!asked) asked = requestAnimationFrame(() => { asked = 0; draw(); }); };
  const inks = () => shares.map((share) => css(looks[share].colour));
  function draw() {
    ratio = Math.min(devicePixelRatio || 1, 2);
    const [w, h] = [Math.round(wide() * ratio), Math.round(high() * ratio)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    if (!w || !h) return;
    labels = [];
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    if (view.scale < PIXELS) pixels(w, h);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (view.scale >= PIXELS) boxes();
    headings();
    threads();
    rings();
  }
  function svg() { // what is in view, with the same calls
    const own = graphSvgContext();
    ctx = own;
    try { boxes(); headings(); threads(); rings(); } finally { ctx = surface; }
    return own.text(0, 0, wide(), high(), css("faint"));
  }
  const inView = (topic) => {
    const [x, y] = blocks.corners[topic];
    const [left, top] = [(x - view.x) * view.scale, (y - view.y) * view.scale];
    const across = Math.ceil(topics[topic][2] / blocks.rows) * cell * view.scale;
    return left < wide() && left + across > 0 && top < high() && top + blocks.rows * view.scale > 0;
  };
  const bytes = (colour, share) => { // as the picture stores a pixel: alpha, blue, green, red
    const mix = (part) => Math.round(parseInt(colour.slice(1 + 2 * part, 3 + 2 * part), 16) * share + parseInt(css("faint").slice(1 + 2 * part, 3 + 2 * part), 16) * (1 - share));
    return ((255 << 24) | (mix(2) << 16) | (mix(1) << 8) | mix(0)) >>> 0;
  };
  let paint = null;
  let sheet = null;
  function pixels(w, h) {
    if (!sheet || sheet.width !== w || sheet.height !== h) sheet = ctx.createImageData(w, h);
    const out = new Uint32Array(sheet.data.buffer);
    paint = paint || { ground: bytes(css("faint"), 1), full: [...inks(), css("edge")].map((ink) => bytes(ink, 0.92)), pale: [...inks(), css("edge")].map((ink) => bytes(ink, 0.16)) };
    out.fill(paint.ground);
    const size = view.scale * ratio;
    const gap = size >= 3.5 ? 1 : 0;
    for (let topic = 0; topic < topics.length; topic += 1) {
      if (!inView(topic)) continue;
      const [, first, number] = topics[topic];
      const [cx, cy] = [(blocks.corners[topic][0] - view.x) * size, (blocks.corners[topic][1] - view.y) * size];
      for (let n = 0; n < number; n += 1) {
        const [column, row] = [(n / blocks.rows) | 0, n % blocks.rows];
        const left = Math.round(cx + column * cell * size);
        const right = Math.max(left + 1, Math.round(cx + (column + 1) * cell * size) - gap);
        const top = Math.round(cy + row * size);
        const bottom = Math.max(top + 1, Math.round(cy + (row + 1) * size) - gap);
        if (right <= 0 || left >= w || bottom <= 0 || top >= h) continue;
        bar(out, w, h, first + n, left, top, right, bottom);
      }
    }
    ctx.putImageData(sheet, 0, 0);
  }
  function bar(out, w, h, claim, left, top, right, bottom) {
    const colours = lit && !lit[claim] ? paint.pale : paint.full;
    const total = totals[claim];
    let done = 0;
    let from = left;
    for (let n = 0; n <= shares.length; n += 1) {
      const none = n === shares.length;
      done += none ? 0 : columns[n][claim];
      const to = none ? right : total ? left + Math.round(((right - left) * done) / total) : left;
      if (to <= from) continue;
      // What is against hangs low, what nobody speaks to is a line: told apart without colour.
      const low = none ? bottom - 1 : hangs[n] ? top + ((bottom - top) >> 1) : top;
      const colour = colours[n];
      const start = from < 0 ? 0 : from;
      const end = to > w ? w : to;
      for (let y = low < 0 ? 0 : low; y < bottom && y < h; y += 1) for (let x = y * w + start; x < y * w + end; x += 1) out[x] = colour;
      from = to;
    }
  }
  function boxes() {
    const s = view.scale;
    const colours = inks();
    ctx.fillStyle = css("faint");
    ctx.fillRect(0, 0, wide(), high());
    for (let topic = 0; topic < topics.length; topic += 1) {
      if (!inView(topic)) continue;
      const [, first, number] = topics[topic];
      for (let n = 0; n < number; n += 1) {
        const { x, y } = place(first + n);
        const [left, top] = [(x - view.x) * s, (y - view.y) * s];
        const [w, h] = [cell * s - Math.min(6, s * 0.1), s - Math.min(6, s * 0.1)];
        if (left < wide() && left + w > 0 && top < high() && top + h > 0) box(first + n, left, top, w, h, colours);
      }
    }
    ctx.globalAlpha = 1;
  }
  function box(claim, left, top, w, h, colours) {
    ctx.globalAlpha = lit && !lit[claim] ? 0.25 : 1;
    ctx.fillStyle = css("claim-tint");
    ctx.fillRect(left, top, w, h);
    ctx.strokeStyle = css("edge");
    ctx.lineWidth = 1;
    ctx.strokeRect(left, top, w, h);
    const tally = survey.tally(claim);
    const total = tally.reduce((sum, [, number]) => sum + number, 0);
    const strip = h < 28 ? h : Math.max(4, h * 0.12);
    let from = left;
    for (const [share, number] of tally) {
      const part = (w * number) / total;
      const low = strip === h && (share === "opposes" || share === "undercuts") ? h / 2 : 0;
      ctx.fillStyle = colours[shares.indexOf(share)];
      ctx.fillRect(from, top + low, Math.max(1, part - 0.5), strip - low);
      from += part;
    }
    if (h >= WORDS) words(claim, left + 7, top + strip + 4, w - 12, h - strip - 8, tally, colours);
    else if (h >= strip + LEAST + 4) counts(tally, colours, left + 4, top + strip + (h - strip) / 2, w - 6, LEAST);
  }
  function words(claim, left, top, w, h, tally, colours) {
    const type = Math.min(15, Math.max(LEAST, h / 5.2));
    const foot = type + 4;
    wrapped(claims.text[claim], left, top, w, h - foot, type, SERIF);
    counts(tally, colours, left, top + h - foot / 2 + 1, w, Math.max(LEAST, type * 0.88));
  }
  function counts(tally, colours, left, middle, w, type) {
    ctx.font = `700 ${type}px ${SANS}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    const texts = tally.map(([share, number]) => [share, `${looks[share].sign} ${number}`]);
    const widths = texts.map(([, text]) => ctx.measureText(text).width);
    const gap = Math.min(type * 0.7, (w - widths.reduce((sum, width) => sum + width, 0)) / Math.max(1, texts.length - 1));
    if (gap < 3) return; // a part of the numbers would mislead
    let x = left;
    texts.forEach(([share, text], n) => {
      ctx.fillStyle = colours[shares.indexOf(share)];
      label(text, x, middle, widths[n], type);
      x += widths[n] + gap;
    });
  }
  function label(text, x, middle, across, type) {
    ctx.fillText(text, x, middle);
    labels.push({ text, pixels: type, x, y: middle - type * 0.55, w: across, h: type * 1.1 });
  }
  function wrapped(text, left, top, w, h, type, face) {
    const line = type * 1.18;
    const rows = graphWrap(ctx, text, `400 ${type}px ${face}`, w, Math.floor(h / line));
    ctx.fillStyle = css("ink");
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    rows.forEach((row, n) => label(row, left, top + line * (n + 0.5), ctx.measureText(row).width, type));
  }
  function headings() {
    const room = HEAD * view.scale;
    const type = Math.min(15, Math.max(LEAST, room * 0.62));
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    if (room < LEAST * 1.15) return guides();
    ctx.font = `600 ${type}px ${SANS}`;
    ctx.fillStyle = css("ink");
    topics.forEach(([name], topic) => {
      const [x, y] = blocks.corners[topic];
      const [left, top] = [(x - view.x) * view.scale, (y - view.y) * view.scale];
      if (top < 0 || top - room > high() || left > wide()) return;
      const next = topic + 1 < topics.length && blocks.corners[topic + 1][1] === y ? (blocks.corners[topic + 1][0] - x) * view.scale - 6 : wide() - left;
      const across = ctx.measureText(name).width;
      if (left + across < 0) return;
      const [shown] = across <= next ? [name] : graphWrap(ctx, name, ctx.font, next, 1);
      if (shown && shown.length > Math.min(3, name.length - 1)) label(shown, left, top - room * 0.45, ctx.measureText(shown).width, type);
    });
  }
  // Where names do not fit above their blocks, each line bears the name that it begins with, like a dictionary.
  function guides() {
    ctx.font = `600 11px ${SANS}`;
    let last = -Infinity;
    topics.forEach(([name], topic) => {
      const [x, y] = blocks.corners[topic];
      if (topic && blocks.corners[topic - 1][1] === y) return;
      const middle = (y + blocks.rows / 2 - view.y) * view.scale;
      if (middle < 6 || middle > high() - 6 || middle - last < 16) return;
      last = middle;
      const shown = graphWrap(ctx, name, ctx.font, margin() - 14, 1)[0] || "";
      const across = ctx.measureText(shown).width;
      const left = Math.max(5, (x - view.x) * view.scale - across - 8);
      ctx.fillStyle = css("paper");
      ctx.globalAlpha = 0.9;
      ctx.fillRect(left - 3, middle - 7.5, across + 6, 15);
      ctx.globalAlpha = 1;
      ctx.fillStyle = css("ink");
      label(shown, left, middle, across, 11);
    });
  }
  const middle = (claim) => {
    const { x, y } = place(claim);
    return { x: (x + cell / 2 - view.x) * view.scale, y: (y + 0.5 - view.y) * view.scale };
  };
  function threads() {
    const from = hovered >= 0 ? hovered : chosen;
    if (path.length) path.slice(1).forEach((claim, n) => thread(path[n], claim, survey.near(path[n]).get(claim)));
    else if (from >= 0 && survey.near(from).size <= MOST_THREADS) for (const [other, edge] of survey.near(from)) thread(from, other, edge);
    ctx.setLineDash([]);
  }
  function thread(claim, other, { kind, out }) {
    const [one, two] = [middle(claim), middle(other)];
    const [start, end] = out ? [one, two] : [two, one];
    const look = looks[kind];
    const bend = { x: (start.x + end.x) / 2 + (end.y - start.y) * 0.12, y: (start.y + end.y) / 2 - (end.x - start.x) * 0.12 };
    ctx.strokeStyle = ctx.fillStyle = css(look.colour);
    ctx.lineWidth = 2;
    ctx.setLineDash(look.dash);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
    ctx.stroke();
    const turn = Math.atan2(end.y - bend.y, end.x - bend.x);
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(end.x, end.y);
    for (const side of [-0.4, 0.4]) ctx.lineTo(end.x - 9 * Math.cos(turn + side), end.y - 9 * Math.sin(turn + side));
    ctx.fill();
    const sign = { x: start.x / 4 + bend.x / 2 + end.x / 4, y: start.y / 4 + bend.y / 2 + end.y / 4 };
    if (Math.hypot(end.x - start.x, end.y - start.y) < 44) return;
    ctx.beginPath();
    ctx.arc(sign.x, sign.y, 8, 0, 2 * Math.PI);
    ctx.fillStyle = css("paper");
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.stroke();
    ctx.fillStyle = css(look.colour);
    ctx.font = `700 12px ${SANS}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(look.sign, sign.x, sign.y + 0.5);
    ctx.textAlign = "left";
  }
  function rings() {
    for (const [claim, colour] of [[hovered, "ink"], [chosen, "focus"]]) {
      if (claim < 0) continue;
      const { x, y } = place(claim);
      const [w, h] = [Math.max(7, cell * view.scale), Math.max(7, view.scale)];
      const { x: left, y: top } = { x: (x + cell / 2 - view.x) * view.scale - w / 2, y: (y + 0.5 - view.y) * view.scale - h / 2 };
      ctx.strokeStyle = css("paper");
      ctx.lineWidth = 5;
      ctx.strokeRect(left - 1, top - 1, w + 2, h + 2);
      ctx.strokeStyle = css(colour);
      ctx.lineWidth = 2.5;
      ctx.strokeRect(left - 1, top - 1, w + 2, h + 2);
    }
  }

  /* The pointer: drag, wheel, pinch; a press that does not move is a choice */
  const pointers = new Map();
  let moved = 0;
  const here = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => { pointers.set(event.pointerId, here(event)); moved = pointers.size > 1 ? 99 : 0; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    const [left, top] = here(event);
    const before = pointers.get(event.pointerId);
    if (!before) return point(left, top);
    const [dx, dy] = [left - before[0], top - before[1]];
    moved += Math.abs(dx) + Math.abs(dy);
    const others = [...pointers].filter(([id]) => id !== event.pointerId);
    pointers.set(event.pointerId, [left, top]);
    if (!others.length) return moved > 4 ? pan(dx, dy) : undefined;
    const [[, [otherLeft, otherTop]]] = others;
    const far = (x, y) => Math.hypot(x - otherLeft, y - otherTop) || 1;
    return zoom(far(left, top) / far(...before), (left + otherLeft) / 2, (top + otherTop) / 2);
  });
  const lift = (event) => {
    if (pointers.delete(event.pointerId) && event.type === "pointerup" && moved <= 4) on.choose(hit(...here(event)));
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => point(-1, -1));
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...here(event)); }, { passive: false });
  function point(left, top) {
    const { claim } = hit(left, top);
    if (claim === hovered) return;
    hovered = claim;
    on.point(claim);
    ask();
  }
  const show = (state) => { ({ lit = null, path = [], chosen = -1 } = state); ask(); };
  const recolour = () => { paint = null; ask(); };
  const drawn = () => ({ scale: view.scale, labels, corners: { x: view.x, y: view.y } });
  return { fit, zoom, svg, pan, look, centre, toTopic, toClaims, show, recolour, draw, drawn, hit, middle, most, view };
}
