/* Breaks a text into the lines that fit, measured in the font in which it will be drawn. */
"use strict";
function graphWrap(ctx, text, font, room, most) { // `text` in at most `most` lines; an ellipsis ends the last if it goes on
  ctx.font = font;
  const rows = [];
  let row = "";
  for (let word of text.split(/(?<=_)|\s+/)) {
    const glue = row && !row.endsWith("_") ? " " : "";
    if (ctx.measureText(row + glue + word).width <= room) { row += glue + word; continue; }
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
