/* Drawing of boxes, inferences and lines on the canvas that vis-network pans and zooms; each line bears its sign where
   it starts. */

import { css } from "../shared/colours.js";
import { SANS } from "../shared/type.js";
import { relationOfCard } from "../shared/vocabulary.js";
import { createWords, LEAST } from "./words.js";

const FOLD = 14; // of the corner of a source's sheet
const MOST_BADGE = 34; // type of a sign beyond which it would hide what stands near
const SPELT = 11.5; // type of a word on a line
const WIDEST = 88; // of a word on a line: what is free between two columns
const OUTLINES = {
  agent: (ctx, x, y, w, h) => ctx.roundRect(x, y, w, h, Math.min(h / 2, 18)),
  study: (ctx, x, y, w, h) => ctx.roundRect(x, y, w, h, 9),
  source: (ctx, x, y, w, h) => {
    ctx.moveTo(x, y);
    ctx.lineTo(x + w - FOLD, y);
    ctx.lineTo(x + w, y + FOLD);
    ctx.lineTo(x + w, y + h);
    ctx.lineTo(x, y + h);
    ctx.closePath();
  },
  plain: (ctx, x, y, w, h) => ctx.rect(x, y, w, h),
};

/** Return what draws the page's data; `scaleNow` gives the scale of the picture. */
export function createDrawing(data, scaleNow) {
  const { looks } = data;
  let labels = []; // what was written at this frame, and where
  const colourOf = (card) =>
    card.kind === "statement" ? looks[relationOfCard(card)].colour : data.colours[card.kind] || card.kind;
  const words = createWords(data, colourOf);

  function joint(ctx, card, x, y, isStrong) {
    const look = looks[relationOfCard(card)];
    const type = Math.max(16, LEAST / scaleNow());
    ctx.beginPath();
    ctx.arc(x, y, card.box[0] / 2 - 2, 0, 2 * Math.PI);
    ctx.fillStyle = css("paper");
    ctx.fill();
    ctx.lineWidth = isStrong ? 4 : 2;
    ctx.strokeStyle = css(isStrong ? "focus" : look.colour);
    ctx.stroke();
    if (type > card.box[0] - 4) return;
    ctx.fillStyle = css(look.colour);
    ctx.font = `700 ${type}px ${SANS}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(look.sign, x, y + type * 0.05);
    labels.push({ text: look.sign, type, x: x - type * 0.3, y: y - type / 2, w: type * 0.6, h: type });
  }

  function box(ctx, card, middle, top, isStrong, isHovered) {
    const [w, h] = card.box;
    const [x, y] = [middle - w / 2, top - h / 2];
    const colour = css(colourOf(card));
    ctx.beginPath();
    (OUTLINES[card.kind] || OUTLINES.plain)(ctx, x, y, w, h);
    ctx.fillStyle = css(`${colourOf(card)}-tint`);
    ctx.fill();
    ctx.setLineDash(card.kind === "interest" ? [5, 4] : []);
    ctx.lineWidth = isStrong ? 4 : isHovered ? 2.5 : 1.2;
    ctx.strokeStyle = isStrong ? css("focus") : colour;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = colour;
    if (card.kind === "claim") ctx.fillRect(x, y, w, 3.5);
    if (card.kind === "statement") ctx.fillRect(x, y, 5, h);
    for (const word of words(ctx, card, scaleNow())) write(ctx, word, x, y);
  }
  function write(ctx, { text, dx, dy, font, colour, type, room }, x, y) {
    ctx.font = font;
    ctx.fillStyle = css(colour);
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.fillText(text, x + dx, y + dy, room);
    const w = Math.min(ctx.measureText(text).width, room);
    labels.push({ text, type, x: x + dx, y: y + dy - type * 0.76, w, h: type });
  }

  /** Draw all lines, the strongest last, and then the signs, where nothing stands; it begins a frame. */
  function lines(ctx, routes, styleOf, boxes) {
    labels = [];
    const styled = routes.map((route) => ({ route, ...styleOf(route.edge) }));
    styled.sort((one, two) => one.alpha - two.alpha || one.width - two.width);
    const grow = Math.min(Math.max(1, 0.7 / scaleNow()), 3);
    for (const { route, alpha, width } of styled) stroke(ctx, route, alpha, width * grow, grow);
    const taken = boxes.map(({ x, y, box: [w, h] }) => ({ x: x - w / 2, y: y - h / 2, w, h }));
    for (const { route, alpha, quiet } of styled) if (!quiet) badge(ctx, route, alpha, grow, taken);
    ctx.globalAlpha = 1;
  }
  function stroke(ctx, { points, finish, edge, ...route }, alpha, width, grow) {
    const { level, way } = route.into || route;
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = ctx.fillStyle = css(looks[edge.kind].colour);
    ctx.lineWidth = width;
    ctx.setLineDash((edge.dashes || []).map((length) => length * Math.min(grow, 1.6)));
    ctx.beginPath();
    for (const { x, y } of points) ctx.lineTo(x, y);
    ctx.stroke();
    ctx.setLineDash([]);
    if (edge.arrows) arrow(ctx, finish, level, 9 * grow * way, 4.5 * grow);
  }
  function arrow(ctx, { x, y }, level, long, wide) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    for (const side of [-wide, wide]) ctx.lineTo(...(level ? [x - long, y + side] : [x + side, y - long]));
    ctx.fill();
  }

  /** Draw the sign of a line, or its word where there is room for it. */
  function badge(ctx, route, alpha, grow, taken) {
    const { edge, led } = route;
    const { level } = route.out || route;
    const look = looks[edge.kind];
    if (!edge.label || !look.sign) return;
    const isSpelt = SPELT * scaleNow() >= LEAST && level && !led;
    const text = isSpelt ? edge.label : look.sign;
    const type = isSpelt ? SPELT : Math.max(13, LEAST / scaleNow());
    if (type > MOST_BADGE) return;
    ctx.font = `${isSpelt ? 600 : 700} ${type}px ${SANS}`;
    const h = isSpelt ? 17 : type * 1.25;
    const w = isSpelt ? Math.min(ctx.measureText(text).width + 12, WIDEST) : h;
    const place = freePlace(route, w, h, taken);
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
  /** Return a place beside the box where the line starts, or farther along where something stands there already. */
  function freePlace({ start, points, ...route }, w, h, taken) {
    const { level, way } = route.out || route;
    const beside = level
      ? { x: start.x + way * (w / 2 + 3), y: start.y }
      : { x: start.x, y: start.y + way * (h / 2 + 3) };
    const along = [0.3, 0.45, 0.6, 0.75].map((part) => points[Math.round(part * (points.length - 1))]);
    const isFree = ({ x, y }) =>
      !taken.some(
        (other) =>
          x - w / 2 < other.x + other.w && x + w / 2 > other.x && y - h / 2 < other.y + other.h && y + h / 2 > other.y,
      );
    return [beside, ...along].find(isFree);
  }

  /** Return what was written at this frame, with the height of its type in pixels. */
  const written = () => labels.map((label) => ({ ...label, pixels: label.type * scaleNow() }));
  return { box, joint, lines, written };
}
