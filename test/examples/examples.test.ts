import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
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

  it("are these", () => {
    const folders = readdirSync(join(REPOSITORY, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
      .map(({ name }) => name);
    assert.deepEqual(folders.toSorted(), [...Object.keys(BAD), "existing-vpc", "minimal"]);
  });

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
    assert.equal(run.exitCode, 0);
    assert.deepEqual(run.findings, []);
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

  it("existing-vpc keeps every policy, and reaches its database through a document of its own", async () => {
    const run = await preview("existing-vpc", "resolved");
    assert.equal(run.exitCode, 0);
    assert.deepEqual(run.findings, []);
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
      ["jump-session-key"],
    );
    assert.deepEqual(blocking(run), []);
  });
});
