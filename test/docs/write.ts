/** Writes what of the documentation is generated: `npm run docs`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACCESS_PAGE, accessPage } from "./access-matrix.ts";
import { componentPages, shownComponents } from "./component-pages.ts";
import { previewExamples } from "./example-previews.ts";
import { EXAMPLES_README, examplesReadme, readExamplesReadme } from "./examples-table.ts";
import { REPOSITORY } from "./pages.ts";
import { policyPages } from "./policy-pages.ts";

const previews = await previewExamples();

for (const { folder, pages } of [policyPages(), componentPages(shownComponents(previews))]) {
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

writeFileSync(EXAMPLES_README, examplesReadme(readExamplesReadme(), previews));
process.stdout.write(`examples/README.md: ${previews.length} examples\n`);

writeFileSync(ACCESS_PAGE, await accessPage());
process.stdout.write("docs/access.md\n");
