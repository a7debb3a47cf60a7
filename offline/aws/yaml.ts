import { createRequire } from "node:module";

import type * as Yaml from "yaml";

import type { Wire } from "../protocol/wire.ts";

const require = createRequire(import.meta.url);

/**
 * Reads YAML. The parser is loaded with the first document: most programs have none, and every start would pay for it.
 *
 * @throws Error where the text is no YAML.
 */
export function parseYaml(text: string): Wire {
  const yaml: typeof Yaml = require("yaml");
  const parsed: Wire = yaml.parse(text, { strict: true, logLevel: "silent" });
  return parsed;
}
