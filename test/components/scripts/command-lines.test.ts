import assert from "node:assert/strict";
import fc from "fast-check";
import { sendCommand, type SendCommand } from "../../../components/commands/send-command.ts";
import {
  connectToAnyCommand,
  connectToCommand,
  listCommand,
} from "../../../components/fleet/fleet-commands.ts";
import {
  argument,
  AWS_DOCUMENTS,
  connectCommand,
  forwardCommand,
  remoteForwardCommand,
} from "../../../components/instance/session-commands.ts";
import { notebookSteps } from "../../../components/workstation/notebook-steps.ts";
import { cmdWords, posixWords, powerShellWords } from "../support/shells.ts";

const TARGET = { instanceId: "i-0a1b2c3d4e5f60718", region: "eu-west-1" };
const FLEET = { groupName: "shop-dev-workers", region: "eu-west-1" };
const STEPS = notebookSteps(
  TARGET,
  { name: "shop-dev-lab-notebook", parameters: ["localPortNumber"] },
  "/shop-dev/lab/jupyter-token",
  8888,
);
const COMMAND: SendCommand = {
  documentName: "shop-dev-level",
  region: "eu-west-1",
  instanceTags: { Project: "shop", "team:role": "web@eu/+1" },
  maxConcurrency: "10%",
  maxErrors: "0",
  deliveryTimeoutSeconds: 600,
  s3BucketName: "shop-dev-logs",
  s3KeyPrefix: "sessions/commands/shop-dev-level",
  cloudWatchLogGroupName: "/shop-dev/sessions",
  required: ["level", "service"],
};

const EVERYWHERE: readonly (readonly [string, string])[] = [
  ["a shell with the account's preferences", connectCommand(TARGET, undefined)],
  ["a shell with a document", connectCommand(TARGET, "shop-dev-shell")],
  ["a port of the instance", forwardCommand(TARGET, AWS_DOCUMENTS.port, 3389, 13_389)],
  ["a port of a host", remoteForwardCommand(TARGET, AWS_DOCUMENTS.remoteHost, "db.internal", 5432, 15_432)],
  ["a port of an IPv6 address", remoteForwardCommand(TARGET, AWS_DOCUMENTS.remoteHost, "fd00::1", 5432, 1)],
  ["a fleet's instances", listCommand(FLEET)],
  ["a shell on one of a fleet", connectToCommand(FLEET, "i-0a1b2c3d", "shop-dev-shell")],
  ["the start of a workstation", STEPS.start],
  ["a workstation's token", STEPS.token],
  ["the tunnel to a workstation", STEPS.tunnel],
  ["a command for a fleet", sendCommand(COMMAND)],
  ["a command for one machine at a time", sendCommand({ ...COMMAND, maxConcurrency: "1", maxErrors: "5%" })],
];

describe("a command line that components put out", () => {
  for (const [what, line] of EVERYWHERE) {
    it(`is the same words to a POSIX shell, PowerShell and cmd: ${what}`, () => {
      const words = posixWords(line);
      assert.deepEqual(powerShellWords(line), words);
      assert.deepEqual(cmdWords(line), words);
    });
  }

  it("is the same words to a POSIX shell and PowerShell where it finds an instance of a fleet first", () => {
    const line = connectToAnyCommand(FLEET, "shop-dev-shell");
    assert.deepEqual(powerShellWords(line), posixWords(line));
    assert.deepEqual(posixWords(line).slice(0, 5), [
      "aws",
      "ssm",
      "start-session",
      "--target",
      "i-0a1b2c3d4e5f60718",
    ]);
    assert.throws(() => cmdWords(line), SyntaxError);
  });

  it("is made of arguments that are what they were in all of them, or that are refused", () => {
    const unit = fc.constantFrom(...Array.from("a0_.:/=,@+-"));
    const other = fc.constantFrom(...Array.from("az09-.:$`\\\"' ;&|<>%!*?~#(){}^“’"));
    const values = fc.oneof(
      fc.string({ minLength: 1, maxLength: 6, unit }),
      fc.string({ minLength: 1, maxLength: 6, unit: other }),
    );
    fc.assert(
      fc.property(values, (value) => {
        let line: string;
        try {
          line = argument(value);
        } catch {
          return;
        }
        assert.deepEqual(powerShellWords(line), [value]);
        assert.deepEqual(cmdWords(line), [value]);
      }),
      { numRuns: 5000 },
    );
  });
});
