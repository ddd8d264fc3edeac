/* Layout of a close-up: the claim in the middle, what is for it on the left, what answers or limits it on the right, and
   outside each of these what is said to it.  On a telephone they stand under each other. */

import { SANS, SERIF, wrap } from "../shared/type.js";
import { isPro, ORDER } from "../shared/vocabulary.js";
import { disputeOf, verbOf, wordsOf } from "./dispute.js";

export const PAD = 10;
export const LEAST = 0.9; // the smallest scale: type of 11.5 is then 10.4 pixels high
const GAP = 14;
const NARROW = 700; // pixels below which boxes stand under each other
const MOST = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]; // lines a side
const ALL = { lines: 400, answers: 12 };

const total = (boxes) => boxes.reduce((sum, { h }) => sum + h + GAP, -GAP);

/** Return the corners of places: left, top, right, bottom. */
export function extentOf(places, width) {
  const [xs, half] = [places.map(({ x }) => x), width / 2];
  const edges = (way) => places.map(({ y, box }) => y + (way * box.h) / 2);
  return [Math.min(...xs) - half, Math.min(...edges(-1)), Math.max(...xs) + half, Math.max(...edges(1))];
}

/** Return a function that lays the dispute of a claim out. */
export function createLayout(survey) {
  const { looks, claims } = survey;
  const ruler = document.createElement("canvas").getContext("2d");

  /** Return how wide boxes are, and how far it is from the middle of a column to the next. */
  function sizesOf(items, wide) {
    if (wide < NARROW) return { width: wide - 92, column: 0 };
    return items.some((item) => item.answers.length) ? { width: 178, column: 236 } : { width: 230, column: 330 };
  }
  function sized(box, width) {
    const room = width - 2 * PAD - 4;
    const rows = wrap(ruler, box.text, `400 14px ${SERIF}`, room, 4);
    const foot = box.who ? wrap(ruler, box.who, `400 11.5px ${SANS}`, room, 2) : [];
    const word = box.kind ? looks[verbOf(box)].word : "";
    const head = box.head || (box.kind ? `${looks[box.kind].sign} ${word}` : "");
    const h = 2 * PAD + (head ? 16 : 0) + rows.length * 18 + foot.length * 14 + (box.counts ? 20 : 0);
    return { ...box, rows, foot, word, head, h };
  }
  function card(item, width) {
    const spoken = survey.voice(item.voice);
    const text = wordsOf(survey, item);
    const parts = [...new Set([spoken.who, spoken.source, spoken.date])];
    const who = parts.filter((part) => part && part !== text).join(", ");
    return sized({ ...item, text, who }, width);
  }
  function more(number) {
    const rows = [`and ${number.toLocaleString("en")} more`];
    return { more: true, claim: -1, text: "", rows, foot: [], head: "", h: 2 * PAD + 18 };
  }

  /** Return the places of a side: each line its box, and farther out the boxes of what is said to it. */
  function side(items, way, most, answered, { width, column }) {
    const places = [];
    let y = 0;
    for (const item of items.slice(0, most)) {
      const box = card(item, width);
      const answers = item.answers.slice(0, answered).map((each) => card(each, width));
      if (item.answers.length > answers.length) answers.push(more(item.answers.length - answers.length));
      const deep = Math.max(box.h, total(answers));
      places.push({ box, x: way * column, y: y + deep / 2 });
      let at = y + (deep - total(answers)) / 2;
      for (const each of answers) {
        places.push({ box: each, x: 2 * way * column, y: at + each.h / 2, onto: box });
        at += each.h + GAP;
      }
      y += deep + GAP;
    }
    if (items.length > most) {
      const rest = more(items.length - most);
      places.push({ box: rest, x: way * column, y: y + rest.h / 2 });
      y += rest.h + GAP;
    }
    return places.map((each) => ({ ...each, y: each.y - (y - GAP) / 2 }));
  }
  /** Return each kind in turn, that of many no kind is folded away; those that are answered first. */
  function inTurn(items) {
    const pile = (kind) =>
      items.filter((item) => item.kind === kind).sort((one, two) => two.answers.length - one.answers.length);
    const piles = ORDER.map(pile);
    const rounds = Math.max(...piles.map((each) => each.length));
    return Array.from({ length: rounds }, (_, at) => piles.flatMap((each) => each.slice(at, at + 1))).flat();
  }
  /** Return places under each other: for the claim to the left, the rest to the right. */
  function stacked(middle, pro, con, most, width) {
    let y = middle.h / 2 + 2 * GAP;
    const under = (items, x) => {
      const boxes = items.slice(0, most).map((item) => card(item, width));
      if (items.length > most) boxes.push(more(items.length - most));
      return boxes.map((box) => {
        y += box.h + GAP;
        return { box, x, y: y - GAP - box.h / 2, bus: Math.sign(x) };
      });
    };
    return [{ box: middle, x: 0, y: 0 }, ...under(pro, -10), ...under(con, 10)];
  }

  /**
   * Return the places of boxes, that of the claim first, and their width: as many lines a side as fit `high` at a scale
   * at which type can be read, or all if `isOpen`.
   */
  return function layout(claim, wide, high, isOpen) {
    const items = disputeOf(survey, claim);
    const pro = inTurn(items.filter((item) => isPro(item.kind)));
    const con = inTurn(items.filter((item) => !isPro(item.kind)));
    const sizes = sizesOf(items, wide);
    const { width } = sizes;
    const tally = survey.tally(claim);
    const middle = sized({ claim, text: claims.text[claim], counts: tally, who: "", head: "claim" }, width);
    if (wide < NARROW) return { width, places: stacked(middle, pro, con, isOpen ? ALL.lines : 5, width) };
    const drawn = (most, answers) => [
      { box: middle, x: 0, y: 0 },
      ...side(pro, -1, most, answers, sizes),
      ...side(con, 1, most, answers, sizes),
    ];
    if (isOpen) return { width, places: drawn(ALL.lines, ALL.answers) };
    const isFitting = (places) => {
      const [, top, , bottom] = extentOf(places, width);
      return bottom - top <= high / LEAST;
    };
    // Rather four lines with one answer each than one line with all of its answers.
    let found = { most: 0, places: drawn(1, 1) };
    for (const answers of [3, 2, 1]) {
      const most = MOST.find((each) => isFitting(drawn(each, answers))) || 0;
      if (most > found.most) found = { most, places: drawn(most, answers) };
      if (most >= 4) break;
    }
    return { width, places: found.places };
  };
}
