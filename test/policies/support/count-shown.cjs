"use strict";

// Loaded in a pack's process before the pack: counts how often its server prepares a resource of a stack for a policy,
// which begins with the resource's name, and keeps the number in the file that SHOWN_FILE names.

const { writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

const pack = createRequire(path.join(process.cwd(), "index.js"));
const sdk = createRequire(pack.resolve("@pulumi/policy"));
const { prototype } = sdk("@pulumi/pulumi/proto/analyzer_pb").AnalyzerResource;
const { getName } = prototype;
let shown = 0;
prototype.getName = function counted() {
  shown += 1;
  writeFileSync(process.env.SHOWN_FILE, String(shown));
  return getName.call(this);
};
