/* Type on a canvas: its faces, a text broken into the lines that fit, and texts side by side. */

// dv, nt, dvs, nts: fonts of base.css.
export const SANS = "Helvetica Neue, Helvetica, Arial, Liberation Sans, dv, nt, sans-serif";
export const SERIF = "Georgia, Times New Roman, Liberation Serif, dvs, nts, serif";

/** Return `text` in at most `most` lines of width `room`, measured in `font`; an ellipsis ends the last if it goes on. */
export function wrap(ctx, text, font, room, most) {
  ctx.font = font;
  const rows = [];
  let row = "";
  for (let word of text.split(/(?<=_)|\s+/)) {
    const glue = row && !row.endsWith("_") ? " " : "";
    if (ctx.measureText(row + glue + word).width <= room) {
      row += glue + word;
      continue;
    }
    if (row) rows.push(row);
    while (rows.length <= most && ctx.measureText(word).width > room && word.length > 1) {
      let fits = word.length - 1;
      while (fits > 1 && ctx.measureText(word.slice(0, fits)).width > room) fits -= 1;
      rows.push(word.slice(0, fits));
      word = word.slice(fits);
    }
    row = word;
    if (rows.length > most) break;
  }
  if (row) rows.push(row);
  if (rows.length <= most) return rows;
  let last = rows[most - 1] || "";
  while (last && ctx.measureText(`${last}…`).width > room) last = last.slice(0, -1);
  return most ? [...rows.slice(0, most - 1), `${last.replace(/[\s,;:.(]+$/, "")}…`] : [];
}

/**
 * Return text, x and width of each of `texts`, side by side in `room`, with a gap of at most `most`.
 * None of them if the gap were less than `least`: a part of the numbers would mislead.
 */
export function sideBySide(ctx, texts, font, room, most, least) {
  ctx.font = font;
  const widths = texts.map((text) => ctx.measureText(text).width);
  const spare = room - widths.reduce((sum, width) => sum + width, 0);
  const gap = Math.min(most, spare / Math.max(1, texts.length - 1));
  if (gap < least) return [];
  let x = 0;
  return texts.map((text, at) => {
    const place = { text, x, width: widths[at] };
    x += widths[at] + gap;
    return place;
  });
}
