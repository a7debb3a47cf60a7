/** Writes what of the documentation is generated: `npm run docs`. What cannot be made leaves the rest to be written. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { componentPages, shownComponents } from "./component-pages.ts";
import { previewExamples } from "./example-previews.ts";
import { EXAMPLES_README, examplesReadme, readExamplesReadme } from "./examples-table.ts";
import { type GeneratedFolder, REPOSITORY } from "./pages.ts";
import { policyPages } from "./policy-pages.ts";

function writeFolder({ folder, pages }: GeneratedFolder): void {
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

async function attempt(write: () => Promise<void> | void): Promise<void> {
  try {
    await write();
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

await attempt(() => writeFolder(policyPages()));
await attempt(async () => {
  const previews = await previewExamples();
  await attempt(() => writeFolder(componentPages(shownComponents(previews))));
  await attempt(() => {
    writeFileSync(EXAMPLES_README, examplesReadme(readExamplesReadme(), previews));
    process.stdout.write(`examples/README.md: ${previews.length} examples\n`);
  });
});
