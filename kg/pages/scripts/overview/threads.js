/* Threads of the map: arguments between cells, in the colour and with the sign of their relation, and the rings around
   the cells that are pointed at or chosen. */

import { css } from "../shared/colours.js";
import { SANS } from "../shared/type.js";

const MOST = 12; // beyond, lines would hide what they lead to: the cells at their ends are lit instead
const SHORT = 44; // pixels below which a line bears no sign

/** Return what draws between cells of a survey. */
export function createThreads(survey, view) {
  const { looks, cell } = survey;

  /** Draw the lines of a path, or those from one claim, -1 for none. */
  function threads(ctx, path, from) {
    if (path.length) path.slice(1).forEach((claim, n) => thread(ctx, path[n], claim, survey.near(path[n]).get(claim)));
    else if (from >= 0) fan(ctx, from);
    ctx.setLineDash([]);
  }
  function fan(ctx, from) {
    const near = survey.near(from);
    if (near.size <= MOST) for (const [other, edge] of near) thread(ctx, from, other, edge);
  }
  function thread(ctx, claim, other, { kind, out }) {
    const [one, two] = [view.middle(claim), view.middle(other)];
    const [start, end] = out ? [one, two] : [two, one];
    const look = looks[kind];
    const bend = {
      x: (start.x + end.x) / 2 + (end.y - start.y) * 0.12,
      y: (start.y + end.y) / 2 - (end.x - start.x) * 0.12,
    };
    ctx.strokeStyle = ctx.fillStyle = css(look.colour);
    ctx.lineWidth = 2;
    ctx.setLineDash(look.dash);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
    ctx.stroke();
    arrow(ctx, end, Math.atan2(end.y - bend.y, end.x - bend.x));
    if (Math.hypot(end.x - start.x, end.y - start.y) < SHORT) return;
    sign(ctx, look, start.x / 4 + bend.x / 2 + end.x / 4, start.y / 4 + bend.y / 2 + end.y / 4);
  }
  function arrow(ctx, { x, y }, turn) {
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    for (const side of [-0.4, 0.4]) ctx.lineTo(x - 9 * Math.cos(turn + side), y - 9 * Math.sin(turn + side));
    ctx.fill();
  }
  function sign(ctx, look, x, y) {
    ctx.beginPath();
    ctx.arc(x, y, 8, 0, 2 * Math.PI);
    ctx.fillStyle = css("paper");
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.stroke();
    ctx.fillStyle = css(look.colour);
    ctx.font = `700 12px ${SANS}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(look.sign, x, y + 0.5);
    ctx.textAlign = "left";
  }

  /** Draw a ring around the cell of a claim, -1 for none. */
  function ring(ctx, claim, colour) {
    if (claim < 0) return;
    const { x, y } = view.middle(claim);
    const [w, h] = [Math.max(7, cell * view.now.scale), Math.max(7, view.now.scale)];
    for (const [ink, width] of [
      ["paper", 5],
      [colour, 2.5],
    ]) {
      ctx.strokeStyle = css(ink);
      ctx.lineWidth = width;
      ctx.strokeRect(x - w / 2 - 1, y - h / 2 - 1, w + 2, h + 2);
    }
  }
  return { threads, ring };
}
