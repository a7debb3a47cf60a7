import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toWireMap } from "@bastionless/offline/protocol/plain-data.ts";
import { type WireMap, isWireMap } from "@bastionless/offline/protocol/wire.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..");
const PACKAGES = ["iam", "components", "policies"] as const;

/** Installed by npm from its registry elsewhere, and linked here, so that the test needs no network. */
const LINKED = ["@pulumi/pulumi", "@pulumi/policy", "@pulumi/aws", "@pulumi/awsx", "yaml", "@types/node"];

const PROGRAM = `
import { BastionlessInstance, PrivateNetwork } from "@bastionless/components";

const network = new PrivateNetwork("network", { zones: 1, egress: "nat" });
const instance = new BastionlessInstance("jump", { network });
export const instanceId = instance.instanceId;
`;

function run(command: string, args: readonly string[], cwd: string): string {
  const ran = spawnSync(command, args, { cwd, encoding: "utf8" });
  assert.equal(ran.status, 0, `\`${command} ${args.join(" ")}\` failed:\n${ran.stdout}\n${ran.stderr}`);
  return ran.stdout;
}

function manifest(folder: string): WireMap {
  const data: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return typeof data === "object" && data !== null ? toWireMap(data) : assert.fail("expected a manifest");
}

describe("the packages as they are published", function () {
  this.timeout(120_000);
  let project = "";

  before(() => {
    for (const name of PACKAGES) {
      const dist = join(REPOSITORY, name, "dist", "package.json");
      assert.ok(existsSync(dist), `${name}/dist is missing; run \`npm run build\``);
    }
    project = mkdtempSync(join(tmpdir(), "bastionless-packages-"));
    for (const name of PACKAGES) {
      run("npm", ["pack", "--silent", "--pack-destination", project], join(REPOSITORY, name, "dist"));
    }
    const tarballs = readdirSync(project).filter((file) => file.endsWith(".tgz"));
    assert.equal(tarballs.length, PACKAGES.length);
    const ours = tarballs.map((file) => [`@${file.replace("-", "/").replace(/-\d.*$/, "")}`, `file:${file}`]);
    const linked = LINKED.map((name) => [name, `file:${join(REPOSITORY, "node_modules", name)}`]);
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({
        name: "consumer",
        private: true,
        type: "module",
        main: "index.ts",
        dependencies: Object.fromEntries([...ours, ...linked]),
      }),
    );
    run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], project);
    writeFileSync(join(project, "index.ts"), PROGRAM);
    writeFileSync(
      join(project, "Pulumi.yaml"),
      "name: consumer\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
    writeFileSync(join(project, "Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n");
  });

  after(() => rmSync(project, { recursive: true, force: true }));

  for (const name of PACKAGES) {
    it(`hold JavaScript and declarations, and no TypeScript source: ${name}`, () => {
      const folder = join(project, "node_modules", "@bastionless", name);
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
      const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));
      assert.deepEqual(sources, []);
      assert.ok(files.includes("index.js"));
      assert.ok(files.includes("index.d.ts"));
      assert.ok(files.includes("LICENSE"));
    });
  }

  it("hold a plugin that an engine can start: components", async () => {
    const folder = join(project, "node_modules", "@bastionless", "components");
    const schema: unknown = JSON.parse(readFileSync(join(folder, "plugin", "schema.json"), "utf8"));
    assert.ok(typeof schema === "object" && schema !== null && "resources" in schema);
    assert.match(readFileSync(join(folder, "PulumiPlugin.yaml"), "utf8"), /name: nodejs/);
    const runner = join(project, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
    // As the language host starts it. The address is of no engine: it is asked for nothing here.
    const plugin = spawn(process.execPath, [runner, folder, "127.0.0.1:1"], { cwd: folder });
    try {
      const [port]: unknown[] = await once(plugin.stdout, "data");
      assert.match(String(port), /^\d+\n$/);
    } finally {
      plugin.kill();
    }
  });

  it("leave Pulumi's packages to the program that uses them, so that there is one of each", () => {
    const folder = join(project, "node_modules", "@bastionless", "components");
    const { dependencies, peerDependencies } = manifest(folder);
    assert.ok(isWireMap(dependencies) && isWireMap(peerDependencies));
    assert.deepEqual(
      Object.keys(dependencies).filter((name) => name.startsWith("@pulumi/")),
      [],
    );
    assert.deepEqual(Object.keys(peerDependencies).toSorted(), [
      "@pulumi/aws",
      "@pulumi/awsx",
      "@pulumi/pulumi",
    ]);
  });

  it("carry their types into a program that uses them", () => {
    writeFileSync(join(project, "wrong.ts"), PROGRAM.replace("zones: 1", 'zones: "one"'));
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          module: "nodenext",
          target: "es2024",
          skipLibCheck: true,
          types: ["node"],
        },
        files: ["index.ts", "wrong.ts"],
      }),
    );
    const tsc = join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");
    const checked = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: project, encoding: "utf8" });
    assert.deepEqual(checked.stdout.trim().split("\n"), [
      "wrong.ts(4,49): error TS2322: Type 'string' is not assignable to type 'number'.",
    ]);
  });

  it("build a network and an instance, checked by the installed pack", () => {
    const printed = run(
      process.execPath,
      [
        join(REPOSITORY, "offline", "main.js"),
        "preview",
        "--strict",
        "--json",
        "--policy-pack",
        join("node_modules", "@bastionless", "policies"),
      ],
      project,
    );
    const data: unknown = JSON.parse(printed);
    const result = typeof data === "object" && data !== null ? toWireMap(data) : {};
    const [environment] = Array.isArray(result["environments"]) ? result["environments"] : [];
    assert.ok(isWireMap(environment));
    const { resources, outputs, packs } = environment;
    assert.ok(Array.isArray(resources) && isWireMap(outputs) && Array.isArray(packs));
    assert.ok(
      resources.some((resource) => isWireMap(resource) && resource["type"] === "aws:ec2/instance:Instance"),
    );
    const { instanceId } = outputs;
    assert.ok(typeof instanceId === "string");
    assert.match(instanceId, /^i-[0-9a-f]{17}$/);
    assert.equal(packs.length, 1);
  });
});
