import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NotebookEnvironment } from "@bastionless/components";
import { NOTEBOOK_ENVIRONMENTS } from "../../../components/workstation/environments.ts";
import { type Setup, setupScript } from "../../../components/workstation/setup-script.ts";
import { VOLUME_SCRIPT } from "../../../components/workstation/volume-script.ts";
import { USER_DATA_BYTES } from "../../../components/instance/user-data.ts";

const SETUP: Setup = {
  environment: "data-science",
  packages: [],
  pipIndexUrl: undefined,
  idleStopMinutes: 60,
  instanceCredentials: false,
  tokenParameterName: "/shop-dev/lab/jupyter-token",
};

const script = (changes: Partial<Setup> = {}): string => setupScript({ ...SETUP, ...changes }, "eu-west-1");

/** What the script writes to a path. */
function written(text: string, path: string): string {
  const start = text.indexOf(`cat >${path} <<'END_OF_FILE'\n`);
  assert.ok(start >= 0, `${path} is not written`);
  const from = text.indexOf("\n", start) + 1;
  return text.slice(from, text.indexOf("\nEND_OF_FILE\n", from) + 1);
}

const VARIANTS: readonly Partial<Setup>[] = [
  {},
  { environment: "python", idleStopMinutes: 0 },
  { environment: "pytorch", packages: ["seaborn==0.13.*", "dask[array]>=2024.1"], instanceCredentials: true },
  { pipIndexUrl: "https://pip.internal/simple" },
];

describe("a workstation's setup", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "workstation-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [index, changes] of VARIANTS.entries()) {
    it(`is a script that bash reads, within EC2's limit, with ${JSON.stringify(changes)}`, () => {
      const path = join(folder, `setup-${index}.sh`);
      writeFileSync(path, script(changes));
      execFileSync("bash", ["-n", path]);
      assert.ok(Buffer.byteLength(script(changes)) < USER_DATA_BYTES / 2);
    });
  }

  it("installs the environment's packages, each within a major version, and the given ones", () => {
    const path = "/etc/workstation/requirements.txt";
    for (const environment of ["python", "data-science", "pytorch"] satisfies NotebookEnvironment[]) {
      const { packages } = NOTEBOOK_ENVIRONMENTS[environment];
      assert.deepEqual(
        packages.filter((one) => !/^[a-z-]+==\d+\.\*$/.test(one)),
        [],
      );
      const lines = written(script({ environment, packages: ["x==1.*"] }), path)
        .trim()
        .split("\n");
      assert.deepEqual(lines, [...packages, "x==1.*"]);
    }
  });

  it("lets Jupyter listen on 127.0.0.1 alone, with a token that is in no file of the script", () => {
    const config = written(script(), "/etc/workstation/jupyter_server_config.py");
    assert.match(config, /^c\.ServerApp\.ip = "127\.0\.0\.1"$/m);
    assert.match(config, /^c\.ServerApp\.port = 8888$/m);
    assert.match(config, /^c\.ServerApp\.port_retries = 0$/m);
    assert.doesNotMatch(config, /token|password|0\.0\.0\.0|allow_origin/);
    const unit = written(script(), "/etc/systemd/system/notebook.service");
    assert.match(unit, /^LoadCredential=token:\/etc\/workstation\/token$/m);
    assert.match(unit, /^User=jupyter$/m);
    assert.match(unit, /^NoNewPrivileges=yes$/m);
  });

  it("keeps notebooks from the instance's role, unless they are to have it", () => {
    const unit = (instanceCredentials: boolean): string =>
      written(script({ instanceCredentials }), "/etc/systemd/system/notebook.service");
    assert.match(unit(false), /^IPAddressDeny=169\.254\.169\.254 fd00:ec2::254$/m);
    assert.doesNotMatch(unit(true), /IPAddressDeny/);
  });

  it("installs from another index, on demand", () => {
    assert.equal(
      written(script({ pipIndexUrl: "https://pip.internal/simple" }), "/opt/notebook/pip.conf"),
      "[global]\nindex-url = https://pip.internal/simple\n",
    );
    assert.ok(!script().includes("pip.conf"));
  });

  it("has the idle stop on before anything can fail, or has none", () => {
    const text = script();
    assert.ok(
      text.indexOf("enable --now workstation-idle.timer") < text.indexOf("device=$(wait_for_volume)"),
    );
    assert.match(
      written(text, "/etc/systemd/system/workstation-idle.service"),
      /^Environment=IDLE_MINUTES=60$/m,
    );
    assert.ok(!script({ idleStopMinutes: 0 }).includes("workstation-idle"));
  });
});

describe("the volume of a workstation", () => {
  let folder: string;
  let device: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "volume-"));
    device = join(folder, "device");
    writeFileSync(device, "");
    truncateSync(device, 16 * 1024 * 1024);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs the setup's own function on a file in the place of the device. */
  function prepare(): { readonly ok: boolean; readonly error: string } {
    const { status, stderr } = spawnSync(
      "bash",
      [
        // Without a terminal and a shell around it, bash may take itself for a login from outside and read its rc file.
        "--norc",
        "--noprofile",
        "-euo",
        "pipefail",
        "-c",
        `fail() { echo "$1" >&2; exit 1; }\n${VOLUME_SCRIPT}\nprepare_volume "$1"`,
        "-",
        device,
      ],
      { encoding: "utf8", env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` } },
    );
    return { ok: status === 0, error: stderr };
  }

  function label(): string {
    // The superblock of ext4 is at 1024, its magic at 56 and its label at 120 within it.
    const bytes = readFileSync(device);
    return bytes.readUInt16LE(1024 + 56) === 0xef53
      ? bytes.toString("latin1", 1024 + 120, 1024 + 136).replaceAll("\0", "")
      : "";
  }

  it("gets a filesystem where it is blank", () => {
    assert.deepEqual(prepare(), { ok: true, error: "" });
    assert.equal(label(), "workstation");
  });

  it("is left as it is where it holds notebooks", () => {
    prepare();
    const first = readFileSync(device);
    assert.deepEqual(prepare(), { ok: true, error: "" });
    assert.ok(readFileSync(device).equals(first));
  });

  for (const [what, offset, bytes] of [
    ["something that nobody knows", 4096, Buffer.from("payroll")],
    ["a table of partitions", 510, Buffer.from([0x55, 0xaa])],
    ["an encrypted volume", 0, Buffer.from("LUKS\xba\xbe\0\x02", "latin1")],
  ] as const) {
    it(`is refused, and not written on, where it holds ${what}`, () => {
      const content = Buffer.alloc(16 * 1024 * 1024);
      bytes.copy(content, offset);
      writeFileSync(device, content);
      const { ok, error } = prepare();
      assert.equal(ok, false);
      assert.match(error, /its volume holds something else/);
      assert.ok(readFileSync(device).equals(content));
    });
  }

  it("is refused where it cannot be read", () => {
    rmSync(device);
    assert.equal(prepare().ok, false);
  });
});
