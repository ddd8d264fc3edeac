/* Map of all claims: each a cell, its width shared between what is for it (left) and against it (right).  Far off, cells
   are pixels; near by they become boxes with words. */

import { css, onSchemeChange } from "../shared/colours.js";
import { createSvgContext } from "../shared/svg-context.js";
import { createCells } from "./cells.js";
import { createPixels } from "./pixels.js";
import { onPointer } from "./pointer.js";
import { createThreads } from "./threads.js";
import { createView } from "./view.js";

const PIXELS = 15; // height of a cell from which it is a box

/** Return the map of a survey; `on.point` and `on.choose` are told what the reader does. */
export function createMap(canvas, all, on) {
  const blocks = {}; // where those of the topics stand
  const survey = { ...all, blocks };
  const { topics, cell, topicOf, places } = survey;
  const surface = canvas.getContext("2d");
  let shown = { lit: null, path: [], chosen: -1 };
  let hovered = -1;
  let labels = [];
  let asked = 0;
  const place = (claim) => {
    const topic = topicOf[claim];
    const at = claim - topics[topic][1];
    const [x, y] = blocks.corners[topic];
    return { x: x + Math.floor(at / blocks.rows) * cell, y: y + (at % blocks.rows) };
  };
  /** Set the blocks up for a wide or a tall stage. */
  const shape = (stage) => Object.assign(blocks, places[stage.clientWidth < stage.clientHeight ? 1 : 0]);
  const redraw = () => {
    asked = asked || requestAnimationFrame(draw);
  };
  const view = createView(canvas, survey, place, redraw);
  const pixels = createPixels(survey);
  const cells = createCells(survey, place, view, (label) => labels.push(label));
  const { threads, ring } = createThreads(survey, view);

  function draw() {
    asked = 0;
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const [w, h] = [Math.round(view.wide() * ratio), Math.round(view.high() * ratio)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    if (!w || !h) return;
    labels = [];
    surface.setTransform(1, 0, 0, 1, 0, 0);
    const isFar = view.now.scale < PIXELS;
    if (isFar) pixels.draw(surface, view, ratio, shown.lit);
    surface.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!isFar) cells.boxes(surface, shown.lit);
    above(surface);
  }
  function above(ctx) {
    cells.headings(ctx);
    threads(ctx, shown.path, hovered >= 0 ? hovered : shown.chosen);
    ring(ctx, hovered, "ink");
    ring(ctx, shown.chosen, "focus");
  }
  /** Return what is in view as SVG, by the same calls. */
  function svg() {
    const ctx = createSvgContext();
    cells.boxes(ctx, shown.lit);
    above(ctx);
    return ctx.text(0, 0, view.wide(), view.high(), css("faint"));
  }

  onPointer(
    canvas,
    view,
    (left, top) => {
      const { claim } = view.hit(left, top);
      if (claim === hovered) return;
      hovered = claim;
      on.point(claim);
      redraw();
    },
    (left, top) => on.choose(view.hit(left, top)),
  );
  onSchemeChange(() => {
    pixels.recolour();
    redraw();
  });
  /** Show which claims are lit (null for all), a path and the chosen claim. */
  function show({ lit = null, path = [], chosen = -1 }) {
    shown = { lit, path, chosen };
    redraw();
  }
  /** For whoever checks a picture: what is drawn now, and where. */
  const drawn = () => ({ scale: view.now.scale, labels, corners: { x: view.now.x, y: view.now.y } });
  const { fit, zoom, pan, toTopic, toClaims, middle } = view;
  return { blocks, shape, draw, svg, show, drawn, view: view.now, fit, zoom, pan, toTopic, toClaims, middle };
}
