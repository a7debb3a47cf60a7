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
const { fileURLToPath, pathToFileURL } = require("node:url");
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
const INSTALLED = "/node_modules/";
const OWN = path.join(__dirname, "..", path.sep);

/** Generated code of the SDK's, which `left-behind.cjs` does not look at: there is too much of it. */
const GENERATED = `${path.sep}proto${path.sep}`;

const keeping = new Map();
/** The folder of the project, as a URL. */
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

/** Whether a URL is of one of the program's own files. */
function isOwn(url) {
  return url?.startsWith(root) === true && !url.slice(root.length).includes(INSTALLED);
}

function keepsNothing(file) {
  return file.startsWith(OWN) || (packageOf(path.dirname(file)) && !file.includes(GENERATED));
}

/** Notes what a program's file imports, and is not its own. */
function note(url) {
  if (!url.startsWith("file:")) {
    const name = url.startsWith("node:") ? url : `node:${url}`;
    foreign ??= HARMLESS.has(name) ? undefined : `\`${url}\``;
    return;
  }
  const file = fileURLToPath(url);
  if (keepsNothing(file)) {
    watchWorld.know(file);
  } else {
    foreign ??= `\`${file}\``;
  }
}

Module.registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (root !== "") {
      if (onBegin !== undefined) {
        if (isOwn(resolved.url)) {
          onBegin();
          onBegin = undefined;
        }
      } else if (isOwn(context.parentURL) && !isOwn(resolved.url)) {
        note(resolved.url);
      }
    }
    return resolved;
  },
});

exports.watchImports = {
  /** @param whenItBegins called before the first of the program's own files is loaded */
  begin(folder, whenItBegins) {
    root = folder === "" ? "" : pathToFileURL(realpathSync(folder) + path.sep).href;
    foreign = undefined;
    onBegin = whenItBegins;
  },
  /** What was imported that may keep something; undefined: nothing. */
  foreign: () => foreign,
};
