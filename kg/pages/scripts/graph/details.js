/* Details of a box, a line or a path of the graph: what it is, in which words, by whom, and what it is linked to. */

import { actions, isWeb, kicker, lang, outward, quotation, section, verb } from "../shared/details.js";
import { make } from "../shared/elements.js";
import { pathField } from "../shared/find.js";
import { PLAIN, SAYING } from "../shared/vocabulary.js";

const SPOKEN = ["claim", "statement"]; // kinds of boxes that stand in somebody's words
const SPEAKING = ["agent", "source"]; // kinds of boxes at whose lines stands what they say

/** Return the details of the page's data; `page` gives addresses and says what may be done. */
export function createDetails(net, data, find, page) {
  const { cards, looks, quotes, edgesOf, other, isJoint, keyOf } = net;
  const rank = [...SAYING, ...Object.keys(looks)];
  const jump = (id, text) =>
    make("a", { href: page.address({ id, on: "", to: "" }), lang: lang(cards[id].language) }, text || cards[id].name);
  const linkTo = (id) => make("a", { href: `#${encodeURIComponent(keyOf.get(id))}` }, "Link to this");
  const list = (items) => (items.length ? [make("ul", null, ...items.map((item) => make("li", null, ...item)))] : []);

  function quoteBlock(number) {
    const quote = quotes[number];
    const stance = quote.stance === PLAIN ? "" : data.nouns[quote.stance] || quote.stance;
    const said = [quote.who, stance].filter(Boolean).join(", ");
    const place = [quote.source, quote.date].filter(Boolean).join(", ");
    const footer = make("footer", null, said, said && place ? ": " : "", place);
    return quote.text ? quotation(quote.text, quote.language, footer) : make("blockquote", { class: "bare" }, footer);
  }
  function linkItem(edge, id) {
    const look = looks[edge.kind];
    const spoken = SPEAKING.includes(cards[id].kind) ? edge.quotes || [] : [];
    const words = spoken.filter((number) => quotes[number].text).map(quoteBlock);
    const notes = (edge.notes || []).map((note) => make("div", { class: "soft" }, note));
    return [verb(look, edge.from === id ? look.word : look.inverse), " ", ...reached(edge, id), ...notes, ...words];
  }
  /** Return links to what a line leads to: past an inference to what goes into it or follows from it. */
  function reached(edge, id) {
    const end = other(edge, id);
    if (!isJoint(end)) return [jump(end)];
    const premises = edgesOf.get(end).filter((each) => each.to === end && !each.label);
    const onward = edgesOf.get(end).find((each) => each.from === end);
    if (edge.from === id) return edge.label || !onward ? [jump(end)] : [jump(onward.to)];
    const each = premises.flatMap((premise, at) => [at ? " with " : "", jump(premise.from)]);
    return [...each, " (", jump(end, "an inference that is answered"), ")"];
  }
  function nodeActions(id) {
    const centre = make("a", { href: page.address({ ...page.HOME, id }) }, "Put this in the middle");
    return actions(linkTo(id), ...(page.canCentre(id) ? [centre] : []));
  }
  function pathForm(id) {
    if (isJoint(id)) return "";
    const places = "Path to another claim, person, source";
    return pathField(find, "Path to another", places, page.suggest, (text) => {
      const [to] = net.search(text, 1);
      if (to && to !== id) page.go({ id, to });
    });
  }

  function nodeDetails(id) {
    const card = cards[id];
    const facts = (card.facts || []).flatMap(([term, value]) => [make("dt", null, term), make("dd", null, value)]);
    const links = (card.links || []).filter(([, url]) => isWeb(url)).map(([label, url]) => [outward(url, label)]);
    const lines = [...edgesOf.get(id)].sort((one, two) => rank.indexOf(one.kind) - rank.indexOf(two.kind));
    const words = SPOKEN.includes(card.kind) ? card.quotes || [] : [];
    const note = card.note ? [make("p", { class: "soft" }, card.note)] : [];
    return [
      kicker(card.word),
      make("h2", { lang: lang(card.language) }, card.name),
      card.standing ? make("p", { class: "stands" }, card.standing) : "",
      nodeActions(id),
      pathForm(id),
      ...section("In which words", ...words.map(quoteBlock)),
      ...section("Figures", ...list((card.figures || []).map((figure) => [figure]))),
      ...section("Particulars", ...(facts.length ? [make("dl", null, ...facts)] : []), ...note),
      ...section("On the web", ...list(links)),
      ...section("Linked to", ...list(lines.map((edge) => linkItem(edge, id)))),
    ];
  }
  function edgeDetails(edge) {
    const look = looks[edge.kind];
    const between = make("span", { class: `verb ink-${look.colour}` }, ` ${look.sign} ${look.word} `);
    return [
      kicker("line"),
      make("h2", null, jump(edge.from), between, jump(edge.to)),
      nodeActions(edge.id),
      ...(edge.notes || []).map((note) => make("p", null, note)),
      ...section("In which words", ...(edge.quotes || []).map(quoteBlock)),
    ];
  }
  function pathDetails(id, to, found) {
    const back = actions(
      make("a", { href: page.address({ ...page.HOME, id }) }, "Back to the first"),
      make("a", { href: page.address({}) }, "Link to this path"),
    );
    if (!found) {
      const title = "Nothing leads from one to the other";
      return [kicker("path"), make("h2", null, title), back, make("p", null, jump(id)), make("p", null, jump(to))];
    }
    const steps = found.map((each, at) => {
      const edge = edgesOf.get(each).find((one) => other(one, each) === found[at + 1]);
      const place = isJoint(each) ? make("span", { class: "soft" }, "an inference: ", jump(each)) : jump(each);
      return make("li", null, place, edge ? step(edge, each) : "");
    });
    const title = `${found.length - 1} ${found.length === 2 ? "line" : "lines"} between two`;
    return [kicker("path"), make("h2", null, title), back, make("ol", null, ...steps)];
  }
  function step(edge, from) {
    const look = looks[edge.kind];
    return verb(look, edge.from === from ? look.word : look.inverse, "div");
  }
  function filterDetails(fitting, count, words) {
    const entry = (id) => [make("span", { class: "verb soft" }, `${cards[id].word}: `), jump(id)];
    return [
      kicker(`${fitting.length} of ${count} boxes`),
      make("h2", null, words),
      make("ul", null, ...fitting.map((id) => make("li", null, ...entry(id)))),
    ];
  }
  return { nodeDetails, edgeDetails, pathDetails, filterDetails };
}
