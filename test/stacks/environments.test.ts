import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStackConfig } from "../../offline/project/stack-config.ts";
import { readProject, type Project } from "../../offline/project/project.ts";
import { readYamlFile } from "../../offline/project/yaml-file.ts";
import { type EnvironmentConfig, parseConfig } from "../../stacks/config/config.ts";
import { KEYS } from "../../stacks/config/keys.ts";

const ROOT = join(import.meta.dirname, "../..");

function environment(stack: string): EnvironmentConfig {
  const project: Project = readProject(ROOT);
  return parseConfig(readStackConfig(project, stack, {}), { project: "bastionless", stack });
}

describe("the project's configuration block", () => {
  const file = readYamlFile(join(ROOT, "Pulumi.yaml"));
  assert.ok(typeof file === "object" && file !== null && "config" in file);
  const block = file.config;
  assert.ok(typeof block === "object" && block !== null);
  const declared = new Map<string, unknown>(Object.entries(block));

  it("declares the keys that the program reads, in their order", () => {
    assert.deepEqual([...declared.keys()], Object.keys(KEYS));
  });

  for (const [name, key] of Object.entries(KEYS)) {
    it(`gives ${name} the program's type and default, and says what it is`, () => {
      const list = /^array<(\w+)>$/.exec(key.type);
      assert.partialDeepStrictEqual(declared.get(name), {
        ...(list === null ? { type: key.type } : { type: "array", items: { type: list[1] } }),
        default: key.default,
      });
      const declaration = declared.get(name);
      assert.ok(typeof declaration === "object" && declaration !== null && "description" in declaration);
      assert.match(String(declaration.description), /[.]$/);
    });
  }
});

describe("the environment", () => {
  it("dev has one zone, NAT, and a small instance on arm64", () => {
    const { network, instances } = environment("dev");
    assert.partialDeepStrictEqual(network, { egress: "nat", zones: 1 });
    assert.deepEqual(
      Object.values(instances).map(({ instanceType }) => instanceType),
      ["t4g.micro"],
    );
  });

  it("staging has two zones, no way out, a Linux and a Windows instance", () => {
    const { network, zones, instances } = environment("staging");
    assert.equal(zones, 2);
    assert.ok(network.egress === undefined || network.egress === "endpoints");
    assert.deepEqual(
      Object.values(instances).map(({ os }) => os),
      ["amazon-linux-2023", "windows-2022"],
    );
  });

  it("prod has three zones, no way out, locked logs kept longer, protected instances and a tunnel", () => {
    const prod = environment("prod");
    assert.equal(prod.zones, 3);
    assert.ok(prod.network.egress === undefined || prod.network.egress === "endpoints");
    assert.ok((prod.logging.objectLockDays ?? 0) > 0);
    assert.ok((prod.logging.retentionDays ?? 0) > (environment("staging").logging.retentionDays ?? 0));
    assert.ok(
      Object.values(prod.instances).every(({ terminationProtection }) => terminationProtection === true),
    );
    assert.deepEqual(
      Object.values(prod.tunnels).map(({ remotePort }) => remotePort?.port),
      [5432],
    );
    assert.ok(prod.access.some(({ name }) => name === "tunnels"));
  });
});

describe("the program", () => {
  it("is shorter than a page", () => {
    assert.ok(readFileSync(join(ROOT, "stacks/index.ts"), "utf8").split("\n").length <= 60);
  });
});
