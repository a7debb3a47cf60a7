import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AgentInstall,
  agentInstallScript,
  agentPackageUrl,
} from "../../../components/instance/agent-install.ts";
import {
  AGENT_SIGNING_KEY,
  AGENT_SIGNING_KEY_FINGERPRINT,
} from "../../../components/instance/agent-signing-key.ts";
import { type OpenPgpKey, parseOpenPgpKey } from "../../../components/instance/openpgp-key.ts";
import { EXPIRED_KEY, EXPIRED_SIGNATURE, PACKAGE, SIGNATURE, TEST_KEY } from "./support/signed-package.ts";

const SOURCE = { region: "eu-west-1", dnsSuffix: "amazonaws.com" };

function keyOf(armoured: string): OpenPgpKey {
  const key = parseOpenPgpKey(armoured);
  assert.ok(key !== undefined);
  return key;
}

function install(signingKey: string, over: Partial<AgentInstall> = {}): AgentInstall {
  return { package: "deb", architecture: "x86_64", signingKey: keyOf(signingKey), ...over };
}

/** A machine whose commands are stubs, all but the shell's own and `gpgv`. */
interface Machine {
  readonly status: number | null;
  readonly stderr: string;
  /** The calls of commands that change the machine or fetch. */
  readonly calls: readonly string[];
}

interface Situation {
  /** What the bucket has, by the end of its URL. @default the package and its signature */
  readonly bucket?: Readonly<Record<string, Buffer>>;
  /** Commands that the machine has not. */
  readonly without?: readonly string[];
  /** The unit of an agent that is there before. */
  readonly unit?: string;
  readonly install?: AgentInstall;
}

const STUBS = ["apt-get", "dnf", "dpkg", "rpm", "sleep"];
const REAL = ["base64", "cat", "cp", "gpgv", "grep", "mkdir", "mktemp", "rm", "sh", "touch"];

function gpgvPath(): string | undefined {
  const found = spawnSync("sh", ["-c", "command -v gpgv"], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Runs the script on a machine that has only what is named here. */
function boot(situation: Situation): Machine {
  const folder = mkdtempSync(join(tmpdir(), "agent-install-"));
  try {
    const bin = join(folder, "bin");
    const bucket = join(folder, "bucket");
    mkdirSync(bin);
    mkdirSync(bucket);
    const files = situation.bucket ?? { ".deb": PACKAGE, ".deb.sig": SIGNATURE };
    for (const [end, content] of Object.entries(files)) {
      writeFileSync(join(bucket, `amazon-ssm-agent${end}`), content);
    }
    const log = join(folder, "log");
    writeFileSync(log, "");
    const script = (name: string, text: string): void => {
      if (situation.without?.includes(name) !== true) {
        writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
        chmodSync(join(bin, name), 0o755);
      }
    };
    for (const name of REAL) {
      const path = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim();
      script(name, `exec ${path} "$@"`);
    }
    for (const name of STUBS) {
      script(name, name === "sleep" ? "exit 0" : `echo "${name} $*" >>"${log}"`);
    }
    script(
      "systemctl",
      `case "$1" in cat) [ "$2" = "${situation.unit ?? ""}.service" ];; *) echo "systemctl $*" >>"${log}";; esac`,
    );
    const copy = `echo "fetch $url" >>"${log}"; cp "${bucket}/\${url##*/}" "$out"`;
    script("curl", `while [ $# -gt 1 ]; do [ "$1" = -o ] && out=$2; shift; done; url=$1; ${copy}`);
    script("wget", `while [ $# -gt 1 ]; do [ "$1" = -O ] && out=$2; shift; done; url=$1; ${copy}`);
    script("python3", `url=$3; out=$4; ${copy}`);
    const ran = spawnSync(
      join(bin, "sh"),
      ["-c", agentInstallScript(situation.install ?? install(TEST_KEY), SOURCE)],
      { encoding: "utf8", env: { PATH: bin, TMPDIR: folder } },
    );
    return {
      status: ran.status,
      stderr: ran.stderr,
      calls: readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.replaceAll(/\S+\/(?=amazon-ssm-agent\.(?:deb|rpm)$)/g, "")),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const URL =
  "https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/debian_amd64/amazon-ssm-agent.deb";
const FETCHES = ["fetch amazon-ssm-agent.deb", `fetch ${URL}.sig`];
const INSTALLED = ["dpkg -i amazon-ssm-agent.deb", "systemctl enable --now amazon-ssm-agent"];

describe("AWS's signing key of the agent", () => {
  it("has the fingerprint that AWS publishes", () => {
    assert.equal(keyOf(AGENT_SIGNING_KEY).fingerprint, AGENT_SIGNING_KEY_FINGERPRINT);
    assert.equal(AGENT_SIGNING_KEY_FINGERPRINT, "1C5B395CBE5E74E2F1CA21592784DBF388D19D46");
  });
});

describe("the agent's package", () => {
  for (const [over, source, url] of [
    [{}, SOURCE, URL],
    [
      { package: "rpm", architecture: "arm64" },
      { region: "us-gov-west-1", dnsSuffix: "amazonaws.com" },
      "https://amazon-ssm-us-gov-west-1.s3.us-gov-west-1.amazonaws.com/latest/linux_arm64/amazon-ssm-agent.rpm",
    ],
    [
      { package: "rpm" },
      { region: "cn-north-1", dnsSuffix: "amazonaws.com.cn" },
      "https://amazon-ssm-cn-north-1.s3.cn-north-1.amazonaws.com.cn/latest/linux_amd64/amazon-ssm-agent.rpm",
    ],
  ] as const) {
    it(`of ${source.region} is at ${url}`, () => {
      assert.equal(agentPackageUrl(install(TEST_KEY, over), source), url);
    });
  }
});

describe("the script that installs the agent, with the gpgv of this machine", () => {
  before(function () {
    if (gpgvPath() === undefined) {
      this.skip();
    }
  });

  it("installs a package with a good signature, and starts it", () => {
    const { status, calls, stderr } = boot({});
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls, [...FETCHES, ...INSTALLED]);
  });

  it("installs an rpm with rpm, which needs no repository", () => {
    const { status, calls } = boot({
      install: install(TEST_KEY, { package: "rpm" }),
      bucket: { ".rpm": PACKAGE, ".rpm.sig": SIGNATURE },
    });
    assert.equal(status, 0);
    assert.deepEqual(calls.slice(2), [
      "rpm -U amazon-ssm-agent.rpm",
      "systemctl enable --now amazon-ssm-agent",
    ]);
  });

  for (const unit of ["amazon-ssm-agent", "snap.amazon-ssm-agent.amazon-ssm-agent"]) {
    it(`leaves an agent that is there as ${unit} alone`, () => {
      assert.deepEqual(boot({ unit }).calls, [`systemctl enable --now ${unit}`]);
    });
  }

  for (const [tool, without] of [
    ["wget", ["curl"]],
    ["Python", ["curl", "wget"]],
  ] as const) {
    it(`fetches with ${tool} where there is no ${without.join(" and no ")}`, () => {
      assert.deepEqual(boot({ without }).calls, [...FETCHES, ...INSTALLED]);
    });
  }

  const refused: readonly (readonly [string, Situation, RegExp])[] = [
    [
      "a package that was changed",
      { bucket: { ".deb": Buffer.concat([PACKAGE, Buffer.from("!")]), ".deb.sig": SIGNATURE } },
      /its signature is not good/,
    ],
    [
      "a signature that was changed",
      {
        bucket: {
          ".deb": PACKAGE,
          ".deb.sig": Buffer.from(SIGNATURE.map((byte, at) => (at === 300 ? byte ^ 1 : byte))),
        },
      },
      /its signature is not good/,
    ],
    ["an empty signature", { bucket: { ".deb": PACKAGE, ".deb.sig": Buffer.alloc(0) } }, /not good/],
    ["the signature of another key", { install: install(AGENT_SIGNING_KEY) }, /its signature is not good/],
    [
      "the signature of a key that has expired since",
      {
        install: install(EXPIRED_KEY),
        bucket: { ".deb": PACKAGE, ".deb.sig": EXPIRED_SIGNATURE },
      },
      /its signature is not good/,
    ],
    [
      "a good signature of a key of another fingerprint",
      {
        install: install(TEST_KEY, {
          signingKey: { ...keyOf(TEST_KEY), fingerprint: AGENT_SIGNING_KEY_FINGERPRINT },
        }),
      },
      /another key signed it/,
    ],
    ["a package without signature", { bucket: { ".deb": PACKAGE } }, /deb\.sig cannot be fetched/],
    ["no package", { bucket: {} }, /deb cannot be fetched/],
    ["no way to check a signature", { without: ["gpgv"] }, /gpgv, which checks its signature, cannot be had/],
  ];
  for (const [what, situation, message] of refused) {
    it(`installs nothing, and says why, with ${what}`, () => {
      const { status, stderr, calls } = boot(situation);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.match(stderr, /^bastionless: SSM Agent is not installed: /m);
      assert.deepEqual(
        calls.filter((call) => /^(?:dpkg|rpm|systemctl) /.test(call)),
        [],
      );
    });
  }

  it("looks for gpgv in the distribution's repositories where it is not there", () => {
    assert.deepEqual(
      boot({ without: ["gpgv"] }).calls.filter((call) => call.startsWith("apt-get")),
      ["apt-get -qq update", "apt-get -qq install -y gpgv"],
    );
  });
});
