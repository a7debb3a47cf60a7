import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  connectToAnyCommand,
  connectToCommand,
  listCommand,
} from "../../../components/fleet/fleet-commands.ts";

const TARGET = { groupName: "shop-dev-app", region: "eu-west-1" };

/** The arguments of each call of the CLI that a line makes in a POSIX shell; instances are found to be one. */
function callsOf(line: string): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), "fleet-commands-"));
  try {
    const log = join(folder, "log");
    const stub = `#!/bin/sh\nprintf '%s\\n' "$@" END >>"${log}"\n[ "$1" = ec2 ] && echo i-0a1b2c3d4e5f60718\n`;
    writeFileSync(join(folder, "aws"), stub);
    chmodSync(join(folder, "aws"), 0o755);
    const shell = spawnSync("/bin/sh", ["-c", line], { encoding: "utf8", env: { PATH: folder } });
    assert.equal(shell.stderr, "");
    return readFileSync(log, "utf8")
      .split("END\n")
      .slice(0, -1)
      .map((call) => call.trimEnd().split("\n"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function find(query: string): readonly string[] {
  return [
    "ec2",
    "describe-instances",
    "--region",
    "eu-west-1",
    "--filters",
    "Name=tag:aws:autoscaling:groupName,Values=shop-dev-app",
    "Name=instance-state-name,Values=running",
    "--query",
    query,
    "--output",
    "text",
  ];
}

describe("a fleet's command", () => {
  it("asks for the ids of the running instances of the group", () => {
    assert.deepEqual(callsOf(listCommand(TARGET)), [find("Reservations[].Instances[].InstanceId")]);
  });

  it("opens a shell on one of them, found in the same line", () => {
    assert.deepEqual(callsOf(connectToAnyCommand(TARGET, "shop-dev-shell")), [
      find("Reservations[0].Instances[0].InstanceId"),
      [
        "ssm",
        "start-session",
        "--target",
        "i-0a1b2c3d4e5f60718",
        "--region",
        "eu-west-1",
        "--document-name",
        "shop-dev-shell",
      ],
    ]);
  });

  it("opens a shell on the one that was named", () => {
    assert.deepEqual(callsOf(connectToCommand(TARGET, "i-0a1b2c3d", undefined)), [
      ["ssm", "start-session", "--target", "i-0a1b2c3d", "--region", "eu-west-1"],
    ]);
  });

  for (const name of ['x" ; rm -rf / ; "', "$(id)", "`id`", "a b", "%PATH%"]) {
    it(`is not made of ${JSON.stringify(name)}, which a shell would not leave alone`, () => {
      assert.throws(() => listCommand({ ...TARGET, groupName: name }), /expected only letters, digits/);
      assert.throws(() => connectToAnyCommand(TARGET, name), /expected only letters, digits/);
    });
  }
});
