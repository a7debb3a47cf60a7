import { join } from "node:path";
import { REPOSITORY } from "../docs/pages.ts";
import { inferSchema } from "./infer-schema.ts";

/** Where the schema is checked in, for the plugin to serve. */
export const SCHEMA_FILE = join(REPOSITORY, "components", "plugin", "schema.json");

export function schemaText(): string {
  return `${JSON.stringify(inferSchema(), undefined, 2)}\n`;
}
