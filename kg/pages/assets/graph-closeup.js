/* Draws the dispute of one claim of the overview: the claim in the middle, what is for it on the left, what answers or
   limits it on the right, what is said to each of these outside it.  An SVG of links: Tab reaches each, Enter follows. */
"use strict";
function graphCloseup(survey, looks, css, hrefOf) {
  const SANS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif"; // dv, nt: base.css
  const SERIF = "Georgia, Times New Roman, Liberation Serif, dvs, nts, serif";
  const [GAP, PAD, NARROW] = [14, 10, 700];
  let [WIDTH, COLUMN] = [230, 330]; // of a box, and from the middle of a column to the next
  const MOST = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]; // lines a side
  const LEAST = 0.9; // the smallest scale: type of 11.5 is then 10.4 pixels high
  const ORDER = ["supports", "opposes", "undercuts", "qualifies", "no evidence", "stance not stated", "direction not stated"];
  const ruler = document.createElement("canvas").getContext("2d");
  const node = (tag, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  function card(item) {
    const spoken = survey.voice(item.voice);
    const text = survey.words(item);
    const who = [...new Set([spoken.who, spoken.source, spoken.date])].filter((part) => part && part !== text).join(", ");
    return sized({ ...item, text, who });
  }
  function sized(box) {
    box.rows = graphWrap(ruler, box.text, `400 14px ${SERIF}`, WIDTH - 2 * PAD - 4, 4);
    box.foot = box.who ? graphWrap(ruler, box.who, `400 11.5px ${SANS}`, WIDTH - 2 * PAD - 4, 2) : [];
    box.head = box.head || (box.kind ? `${looks[box.kind].sign} ${word(box)}` : "");
    box.h = 2 * PAD + (box.head ? 16 : 0) + box.rows.length * 18 + box.foot.length * 14 + (box.counts ? 20 : 0);
    return box;
  }
  const word = (item) => looks[survey.told(item) ? item.stance : item.kind].word;

  /* Places: a line of a side is its box, and farther out the boxes of what is said to it */
  function side(items, way, most, answered) {
    const shown = items.slice(0, most);
    const placed = [];
    let y = 0;
    for (const item of shown) {
      const box = card(item);
      const answers = item.answers.slice(0, answered).map(card);
      if (item.answers.length > answers.length) answers.push(more(item.answers.length - answers.length));
      const deep = Math.max(box.h, answers.reduce((sum, each) => sum + each.h + GAP, -GAP));
      placed.push({ box, x: way * COLUMN, y: y + deep / 2 });
      let at = y + (deep - answers.reduce((sum, each) => sum + each.h + GAP, -GAP)) / 2;
      for (const each of answers) {
        placed.push({ box: each, x: 2 * way * COLUMN, y: at + each.h / 2, onto: box });
        at += each.h + GAP;
      }
      y += deep + GAP;
    }
    if (items.length > shown.length) {
      const rest = more(items.length - shown.length);
      placed.push({ box: rest, x: way * COLUMN, y: y + rest.h / 2 });
      y += rest.h + GAP;
    }
    return placed.map((each) => ({ ...each, y: each.y - (y - GAP) / 2 }));
  }
  const more = (number) => ({ more: true, claim: -1, text: "", rows: [`and ${number.toLocaleString("en")} more`], foot: [], head: "", h: 2 * PAD + 18 });
  // Each kind in turn, that of many no kind is folded away; those that are answered first.
  function inTurn(items) {
    const piles = ORDER.map((kind) => items.filter((item) => item.kind === kind).sort((one, two) => two.answers.length - one.answers.length));
    return Array.from({ length: Math.max(...piles.map((pile) => pile.length)) }, (_, at) => piles.flatMap((pile) => pile.slice(at, at + 1))).flat();
  }

  /* As many lines a side as fit `high`, at a scale at which no type is smaller than 10 pixels */
  function layout(claim, wide, high, open) {
    const items = survey.dispute(claim);
    const pro = inTurn(items.filter((item) => item.kind === "supports"));
    const con = inTurn(items.filter((item) => item.kind !== "supports"));
    const narrow = wide < NARROW;
    [WIDTH, COLUMN] = narrow ? [wide - 92, 0] : items.some((item) => item.answers.length) ? [178, 236] : [230, 330];
    const middle = sized({ claim, text: survey.claims.text[claim], counts: survey.tally(claim), who: "", head: "claim" });
    if (narrow) return column(middle, pro, con, open ? 400 : 5);
    const drawn = (most, answers) => [{ box: middle, x: 0, y: 0 }, ...side(pro, -1, most, answers), ...side(con, 1, most, answers)];
    if (open) return drawn(400, 12);
    // Rather four lines with one answer each than one line with all of its answers.
    let found = { most: 0, places: drawn(1, 1) };
    for (const answers of [3, 2, 1]) {
      const most = MOST.find((each) => tall(drawn(each, answers)) <= high / LEAST) || 0;
      if (most > found.most) found = { most, places: drawn(most, answers) };
      if (most >= 4) break;
    }
    return found.places;
  }
  const tall = (places) => { const [, top, , bottom] = extent(places); return bottom - top; };
  function column(middle, pro, con, most) { // on a telephone: under each other, for to the left, the rest to the right
    let y = middle.h / 2 + 2 * GAP;
    const under = (items, x) => [...items.slice(0, most).map(card), ...(items.length > most ? [more(items.length - most)] : [])].map((box) => {
      y += box.h + GAP;
      return { box, x, y: y - GAP - box.h / 2, bus: Math.sign(x) };
    });
    return [{ box: middle, x: 0, y: 0 }, ...under(pro, -10), ...under(con, 10)];
  }
  function extent(places) {
    const edges = (way, size) => places.map((each) => each[way < 2 ? "x" : "y"] + (way % 2 ? 1 : -1) * size(each.box));
    return [Math.min(...edges(0, () => WIDTH / 2)), Math.min(...edges(2, (box) => box.h / 2)), Math.max(...edges(1, () => WIDTH / 2)), Math.max(...edges(3, (box) => box.h / 2))];
  }

  function draw(claim, wide, high, open) {
    const places = layout(claim, wide, high, open);
    const [left, top, right, bottom] = extent(places);
    const at = new Map(places.map((place) => [place.box, place]));
    const middle = places[0];
    const svg = node("svg", { xmlns: "http://www.w3.org/2000/svg", role: "group", "aria-label": `The dispute of: ${survey.claims.text[claim]}` });
    const links = places.filter((place) => place !== middle && !place.box.more);
    svg.append(...links.map((place) => line(place, place.onto ? at.get(place.onto) : middle)), ...places.map((place) => boxed(place, place === middle, claim)));
    const [w, h] = [right - left + 40, bottom - top + 40];
    const scale = Math.max(Math.min(wide / w, open ? 1 : high / h, 1.15), LEAST);
    const set = { viewBox: `${left - 20} ${top - 20} ${w} ${h}`, width: Math.round(w * scale), height: Math.round(h * scale) };
    for (const [name, value] of Object.entries(set)) svg.setAttribute(name, value);
    return svg;
  }
  function line(from, to) {
    const way = Math.sign(to.x - from.x);
    if (from.bus) return bus(from, to);
    const [x, y, endX, endY] = [from.x + (way * WIDTH) / 2, from.y, to.x - (way * WIDTH) / 2, to.y];
    const look = looks[from.box.kind];
    const colour = css(look.colour);
    const half = (endX - x) / 2;
    return node("g", { "aria-hidden": "true" },
      node("path", { d: `M${x} ${y}C${x + half} ${y} ${endX - half} ${endY} ${endX - way * 8} ${endY}`, fill: "none", stroke: colour, "stroke-width": 1.7, "stroke-dasharray": look.dash.join(" ") || "none" }),
      node("path", { d: `M${endX} ${endY}l${-way * 9} -4.5v9z`, fill: colour }));
  }
  function bus(from, to) { // along the edge up to the claim
    const [edge, target] = [from.x + (from.bus * WIDTH) / 2, to.x + (from.bus * WIDTH) / 2];
    const outer = from.bus * (WIDTH / 2 + 26);
    const look = looks[from.box.kind];
    const colour = css(look.colour);
    return node("g", { "aria-hidden": "true" },
      node("path", { d: `M${edge} ${from.y}H${outer}V${to.y}H${target + from.bus * 8}`, fill: "none", stroke: colour, "stroke-width": 1.7, "stroke-dasharray": look.dash.join(" ") || "none" }),
      node("path", { d: `M${target} ${to.y}l${from.bus * 9} -4.5v9z`, fill: colour }));
  }
  function boxed({ box, x, y }, middle, centre) {
    const [left, top] = [x - WIDTH / 2, y - box.h / 2];
    const look = box.kind && looks[box.kind];
    const parts = [node("rect", { x: left, y: top, width: WIDTH, height: box.h, rx: 2, fill: css(look ? `${look.colour}-tint` : "claim-tint"),
      stroke: css(middle ? "focus" : look ? look.colour : "edge"), "stroke-width": middle ? 3 : 1.2, "stroke-dasharray": box.more ? "4 4" : "none" })];
    let at = top + PAD;
    const write = (text, size, weight, face, colour, height) => {
      parts.push(node("text", { x: left + PAD, y: at + height * 0.76, "font-size": size, "font-weight": weight, "font-family": face, fill: css(colour) }, text));
      at += height;
    };
    if (box.head) write(box.head, 11.5, 600, SANS, look ? look.colour : "soft", 16);
    for (const row of box.rows) write(row, box.more ? 13 : 14, 400, box.more ? SANS : SERIF, "ink", 18);
    for (const row of box.foot) write(row, 11.5, 400, SANS, "soft", 14);
    if (box.counts) {
      let across = left + PAD;
      for (const [share, number] of box.counts) {
        parts.push(node("text", { x: across, y: at + 15, "font-size": 14, "font-weight": 700, "font-family": SANS, fill: css(looks[share].colour) }, `${looks[share].sign} ${number}`));
        ruler.font = `700 14px ${SANS}`;
        across += ruler.measureText(`${looks[share].sign} ${number}`).width + 10;
      }
    }
    const said = [box.kind && word(box), box.text || box.rows[0], box.who].filter(Boolean).join(": ");
    const href = box.more ? hrefOf(centre, true) : box.claim >= 0 ? hrefOf(box.claim) : box.premise ? hrefOf(box.about) : "";
    return href ? node("a", { href, "aria-label": said }, ...parts) : node("g", { role: "img", "aria-label": said }, ...parts);
  }
  return { draw };
}
