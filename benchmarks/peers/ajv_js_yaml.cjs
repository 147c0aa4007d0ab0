// A peer: ajv and js-yaml, the same schema, all sheets of a folder in one process; without positions and rules.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

// The packages are where the first argument says, not beside this file.
const [place, schema, folder] = process.argv.slice(2);
const load = createRequire(path.join(place, "any.js"));
const { Ajv2020 } = load("ajv/dist/2020");
const addFormats = load("ajv-formats");
const yaml = load("js-yaml");

const ajv = new Ajv2020({ strict: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));
let bad = 0;
for (const name of fs.readdirSync(folder).sort()) {
  let good = false;
  try {
    good = validate(yaml.load(fs.readFileSync(path.join(folder, name), "utf8")));
  } catch {
    good = false;
  }
  if (!good) {
    bad += 1;
    console.log(path.join(folder, name));
  }
}
process.exitCode = bad ? 1 : 0;
