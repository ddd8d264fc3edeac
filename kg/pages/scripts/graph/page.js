/* Graph to explore.  One way only: what the reader does changes the address, and the address says what is drawn. */

import { leftOut, list, onAddress } from "../shared/address.js";
import { say, showDetails } from "../shared/details.js";
import { dataIn, finder, options } from "../shared/elements.js";
import { createFilters } from "../shared/filters.js";
import { offer, onFind } from "../shared/find.js";
import { fileName, saveSvg, saveSvgAsPng } from "../shared/saving.js";
import { createAddress } from "./address.js";
import { createCamera } from "./camera.js";
import { createCanvas } from "./canvas.js";
import { createDetails } from "./details.js";
import { createFitting } from "./fitting.js";
import { createNetwork } from "./network.js";
import { createScenes, EMPTY } from "./scene.js";
import { stepFrom } from "./walk.js";

const find = finder("g_");
const data = dataIn(find("data"));
const net = createNetwork(data);
const { cards, byId, isJoint, middleOf, named } = net;
const { contents } = data;
const fitting = createFitting(net);
const filters = createFilters(find, fitting.fields);
for (const [field, values] of Object.entries(fitting.choices)) {
  find(field).append(...options(values, field === "standing" ? data.stateWords : {}));
  filters.hide(field, !values.length);
}
const { read, write, HOME } = createAddress(net, data, filters, find);
const { sceneOf, groupsOf, base } = createScenes(net, data, filters, fitting.fits);
let state = read();
let scene = EMPTY;
const address = (changes) => write({ ...state, ...changes });
const go = (changes) => {
  location.hash = address(changes);
};

const frame = find("canvas");
const canvas = createCanvas(net, data, frame, () => ({ state, scene }));
const { network } = canvas;
let isStarted = false;
const camera = createCamera(network, frame, () => !isStarted);
function aim() {
  const { visible, where, lit } = scene;
  const show = (ids, least, centre) =>
    camera(
      [...ids].filter((id) => visible.has(id)).map((id) => ({ ...where.get(id), box: cards[id].box })),
      least,
      centre && where.get(centre),
    );
  if (state.to) show(visible, 0.45, state.id);
  else if (state.all) show(lit || visible, lit ? 0.5 : contents ? 0.12 : 0.42, middleOf(state.id));
  else show(visible, state.on ? 0.55 : 0.42, state.on || contents.first[0]);
}

/* Details */
const suggest = (text) =>
  offer(
    find,
    net.search(text, 12).map((id) => cards[id].name),
  );
const details = createDetails(net, data, find, {
  ...{ address, go, HOME, suggest },
  canCentre: (id) => Boolean(contents) && (state.all || state.on !== middleOf(id)),
});
function contentOf(fit) {
  if (state.to) return details.pathDetails(state.id, state.to, scene.way);
  if (byId.has(state.id)) return details.edgeDetails(byId.get(state.id));
  if (state.id) return details.nodeDetails(state.id);
  if (!scene.lit) return [];
  const words = filters.words(state, (field) => find(field).selectedOptions[0].textContent);
  return details.filterDetails(fit, scene.visible.size, words);
}
function tell() {
  const fit = scene.lit ? [...scene.lit].filter((id) => !isJoint(id)) : [];
  showDetails(find, contentOf(fit));
  const chosen = byId.has(state.id) ? "a line" : state.id && cards[state.id].name;
  const left = leftOut(state.unknown, "what this graph has not");
  const shown = chosen ? `Details: ${chosen}` : scene.lit ? `${fit.length} boxes fit` : "";
  say(find, left || shown, Boolean(left));
}

/* The controls say what the address says */
function setControls() {
  filters.show(state);
  const boxes = (id) => find(id).querySelectorAll("input");
  for (const box of boxes("relations")) box.checked = !list(box.value).every((kind) => state.off.has(kind));
  const groups = groupsOf(state);
  for (const box of boxes("groups")) box.checked = groups.has(box.value);
  find("groups").hidden = !state.all && !state.on;
  const folded = !state.all && !state.open && !state.to && data.folded[state.on];
  find("more").hidden = !folded;
  find("more").textContent = folded ? `and ${folded} more` : "";
  find("back").setAttribute("aria-pressed", String(!state.all && !state.on));
  find("all").setAttribute("aria-pressed", String(state.all));
}
let before = "";
function apply() {
  state = read();
  scene = sceneOf(state);
  setControls();
  canvas.place(base);
  const { all, on, open, to, id, off, shown } = state;
  const asked = filters.fields.map((field) => state[field]);
  const aimed = [all, on, open, to, all && id, ...asked, off.size, shown ? [...shown] : ""].join();
  if (aimed !== before) aim();
  before = aimed;
  tell();
  isStarted = true;
}

/* What the reader does */
onAddress(
  (key) => named.has(key),
  () => {
    const was = state.id;
    apply();
    const from = document.activeElement;
    const isFollowed = from && (from === find("find") || from.matches("a"));
    if (state.id && state.id !== was && isFollowed) find("panel").focus();
  },
);
network.on("click", ({ nodes: [hit], pointer }) => {
  const line = hit ? null : canvas.lineUnder(pointer.canvas);
  const id = hit || (line && byId.has(line.id) ? line.id : "");
  if (id) go({ id, to: "" });
  else if (state.id) go({ id: state.all ? "" : middleOf(state.on) });
});
network.on("doubleClick", ({ nodes: [hit] }) => {
  if (hit && contents) go({ ...HOME, id: hit });
});
network.on("hoverNode", ({ node }) => {
  find("hover").textContent = cards[node].name;
  find("hover").hidden = network.getScale() >= 0.93 && !isJoint(node);
  canvas.hover(node);
});
network.on("blurNode", () => {
  find("hover").hidden = true;
  canvas.hover("");
});
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
const walk = (right, down) => {
  const id = stepFrom(net, state, scene, right, down);
  if (id) go({ id });
};
const KEYS = {
  Escape: () => go(HOME),
  Enter: () => find("panel").focus(),
  "+": () => zoom(1.25),
  "-": () => zoom(0.8),
  ArrowLeft: () => walk(-1, 0),
  ArrowRight: () => walk(1, 0),
  ArrowUp: () => walk(0, -1),
  ArrowDown: () => walk(0, 1),
};
canvas.surface.addEventListener("keydown", (event) => {
  const act = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (!act) return;
  act();
  event.preventDefault();
});
onFind(find, suggest, (wanted) => {
  const [id] = net.search(wanted, 1);
  if (id) go({ ...HOME, id });
  else say(find, `Nothing is called “${wanted}”.`, true);
});
filters.onChoice((field, value) => go({ id: "", on: "", to: "", open: false, all: false, [field]: value }));
const ticked = (id, isOn) =>
  new Set(
    [...find(id).querySelectorAll("input")].filter((box) => box.checked === isOn).flatMap((box) => list(box.value)),
  );
find("relations").addEventListener("change", () => go({ off: ticked("relations", false) }));
find("groups").addEventListener("change", () => go({ shown: ticked("groups", true) }));
find("more").addEventListener("click", () => go({ open: true }));
find("back").addEventListener("click", () => {
  if (state.all || state.on) go(HOME);
  else aim();
});
find("all").addEventListener("click", () => {
  if (state.all && !state.id && !scene.lit) aim();
  else go({ ...HOME, all: true });
});
find("bar").addEventListener("submit", (event) => event.preventDefault());
const title = () => fileName(state.id && cards[middleOf(state.id)] ? cards[middleOf(state.id)].name : document.title);
find("svg").addEventListener("click", () => saveSvg(canvas.picture().text, title()));
find("png").addEventListener("click", () => {
  const { text, wide, high } = canvas.picture();
  return saveSvgAsPng(text, wide, high, title());
});
let size = "";
new ResizeObserver(() => {
  const now = `${frame.clientWidth} ${frame.clientHeight}`;
  if (now === size) return;
  size = now;
  network.setSize("100%", "100%");
  network.redraw();
  aim();
}).observe(frame);

// Without this script the links of the start lead into the table.
for (const link of find("start").querySelectorAll("a[data-key]")) {
  link.href = `#${encodeURIComponent(link.dataset.key)}`;
}
find("bar").hidden = find("key").hidden = false;
find("key").open = innerWidth > 900;
apply();
window.graphDrawn = canvas.drawn;
document.documentElement.dataset.ready = "yes";
