/* Build of the pages' scripts: one classic script a page, from its modules here to kg/pages/<page>/page.js, and
   built.json, the SHA-256 of everything that went in and came out.  `--check` writes nothing and fails if a file would
   change.  Run by `make scripts`, which also installs what package-lock.json names. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const PAGES = resolve(HERE, "..");
// Where `make` installs: outside of the package, which holds nothing but our own files.
const esbuild = createRequire(new URL("../../../build/node/", import.meta.url))("esbuild");
const OUTSIDE = ["package.json", "package-lock.json", "build.js"];

const digest = (text) => createHash("sha256").update(text).digest("hex");
const named = (file) => relative(PAGES, file).replaceAll("\\", "/");
const digests = (files) =>
  Object.fromEntries([...files].sort().map((file) => [named(file), digest(readFileSync(file))]));

const pages = readdirSync(HERE, { withFileTypes: true })
  .filter((each) => each.isDirectory() && existsSync(join(HERE, each.name, "page.js")))
  .map((each) => each.name)
  .sort();

const built = {};
const sources = new Set(OUTSIDE.map((name) => join(HERE, name)));
for (const page of pages) {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [join(HERE, page, "page.js")],
    outfile: join(PAGES, page, "page.js"),
    absWorkingDir: HERE,
    bundle: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    // Modules are strict; what is built of them says so.
    banner: { js: `/* Script of a page, built from kg/pages/scripts/${page}/ */\n"use strict";` },
    minify: true,
    lineLimit: 120,
    metafile: true,
    write: false,
  });
  built[join(PAGES, page, "page.js")] = outputFiles[0].contents;
  for (const input of Object.keys(metafile.inputs)) sources.add(join(HERE, input));
}
const manifest = {
  sources: digests(sources),
  built: Object.fromEntries(Object.entries(built).map(([file, text]) => [named(file), digest(text)])),
};
built[join(HERE, "built.json")] = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);

const isCheck = process.argv.includes("--check");
for (const [file, text] of Object.entries(built)) {
  if (existsSync(file) && readFileSync(file).equals(Buffer.from(text))) continue;
  if (isCheck) {
    console.error(`kg/pages/${named(file)} is not what its modules build: run \`make scripts\``);
    process.exitCode = 1;
  } else writeFileSync(file, text);
}
