/* Close-up of one claim of the overview: its dispute as an SVG of links; Tab reaches each, Enter follows. */

import { css } from "../shared/colours.js";
import { makeSvg } from "../shared/elements.js";
import { SANS, SERIF } from "../shared/type.js";
import { createLayout, extentOf, LEAST, PAD } from "./closeup-layout.js";

const MARGIN = 20;

/** Return a function that draws the dispute of a claim. */
export function createCloseup(survey, hrefOf) {
  const { looks } = survey;
  const layout = createLayout(survey);
  const ruler = document.createElement("canvas").getContext("2d");

  /** Return the SVG, for a place `wide` and `high`; `isOpen` shows all lines. */
  return function draw(claim, wide, high, isOpen) {
    const { places, width } = layout(claim, wide, high, isOpen);
    const [middle] = places;
    const of = new Map(places.map((place) => [place.box, place]));
    const label = `The dispute of: ${survey.claims.text[claim]}`;
    const linked = places.filter((place) => place !== middle && !place.box.more);
    const [left, top, right, bottom] = extentOf(places, width);
    const [w, h] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
    const scale = Math.max(Math.min(wide / w, isOpen ? 1 : high / h, 1.15), LEAST);
    return makeSvg(
      "svg",
      {
        ...{ xmlns: "http://www.w3.org/2000/svg", role: "group", "aria-label": label },
        viewBox: `${left - MARGIN} ${top - MARGIN} ${w} ${h}`,
        ...{ width: Math.round(w * scale), height: Math.round(h * scale) },
      },
      ...linked.map((place) => line(place, place.onto ? of.get(place.onto) : middle, width)),
      ...places.map((place) => boxed(place, place === middle, claim, width)),
    );
  };

  function line(from, to, width) {
    const { colour, dash } = looks[from.box.kind];
    const stroke = { fill: "none", stroke: css(colour), "stroke-width": 1.7 };
    const { path, head } = from.bus ? bus(from, to, width) : arc(from, to, width);
    return makeSvg(
      "g",
      { "aria-hidden": "true" },
      makeSvg("path", { d: path, ...stroke, "stroke-dasharray": dash.join(" ") || "none" }),
      makeSvg("path", { d: head, fill: css(colour) }),
    );
  }
  function arc(from, to, width) {
    const way = Math.sign(to.x - from.x);
    const [x, y, endX, endY] = [from.x + (way * width) / 2, from.y, to.x - (way * width) / 2, to.y];
    const half = (endX - x) / 2;
    return {
      path: `M${x} ${y}C${x + half} ${y} ${endX - half} ${endY} ${endX - way * 8} ${endY}`,
      head: `M${endX} ${endY}l${-way * 9} -4.5v9z`,
    };
  }
  /** Return a line along the edge up to the claim. */
  function bus(from, to, width) {
    const [edge, target] = [from.x + (from.bus * width) / 2, to.x + (from.bus * width) / 2];
    const outer = from.bus * (width / 2 + 26);
    return {
      path: `M${edge} ${from.y}H${outer}V${to.y}H${target + from.bus * 8}`,
      head: `M${target} ${to.y}l${from.bus * 9} -4.5v9z`,
    };
  }

  function boxed({ box, x, y }, isMiddle, centre, width) {
    const [left, top] = [x - width / 2, y - box.h / 2];
    const look = box.kind && looks[box.kind];
    const said = [box.word, box.text || box.rows[0], box.who].filter(Boolean).join(": ");
    const parts = [outline(box, look, isMiddle, left, top, width), ...written(box, look, left + PAD, top + PAD)];
    const about = box.premise ? box.about : box.claim;
    const href = box.more ? hrefOf(centre, true) : about >= 0 ? hrefOf(about) : "";
    if (href) return makeSvg("a", { href, "aria-label": said }, ...parts);
    return makeSvg("g", { role: "img", "aria-label": said }, ...parts);
  }
  function outline(box, look, isMiddle, x, y, width) {
    const edge = look ? look.colour : "edge";
    return makeSvg("rect", {
      ...{ x, y, width, height: box.h, rx: 2 },
      fill: css(look ? `${look.colour}-tint` : "claim-tint"),
      stroke: css(isMiddle ? "focus" : edge),
      "stroke-width": isMiddle ? 3 : 1.2,
      "stroke-dasharray": box.more ? "4 4" : "none",
    });
  }
  function written(box, look, x, top) {
    const parts = [];
    let at = top;
    const text = (words, left, y, size, weight, face, colour) => {
      const type = { "font-size": size, "font-weight": weight, "font-family": face, fill: css(colour) };
      parts.push(makeSvg("text", { x: left, y, ...type }, words));
    };
    const write = (words, size, weight, face, colour, height) => {
      text(words, x, at + height * 0.76, size, weight, face, colour);
      at += height;
    };
    if (box.head) write(box.head, 11.5, 600, SANS, look ? look.colour : "soft", 16);
    for (const row of box.rows) write(row, box.more ? 13 : 14, 400, box.more ? SANS : SERIF, "ink", 18);
    for (const row of box.foot) write(row, 11.5, 400, SANS, "soft", 14);
    let across = x;
    for (const [share, number] of box.counts || []) {
      const words = `${looks[share].sign} ${number}`;
      text(words, across, at + 15, 14, 700, SANS, looks[share].colour);
      ruler.font = `700 14px ${SANS}`;
      across += ruler.measureText(words).width + 10;
    }
    return parts;
  }
}
