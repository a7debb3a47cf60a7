/** Writes the schema of the plugin: `npm run schema`. */
import { writeFileSync } from "node:fs";
import { SCHEMA_FILE, schemaText } from "./schema-file.ts";

writeFileSync(SCHEMA_FILE, schemaText());
process.stdout.write(`${SCHEMA_FILE}\n`);
