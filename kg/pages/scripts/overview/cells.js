/* Cells of the map near by: boxes with words, under the names of their topics.  Words are never smaller than can be
   read: else they are left out. */

import { css } from "../shared/colours.js";
import { SANS, SERIF, sideBySide, wrap } from "../shared/type.js";
import { isLow } from "../shared/vocabulary.js";

const WORDS = 52; // height of a cell from which it bears its text
const LEAST = 10.5; // pixels: no type is smaller
const SIDE = 8; // pixels between a line of blocks and the name it begins with

/** Return what draws the boxes of a survey and the headings of its topics; `label` is told what is written where. */
export function createCells(survey, place, view, label) {
  const { topics, claims, blocks, cell, shares, looks } = survey;

  /** Draw the boxes of all cells that are seen; those that are not `lit` are pale. */
  function boxes(ctx, lit) {
    const { scale } = view.now;
    const colours = shares.map((share) => css(looks[share].colour));
    const gap = Math.min(6, scale * 0.1);
    const [w, h] = [cell * scale - gap, scale - gap];
    ctx.fillStyle = css("faint");
    ctx.fillRect(0, 0, view.wide(), view.high());
    for (let topic = 0; topic < topics.length; topic += 1) {
      if (!view.isSeen(topic)) continue;
      const [, first, number] = topics[topic];
      for (let claim = first; claim < first + number; claim += 1) {
        const { x, y } = place(claim);
        const [left, top] = view.to(x, y);
        if (left >= view.wide() || left + w <= 0 || top >= view.high() || top + h <= 0) continue;
        ctx.globalAlpha = lit && !lit[claim] ? 0.25 : 1;
        box(ctx, claim, left, top, w, h, colours);
      }
    }
    ctx.globalAlpha = 1;
  }
  function box(ctx, claim, left, top, w, h, colours) {
    ctx.fillStyle = css("claim-tint");
    ctx.fillRect(left, top, w, h);
    ctx.strokeStyle = css("edge");
    ctx.lineWidth = 1;
    ctx.strokeRect(left, top, w, h);
    const tally = survey.tally(claim);
    const strip = h < 28 ? h : Math.max(4, h * 0.12);
    bars(ctx, tally, left, top, w, h, strip, colours);
    if (h >= WORDS) words(ctx, claim, left + 7, top + strip + 4, w - 12, h - strip - 8, tally, colours);
    else if (h >= strip + LEAST + 4) counts(ctx, tally, colours, left + 4, top + strip + (h - strip) / 2, w - 6, LEAST);
  }
  function bars(ctx, tally, left, top, w, h, strip, colours) {
    const total = tally.reduce((sum, [, number]) => sum + number, 0);
    let from = left;
    for (const [share, number] of tally) {
      const part = (w * number) / total;
      const low = strip === h && isLow(share) ? h / 2 : 0;
      ctx.fillStyle = colours[shares.indexOf(share)];
      ctx.fillRect(from, top + low, Math.max(1, part - 0.5), strip - low);
      from += part;
    }
  }
  function words(ctx, claim, left, top, w, h, tally, colours) {
    const type = Math.min(15, Math.max(LEAST, h / 5.2));
    const foot = type + 4;
    const line = type * 1.18;
    const rows = wrap(ctx, claims.text[claim], `400 ${type}px ${SERIF}`, w, Math.floor((h - foot) / line));
    ctx.fillStyle = css("ink");
    set(ctx);
    rows.forEach((row, n) => write(ctx, row, left, top + line * (n + 0.5), ctx.measureText(row).width, type));
    counts(ctx, tally, colours, left, top + h - foot / 2 + 1, w, Math.max(LEAST, type * 0.88));
  }
  function counts(ctx, tally, colours, left, middle, w, type) {
    set(ctx);
    const texts = tally.map(([share, number]) => `${looks[share].sign} ${number}`);
    sideBySide(ctx, texts, `700 ${type}px ${SANS}`, w, type * 0.7, 3).forEach(({ text, x, width }, n) => {
      ctx.fillStyle = colours[shares.indexOf(tally[n][0])];
      write(ctx, text, left + x, middle, width, type);
    });
  }
  function set(ctx) {
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
  }
  function write(ctx, text, x, middle, across, type) {
    ctx.fillText(text, x, middle);
    label({ text, pixels: type, x, y: middle - type * 0.55, w: across, h: type * 1.1 });
  }

  /** Write the names of topics above their blocks. */
  function headings(ctx) {
    const room = blocks.head * view.now.scale;
    const type = Math.min(15, Math.max(LEAST, room * 0.62));
    set(ctx);
    if (room < LEAST * 1.15) return guides(ctx);
    ctx.font = `600 ${type}px ${SANS}`;
    ctx.fillStyle = css("ink");
    topics.forEach(([name], topic) => {
      const [left, top] = view.to(...blocks.corners[topic]);
      if (top < 0 || top - room > view.high() || left > view.wide()) return;
      const across = ctx.measureText(name).width;
      if (left + across < 0) return;
      const next = roomFor(topic, left);
      const [shown] = across <= next ? [name] : wrap(ctx, name, ctx.font, next, 1);
      if (!shown || shown.length <= Math.min(3, name.length - 1)) return;
      write(ctx, shown, left, top - room * 0.45, ctx.measureText(shown).width, type);
    });
  }
  /** Return the pixels up to the next block of a line. */
  function roomFor(topic, left) {
    const [x, y] = blocks.corners[topic];
    const next = blocks.corners[topic + 1];
    return topic + 1 < topics.length && next[1] === y ? (next[0] - x) * view.now.scale - 6 : view.wide() - left;
  }
  /** Where names do not fit above their blocks, each line bears the name that it begins with, like a dictionary. */
  function guides(ctx) {
    ctx.font = `600 11px ${SANS}`;
    let last = -Infinity;
    topics.forEach(([name], topic) => {
      const [x, y] = blocks.corners[topic];
      if (topic && blocks.corners[topic - 1][1] === y) return;
      const [start, middle] = view.to(x, y + blocks.rows / 2);
      if (middle < 6 || middle > view.high() - 6 || middle - last < 16) return;
      last = middle;
      const shown = wrap(ctx, name, ctx.font, view.margin() - 14, 1)[0] || "";
      const across = ctx.measureText(shown).width;
      const left = Math.max(5, start - across - SIDE);
      ctx.fillStyle = css("paper");
      ctx.globalAlpha = 0.9;
      ctx.fillRect(left - 3, middle - 7.5, across + 6, 15);
      ctx.globalAlpha = 1;
      ctx.fillStyle = css("ink");
      write(ctx, shown, left, middle, across, 11);
    });
  }
  return { boxes, headings };
}
