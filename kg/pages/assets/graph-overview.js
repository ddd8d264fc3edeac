/* The overview of a large dataset.  What the reader does changes the address, and the address says what is shown.
   All text of the data is set as text; nothing here writes HTML. */
(() => {
  "use strict";
  const find = (id) => document.getElementById(`o_${id}`);
  const data = JSON.parse(find("data").textContent);
  const { looks } = data;
  const survey = graphSurvey(data);
  const { claims, topics, states, stances, names, said } = survey;
  const style = getComputedStyle(document.documentElement);
  let colours = new Map();
  function css(property) {
    if (!colours.has(property)) colours.set(property, style.getPropertyValue(`--${property}`).trim());
    return colours.get(property);
  }
  const number = (value) => value.toLocaleString("en");
  const MOST = 60; // lines of a list before "and N more"

  /* The state: #key&to=key&open=1&topic=...  What it says and the data have not is left out, and the page says so. */
  const FILTERS = ["topic", "relation", "who", "source", "stance", "standing", "since", "until"];
  const numbered = new Map(claims.key.map((key, claim) => [key, claim]));
  const topicAt = new Map(topics.map(([name], at) => [name, at]));
  const known = { topic: (value) => topicAt.has(value), relation: (value) => survey.shares.includes(value), standing: (value) => states.includes(value), stance: (value) => stances.includes(value),
    who: (value) => names.includes(value), source: (value) => names.includes(value), since: (value) => /^\d{4}$/.test(value), until: (value) => /^\d{4}$/.test(value) };
  const plain = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  function readAddress() {
    const [key, ...rest] = location.hash.slice(1).split("&");
    const given = new URLSearchParams(rest.join("&"));
    const unknown = [...given.keys()].filter((field) => ![...FILTERS, "to", "open", "show"].includes(field));
    const claim = (field, value) => {
      if (value && !numbered.has(value)) unknown.push(`${field} ${value}`.trim());
      return value && numbered.has(value) ? numbered.get(value) : -1;
    };
    const read = { claim: claim("", plain(key)), to: claim("to", given.get("to")), open: given.has("open"), map: given.get("show") === "map", unknown };
    for (const field of FILTERS) {
      const value = given.get(field) || "";
      read[field] = !value || known[field](value) ? value : (unknown.push(`${field} ${value}`), "");
    }
    return read;
  }
  function address(changes) {
    const next = { ...state, ...changes };
    const words = new URLSearchParams();
    if (next.claim >= 0 && next.to >= 0) words.set("to", claims.key[next.to]);
    if (next.claim >= 0 && next.open) words.set("open", "1");
    if (next.claim >= 0 && next.map) words.set("show", "map");
    for (const field of FILTERS) if (next[field]) words.set(field, next[field]);
    const tail = words.toString();
    return `#${next.claim >= 0 ? encodeURIComponent(claims.key[next.claim]) : ""}${tail || next.claim < 0 ? "&" : ""}${tail}`;
  }
  const NONE = { claim: -1, to: -1, open: false, map: false };
  const HOME = { ...NONE, ...Object.fromEntries(FILTERS.map((field) => [field, ""])) };
  let state = readAddress();
  const go = (changes) => { location.hash = address(changes); };
  const hrefOf = (claim, open = false) => address({ ...NONE, claim, open });

  /* The pictures */
  const canvas = find("map");
  const reshape = () => survey.shape(find("stage").clientWidth < find("stage").clientHeight);
  reshape();
  const map = graphMap(canvas, survey, looks, css, {
    choose: ({ claim, topic }) => { if (claim >= 0) go({ ...NONE, claim }); else if (topic >= 0) go({ ...HOME, topic: topics[topic][0] }); },
    point: (claim) => {
      find("hover").hidden = claim < 0;
      find("hover").textContent = claim < 0 ? "" : `${claims.text[claim]} (${topics[survey.topicOf[claim]][0]})`;
    },
  });
  const closeup = graphCloseup(survey, looks, css, hrefOf);

  /* Details */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [attribute, value] of Object.entries(attributes || {})) if (value) element.setAttribute(attribute, value);
    element.append(...children.filter((child) => child !== "" && child != null));
    return element;
  }
  const jump = (claim) => make("a", { href: hrefOf(claim) }, claims.text[claim]);
  const signs = (claim) => make("span", { class: "tally" }, ...survey.tally(claim).map(([share, total]) =>
    make("span", { class: `ink-${looks[share].colour}` }, make("b", null, looks[share].sign), ` ${total}`, make("span", { class: "unseen" }, ` ${data.tallied[share]}`))));
  const safe = (url) => /^https?:\/\//i.test(url);
  function listed(items, draw, kind = "ul") {
    const list = make(kind, null, ...items.slice(0, MOST).map((item) => make("li", null, ...draw(item))));
    if (items.length <= MOST) return [list];
    const button = make("button", { type: "button", class: "more" }, `and ${number(items.length - MOST)} more`);
    let shown = MOST;
    button.addEventListener("click", () => {
      list.append(...items.slice(shown, shown + 500).map((item) => make("li", null, ...draw(item))));
      shown += 500;
      button.textContent = `and ${number(items.length - shown)} more`;
      button.hidden = shown >= items.length;
    });
    return [list, button];
  }
  const lang = (tag) => (tag && !/^en\b/i.test(tag) ? tag : "");
  function itemLine(item) {
    const look = looks[item.kind];
    const spoken = survey.voice(item.voice);
    const source = spoken.source && (safe(spoken.address) ? make("a", { href: spoken.address, rel: "noreferrer" }, spoken.source) : spoken.source);
    const said = [spoken.who, source, spoken.date, spoken.evidence].filter(Boolean).flatMap((part, at) => [at ? ", " : "", part]);
    const quote = spoken.quote && make("blockquote", null, make("p", { lang: lang(spoken.language) }, `“${spoken.quote}”`));
    const verb = survey.told(item) ? data.verbs[item.stance] : look.word;
    const stance = item.premise ? `${item.premise}: ` : item.stance && !survey.told(item) ? `${data.verbs[item.stance]} this claim` : "";
    const thing = item.claim >= 0 || item.premise ? jump(item.premise ? item.about : item.claim) : item.thing >= 0 ? survey.name(item.thing) : "";
    const under = item.answers.length ? make("ul", { class: "answers" }, ...item.answers.map((answer) => make("li", null, ...itemLine(answer)))) : "";
    return [make("span", { class: `verb ink-${look.colour}` }, `${look.sign} ${verb}`), " ", stance, thing, quote || "", make("div", { class: "soft" }, ...said), under];
  }
  function claimDetails(claim) {
    const items = survey.dispute(claim);
    const groups = [["For it", ["supports"]], ["Against it", ["opposes"]], ["On the evidence", ["undercuts"]], ["Limiting it", ["qualifies"]], ["Finding no evidence", ["no evidence"]], ["Neither for nor against", ["stance not stated", "direction not stated"]]];
    const uses = survey.uses(claim);
    const [topic, , , isStated] = topics[survey.topicOf[claim]];
    const standing = claims.state[claim] >= 0 ? states[claims.state[claim]] : "";
    return [
      make("p", { class: "kicker" }, ["claim", standing].filter(Boolean).join(", "), isStated ? ", on " : ", among those that begin with ", make("a", { href: address({ ...HOME, topic }) }, topic)),
      make("h2", null, claims.text[claim]),
      signs(claim),
      make("p", { class: "actions" }, make("a", { href: `#${encodeURIComponent(claims.key[claim])}` }, "Link to this"),
        make("a", { href: address({ claim, map: !state.map, to: -1 }) }, state.map ? "Draw its dispute" : "Show it among all claims")),
      pathForm(claim),
      ...groups.flatMap(([title, kinds]) => {
        const own = items.filter((item) => kinds.includes(item.kind));
        return own.length ? [make("h3", null, title), ...listed(own, itemLine)] : [];
      }),
      ...(uses.length ? [make("h3", null, "It is held for or against"), ...listed(uses, (use) => [make("span", { class: `verb ink-${looks[use.kind].colour}` }, `${looks[use.kind].sign} ${looks[use.kind].word}`), " ", jump(use.claim)])] : []),
    ];
  }
  function pathForm(claim) {
    const input = make("input", { type: "search", list: "o_names", autocomplete: "off", "aria-label": "Path to another claim", placeholder: "Path to another claim" });
    input.addEventListener("input", () => suggest(input.value));
    input.addEventListener("change", () => { const [to] = survey.search(input.value, 1); if (to !== undefined) go({ claim, to }); });
    return make("div", { class: "path" }, input);
  }
  function pathDetails(claim, to, found) {
    const head = [make("p", { class: "kicker" }, "path"), make("h2", null, found ? `${found.length - 1} ${found.length === 2 ? "step" : "steps"} between two claims` : "No argument leads from one to the other"),
      make("p", { class: "actions" }, make("a", { href: hrefOf(claim) }, "Back to the claim"))];
    if (!found) return [...head, make("p", null, jump(claim)), make("p", null, jump(to))];
    return [...head, make("ol", null, ...found.map((each, at) => {
      const edge = at + 1 < found.length && survey.near(each).get(found[at + 1]);
      const look = edge && looks[edge.kind];
      return make("li", null, jump(each), edge ? make("div", { class: `verb ink-${look.colour}` }, `${look.sign} ${edge.out ? look.word : look.inverse}`) : "");
    }))];
  }
  function filterDetails(fitting) {
    const found = [];
    for (let claim = 0; claim < survey.count; claim += 1) if (fitting[claim]) found.push(claim);
    const words = FILTERS.map((field) => state[field] && (field === "since" || field === "until" ? `${field} ${state[field]}` : state[field])).filter(Boolean);
    return [found, [make("p", { class: "kicker" }, `${number(found.length)} of ${number(survey.count)} claims`), make("h2", null, words.join(", ")), ...listed(found, (claim) => [jump(claim), signs(claim)])]];
  }
  function say(words, toAll = false) {
    find("status").textContent = words;
    find("status").classList.toggle("unseen", !toAll);
  }

  /* Applying the address */
  let before = null;
  function apply() {
    state = readAddress();
    const fitting = survey.fitting(state);
    const path = state.claim >= 0 && state.to >= 0 ? survey.path(state.claim, state.to) : null;
    const [found, list] = fitting && state.claim < 0 ? filterDetails(fitting) : [null, []];
    const content = state.to >= 0 && state.claim >= 0 ? pathDetails(state.claim, state.to, path) : state.claim >= 0 ? claimDetails(state.claim) : list;
    find("details").replaceChildren(...content);
    find("details").hidden = !content.length;
    find("start").hidden = Boolean(content.length);
    find("panel").scrollTop = 0;
    for (const field of FILTERS) find(field).value = state[field];
    find("clear").hidden = !FILTERS.some((field) => state[field]) && state.claim < 0;
    const drawn = state.claim >= 0 && state.to < 0 && !state.map;
    find("closeup").hidden = !drawn;
    find("frame").hidden = drawn;
    if (drawn) unfold();
    else {
      const some = path || (state.claim >= 0 && state.map ? [state.claim, ...survey.near(state.claim).keys()] : null);
      const lit = some ? only(some) : fitting;
      map.show({ lit, path: path || [], chosen: state.claim });
      aim(path, found);
    }
    before = state;
    const left = state.unknown.map((words) => `“${words}”`).join(", ");
    say(left ? `The address names what is not here; left out: ${left}.` : state.claim >= 0 ? `Details: ${claims.text[state.claim]}` : found ? `${number(found.length)} claims fit` : "", Boolean(left));
  }
  function only(some) {
    const lit = new Uint8Array(survey.count);
    for (const claim of some) lit[claim] = 1;
    return lit;
  }
  function aim(path, found) {
    const filtered = FILTERS.some((field) => !before || before[field] !== state[field]);
    if (path) map.toClaims(path);
    else if (state.claim >= 0) map.toClaims([state.claim, ...survey.near(state.claim).keys()]);
    else if (state.topic) map.toTopic(topicAt.get(state.topic));
    else if (filtered || !before || before.claim >= 0) map.fit();
    if (found && found.length === 1) map.toClaims(found, 40);
  }
  function unfold() {
    const place = find("closeup");
    const room = [place.clientWidth - 16, place.clientHeight - 16];
    place.replaceChildren(closeup.draw(state.claim, ...room, state.open));
    place.scrollLeft = (place.scrollWidth - place.clientWidth) / 2;
    place.scrollTop = room[0] < 700 || state.open ? 0 : (place.scrollHeight - place.clientHeight) / 2;
  }

  /* What the reader does */
  addEventListener("hashchange", () => {
    const key = plain(location.hash.slice(1));
    if (key && !numbered.has(key.split("&")[0]) && document.getElementById(key)) return; // a place in the table
    const from = document.activeElement;
    apply();
    if (state.claim >= 0 && from && (from === find("find") || from.matches("a") || !from.isConnected || from === document.body)) find("panel").focus();
  });
  function suggest(text) {
    const options = survey.search(text, 12).map((claim) => make("option", { value: claims.text[claim] }));
    const topical = topics.filter(([name]) => text && name.toLowerCase().startsWith(text.toLowerCase())).slice(0, 4).map(([name]) => make("option", { value: name }));
    find("names").replaceChildren(...topical, ...options);
  }
  find("find").addEventListener("input", (event) => suggest(event.target.value));
  find("find").addEventListener("change", (event) => {
    const wanted = event.target.value.trim();
    if (!wanted) return;
    if (topicAt.has(wanted)) return go({ ...HOME, topic: wanted });
    const [claim] = survey.search(wanted, 1);
    const who = claim === undefined && names.find((name) => name.toLowerCase().includes(wanted.toLowerCase()));
    if (claim !== undefined) go({ ...HOME, claim });
    else if (who) go({ ...HOME, [said.agent.some((at) => names[at] === who) ? "who" : "source"]: who });
    else say(`Nothing is called “${wanted}”.`, true);
  });
  for (const field of FILTERS) find(field).addEventListener("change", (event) => {
    const value = event.target.value.trim();
    if (value && !known[field](value)) return say(`Nothing is called “${value}”.`, true);
    go({ ...NONE, [field]: value });
  });
  find("clear").addEventListener("click", () => go(HOME));
  find("bar").addEventListener("submit", (event) => event.preventDefault());
  find("closer").addEventListener("click", () => map.zoom(1.6));
  find("farther").addEventListener("click", () => map.zoom(1 / 1.6));
  const title = () => graphSaving.fileName(state.claim >= 0 ? claims.text[state.claim] : state.topic || document.title);
  const unfolded = () => find("closeup").querySelector("svg");
  find("png").addEventListener("click", () => {
    const svg = unfolded();
    if (find("closeup").hidden) { map.draw(); return graphSaving.png(canvas, title()); }
    return graphSaving.pngOf(new XMLSerializer().serializeToString(svg), svg.clientWidth, svg.clientHeight, title());
  });
  find("svg").addEventListener("click", () => {
    const text = find("closeup").hidden ? map.svg() : new XMLSerializer().serializeToString(unfolded());
    graphSaving.svg(text, title());
  });

  /* Keys on the picture: left and right go through all claims, up and down through the cells of a block */
  const steps = { ArrowRight: survey.blocks.rows, ArrowLeft: -survey.blocks.rows, ArrowDown: 1, ArrowUp: -1 };
  let cursor = -1;
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") go(HOME);
    else if (event.key === "Enter" && cursor >= 0) go({ ...NONE, claim: cursor });
    else if (event.key === "+" || event.key === "=") map.zoom(1.4);
    else if (event.key === "-") map.zoom(1 / 1.4);
    else if (event.key === "Home") step(0);
    else if (event.key === "End") step(survey.count - 1);
    else if (event.key === "PageDown" || event.key === "PageUp") {
      const topic = survey.topicOf[Math.max(cursor, 0)] + (event.key === "PageDown" ? 1 : -1);
      if (topics[topic]) step(topics[topic][1]);
    } else if (steps[event.key]) step(cursor < 0 ? 0 : Math.min(Math.max(cursor + steps[event.key], 0), survey.count - 1));
    else return;
    event.preventDefault();
  });
  function step(claim) {
    cursor = claim;
    map.show({ lit: survey.fitting(state), chosen: claim });
    const { x, y } = map.middle(claim);
    if (x < 40 || y < 40 || x > canvas.clientWidth - 40 || y > canvas.clientHeight - 40) map.toClaims([claim], map.view.scale);
    find("hover").hidden = false;
    find("hover").textContent = claims.text[claim];
    say(`${claims.text[claim]}; ${survey.tally(claim).map(([share, total]) => `${total} ${data.tallied[share]}`).join(", ") || "nothing is said to it"}`);
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colours = new Map(); map.recolour(); if (!find("closeup").hidden) unfold(); });
  let size = "";
  new ResizeObserver(() => {
    const now = `${find("stage").clientWidth} ${find("stage").clientHeight}`;
    if (now === size) return;
    const first = !size;
    size = now;
    if (first) return;
    reshape();
    if (find("closeup").hidden) aim(null, null); else unfold();
    if (find("closeup").hidden && state.claim < 0 && !state.topic) map.fit();
  }).observe(find("stage"));

  /* Choices that are as many as the data have */
  const fill = (id, values) => find(id).append(...values.map((value) => make("option", { value }, value)));
  fill("topic", topics.map(([name]) => name));
  find("relation").append(...survey.shares.map((value) => make("option", { value }, `${looks[value].sign} ${data.tallied[value]}`)));
  fill("standing", [...states].sort());
  fill("stance", stances.filter((_, at) => said.stance.includes(at)));
  find("standing").parentElement.hidden = !states.length;
  find("stance").parentElement.hidden = !said.stance.length;
  for (const [field, column] of [["who", said.agent], ["source", said.source]]) {
    const all = [...new Set(column)].filter((at) => at >= 0).map((at) => names[at]).sort();
    find(field).parentElement.hidden = !all.length;
    find(field).addEventListener("input", () => {
      const sought = find(field).value.toLowerCase();
      find(`${field}_names`).replaceChildren(...all.filter((name) => name.toLowerCase().includes(sought)).slice(0, 20).map((value) => make("option", { value })));
    });
  }
  const dated = said.date.some((date) => /\d{4}/.test(date));
  find("since").parentElement.hidden = find("until").parentElement.hidden = !dated;
  find("bar").hidden = find("key").hidden = false;
  find("key").open = innerWidth > 900;
  for (const link of find("start").querySelectorAll("a[data-topic]")) link.href = address({ ...HOME, topic: link.dataset.topic });
  apply();
  window.graphDrawn = () => ({ ...map.drawn(), state });
  window.graphMapNow = map;
  document.documentElement.dataset.ready = "yes";
})();
