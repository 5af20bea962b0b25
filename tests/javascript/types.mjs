// Writes the TypeScript types of JSON Schema documents, as json-schema-to-typescript generates them.
//
//   node types.mjs PACKAGES FOLDER SCHEMA...    writes a file of types for each schema into the folder

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [packages, folder, ...paths] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${packages}/`));
const { compile } = require("json-schema-to-typescript");

const read = (path) => JSON.parse(readFileSync(path, "utf-8"));
const schemas = new Map(paths.map((path) => [read(path).$id, path]));

// The documents name one another by their ids; they are the files given, and nothing is fetched.
const known = {
  order: 1,
  canRead: ({ url }) => schemas.has(url.split("#")[0]),
  read: ({ url }) => readFileSync(schemas.get(url.split("#")[0]), "utf-8"),
};

for (const path of paths) {
  const name = basename(path).replace(/(\.schema)?\.json$/, "");
  const written = await compile(read(path), name, {
    $refOptions: { resolve: { known, file: false, http: false } },
    additionalProperties: true,
    bannerComment: "",
    format: false,
  });
  writeFileSync(join(folder, `${name}.ts`), written);
}
