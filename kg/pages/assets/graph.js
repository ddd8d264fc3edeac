/* The graph to explore.  One way only: what the reader does changes the address, and the address says what is drawn.
   All text of the data is set as text; nothing here writes HTML. */
(() => {
  "use strict";
  const find = (id) => document.getElementById(`g_${id}`);
  const data = JSON.parse(find("data").textContent);
  const net = graphNetwork(data);
  const { cards, looks, edges, lifted, edgesOf, byId, other, isJoint, isRecord, isVoiced, named, keyOf, unflat, FILTERS } = net;
  const { closeups, contents } = data;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const base = unflat(data.places);

  /* The state, and the address that holds it: #key&on=centre&to=key&open=1&view=all&show=claim&off=cites&topic=massage.
     What it says and the graph has not is left out, and the page says so. */
  const FIELDS = ["on", "to", "view", "show", "off", "open", ...FILTERS];
  const plain = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const list = (value) => (value ? value.split(",") : []);
  function readAddress() {
    const [key, ...rest] = location.hash.slice(1).split("&");
    const words = new URLSearchParams(rest.join("&"));
    const unknown = [...words.keys()].filter((field) => !FIELDS.includes(field));
    const ours = (field, value, known) => known || !value ? value : (unknown.push(`${field} ${value}`.trim()), "");
    const node = (field, value) => named.get(ours(field, value, named.has(value) || (!field && document.getElementById(value)))) || "";
    const several = (field, known) => new Set(list(words.get(field)).filter((value) => ours(field, value, known.has(value))));
    const box = (field) => { const id = node(field, words.get(field)); return cards[id] ? id : ""; };
    const read = { id: node("", plain(key)), on: node("on", words.get("on")), to: box("to"), open: words.has("open"), off: several("off", new Set(Object.keys(looks))), unknown };
    for (const field of FILTERS) read[field] = ours(field, words.get(field) || "", [...find(field).options].some(({ value }) => value === words.get(field)));
    ours("view", words.get("view"), words.get("view") === "all");
    if (!cards[read.id]) read.to = "";
    if (read.to) return { ...read, all: false, on: "", shown: null };
    read.all = words.get("view") === "all" || FILTERS.some((field) => read[field]) || (!contents && !data.around.length);
    read.shown = words.has("show") ? several("show", new Set(Object.values(cards).map((card) => card.group))) : null;
    if (data.around.length) return { ...read, id: read.id || (read.all ? "" : data.around[0]), on: read.all ? "" : data.around[0] };
    if (!read.all && !read.on && read.id) read.on = middleOf(read.id);
    if (!read.all && !read.on && !contents.places.length) read.all = true;
    return read;
  }
  const middleOf = (id) => {
    const edge = byId.get(id);
    return edge ? (isJoint(edge.to) ? edge.from : edge.to) : id;
  };
  function address(changes) {
    const next = { ...state, ...changes };
    const words = new URLSearchParams();
    const middle = next.id && middleOf(next.id);
    if (!next.all && next.on && next.on !== middle) words.set("on", keyOf.get(next.on));
    if (next.all && contents && !FILTERS.some((field) => next[field])) words.set("view", "all");
    if (next.shown) words.set("show", [...next.shown].join(","));
    if (next.id && next.to) words.set("to", keyOf.get(next.to));
    if (next.open && next.on) words.set("open", "1");
    if (next.off.size) words.set("off", [...next.off].join(","));
    for (const field of FILTERS) if (next[field]) words.set(field, next[field]);
    const tail = words.toString();
    return `#${next.id ? encodeURIComponent(keyOf.get(next.id)) : ""}${tail || !next.id ? "&" : ""}${tail}`;
  }
  const go = (changes) => { location.hash = address(changes); };
  const HOME = { id: "", on: "", to: "", open: false, all: false, ...Object.fromEntries(FILTERS.map((field) => [field, ""])) };
  let state = readAddress();

  /* What is to be seen */
  let where = base; // places
  let visible = new Set(); // nodes
  let drawn = []; // edges
  let lone = new Set(); // nodes whose lines are all hidden
  let lit = null; // nodes that do not fade, null for all
  let main = null; // edges of a close-up that lead to its middle
  let routes = [];
  let way = null; // the nodes from one to the other, where a path is asked for
  const MOST_LED = 200; // boxes around which lines are led; beyond, it would take too long
  const shownNow = () => state.shown || new Set(state.all ? data.shown : Object.values(cards).map((card) => card.group));
  const ends = (id) => (byId.has(id) ? [byId.get(id).from, byId.get(id).to] : id ? [id] : []);
  function lookAround() {
    const close = !state.all && state.on;
    way = state.to ? net.path(state.id, state.to) : null;
    where = state.to ? inRow(way || [state.id, state.to]) : state.all || data.around.length ? base : unflat(!close ? contents.places : (state.open && data.unfolded[state.on]) || closeups[state.on]);
    const groups = shownNow();
    const asked = new Set([...ends(state.id), state.on, ...(close ? data.around : []), ...(state.to ? where.keys() : [])]);
    visible = new Set([...where.keys()].filter((id) => isJoint(id) || asked.has(id) || groups.has(cards[id].group)));
    const seen = (edge) => visible.has(edge.from) && visible.has(edge.to);
    const open = (edge) => seen(edge) && !state.off.has(edge.kind);
    const clear = (whether) => {
      for (const id of [...visible].filter((each) => isJoint(each) && !asked.has(each))) {
        if (edgesOf.get(id).filter(whether).length < 2) visible.delete(id);
      }
    };
    clear(seen);
    const near = new Set([...ends(state.id), state.on]);
    const around = (edge) => !close || !isVoiced(edge) || near.has(edge.from) || near.has(edge.to);
    const steps = way && new Set(way.slice(1).map((id, at) => [way[at], id].sort().join()));
    const onWay = (edge) => !state.to || (steps && steps.has([edge.from, edge.to].sort().join()));
    const wanted = (state.all || close || state.to ? edges : lifted).filter((edge) => seen(edge) && around(edge) && onWay(edge));
    const ended = (lines) => new Set(lines.flatMap((edge) => [edge.from, edge.to]));
    const linked = ended(wanted);
    if (close) visible = new Set([...visible].filter((id) => linked.has(id) || asked.has(id)));
    clear(open);
    drawn = wanted.filter(open);
    const held = ended(drawn);
    lone = new Set([...linked].filter((id) => !held.has(id) && !asked.has(id)));
    main = close ? leading(state.on) : null;
    lit = state.to ? null : state.id && state.id !== state.on ? beside(ends(state.id)) : filtered();
    const onward = close ? new Set(edgesOf.get(state.on).filter((edge) => edge.from === state.on).map((edge) => edge.to)) : new Set();
    const upright = (edge) => close && (isRecord(edge) || edge.from === state.on || onward.has(edge.from) || cards[edge.from].kind === "agent");
    const shown = new Map([...where].filter(([id]) => visible.has(id)));
    routes = drawing.route(drawn, shown, upright, !state.all && shown.size <= MOST_LED);
  }
  function inRow(some) { // a path, from left to right and back again in the next line
    const PER_LINE = 4;
    return new Map(some.map((id, at) => {
      const [line, place] = [Math.floor(at / PER_LINE), at % PER_LINE];
      return [id, { x: (line % 2 ? PER_LINE - 1 - place : place) * 360, y: line * 300 }];
    }));
  }
  function leading(middle) {
    const depth = new Map([[middle, 0]]);
    for (const id of depth.keys()) {
      for (const edge of edgesOf.get(id)) if (edge.to === id && !isVoiced(edge) && !depth.has(edge.from)) depth.set(edge.from, depth.get(id) + 1);
    }
    const out = new Set(edgesOf.get(middle).filter((edge) => edge.from === middle && isJoint(edge.to)).map((edge) => edge.to));
    return new Set(drawn.filter((edge) => edge.from === middle || edge.to === middle || out.has(edge.from) ||
      depth.get(edge.from) === depth.get(edge.to) + 1).map((edge) => edge.id));
  }
  function beside(chosen) {
    const found = new Set(chosen);
    const from = byId.has(state.id) ? [] : [...chosen];
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
  function filtered() {
    if (!FILTERS.some((field) => state[field])) return null;
    const fits = (id) => net.fits(id, state);
    return new Set([...visible].filter((id) => isJoint(id) ? edgesOf.get(id).some((edge) => edge.to === id && fits(edge.from)) : fits(id)));
  }

  /* The network: pyvis's nodes and options; its edges are drawn by graphDrawing before the nodes */
  const style = getComputedStyle(document.documentElement);
  const colours = new Map();
  function css(property) {
    if (!colours.has(property)) colours.set(property, style.getPropertyValue(`--${property}`).trim());
    return colours.get(property);
  }
  const drawing = graphDrawing(data, css, () => network.getScale());
  let hovered = "";
  function ctxRenderer({ ctx, id, x, y }) {
    const card = cards[id];
    const strong = id === state.id || (id === state.on && !state.id);
    return {
      drawNode() {
        ctx.globalAlpha = lone.has(id) || (lit && !lit.has(id)) ? 0.2 : 1;
        if (isJoint(id)) drawing.joint(ctx, card, x, y, strong || id === hovered);
        else drawing.box(ctx, card, x, y, strong, id === hovered);
      },
      nodeDimensions: { width: card.box[0], height: card.box[1] },
    };
  }
  function edgeStyle(edge) {
    const mine = edge.id === state.id || edge.from === hovered || edge.to === hovered;
    const faded = lit && !(lit.has(edge.from) && lit.has(edge.to));
    const aside = main ? !main.has(edge.id) || isRecord(edge) : isVoiced(edge);
    const near = edge.from === state.on || edge.to === state.on;
    const alpha = mine ? 1 : faded ? 0.08 : aside ? (lit ? 0.7 : near ? 0.5 : 0.25) : state.all && !lit ? 0.75 : 1;
    // A joint bears the sign of the line that goes on from it.
    const quiet = alpha < 0.5 || isJoint(edge.from);
    return { alpha, width: edge.id === state.id ? 4 : mine ? 2.6 : aside ? 1.2 : 1.7, quiet };
  }
  // When vis-network culls what is off screen, it takes a node of our drawing for a square of this half side.
  const nodes = new vis.DataSet(data.nodes.id.map((id, at) => ({ id, x: data.nodes.x[at], y: data.nodes.y[at], size: Math.max(...cards[id].box) / 2 })));
  Object.assign(data.options.nodes, { shape: "custom", ctxRenderer });
  const frame = find("canvas");
  const network = new vis.Network(frame, { nodes, edges: [] }, data.options);
  const surface = frame.querySelector(".vis-network");
  surface.setAttribute("role", "application");
  surface.setAttribute("aria-label", "Picture of the graph. Arrow keys walk along the lines, Enter reads, Escape goes back.");
  const seenBoxes = () => [...visible].map((id) => ({ ...where.get(id), box: cards[id].box }));
  network.on("beforeDrawing", (ctx) => drawing.lines(ctx, routes, edgeStyle, seenBoxes()));
  const place = () => nodes.update(net.ids.map((id) => ({ id, hidden: !visible.has(id), ...(where.get(id) || base.get(id)) })));

  /* The camera */
  let started = false;
  function show(ids, least, centre) {
    const seen = [...ids].filter((id) => visible.has(id));
    if (!seen.length) return;
    const corners = seen.flatMap((id) => {
      const [{ x, y }, [w, h]] = [where.get(id), cards[id].box];
      return [[x - w / 2, y - h / 2], [x + w / 2, y + h / 2]];
    });
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [wide, high] = [frame.clientWidth - 40, frame.clientHeight - 40];
    const fit = Math.min(wide / (right - left), high / (bottom - top), 1.1);
    const scale = Math.max(fit, least);
    // What does not fit at a scale that can be read is shown around its middle, or from its top left corner on.
    const from = (centre && where.get(centre)) || { x: left, y: top };
    const within = (value, low, high, room) => (high - low <= room ? (low + high) / 2 : Math.min(Math.max(value, low + room / 2), high - room / 2));
    const position = { x: within(from.x, left, right, wide / scale), y: within(from.y, top, bottom, high / scale) };
    network.moveTo({ position, scale, animation: started && !calm.matches && { duration: 350, easingFunction: "easeInOutQuad" } });
  }
  const aim = () => {
    if (state.to) show(visible, 0.45, state.id);
    else if (state.all) show(lit || visible, lit ? 0.5 : contents ? 0.12 : 0.42, middleOf(state.id));
    else show(visible, state.on ? 0.55 : 0.42, state.on || contents.first[0]);
  };

  /* Details */
  const details = graphDetails(net, data, {
    address, go, HOME, suggest: (text) => suggest(text),
    canCentre: (id) => Boolean(contents) && (state.all || state.on !== middleOf(id)),
  });
  const { make, jump } = details;
  function filterDetails(fitting) {
    const chosen = FILTERS.map((field) => find(field)).filter((select) => select.value)
      .map((select) => (["since", "until"].includes(select.id.slice(2)) ? `${select.id.slice(2)} ${select.value}` : select.selectedOptions[0].textContent));
    return [
      make("p", { class: "kicker" }, `${fitting.length} of ${visible.size} boxes`),
      make("h2", null, chosen.join(", ")),
      make("ul", null, ...fitting.map((id) => make("li", null, make("span", { class: "verb soft" }, `${cards[id].word}: `), jump(id)))),
    ];
  }
  function tell() {
    const fitting = lit ? [...lit].filter((id) => !isJoint(id)) : [];
    const content = state.to ? details.pathDetails(state.id, state.to, way) : byId.has(state.id) ? details.edgeDetails(byId.get(state.id)) : state.id ? details.nodeDetails(state.id) : lit ? filterDetails(fitting) : [];
    find("details").replaceChildren(...content);
    find("details").hidden = !content.length;
    find("start").hidden = Boolean(content.length);
    find("panel").scrollTop = 0;
    const chosen = byId.has(state.id) ? "a line" : state.id && cards[state.id].name;
    const left = state.unknown.map((words) => `“${words}”`).join(", ");
    say(left ? `The address names what this graph has not; left out: ${left}.` : chosen ? `Details: ${chosen}` : lit ? `${fitting.length} boxes fit` : "", Boolean(left));
  }
  function say(words, toAll) {
    find("status").textContent = words;
    find("status").classList.toggle("unseen", !toAll);
  }

  /* The controls say what the address says */
  function setControls() {
    for (const field of FILTERS) find(field).value = state[field];
    for (const box of find("relations").querySelectorAll("input")) box.checked = !list(box.value).every((kind) => state.off.has(kind));
    const groups = shownNow();
    for (const box of find("groups").querySelectorAll("input")) box.checked = groups.has(box.value);
    find("groups").hidden = !state.all && !state.on;
    const folded = !state.all && !state.open && !state.to && data.folded[state.on];
    find("more").hidden = !folded;
    find("more").textContent = folded ? `and ${folded} more` : "";
    find("back").setAttribute("aria-pressed", String(!state.all && !state.on));
    find("all").setAttribute("aria-pressed", String(state.all));
  }
  let before = "";
  function apply() {
    state = readAddress();
    lookAround();
    setControls();
    place();
    const aimed = [state.all, state.on, state.open, state.to, state.all && state.id, ...FILTERS.map((field) => state[field]), state.off.size, state.shown ? [...state.shown] : ""].join();
    if (aimed !== before) aim();
    before = aimed;
    tell();
    started = true;
  }

  /* What the reader does */
  addEventListener("hashchange", () => {
    const key = plain(location.hash.slice(1));
    if (key && !named.has(key.split("&")[0]) && document.getElementById(key)) return; // a place in the table
    const was = state.id;
    apply();
    const from = document.activeElement;
    if (state.id && state.id !== was && from && (from === find("find") || from.matches("a"))) find("panel").focus();
  });
  network.on("click", ({ nodes: [hit], pointer }) => {
    const line = hit ? null : drawing.lineAt(routes, pointer.canvas);
    const id = hit || (line && byId.has(line.id) ? line.id : "");
    if (id) go({ id, to: "" });
    else if (state.id) go({ id: state.all ? "" : middleOf(state.on) });
  });
  network.on("doubleClick", ({ nodes: [hit] }) => { if (hit && contents) go({ ...HOME, id: hit }); });
  const hover = find("hover");
  network.on("hoverNode", ({ node }) => {
    hovered = node;
    hover.textContent = cards[node].name;
    hover.hidden = network.getScale() >= 0.93 && !isJoint(node);
    network.redraw();
  });
  network.on("blurNode", () => { hovered = ""; hover.hidden = true; network.redraw(); });
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  surface.addEventListener("keydown", (event) => {
    if (event.key === "Escape") go(HOME);
    else if (event.key === "Enter") find("panel").focus();
    else if (event.key === "+" || event.key === "-") network.moveTo({ scale: network.getScale() * (event.key === "+" ? 1.25 : 0.8) });
    else if (steps[event.key]) walk(...steps[event.key]);
    else return;
    event.preventDefault();
  });
  function walk(right, down) {
    const here = middleOf(state.id);
    if (!here || !where.has(here)) return go({ id: state.on || [...visible].find((id) => !isJoint(id)) });
    const from = where.get(here);
    const score = (id) => {
      const [x, y] = [where.get(id).x - from.x, where.get(id).y - from.y];
      const [along, across] = [x * right + y * down, Math.abs(x * down) + Math.abs(y * right)];
      return along > 0 ? across + along / 4 : Infinity;
    };
    const near = drawn.filter((edge) => edge.from === here || edge.to === here).map((edge) => other(edge, here)).concat(
      [...visible].filter((id) => id !== here && where.get(id).x === from.x));
    const best = near.reduce((found, id) => (score(id) < score(found) ? id : found), here);
    if (best !== here) go({ id: best });
  }
  function suggest(text) {
    find("names").replaceChildren(...net.search(text, 12).map((id) => make("option", { value: cards[id].name })));
  }
  find("find").addEventListener("input", (event) => suggest(event.target.value));
  find("more").addEventListener("click", () => go({ open: true }));
  find("find").addEventListener("change", (event) => {
    if (!event.target.value.trim()) return;
    const [id] = net.search(event.target.value, 1);
    if (id) go({ ...HOME, id });
    else say(`Nothing is called “${event.target.value}”.`, true);
  });
  for (const field of FILTERS) find(field).addEventListener("change", (event) => go({ id: "", on: "", to: "", open: false, all: false, [field]: event.target.value }));
  const ticked = (id, on) => new Set([...find(id).querySelectorAll("input")].filter((box) => box.checked === on).flatMap((box) => list(box.value)));
  find("relations").addEventListener("change", () => go({ off: ticked("relations", false) }));
  find("groups").addEventListener("change", () => go({ shown: ticked("groups", true) }));
  find("back").addEventListener("click", () => { if (state.all || state.on) go(HOME); else aim(); });
  find("all").addEventListener("click", () => { if (state.all && !state.id && !lit) aim(); else go({ ...HOME, all: true }); });
  find("bar").addEventListener("submit", (event) => event.preventDefault());
  dark.addEventListener("change", () => { colours.clear(); network.redraw(); });
  let size = "";
  new ResizeObserver(() => {
    const now = `${frame.clientWidth} ${frame.clientHeight}`;
    if (now === size) return;
    size = now;
    network.setSize("100%", "100%");
    network.redraw();
    aim();
  }).observe(frame);

  /* Saving: the whole picture as it is now, drawn once more by the same calls */
  function picture() {
    const places = [...visible].map((id) => [id, where.get(id), cards[id].box]);
    const edge = (way, size) => places.map(([, { x, y }, [w, h]]) => (size ? y + (way * h) / 2 : x + (way * w) / 2));
    const [left, top] = [Math.min(...edge(-1, 0)) - 40, Math.min(...edge(-1, 1)) - 40];
    const [wide, high] = [Math.max(...edge(1, 0)) + 40 - left, Math.max(...edge(1, 1)) + 40 - top];
    const paper = graphSvgContext();
    const whole = graphDrawing(data, css, () => 1);
    whole.lines(paper, routes, edgeStyle, seenBoxes());
    for (const [id, { x, y }] of places) {
      paper.globalAlpha = lone.has(id) || (lit && !lit.has(id)) ? 0.2 : 1;
      if (isJoint(id)) whole.joint(paper, cards[id], x, y, false);
      else whole.box(paper, cards[id], x, y, id === state.on, false);
    }
    return { text: paper.text(left, top, wide, high, css("faint")), wide, high };
  }
  const fileName = () => graphSaving.fileName(state.id && cards[middleOf(state.id)] ? cards[middleOf(state.id)].name : document.title);
  find("svg").addEventListener("click", () => graphSaving.svg(picture().text, fileName()));
  find("png").addEventListener("click", () => { const { text, wide, high } = picture(); return graphSaving.pngOf(text, wide, high, fileName()); });

  for (const [field, values] of [["stance", net.choices.stance], ["standing", net.choices.standing], ["since", net.choices.years], ["until", net.choices.years]]) {
    find(field).append(...values.map((value) => make("option", { value: String(value) }, String(value))));
    find(field).parentElement.hidden = !values.length;
  }
  state = readAddress(); // the filters have their choices only now
  // Without this script the links of the start lead into the table.
  for (const link of find("start").querySelectorAll("a[data-key]")) link.href = `#${encodeURIComponent(link.dataset.key)}`;
  find("bar").hidden = find("key").hidden = false;
  find("key").open = innerWidth > 900;
  apply();
  // For whoever checks a picture: the places, sizes and lines that are drawn now.
  window.graphDrawn = () => ({
    boxes: [...visible].map((id) => ({ id, key: cards[id].key, ...where.get(id), box: cards[id].box, faded: lone.has(id) })),
    labels: drawing.written(),
    corners: [...visible].flatMap((id) => [-1, 1].map((side) => {
      const { x, y } = network.canvasToDOM({ x: where.get(id).x + (side * cards[id].box[0]) / 2, y: where.get(id).y + (side * cards[id].box[1]) / 2 });
      return [x, y];
    })),
    lines: routes.map(({ edge, points }) => ({ from: edge.from, to: edge.to, kind: edge.kind, points })),
  });
  document.documentElement.dataset.ready = "yes";
})();
