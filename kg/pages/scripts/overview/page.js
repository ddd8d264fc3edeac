/* Overview of a large dataset.  What the reader does changes the address, and the address says what is shown. */

import { leftOut, onAddress } from "../shared/address.js";
import { onSchemeChange } from "../shared/colours.js";
import { number, say, showDetails } from "../shared/details.js";
import { dataIn, finder } from "../shared/elements.js";
import { createFilters } from "../shared/filters.js";
import { offer, onFind } from "../shared/find.js";
import { fileName, savePng, saveSvg, saveSvgAsPng } from "../shared/saving.js";
import { createAddress } from "./address.js";
import { offerChoices } from "./choices.js";
import { createCloseup } from "./closeup.js";
import { createDetails } from "./details.js";
import { onKeys } from "./keys.js";
import { createMap } from "./map.js";
import { createSearch, FIELDS } from "./search.js";
import { createSurvey } from "./survey.js";

const find = finder("o_");
const survey = createSurvey(dataIn(find("data")));
const { claims, topics, names, said } = survey;
const { search, fitting } = createSearch(survey);
const filters = createFilters(find, FIELDS);
const { read, write, NONE, HOME, numbered, topicAt, isKnown } = createAddress(survey, filters);
let state = read();
const address = (changes) => write({ ...state, ...changes });
const go = (changes) => {
  location.hash = address(changes);
};
const hrefOf = (claim, open = false) => address({ ...NONE, claim, open });

/* The pictures */
const canvas = find("map");
function point(text) {
  find("hover").hidden = !text;
  find("hover").textContent = text;
}
const map = createMap(canvas, survey, {
  choose({ claim, topic }) {
    if (claim >= 0) go({ ...NONE, claim });
    else if (topic >= 0) go({ ...HOME, topic: topics[topic][0] });
  },
  point: (claim) => point(claim < 0 ? "" : `${claims.text[claim]} (${topics[survey.topicOf[claim]][0]})`),
});
const drawCloseup = createCloseup(survey, hrefOf);
function unfold() {
  const place = find("closeup");
  const [wide, high] = [place.clientWidth - 16, place.clientHeight - 16];
  place.replaceChildren(drawCloseup(state.claim, wide, high, state.open));
  place.scrollLeft = (place.scrollWidth - place.clientWidth) / 2;
  place.scrollTop = wide < 700 || state.open ? 0 : (place.scrollHeight - place.clientHeight) / 2;
}

/* Details */
function suggest(text) {
  const isNamed = ([name]) => text && name.toLowerCase().startsWith(text.toLowerCase());
  const topical = topics.filter(isNamed).slice(0, 4);
  offer(find, [...topical.map(([name]) => name), ...search(text, 12).map((claim) => claims.text[claim])]);
}
const details = createDetails(survey, find, { address, hrefOf, go, HOME, suggest, search });
function contentOf(path, found) {
  if (state.claim >= 0 && state.to >= 0) return details.pathDetails(state.claim, state.to, path);
  if (state.claim >= 0) return details.claimDetails(state.claim, state.map);
  if (!found) return [];
  return details.filterDetails(
    found,
    filters.words(state, (field) => (field === "standing" && survey.stateWords[state[field]]) || state[field]),
  );
}
function tell(found) {
  const left = leftOut(state.unknown, "what is not here");
  const chosen = state.claim >= 0 ? `Details: ${claims.text[state.claim]}` : "";
  const shown = chosen || (found ? `${number(found.length)} claims fit` : "");
  say(find, left || shown, Boolean(left));
}

/* Applying the address */
const only = (some) => {
  const lit = new Uint8Array(survey.count);
  for (const claim of some) lit[claim] = 1;
  return lit;
};
const around = (claim) => [claim, ...survey.near(claim).keys()];
const numbersIn = (lit) => [...lit.keys()].filter((claim) => lit[claim]);
let before = null;
function apply() {
  state = read();
  const fit = fitting(state);
  const isPath = state.claim >= 0 && state.to >= 0;
  const path = isPath ? survey.path(state.claim, state.to) : null;
  const found = fit && state.claim < 0 ? numbersIn(fit) : null;
  showDetails(find, contentOf(path, found));
  filters.show(state);
  find("clear").hidden = !filters.isAsked(state) && state.claim < 0;
  const isUnfolded = state.claim >= 0 && state.to < 0 && !state.map;
  find("closeup").hidden = !isUnfolded;
  find("frame").hidden = isUnfolded;
  if (isUnfolded) unfold();
  else {
    const some = path || (state.claim >= 0 && state.map ? around(state.claim) : null);
    map.show({ lit: some ? only(some) : fit, path: path || [], chosen: state.claim });
    aim(path, found);
  }
  before = state;
  tell(found);
}
function aim(path, found) {
  const isFiltered = FIELDS.some((field) => !before || before[field] !== state[field]);
  if (path) map.toClaims(path);
  else if (state.claim >= 0) map.toClaims(around(state.claim));
  else if (state.topic) map.toTopic(topicAt.get(state.topic));
  else if (isFiltered || !before || before.claim >= 0) map.fit();
  if (found && found.length === 1) map.toClaims(found, 40);
}

/* What the reader does */
const unnamed = (wanted) => say(find, `Nothing is called “${wanted}”.`, true);
onAddress(
  (key) => numbered.has(key),
  () => {
    const from = document.activeElement;
    apply();
    const isFollowed =
      from && (from === find("find") || from.matches("a") || !from.isConnected || from === document.body);
    if (state.claim >= 0 && isFollowed) find("panel").focus();
  },
);
onFind(find, suggest, (wanted) => {
  if (topicAt.has(wanted)) return go({ ...HOME, topic: wanted });
  const [claim] = search(wanted, 1);
  if (claim !== undefined) return go({ ...HOME, claim });
  const who = names.find((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  if (!who) return unnamed(wanted);
  go({ ...HOME, [said.agent.some((at) => names[at] === who) ? "who" : "source"]: who });
});
filters.onChoice((field, text) => {
  const value = text.trim();
  if (value && !isKnown[field](value)) unnamed(value);
  else go({ ...NONE, [field]: value });
});
find("clear").addEventListener("click", () => go(HOME));
find("bar").addEventListener("submit", (event) => event.preventDefault());
find("closer").addEventListener("click", () => map.zoom(1.6));
find("farther").addEventListener("click", () => map.zoom(1 / 1.6));
const title = () => fileName(state.claim >= 0 ? claims.text[state.claim] : state.topic || document.title);
const unfolded = () => find("closeup").querySelector("svg");
const textOf = (svg) => new XMLSerializer().serializeToString(svg);
find("png").addEventListener("click", () => {
  const svg = unfolded();
  if (!find("closeup").hidden) return saveSvgAsPng(textOf(svg), svg.clientWidth, svg.clientHeight, title());
  map.draw();
  return savePng(canvas, title());
});
find("svg").addEventListener("click", () => saveSvg(find("closeup").hidden ? map.svg() : textOf(unfolded()), title()));
onKeys(canvas, survey, map, {
  leave: () => go(HOME),
  open: (claim) => go({ ...NONE, claim }),
  reach(claim) {
    map.show({ lit: fitting(state), chosen: claim });
    point(claims.text[claim]);
    const tally = survey.tally(claim).map(([share, total]) => `${total} ${survey.tallied[share]}`);
    say(find, `${claims.text[claim]}; ${tally.join(", ") || "nothing is said to it"}`);
  },
});
onSchemeChange(() => {
  if (!find("closeup").hidden) unfold();
});
let size = "";
new ResizeObserver(() => {
  const now = `${find("stage").clientWidth} ${find("stage").clientHeight}`;
  if (now === size) return;
  const isFirst = !size;
  size = now;
  if (isFirst) return;
  map.shape(find("stage"));
  if (!find("closeup").hidden) return unfold();
  aim(null, null);
  if (state.claim < 0 && !state.topic) map.fit();
}).observe(find("stage"));

offerChoices(find, filters, survey);
find("bar").hidden = find("key").hidden = false;
find("key").open = innerWidth > 900;
for (const link of find("start").querySelectorAll("a[data-topic]")) {
  link.href = address({ ...HOME, topic: link.dataset.topic });
}
map.shape(find("stage"));
apply();
window.graphDrawn = () => ({ ...map.drawn(), state });
window.graphMapNow = map;
document.documentElement.dataset.ready = "yes";
