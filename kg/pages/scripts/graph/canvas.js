/* Canvas of the graph: pyvis's nodes and options in vis-network, with boxes and lines of our own drawing. */

import { css, onSchemeChange } from "../shared/colours.js";
import { createSvgContext } from "../shared/svg-context.js";
import { extentOf } from "./camera.js";
import { createDrawing } from "./drawing.js";
import { lineAt } from "./routes.js";

const PAPER = 40; // around a saved picture
const NEAR = 9; // pixels within which the pointer is on a line
const FADED = 0.2;

/** Return the canvas in `frame`; `now` gives the state of the page and its scene. */
export function createCanvas(net, data, frame, now) {
  const { cards, isJoint, isRecord, isVoiced } = net;
  let hovered = "";
  const drawing = createDrawing(data, () => network.getScale());
  const isFaded = (id, { lone, lit }) => lone.has(id) || (lit && !lit.has(id));

  function ctxRenderer({ ctx, id, x, y }) {
    const card = cards[id];
    const { state, scene } = now();
    const isStrong = id === state.id || (id === state.on && !state.id);
    return {
      drawNode() {
        ctx.globalAlpha = isFaded(id, scene) ? FADED : 1;
        if (isJoint(id)) drawing.joint(ctx, card, x, y, isStrong || id === hovered);
        else drawing.box(ctx, card, x, y, isStrong, id === hovered);
      },
      nodeDimensions: { width: card.box[0], height: card.box[1] },
    };
  }
  function edgeStyle(edge) {
    const { state, scene } = now();
    const { main, lit } = scene;
    const isChosen = edge.id === state.id;
    const isMine = isChosen || edge.from === hovered || edge.to === hovered;
    const isAside = main ? !main.has(edge.id) || isRecord(edge) : isVoiced(edge);
    const alpha = isMine ? 1 : strengthOf(edge, state, lit, isAside);
    // A joint bears the sign of the line that goes on from it.
    const quiet = alpha < 0.5 || isJoint(edge.from);
    return { alpha, width: isChosen ? 4 : isMine ? 2.6 : isAside ? 1.2 : 1.7, quiet };
  }
  function strengthOf({ from, to }, state, lit, isAside) {
    if (lit && !(lit.has(from) && lit.has(to))) return 0.08;
    const isNear = from === state.on || to === state.on;
    if (isAside) return lit ? 0.7 : isNear ? 0.5 : 0.25;
    return state.all && !lit ? 0.75 : 1;
  }

  // When vis-network culls what is off screen, it takes a node of our drawing for a square of this half side.
  const half = (id) => Math.max(...cards[id].box) / 2;
  const { id: ids, x: xs, y: ys } = data.nodes;
  const nodes = new vis.DataSet(ids.map((id, at) => ({ id, x: xs[at], y: ys[at], size: half(id) })));
  Object.assign(data.options.nodes, { shape: "custom", ctxRenderer });
  const network = new vis.Network(frame, { nodes, edges: [] }, data.options);
  const surface = frame.querySelector(".vis-network");
  surface.setAttribute("role", "application");
  surface.setAttribute(
    "aria-label",
    "Picture of the graph. Arrow keys walk along the lines, Enter reads, Escape goes back.",
  );
  network.on("beforeDrawing", (ctx) => drawing.lines(ctx, now().scene.routes, edgeStyle, boxesNow()));
  onSchemeChange(() => network.redraw());

  function boxesNow() {
    const { visible, where } = now().scene;
    return [...visible].map((id) => ({ id, ...where.get(id), box: cards[id].box }));
  }
  function place(base) {
    const { visible, where } = now().scene;
    nodes.update(net.ids.map((id) => ({ id, hidden: !visible.has(id), ...(where.get(id) || base.get(id)) })));
  }
  function hover(id) {
    hovered = id;
    network.redraw();
  }
  /** Return the line at a point of the picture. */
  const lineUnder = (point) => lineAt(now().scene.routes, point, NEAR / network.getScale());

  /** Return the whole picture as it is now, drawn once more by the same calls, as SVG. */
  function picture() {
    const { state, scene } = now();
    const places = boxesNow();
    const [left, top, right, bottom] = extentOf(places);
    const [wide, high] = [right - left + 2 * PAPER, bottom - top + 2 * PAPER];
    const paper = createSvgContext();
    const whole = createDrawing(data, () => 1);
    whole.lines(paper, scene.routes, edgeStyle, places);
    for (const each of places) {
      paper.globalAlpha = isFaded(each.id, scene) ? FADED : 1;
      if (isJoint(each.id)) whole.joint(paper, cards[each.id], each.x, each.y, false);
      else whole.box(paper, cards[each.id], each.x, each.y, each.id === state.on, false);
    }
    return { text: paper.text(left - PAPER, top - PAPER, wide, high, css("faint")), wide, high };
  }

  /** For whoever checks a picture: the places, sizes and lines that are drawn now. */
  function drawn() {
    const { lone, routes } = now().scene;
    const places = boxesNow();
    const corner = ({ x, y, box: [w, h] }, side) =>
      network.canvasToDOM({ x: x + (side * w) / 2, y: y + (side * h) / 2 });
    return {
      boxes: places.map((each) => ({ key: cards[each.id].key, ...each, faded: lone.has(each.id) })),
      labels: drawing.written(),
      corners: places.flatMap((each) => [-1, 1].map((side) => corner(each, side))).map((point) => [point.x, point.y]),
      lines: routes.map(({ edge, points }) => ({ from: edge.from, to: edge.to, kind: edge.kind, points })),
    };
  }
  return { network, surface, boxesNow, place, hover, lineUnder, picture, drawn };
}
