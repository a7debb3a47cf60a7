/**
 * Loaded into a program. What a program throws may be any value: of an object that is no error the runner would say only
 * `[object Object]`.
 */
"use strict";

const { inspect } = require("node:util");
const { afterLoading } = require("./sdk-modules.cjs");

afterLoading("cmd/run/error.js", (errors) => {
  const message = errors.defaultErrorMessage;
  if (typeof message === "function") {
    errors.defaultErrorMessage = (error) =>
      typeof error === "object" && error !== null && !error.stack && !error.message
        ? inspect(error)
        : message(error);
  }
});
