/* Archive of a page: the files of a tar (POSIX ustar), gzipped, in a data: address. */

const BLOCK = 512; // bytes: one holds name and size (octal), then comes the content in whole blocks; a zero ends it

/** Return the texts of the files of an archive, by their names. */
export async function filesIn(address) {
  const packed = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
  const tar = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(tar).arrayBuffer();
  const text = (at, size) => new TextDecoder().decode(new Uint8Array(bytes, at, size));
  const files = {};
  for (let at = 0; text(at, 1) !== "\0";) {
    const size = parseInt(text(at + 124, 11), 8);
    files[text(at, 100).split("\0")[0]] = text(at + BLOCK, size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
