/* Files made in the browser, such as a picture: SVG as it is, PNG at twice its size; nothing is sent. */

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export const saveSvg = (text, name) => save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);

export const savePng = (canvas, name) =>
  new Promise((done) => {
    canvas.toBlob((blob) => {
      save(blob, `${name}.png`);
      done();
    }, "image/png");
  });

/** Save an SVG as PNG.  A browser paints it into a canvas only if it is an address; ours allows data addresses. */
export async function saveSvgAsPng(text, width, height, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = Math.min(2, 8000 / Math.max(width, height));
  [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return savePng(canvas, name);
}

/** Return a plain file name, without suffix, that is made of `words`. */
export const fileName = (words) =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "graph";
