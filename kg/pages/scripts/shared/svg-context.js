/* SVG of a drawing: takes the calls by which it is drawn on a canvas and writes them down; one drawing, two forms. */

const round = (value) => Math.round(value * 100) / 100;
// What XML cannot hold: control characters and halves of surrogate pairs.
const UNFIT =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const clean = (text) =>
  String(text)
    .replace(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
    .replace(UNFIT, "");

function element(name, attributes, content = null) {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const start = `<${name}${given.map(([key, value]) => ` ${key}="${clean(value)}"`).join("")}`;
  return content === null ? `${start}/>` : `${start}>${content}</${name}>`;
}
const frame = (x, y, width, height) => ({ x: round(x), y: round(y), width: round(width), height: round(height) });

/** Return a stand-in for the context of a canvas; its `text` is the SVG of what was drawn. */
export function createSvgContext() {
  const ruler = document.createElement("canvas").getContext("2d");
  const parts = [];
  let path = [];
  let dash = [];
  const add = (name, attributes, content) =>
    parts.push(element(name, { ...attributes, opacity: context.globalAlpha }, content));
  const outline = () => ({ fill: "none", stroke: context.strokeStyle, "stroke-width": round(context.lineWidth) });
  const context = {
    fillStyle: "#000",
    strokeStyle: "#000",
    lineWidth: 1,
    globalAlpha: 1,
    textAlign: "left",
    textBaseline: "alphabetic",
    font: "10px sans-serif",
    beginPath() {
      path = [];
    },
    moveTo: (x, y) => path.push(`M${round(x)} ${round(y)}`),
    lineTo: (x, y) => path.push(`${path.length ? "L" : "M"}${round(x)} ${round(y)}`),
    closePath: () => path.push("Z"),
    rect: (x, y, w, h) => path.push(`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`),
    roundRect(x, y, w, h, radius) {
      const r = Math.min(radius, w / 2, h / 2);
      const corner = (right, down) => `a${r} ${r} 0 0 1 ${right * r} ${down * r}`;
      const [across, along] = [round(w - 2 * r), round(h - 2 * r)];
      path.push(`M${round(x + r)} ${round(y)}h${across}${corner(1, 1)}v${along}${corner(-1, 1)}`);
      path.push(`h${-across}${corner(-1, -1)}v${-along}${corner(1, -1)}z`);
    },
    arc: (x, y, r) => path.push(`M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`),
    quadraticCurveTo: (a, b, x, y) => path.push(`Q${round(a)} ${round(b)} ${round(x)} ${round(y)}`),
    setLineDash(lengths) {
      dash = lengths;
    },
    measureText(text) {
      ruler.font = context.font;
      return ruler.measureText(text);
    },
    fill: () => add("path", { d: path.join(""), fill: context.fillStyle }),
    stroke: () =>
      add("path", { d: path.join(""), ...outline(), "stroke-dasharray": dash.map(round).join(" ") || "none" }),
    fillRect: (x, y, w, h) => add("rect", { ...frame(x, y, w, h), fill: context.fillStyle }),
    strokeRect: (x, y, w, h) => add("rect", { ...frame(x, y, w, h), ...outline() }),
    fillText(text, x, y, most) {
      const parsed = /^(\d+)? ?([\d.]+)px (.*)$/.exec(context.font) || [null, "400", "12", "sans-serif"];
      const [, weight, size, face] = parsed;
      const isSqueezed = most && context.measureText(text).width > most;
      const place = {
        x: round(x),
        y: round(y + (context.textBaseline === "middle" ? Number(size) * 0.35 : 0)),
        textLength: isSqueezed ? round(most) : undefined,
        lengthAdjust: isSqueezed ? "spacingAndGlyphs" : undefined,
        "text-anchor": { center: "middle", right: "end" }[context.textAlign] || "start",
      };
      const type = { "font-family": face, "font-size": size, "font-weight": weight || 400, fill: context.fillStyle };
      add("text", { ...place, ...type }, clean(text));
    },
    text(left, top, width, height, ground) {
      const xmlns = "http://www.w3.org/2000/svg";
      const viewBox = [left, top, width, height].map(round).join(" ");
      const paper = element("rect", { ...frame(left, top, width, height), fill: ground });
      const size = { width: round(width), height: round(height) };
      return element("svg", { xmlns, viewBox, ...size }, paper + parts.join(""));
    },
  };
  return context;
}
