import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { type CommandDocumentArgs, planCommandDocument } from "@bastionless/components";
import { linuxInstall } from "../../../components/hybrid/install-commands.ts";
import { agentInstallScript } from "../../../components/instance/agent-install.ts";
import { AGENT_SIGNING_KEY } from "../../../components/instance/agent-signing-key.ts";
import { parseOpenPgpKey } from "../../../components/instance/openpgp-key.ts";
import { type Setup, setupScript } from "../../../components/workstation/setup-script.ts";

/** A script that a component writes for a machine, and the shell that runs it there. */
interface Script {
  readonly shell: "bash" | "sh";
  readonly text: string;
}

const DEPLOYMENT = { project: "shop", stack: "dev" };
const SETUP: Setup = {
  environment: "data-science",
  packages: [],
  pipIndexUrl: undefined,
  idleStopMinutes: 60,
  instanceCredentials: false,
  tokenParameterName: "/shop-dev/lab/jupyter-token",
};
const SOURCE = { region: "eu-west-1", dnsSuffix: "amazonaws.com" };
const REGISTRATION = {
  ...SOURCE,
  activationCode: "AbCdEf0123456789",
  activationId: "1a2b3c4d-0123-4567-89ab-0123456789ab",
};

const setup = (changes: Partial<Setup>): Script => ({
  shell: "bash",
  text: setupScript({ ...SETUP, ...changes }, "eu-west-1"),
});

function agent(kind: "deb" | "rpm"): Script {
  const signingKey = parseOpenPgpKey(AGENT_SIGNING_KEY);
  assert.ok(signingKey !== undefined);
  return {
    shell: "sh",
    text: agentInstallScript({ package: kind, architecture: "arm64", signingKey }, SOURCE),
  };
}

/** The steps of a Command document for Linux and macOS: the agent gives each to `sh`. */
function steps(what: string, args: Partial<CommandDocumentArgs>): readonly (readonly [string, Script])[] {
  const plan = planCommandDocument(
    "doc",
    { logging: { s3BucketName: "logs" }, instanceTags: { Project: "shop" }, ...args },
    DEPLOYMENT,
  );
  return plan.content.mainSteps
    .filter(({ action }) => action === "aws:runShellScript")
    .map(({ name, inputs }) => [
      `${what}, step ${name}`,
      { shell: "sh", text: `#!/bin/sh\n${inputs.runCommand.join("\n")}\n` },
    ]);
}

const SCRIPTS: readonly (readonly [string, Script])[] = [
  ["a workstation's setup", setup({})],
  ["a workstation's setup without idle stop", setup({ environment: "python", idleStopMinutes: 0 })],
  [
    "a workstation's setup for PyTorch",
    setup({ environment: "pytorch", packages: ["seaborn==0.13.*"], instanceCredentials: true }),
  ],
  ["a workstation's setup with an index", setup({ pipIndexUrl: "https://pip.internal/simple" })],
  ["the agent's installation on Debian", agent("deb")],
  ["the agent's installation on RHEL", agent("rpm")],
  ["a hybrid machine's registration", { shell: "sh", text: `#!/bin/sh\n${linuxInstall(REGISTRATION)}` }],
  ...steps("a health check", { healthCheck: { services: ["chronyd", "app@1.service"], maxDiskPercent: 85 } }),
  ...steps("collecting logs", { collectLogs: { paths: ["/var/log/messages"], lines: 100 } }),
  ...steps("a restart", { restartService: { service: "chronyd" } }),
  ...steps("taking sudo away", { withoutSudo: {} }),
];

/** What a program says of a script on its standard input; undefined where the program is not there. */
function said(command: string, args: readonly string[], input: string): string | undefined {
  const { error, stdout, stderr } = spawnSync(command, [...args], { encoding: "utf8", input });
  return error === undefined ? `${stdout}${stderr}` : undefined;
}

describe("the shell scripts that components write", () => {
  for (const [what, { shell, text }] of SCRIPTS) {
    it(`are read by the shell that runs them: ${what}`, () => {
      assert.equal(said(shell, ["-n"], text), "");
    });
  }
});

describe("the shell scripts that components write, to shellcheck", () => {
  before("shellcheck", function () {
    if (said("shellcheck", ["--version"], "") !== undefined) {
      return;
    }
    const message = "there is no `shellcheck`: install it as a package of the operating system";
    if (process.env["REQUIRE_SHELLCHECK"] === "1") {
      throw new Error(`REQUIRE_SHELLCHECK=1, but ${message}`);
    }
    process.stderr.write(
      `\n*** SKIPPED, not run: ${this.test?.parent?.fullTitle() ?? ""}\n*** ${message}\n\n`,
    );
    this.skip();
  });

  for (const [what, { shell, text }] of SCRIPTS) {
    it(`have nothing to complain of: ${what}`, () => {
      assert.equal(said("shellcheck", ["--norc", "--shell", shell, "-"], text), "");
    });
  }

  it("would have, of an unquoted variable", () => {
    assert.match(said("shellcheck", ["--norc", "--shell", "sh", "-"], "rm $file\n") ?? "", /SC2086/);
  });
});
