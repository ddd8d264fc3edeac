/* Saves a picture as a file: SVG as it is, PNG at twice its size.  The file is made in the browser; nothing is sent. */
"use strict";
const graphSaving = (() => {
  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
  const svg = (text, name) => save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
  const png = (canvas, name) => new Promise((done) => canvas.toBlob((blob) => { save(blob, `${name}.png`); done(); }, "image/png"));
  // A browser paints an SVG into a canvas only if it is an address; ours allows data addresses for pictures.
  async function pngOf(text, width, height, name) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 8000 / Math.max(width, height));
    [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return png(canvas, name);
  }
  const fileName = (words) => words.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph";
  return { svg, png, pngOf, fileName };
})();

/* Takes the calls by which a picture is drawn on a canvas and writes them as SVG: one drawing, two forms. */
function graphSvgContext() {
  const ruler = document.createElement("canvas").getContext("2d");
  const parts = [];
  let path = [];
  let dash = [];
  const round = (value) => Math.round(value * 100) / 100;
  const clean = (text) => String(text).replace(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  const point = (command) => (x, y) => path.push(`${path.length ? command : "M"}${round(x)} ${round(y)}`);
  const context = {
    fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, textAlign: "left", textBaseline: "alphabetic", font: "10px sans-serif",
    beginPath() { path = []; },
    moveTo: (x, y) => path.push(`M${round(x)} ${round(y)}`),
    lineTo: point("L"),
    closePath: () => path.push("Z"),
    rect: (x, y, w, h) => path.push(`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`),
    roundRect(x, y, w, h, radius) {
      const r = Math.min(radius, w / 2, h / 2);
      path.push(`M${round(x + r)} ${round(y)}h${round(w - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${round(h - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${r}h${round(2 * r - w)}a${r} ${r} 0 0 1 ${-r} ${-r}v${round(2 * r - h)}a${r} ${r} 0 0 1 ${r} ${-r}z`);
    },
    arc: (x, y, r) => path.push(`M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`),
    quadraticCurveTo: (a, b, x, y) => path.push(`Q${round(a)} ${round(b)} ${round(x)} ${round(y)}`),
    setLineDash(lengths) { dash = lengths; },
    measureText(text) { ruler.font = context.font; return ruler.measureText(text); },
    fill: () => parts.push(`<path d="${path.join("")}" fill="${clean(context.fillStyle)}" opacity="${context.globalAlpha}"/>`),
    stroke: () => parts.push(`<path d="${path.join("")}" fill="none" stroke="${clean(context.strokeStyle)}" stroke-width="${round(context.lineWidth)}" stroke-dasharray="${dash.map(round).join(" ") || "none"}" opacity="${context.globalAlpha}"/>`),
    fillRect: (x, y, w, h) => parts.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${clean(context.fillStyle)}" opacity="${context.globalAlpha}"/>`),
    strokeRect: (x, y, w, h) => parts.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="none" stroke="${clean(context.strokeStyle)}" stroke-width="${round(context.lineWidth)}" opacity="${context.globalAlpha}"/>`),
    fillText(text, x, y, most) {
      const [, weight, size, face] = /^(\d+)? ?([\d.]+)px (.*)$/.exec(context.font) || [null, "400", "12", "sans-serif"];
      const squeezed = most && context.measureText(text).width > most ? ` textLength="${round(most)}" lengthAdjust="spacingAndGlyphs"` : "";
      const anchor = { center: "middle", right: "end" }[context.textAlign] || "start";
      const drop = context.textBaseline === "middle" ? Number(size) * 0.35 : 0;
      parts.push(`<text x="${round(x)}" y="${round(y + drop)}" font-family="${clean(face)}" font-size="${size}" font-weight="${weight || 400}" text-anchor="${anchor}" fill="${clean(context.fillStyle)}" opacity="${context.globalAlpha}"${squeezed}>${clean(text)}</text>`);
    },
    text: (left, top, width, height, ground) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(left)} ${round(top)} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"><rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${clean(ground)}"/>${parts.join("")}</svg>`,
  };
  return context;
}
