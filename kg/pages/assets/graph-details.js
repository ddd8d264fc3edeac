/* The words beside the picture: of a box or a line what it is, in which words, by whom, and what it is linked to.
   All text of the data is set as text; nothing here writes HTML. */
"use strict";
function graphDetails(net, data, page) {
  const { cards, looks, quotes, edgesOf, other, isJoint, keyOf, SAYING } = net;
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [attribute, value] of Object.entries(attributes || {})) if (value) element.setAttribute(attribute, value);
    element.append(...children.filter((child) => child !== "" && child != null));
    return element;
  }
  const safe = (url) => /^https?:\/\//i.test(url);
  const section = (title, ...children) => (children.length ? [make("h3", null, title), ...children] : []);
  const lang = (tag) => (tag && !/^en\b/i.test(tag) ? tag : "");
  function quoteBlock(number) {
    const quote = quotes[number];
    const stance = quote.stance === "affirms" ? "" : data.nouns[quote.stance] || quote.stance;
    const said = [quote.who, stance].filter(Boolean).join(", ");
    const place = [quote.source, quote.date].filter(Boolean).join(", ");
    const footer = make("footer", null, said, said && place ? ": " : "", place);
    if (!quote.text) return make("blockquote", { class: "bare" }, footer);
    return make("blockquote", null, make("p", { lang: lang(quote.language) }, `“${quote.text}”`), footer);
  }
  const jump = (id, text) => make("a", { href: page.address({ id, on: "", to: "" }), lang: lang(cards[id].language) }, text || cards[id].name);
  function linkItem(edge, id) {
    const look = looks[edge.kind];
    const verb = `${look.sign} ${edge.from === id ? look.word : look.inverse}`.trim();
    const words = ["agent", "source"].includes(cards[id].kind) && edge.quotes ? edge.quotes.filter((number) => quotes[number].text).map(quoteBlock) : [];
    const notes = (edge.notes || []).map((note) => make("div", { class: "soft" }, note));
    return make("li", null, make("span", { class: `verb ink-${look.colour}` }, verb), " ", ...reached(edge, id), ...notes, ...words);
  }
  function reached(edge, id) {
    const end = other(edge, id);
    if (!isJoint(end)) return [jump(end)];
    const premises = edgesOf.get(end).filter((each) => each.to === end && !each.label);
    const onward = edgesOf.get(end).find((each) => each.from === end);
    if (edge.from === id) return edge.label || !onward ? [jump(end)] : [jump(onward.to)];
    const each = premises.flatMap((premise, at) => [at ? " with " : "", jump(premise.from)]);
    return [...each, " (", jump(end, "an inference that is answered"), ")"];
  }
  function actions(id) {
    const items = [make("a", { href: `#${encodeURIComponent(keyOf.get(id))}` }, "Link to this")];
    if (page.canCentre(id)) items.push(make("a", { href: page.address({ ...page.HOME, id }) }, "Put this in the middle"));
    return make("p", { class: "actions" }, ...items);
  }
  function nodeDetails(id) {
    const card = cards[id];
    const facts = (card.facts || []).flatMap(([term, value]) => [make("dt", null, term), make("dd", null, value)]);
    const web = (card.links || []).filter(([, url]) => safe(url)).map(([label, url]) => make("li", null, make("a", { href: url, rel: "noreferrer" }, label)));
    const rank = [...SAYING].concat(Object.keys(looks));
    const related = [...edgesOf.get(id)].sort((one, two) => rank.indexOf(one.kind) - rank.indexOf(two.kind)).map((edge) => linkItem(edge, id));
    const words = ["claim", "statement"].includes(card.kind) ? (card.quotes || []) : [];
    return [
      make("p", { class: "kicker" }, card.word),
      make("h2", { lang: lang(card.language) }, card.name),
      actions(id),
      pathForm(id),
      ...section("In which words", ...words.map(quoteBlock)),
      ...section("Figures", ...(card.figures ? [make("ul", null, ...card.figures.map((figure) => make("li", null, figure)))] : [])),
      ...section("Particulars", ...(facts.length ? [make("dl", null, ...facts)] : []), ...(card.note ? [make("p", { class: "soft" }, card.note)] : [])),
      ...section("On the web", ...(web.length ? [make("ul", null, ...web)] : [])),
      ...section("Linked to", ...(related.length ? [make("ul", null, ...related)] : [])),
    ];
  }
  function edgeDetails(edge) {
    const look = looks[edge.kind];
    return [
      make("p", { class: "kicker" }, "line"),
      make("h2", null, jump(edge.from), make("span", { class: `verb ink-${look.colour}` }, ` ${look.sign} ${look.word} `), jump(edge.to)),
      actions(edge.id),
      ...(edge.notes || []).map((note) => make("p", null, note)),
      ...section("In which words", ...(edge.quotes || []).map(quoteBlock)),
    ];
  }
  function pathForm(id) {
    const input = make("input", { type: "search", list: "g_names", autocomplete: "off", "aria-label": "Path to another", placeholder: "Path to another claim, person, source" });
    input.addEventListener("input", () => page.suggest(input.value));
    input.addEventListener("change", () => { const [to] = net.search(input.value, 1); if (to && to !== id) page.go({ id, to }); });
    return isJoint(id) ? "" : make("div", { class: "path" }, input);
  }
  function pathDetails(id, to, found) {
    const back = make("p", { class: "actions" }, make("a", { href: page.address({ ...page.HOME, id }) }, "Back to the first"), make("a", { href: page.address({}) }, "Link to this path"));
    if (!found) return [make("p", { class: "kicker" }, "path"), make("h2", null, "Nothing leads from one to the other"), back, make("p", null, jump(id)), make("p", null, jump(to))];
    const steps = found.map((each, at) => {
      const edge = edgesOf.get(each).find((one) => other(one, each) === found[at + 1]);
      const look = edge && looks[edge.kind];
      return make("li", null, isJoint(each) ? make("span", { class: "soft" }, "an inference: ", jump(each)) : jump(each),
        edge ? make("div", { class: `verb ink-${look.colour}` }, `${look.sign} ${edge.from === each ? look.word : look.inverse}`.trim()) : "");
    });
    return [make("p", { class: "kicker" }, "path"), make("h2", null, `${found.length - 1} ${found.length === 2 ? "line" : "lines"} between two`), back, make("ol", null, ...steps)];
  }
  return { make, jump, nodeDetails, edgeDetails, pathDetails };
}
