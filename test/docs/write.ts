/** Writes what of the documentation is generated: `npm run docs`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./pages.ts";
import { policyPages } from "./policy-pages.ts";

for (const { folder, pages } of [policyPages()]) {
  const path = join(REPOSITORY, folder);
  mkdirSync(path, { recursive: true });
  for (const name of readdirSync(path).filter((each) => !pages.has(each))) {
    rmSync(join(path, name));
  }
  for (const [name, text] of pages) {
    writeFileSync(join(path, name), text);
  }
  process.stdout.write(`${folder}: ${pages.size} pages\n`);
}
