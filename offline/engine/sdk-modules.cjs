/** For the modules of this folder that change what `@pulumi/pulumi` does at its start. */
"use strict";

const Module = require("node:module");
const path = require("node:path");

const SDK = path.join(path.sep, "node_modules", "@pulumi", "pulumi", path.sep);
const changes = new Map();
const load = Module.prototype.load;

/**
 * Has a file of `@pulumi/pulumi` changed when it has been loaded.
 *
 * @param file relative to the package's folder
 * @param change given what the file exports
 */
exports.afterLoading = (file, change) => {
  changes.set(path.normalize(file), change);
};

if (typeof load === "function") {
  Module.prototype.load = function (filename) {
    const result = load.call(this, filename);
    const at = filename.lastIndexOf(SDK);
    if (at !== -1) {
      changes.get(filename.slice(at + SDK.length))?.(this.exports);
    }
    return result;
  };
}
