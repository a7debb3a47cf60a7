import assert from "node:assert/strict";
import type { SessionDocumentArgs, ShellDocumentArgs } from "../../../components/documents/args.ts";
import { planSessionDocument, type SessionDocumentPlan } from "../../../components/documents/plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const LOGGING = { s3BucketName: "logs" };

const plan = (args: SessionDocumentArgs, name = "doc"): SessionDocumentPlan =>
  planSessionDocument(name, args, DEPLOYMENT);

const paths = (args: SessionDocumentArgs, name?: string): readonly string[] =>
  problemPaths(() => plan(args, name));

const shell = (args: Partial<ShellDocumentArgs> = {}): SessionDocumentArgs => ({
  shell: { logging: LOGGING, ...args },
});

describe("the plan of a session document", () => {
  it("for a shell with logging alone has the defaults of Session Manager", () => {
    assert.deepEqual(plan(shell(), "shell"), {
      namePrefix: "shop-dev",
      tags: { Project: "shop", Environment: "dev" },
      documentName: "shop-dev-shell",
      content: {
        kind: "shell",
        description: "A logged and encrypted shell",
        idleTimeoutMinutes: 20,
        maxDurationMinutes: undefined,
        runAs: false,
        runAsDefaultUser: undefined,
        shellProfile: { linux: "", windows: "" },
      },
      host: undefined,
      preferences: LOGGING,
    });
  });

  it("is for exactly one thing", () => {
    assert.deepEqual(paths({}), ["shell, port, remotePort, ssh, commands, menu"]);
    assert.deepEqual(paths({ ssh: {}, port: { port: 80 } }), ["port, ssh"]);
  });

  const ranges: readonly [
    argument: string,
    args: (value: number) => SessionDocumentArgs,
    valid: number[],
    invalid: number[],
  ][] = [
    ["shell.idleTimeoutMinutes", (value) => shell({ idleTimeoutMinutes: value }), [1, 60], [0, 61, 1.5]],
    ["shell.maxDurationMinutes", (value) => shell({ maxDurationMinutes: value }), [1, 1440], [0, 1441]],
    ["port.port", (value) => ({ port: { port: value } }), [1, 65_535], [0, 65_536, 80.5]],
    ["port.localPort", (value) => ({ port: { port: 80, localPort: value } }), [0, 65_535], [-1, 65_536]],
    ["port.ports[0]", (value) => ({ port: { ports: [value] } }), [1, 65_535], [0, 65_536]],
    ["ssh.ports[0]", (value) => ({ ssh: { ports: [value] } }), [22, 65_535], [0, 65_536]],
    ["remotePort.port", (value) => ({ remotePort: { host: "db", port: value } }), [1, 65_535], [0, 65_536]],
  ];
  for (const [argument, args, valid, invalid] of ranges) {
    it(`takes ${argument} of ${valid.join(", ")} and not of ${invalid.join(", ")}`, () => {
      for (const value of valid) {
        assert.deepEqual(paths(args(value)), [], String(value));
      }
      for (const value of invalid) {
        assert.deepEqual(paths(args(value)), [argument], String(value));
      }
    });
  }

  it("asks for a place to log to", () => {
    assert.deepEqual(paths({ shell: { logging: {} } }), ["shell.logging"]);
    assert.deepEqual(paths({ commands: { logging: {}, linux: "w" } }), ["commands.logging"]);
    assert.deepEqual(paths({ shell: { logging: { cloudWatchLogGroupName: "/a" } } }), []);
  });

  const keys: readonly [key: string, valid: boolean][] = [
    ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", true],
    ["arn:aws-cn:kms:cn-north-1:111122223333:alias/shop-dev-sessions", true],
    ["arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab", true],
    ["1234abcd-12ab-34cd-56ef-1234567890ab", true],
    ["alias/shop-dev-sessions", true],
    ["shop-dev-sessions", false],
    ["arn:aws:iam::111122223333:role/x", false],
    ["", false],
  ];
  for (const [key, valid] of keys) {
    it(`${valid ? "takes" : "refuses"} the key \`${key}\``, () => {
      const logging = { ...LOGGING, kmsKeyId: key };
      assert.deepEqual(paths({ shell: { logging } }), valid ? [] : ["shell.logging.kmsKeyId"]);
    });
  }

  it("runs as a user that is not root, and says so only where one is meant", () => {
    assert.partialDeepStrictEqual(plan(shell({ runAsDefaultUser: "jane" })).content, { runAs: true });
    assert.partialDeepStrictEqual(plan(shell({ runAs: true })).content, { runAs: true });
    assert.deepEqual(paths(shell({ runAsDefaultUser: "root" })), ["shell.runAsDefaultUser"]);
    assert.deepEqual(paths(shell({ runAsDefaultUser: "a b" })), ["shell.runAsDefaultUser"]);
    assert.deepEqual(paths(shell({ runAs: false, runAsDefaultUser: "jane" })), ["shell.runAs"]);
  });

  it("has one port or a choice of them, none twice", () => {
    assert.deepEqual(paths({ port: {} }), ["port.port"]);
    assert.deepEqual(paths({ port: { port: 80, ports: [80] } }), ["port.port"]);
    assert.deepEqual(paths({ port: { ports: [] } }), ["port.ports"]);
    assert.deepEqual(paths({ port: { ports: [80, 80] } }), ["port.ports"]);
  });

  it("has one host or a pattern of them", () => {
    assert.deepEqual(paths({ remotePort: { port: 80 } }), ["remotePort.host"]);
    assert.deepEqual(paths({ remotePort: { port: 80, host: "db", hostPattern: "^db$" } }), [
      "remotePort.host",
    ]);
    assert.deepEqual(paths({ remotePort: { port: 80, hostPattern: "db" } }), ["remotePort.hostPattern"]);
  });

  it("can have a name of its own, which AWS takes", () => {
    assert.equal(plan({ ssh: {}, documentName: "Team.ssh_1" }).documentName, "Team.ssh_1");
    for (const documentName of ["ab", "AWS-ssh", "amazon-ssh", "a b", "a".repeat(129)]) {
      assert.deepEqual(paths({ ssh: {}, documentName }), ["documentName"], documentName);
    }
    assert.deepEqual(paths({ ssh: {} }, "a".repeat(128)), ["name"]);
  });

  it("reports everything that is wrong at once, also of two that exclude each other", () => {
    assert.deepEqual(
      paths({ port: { port: 0 }, shell: { logging: {}, idleTimeoutMinutes: 0, maxDurationMinutes: 0 } }),
      ["shell, port", "shell.idleTimeoutMinutes", "shell.maxDurationMinutes", "port.port", "shell.logging"],
    );
  });
});

describe("the commands of a session document", () => {
  const commands = (
    linux: string,
    parameters: NonNullable<SessionDocumentArgs["commands"]>["parameters"] = {},
  ): SessionDocumentArgs => ({ commands: { logging: LOGGING, linux, parameters } });

  it("are for one operating system at least", () => {
    assert.deepEqual(paths({ commands: { logging: LOGGING } }), ["commands.linux"]);
    assert.deepEqual(paths({ commands: { logging: LOGGING, windows: "Get-Date" } }), []);
  });

  it("have a parameter for each placeholder, and use each parameter", () => {
    const path = { allowedValues: ["/var/log/messages"] };
    assert.deepEqual(paths(commands("tail {{ path }}", { path })), []);
    assert.deepEqual(paths(commands("tail {{path}}", { path })), []);
    assert.deepEqual(paths(commands("tail {{ path }}")), ["commands.linux"]);
    assert.deepEqual(paths(commands("tail", { path })), ["commands.parameters.path"]);
    assert.deepEqual(paths(commands("tail {{ssm:/log/path}}")), []);
  });

  it("say of each parameter what it admits", () => {
    const one = (parameter: object): readonly string[] => paths(commands("x {{ p }}", { p: parameter }));
    assert.deepEqual(one({}), ["commands.parameters.p"]);
    assert.deepEqual(one({ allowedPattern: "^a$", allowedValues: ["a"] }), ["commands.parameters.p"]);
    assert.deepEqual(one({ allowedPattern: "a" }), ["commands.parameters.p.allowedPattern"]);
    assert.deepEqual(one({ allowedValues: [] }), ["commands.parameters.p.allowedValues"]);
    assert.deepEqual(one({ allowedPattern: "^a+$", default: "b" }), ["commands.parameters.p.default"]);
    assert.deepEqual(one({ allowedPattern: "^a+$", default: "aa" }), []);
  });

  it("turn a list of values into a pattern", () => {
    const { content } = plan(commands("x {{ p }}", { p: { allowedValues: ["a.b", "c"], default: "c" } }));
    assert.partialDeepStrictEqual(content, {
      parameters: { p: { type: "String", default: "c", allowedPattern: "^(a\\.b|c)$" } },
    });
  });
});
