// Bundles the editor into one file, and puts the licences of what is in it beside: node build.mjs [FOLDER]
// The packages are looked for beside this file or in the folder that NODE_PATH names.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.env.NODE_PATH ?? join(here, "node_modules");
const out = resolve(process.argv[2] ?? join(here, "../static/editor"));
const esbuild = createRequire(join(packages, "none.js"))("esbuild");

const { metafile } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: ["main.ts"],
  outfile: join(out, "sparql.js"),
  nodePaths: [packages],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
});

const bundled = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) bundled.add(found[1]);
}
const parts = [...bundled].sort().map((name) => {
  const folder = join(packages, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no file with its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
const head = "sparql.js is snhr-kg's own editor (Apache-2.0) together with these packages, under these licences.\n";
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "licences.txt"), [head, ...parts].join(`\n${"-".repeat(72)}\n\n`));
