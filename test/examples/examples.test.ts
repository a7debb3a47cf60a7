import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const REPOSITORY = join(import.meta.dirname, "..", "..");

interface Finding {
  readonly policy: string;
  readonly enforcement: string;
  readonly urn: string;
}

interface Run {
  readonly exitCode: number;
  readonly findings: readonly Finding[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface Report {
  readonly environments: readonly {
    readonly violations: readonly Finding[];
    readonly outputs: Readonly<Record<string, unknown>>;
  }[];
}

/** Previews an example as a user would, with the project's policies. */
function preview(example: string, mode: "preview" | "resolved"): Promise<Run> {
  const args = ["preview", "--cwd", `examples/${example}`, "--mode", mode, "--strict", "--json"];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ["offline/main.js", ...args, "--policy-pack", "policies"],
      { cwd: REPOSITORY, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode !== "number" || exitCode > 1) {
          reject(
            new Error(
              `the preview of \`${example}\` ended with ${exitCode}:\n${stderr}\n${stdout.slice(-2000)}`,
            ),
          );
          return;
        }
        const report: Report = JSON.parse(stdout);
        const [environment] = report.environments;
        assert.ok(environment !== undefined);
        resolve({ exitCode, findings: environment.violations, outputs: environment.outputs });
      },
    );
  });
}

/** Programs in other languages need the real engine, and have their tests there. */
function isInTypeScript(example: string): boolean {
  const project = readFileSync(join(REPOSITORY, "examples", example, "Pulumi.yaml"), "utf8");
  return /^ *name: nodejs$|^runtime: nodejs$/m.test(project);
}

/** Policy and logical name of every finding that blocks. */
function blocking(run: Run): readonly (readonly [string, string])[] {
  return run.findings
    .filter(({ enforcement }) => enforcement === "mandatory")
    .map(({ policy, urn }) => [policy, urn.split("::").at(-1) ?? ""] as const)
    .toSorted(([, one], [, other]) => one.localeCompare(other));
}

const BAD = {
  "bad-open-port": [
    ["no-inbound-admin-ports", "ftp-lower"],
    ["no-inbound-admin-ports", "ftp-upper"],
  ],
  "bad-session-without-mfa": [["session-access-requires-mfa", "operators"]],
  "bad-unencrypted-logs": [["session-logs-encrypted", "sessions"]],
} as const;

describe("the examples", function () {
  this.timeout(120_000);

  const folders = readdirSync(join(REPOSITORY, "examples"), { withFileTypes: true })
    .filter((entry) => existsSync(join(REPOSITORY, "examples", entry.name, "Pulumi.yaml")))
    .map(({ name }) => name)
    .toSorted();

  it("stand in the table of the README, each with what it shows", () => {
    const readme = readFileSync(join(REPOSITORY, "examples", "README.md"), "utf8");
    const listed = [...readme.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\) +\| \S/gm)];
    assert.deepEqual(new Set(listed.map(([, name]) => name)), new Set(folders));
    assert.equal(listed.length, folders.length);
    assert.ok(listed.every(([, name, target]) => name === target));
  });

  it("are named bad where a policy refuses them", () => {
    assert.deepEqual(
      folders.filter((name) => name.startsWith("bad-")),
      Object.keys(BAD),
    );
  });

  for (const example of folders.filter((name) => !name.startsWith("bad-") && isInTypeScript(name))) {
    it(`${example} keeps every policy, and nothing of it is undecided once it stands`, async () => {
      const run = await preview(example, "resolved");
      assert.equal(run.exitCode, 0);
      assert.deepEqual(run.findings, []);
    });
  }

  for (const [example, expected] of Object.entries(BAD)) {
    for (const mode of ["preview", "resolved"] as const) {
      it(`${example} is refused for one reason, in ${mode} mode`, async () => {
        const run = await preview(example, mode);
        assert.equal(run.exitCode, 1);
        assert.deepEqual(blocking(run), expected);
      });
    }
  }

  it("minimal is three lines, and tells how to connect", async () => {
    const run = await preview("minimal", "resolved");
    assert.match(
      String(run.outputs["connect"]),
      /^aws ssm start-session --target i-[0-9a-f]{17} --region eu-west-1$/,
    );
  });

  it("minimal is decided whole in a first preview", async () => {
    const run = await preview("minimal", "preview");
    assert.equal(run.exitCode, 0);
    assert.deepEqual(run.findings, []);
  });

  it("existing-vpc reaches its database through a document of its own", async () => {
    const run = await preview("existing-vpc", "resolved");
    assert.match(
      String(run.outputs["tunnel"]),
      / --document-name existing-vpc-dev-database --parameters "localPortNumber=15432"$/,
    );
  });

  it("existing-vpc leaves nothing undecided in a first preview but what its key's ARN is in", async () => {
    const run = await preview("existing-vpc", "preview");
    assert.equal(run.exitCode, 0);
    assert.deepEqual(
      [...new Set(run.findings.map(({ urn }) => urn.split("::").at(-1)))],
      ["jump-session-key", "existing-vpc-dev"],
      "the document, and the stack for the summary",
    );
    assert.deepEqual(blocking(run), []);
  });
});
