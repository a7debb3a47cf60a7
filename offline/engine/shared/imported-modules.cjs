/**
 * Notices what a program's own files import. Modules stay loaded: what they keep, the next program in the same process
 * would find. Nothing is found of these:
 *
 * - the program's own files, for no two programs of one folder run in one process;
 * - packages that keep nothing: Pulumi's SDK and its packages for AWS, and those whose package.json says
 *   `"bastionless": { "keepsNothing": true }`;
 * - the modules of Node.js below, which have nothing to set for the whole process that would go unnoticed.
 */
"use strict";

const { readFileSync, realpathSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { fileURLToPath } = require("node:url");
const { watchWorld } = require("./left-behind.cjs");

const HARMLESS = new Set([
  "node:assert",
  "node:assert/strict",
  "node:buffer",
  "node:crypto",
  "node:fs",
  "node:fs/promises",
  "node:os",
  "node:path",
  "node:path/posix",
  "node:path/win32",
  "node:querystring",
  "node:string_decoder",
  "node:timers",
  "node:timers/promises",
  "node:url",
  "node:util",
]);

const KEEP_NOTHING = new Set(["@pulumi/aws", "@pulumi/awsx", "@pulumi/pulumi"]);
const INSTALLED = `${path.sep}node_modules${path.sep}`;
const OWN = path.join(__dirname, "..", path.sep);

const keeping = new Map();
let root = "";
let foreign;
let onBegin;

function packageOf(folder) {
  if (!keeping.has(folder)) {
    keeping.set(folder, readPackage(folder));
  }
  return keeping.get(folder);
}

/** Whether the package that a folder belongs to keeps nothing. */
function readPackage(folder) {
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  } catch {
    // None here, or none that says anything.
    const parent = path.dirname(folder);
    return parent !== folder && packageOf(parent);
  }
  return KEEP_NOTHING.has(manifest.name) || manifest.bastionless?.keepsNothing === true;
}

function isWithin(file, folder) {
  return file.startsWith(folder) && !file.slice(folder.length).includes(INSTALLED);
}

function keepsNothing(file) {
  return file.startsWith(OWN) || packageOf(path.dirname(file));
}

function fileOf(url) {
  return url?.startsWith("file:") === true ? fileURLToPath(url) : undefined;
}

/** What a program's file imports, and is not its own. */
function note(url, file) {
  if (file === undefined) {
    const name = url.startsWith("node:") ? url : `node:${url}`;
    if (!HARMLESS.has(name)) {
      foreign ??= `\`${url}\``;
    }
  } else if (keepsNothing(file)) {
    watchWorld.know(file);
  } else {
    foreign ??= `\`${file}\``;
  }
}

Module.registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (root !== "") {
      const file = fileOf(resolved.url);
      if (file !== undefined && isWithin(file, root)) {
        onBegin?.();
        onBegin = undefined;
      } else if (onBegin === undefined) {
        const parent = fileOf(context.parentURL);
        // A module that is no program's and no package's that keeps nothing was loaded by one of those.
        if (parent !== undefined && isWithin(parent, root)) {
          note(resolved.url, file);
        }
      }
    }
    return resolved;
  },
});

exports.watchImports = {
  /** @param whenItBegins called before the first of the program's own files is loaded */
  begin(folder, whenItBegins) {
    root = folder === "" ? "" : realpathSync(folder) + path.sep;
    foreign = undefined;
    onBegin = whenItBegins;
  },
  /** What was imported that may keep something; undefined: nothing. */
  foreign: () => foreign,
};
