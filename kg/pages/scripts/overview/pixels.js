/* Pixels of the map far off: cells are written straight into the picture, which takes a few milliseconds for 100,000 of
   them and no graphics card. */

import { css } from "../shared/colours.js";
import { isLow } from "../shared/vocabulary.js";

const [FULL, PALE] = [0.92, 0.16]; // how much of a colour is mixed with the ground

/** Return a colour as the picture stores a pixel: alpha, blue, green, red. */
function pixelOf(colour, share) {
  const ground = css("faint");
  const part = (text, at) => parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16);
  const mix = (at) => Math.round(part(colour, at) * share + part(ground, at) * (1 - share));
  return ((255 << 24) | (mix(2) << 16) | (mix(1) << 8) | mix(0)) >>> 0;
}

/** Return what paints the cells of a survey; `recolour` when the colour scheme turns. */
export function createPixels({ topics, claims, blocks, cell, shares, looks }) {
  const columns = shares.map((share) => Int32Array.from(claims[share]));
  const sum = (claim) => columns.reduce((total, column) => total + column[claim], 0);
  const totals = Int32Array.from(claims.text, (_, claim) => sum(claim));
  const hangs = shares.map(isLow);
  let paint = null;
  let sheet = null;

  function paints() {
    const inks = [...shares.map((share) => css(looks[share].colour)), css("edge")];
    const all = (share) => inks.map((ink) => pixelOf(ink, share));
    return { ground: pixelOf(css("faint"), 1), full: all(FULL), pale: all(PALE) };
  }
  /** Paint all cells that are seen; those that are not `lit` are pale. */
  function draw(ctx, view, ratio, lit) {
    const { width: w, height: h } = ctx.canvas;
    if (!sheet || sheet.width !== w || sheet.height !== h) sheet = ctx.createImageData(w, h);
    const out = new Uint32Array(sheet.data.buffer);
    paint = paint || paints();
    out.fill(paint.ground);
    const { x, y, scale } = view.now;
    const size = scale * ratio;
    const gap = size >= 3.5 ? 1 : 0;
    for (let topic = 0; topic < topics.length; topic += 1) {
      if (!view.isSeen(topic)) continue;
      const [, first, number] = topics[topic];
      const [cx, cy] = [(blocks.corners[topic][0] - x) * size, (blocks.corners[topic][1] - y) * size];
      for (let n = 0; n < number; n += 1) {
        const [column, row] = [(n / blocks.rows) | 0, n % blocks.rows];
        const left = Math.round(cx + column * cell * size);
        const right = Math.max(left + 1, Math.round(cx + (column + 1) * cell * size) - gap);
        const top = Math.round(cy + row * size);
        const bottom = Math.max(top + 1, Math.round(cy + (row + 1) * size) - gap);
        if (right <= 0 || left >= w || bottom <= 0 || top >= h) continue;
        bar(out, w, h, first + n, lit, left, top, right, bottom);
      }
    }
    ctx.putImageData(sheet, 0, 0);
  }
  function bar(out, w, h, claim, lit, left, top, right, bottom) {
    const colours = lit && !lit[claim] ? paint.pale : paint.full;
    const total = totals[claim];
    let done = 0;
    let from = left;
    for (let n = 0; n <= shares.length; n += 1) {
      const isNone = n === shares.length;
      done += isNone ? 0 : columns[n][claim];
      const to = isNone ? right : total ? left + Math.round(((right - left) * done) / total) : left;
      if (to <= from) continue;
      // What is against hangs low, what nobody speaks to is a line: told apart without colour.
      const low = isNone ? bottom - 1 : hangs[n] ? top + ((bottom - top) >> 1) : top;
      const colour = colours[n];
      const start = from < 0 ? 0 : from;
      const end = to > w ? w : to;
      for (let y = low < 0 ? 0 : low; y < bottom && y < h; y += 1) {
        for (let x = y * w + start; x < y * w + end; x += 1) out[x] = colour;
      }
      from = to;
    }
  }
  const recolour = () => {
    paint = null;
  };
  return { draw, recolour };
}
