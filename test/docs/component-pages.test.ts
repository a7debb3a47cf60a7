import assert from "node:assert/strict";
import { type ShownComponent, componentPages, shownComponents } from "./component-pages.ts";
import { type ExamplePreview, previewExamples } from "./example-previews.ts";
import { examplesReadme, readExamplesReadme } from "./examples-table.ts";
import { costsOf } from "./footprint.ts";
import { assertFresh, staleFiles } from "./pages.ts";

describe("docs/components and the table of the examples", function () {
  this.timeout(180_000);

  let previews: readonly ExamplePreview[];
  let components: readonly ShownComponent[];
  before(async () => {
    previews = await previewExamples();
    components = shownComponents(previews);
  });

  it("are as the components' sources and the examples are (`npm run docs` writes them)", () => {
    const readme = readExamplesReadme();
    const table = readme === examplesReadme(readme, previews) ? [] : ["examples/README.md is stale"];
    assertFresh([...staleFiles(componentPages(components)), ...table]);
  });

  it("show every component in an example that keeps all policies", () => {
    const shown = ({ instances }: ShownComponent): boolean =>
      instances[0] !== undefined && !instances[0].example.startsWith("bad-");
    assert.deepEqual(
      components.filter((each) => !shown(each)).map(({ api }) => api.name),
      [],
      "add an example of these under examples/, and run `npm run docs`",
    );
  });

  it("say what every resource costs", () => {
    const unpriced = components.flatMap(({ instances }) =>
      instances.flatMap(({ resources }) => costsOf(resources).unpriced),
    );
    assert.deepEqual(
      [...new Set(unpriced)],
      [],
      "add these types to test/docs/prices.ts, and run `npm run docs`",
    );
  });

  it("name every output that a component registers", () => {
    const { pages } = componentPages(components);
    for (const { api, instances } of components) {
      const page = pages.get(`${api.name}.md`) ?? "";
      const outputs = String(/\n## Outputs\n[\s\S]*?\n## What it creates\n/.exec(page));
      const registered = instances.flatMap(({ component }) => Object.keys(component.outputs));
      assert.deepEqual(
        [...new Set(registered)].filter((name) => !outputs.includes(`\`${name}\``)),
        [],
        api.name,
      );
    }
  });

  it("have a page for every component, with each of its arguments, outputs and resources", () => {
    const { pages } = componentPages(components);
    assert.deepEqual(
      [...pages.keys()].toSorted(),
      ["README.md", ...components.map(({ api }) => `${api.name}.md`)].toSorted(),
    );
    for (const { api, instances } of components) {
      const page = pages.get(`${api.name}.md`) ?? "";
      for (const { name } of [...(api.args?.properties ?? []), ...api.outputs]) {
        assert.ok(page.includes(`\n| \`${name}\` | `), `${api.name}: ${name}`);
      }
      for (const { name } of instances[0]?.resources ?? []) {
        assert.ok(page.includes(`\`${name}\``), `${api.name}: ${name}`);
      }
    }
  });
});
