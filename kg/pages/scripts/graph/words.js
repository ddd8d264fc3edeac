/* Words of a box: whole where all type is high enough to be read; farther off what it is and who says it are left out,
   the text is set in larger type, and what does not fit ends in an ellipsis. */

import { SANS, SERIF, sideBySide, wrap } from "../shared/type.js";

export const LEAST = 10.2; // pixels: no type is smaller, at any scale
const FEW = 14; // letters that say nothing: what is folded away shows on pointing or on zooming in
const RISE = 0.76; // the part of a line that is above its baseline

/** Return a function that gives the words of a card at a scale, with their places in its box. */
export function createWords({ looks, type: { size, line, pad, gap } }, colourOf) {
  const written = new Map();
  return (ctx, card, scale) => {
    const small = Math.ceil((LEAST / scale) * 4) / 4;
    const key = `${card.key} ${Math.max(small, size.head)}`;
    if (!written.has(key)) written.set(key, small <= size.head ? allWords(ctx, card) : fewWords(ctx, card, small));
    return written.get(key);
  };

  function allWords(ctx, card) {
    const isQuote = card.kind === "statement";
    const face = isQuote || card.kind === "claim" ? SERIF : SANS;
    const [left, room] = [pad + (isQuote ? 3 : 0), card.box[0] - 2 * pad];
    const foot = card.foot || [];
    const tall = (card.word ? line.head : 0) + foot.length * line.foot;
    const rest = tall + (card.foot ? gap : 0) + (card.tally ? line.tally : 0);
    const most = Math.max(1, Math.floor((card.box[1] - 2 * pad - rest + 1) / line.text));
    const found = [];
    let at = pad;
    const write = (text, part, font, type, colour) => {
      found.push({ text, dx: left, dy: at + line[part] * RISE, font, colour, type, room });
      at += line[part];
    };
    if (card.word) {
      const font = `600 ${size.head}px ${SANS}`;
      const [head] = wrap(ctx, card.word, font, room, 1);
      write(head, "head", font, size.head, card.kind === "claim" ? "soft" : colourOf(card));
    }
    // A serif face is narrower than the one that the box was measured by.
    const type = size.text + (face === SERIF ? 1 : 0);
    const font = `400 ${type}px ${face}`;
    for (const text of wrap(ctx, card.name, font, room, most)) write(text, "text", font, type, "ink");
    at += gap;
    for (const text of foot) write(text, "foot", `400 ${size.foot}px ${SANS}`, size.foot, "soft");
    return [...found, ...counts(ctx, card, left, at + line.tally * 0.72, 14)];
  }

  function fewWords(ctx, card, small) {
    const [room, high] = [card.box[0] - 16, card.box[1] - 8];
    const font = (type) => `500 ${type}px ${SANS}`;
    const inLines = (type) => {
      const most = Math.floor((high - (card.tally ? type * 1.2 : 0)) / (type * 1.15));
      return wrap(ctx, card.name, font(type), room, Math.max(0, most));
    };
    const isCut = (rows) => !rows.length || (rows[rows.length - 1].endsWith("…") && !card.name.endsWith("…"));
    // In type as large as it may be without a word being left out, up to a fifth larger than the least.
    let type = small * 1.2;
    let rows = inLines(type);
    while (type > small && isCut(rows)) {
      type = Math.max(small, type - small * 0.08);
      rows = inLines(type);
    }
    if (isCut(rows) && rows.join("").length < FEW) return [];
    const spare = high - rows.length * type * 1.15;
    const tally = card.tally && spare >= type * 1.2 ? type * 1.2 : 0;
    const top = 4 + (spare - tally) / 2;
    const found = rows.map((text, at) => {
      const dy = top + (at + 0.85) * type * 1.15;
      return { text, dx: 8, dy, font: font(type), colour: "ink", type, room };
    });
    return tally ? [...found, ...counts(ctx, card, 8, top + rows.length * type * 1.15 + type, type)] : found;
  }

  function counts(ctx, card, left, dy, type) {
    const font = `700 ${type}px ${SANS}`;
    const tally = card.tally || [];
    const texts = tally.map(([kind, count]) => `${looks[kind].sign} ${count}`);
    const places = sideBySide(ctx, texts, font, card.box[0] - left - 6, type, type * 0.25);
    return places.map(({ text, x, width }, at) => {
      const { colour } = looks[tally[at][0]];
      return { text, dx: left + x, dy, font, colour, type, room: width + 1 };
    });
  }
}
