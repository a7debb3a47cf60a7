import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import schema from "../../components/plugin/schema.json" with { type: "json" };
import { graphOfDeployment } from "./support/deployment.ts";
import { describeOnRealEngine } from "./support/lifecycle.ts";
import { REPOSITORY } from "./support/paths.ts";
import { describePluginLifecycle } from "./support/plugin-lifecycle.ts";
import { pointAtComponents } from "./support/plugin-project.ts";
import { requireYaml } from "./support/require-host.ts";
import { serveAwsSchema } from "./support/schema-serving-aws.ts";
import { ownStack } from "./support/stack.ts";

const TWIN = fileURLToPath(new URL("fixtures/plugin-twin", import.meta.url));
const LATE = fileURLToPath(new URL("fixtures/plugin-bad-late", import.meta.url));
const SECRET = fileURLToPath(new URL("fixtures/plugin-bad-secret", import.meta.url));
const BAD = fileURLToPath(new URL("fixtures/plugin-bad", import.meta.url));

describeOnRealEngine("examples/yaml, through the plugin, on the real engine", () => {
  requireYaml();
  describePluginLifecycle({ example: "yaml", twin: "plugin-twin", prepare: pointAtComponents });
});

describeOnRealEngine("examples/yaml-everything, through the plugin, on the real engine", () => {
  requireYaml();
  describePluginLifecycle({
    example: "yaml-everything",
    twin: "plugin-twin-everything",
    prepare: async (engine) => {
      // The host for YAML reads the schemas of all packages that a program names.
      await Promise.all([pointAtComponents(engine), serveAwsSchema(engine)]);
    },
  });
});

describeOnRealEngine("bad arguments, through the plugin, on the real engine", () => {
  requireYaml();
  const engine = ownStack(BAD, "dev", { prepare: pointAtComponents });

  it("are all told at once, by name, before anything is registered", async () => {
    const { code, events, stdout } = await engine().preview({ mayFail: true });
    assert.notEqual(code, 0, stdout);
    const told = events.diagnostics.map(({ message }) => message).join("\n");
    for (const argument of ["retentionDays", "keyRotationDays", "s3KeyPrefix"]) {
      assert.equal(
        told.split(`property ${argument} `).length,
        2,
        `\`${argument}\` is not told of once:\n${told}`,
      );
    }
    assert.deepEqual(
      events.steps.map(({ urn }) => urn).filter((urn) => !urn.includes("::pulumi:")),
      [],
    );
  });
});

describeOnRealEngine(
  "arguments that are known in the update alone, through the plugin, on the real engine",
  () => {
    requireYaml();
    const engine = ownStack(LATE, "dev", { prepare: pointAtComponents });

    it("pass in a preview, and are refused then, by name, before the component builds anything", async () => {
      const preview = await engine().preview({ mayFail: true });
      assert.equal(preview.code, 0, preview.stdout);
      const { code, events, stdout } = await engine().up({ mayFail: true });
      assert.notEqual(code, 0, stdout);
      const told = events.diagnostics.map(({ message }) => message).join("\n");
      for (const argument of ["permissionsBoundaryArn", "policyArns[0]"]) {
        assert.equal(told.split(`property ${argument} `).length, 2, told);
      }
      const made = [...graphOfDeployment(await engine().exportState()).keys()];
      assert.ok(made.length > 0);
      assert.deepEqual(
        made.filter((urn) => urn.includes("DefaultHostManagement")),
        [],
      );
    });
  },
);

describeOnRealEngine("arguments that are secrets, through the plugin, on the real engine", () => {
  requireYaml();
  const engine = ownStack(SECRET, "dev", { prepare: pointAtComponents });

  it("are refused by name, and not shown", async () => {
    const { code, events, stdout } = await engine().preview({ mayFail: true });
    assert.notEqual(code, 0, stdout);
    const told = events.diagnostics.map(({ message }) => message).join("\n");
    assert.equal(told.split("permissionsBoundaryArn: `[secret]`, expected ").length, 2, told);
    // The engine adds the values of arguments that errors name as properties.
    assert.doesNotMatch(told, /hunter2|unhandled/);
    assert.doesNotMatch(stdout, /hunter2/);
  });
});

describeOnRealEngine("the plugin's schema, on the real engine", () => {
  const engine = ownStack(TWIN, "dev");

  it("is understood by the engine as it is checked in, word for word", async () => {
    const { config, ...served } = await engine().packageSchema(join(REPOSITORY, "components"));
    // The engine adds what a package asks of a stack's configuration: nothing.
    assert.deepEqual(config, {});
    assert.deepEqual(served, schema);
  });
});
