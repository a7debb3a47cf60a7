import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Setup, setupScript } from "../../../components/workstation/setup-script.ts";

const SETUP: Setup = {
  environment: "python",
  packages: ["altair==5.*"],
  pipIndexUrl: "https://pip.internal/simple",
  idleStopMinutes: 30,
  instanceCredentials: false,
  tokenParameterName: "/shop-dev/lab/jupyter-token",
};

/** What stands before the machine's own programs. Each call is a line of `calls`. */
const STUBS: Readonly<Record<string, string>> = {
  aws: `for word in "$@"; do case "$word" in file://*) cat "\${word#file://}" >>"$ROOT/put"; echo >>"$ROOT/put";; esac; done
[ ! -e "$ROOT/aws-fails" ]`,
  chown: "",
  dnf: `[ ! -e "$ROOT/dnf-fails" ] && ln -s "$ROOT/python" "$ROOT/stubs/python-of-dnf"`,
  id: `[ -e "$ROOT/user" ]`,
  // Without owners, whom nobody but root can give.
  install: `mode=755
while [ $# -gt 1 ]; do case "$1" in -o | -g) shift 2;; -m) mode=$2; shift 2;; -d) shift;; *) mkdir -p "$1"; chmod "$mode" "$1"; shift;; esac; done
mkdir -p "$1" && chmod "$mode" "$1"`,
  mount: `[ ! -e "$ROOT/mount-fails" ]`,
  mountpoint: "exit 1",
  resize2fs: "",
  runuser: `shift 3; exec "$@"`,
  sleep: "",
  systemctl: "",
  useradd: `touch "$ROOT/user"`,
};

/** Python's `-m venv FOLDER`, whose pip fails as often as `pip-fails` has lines. */
const PYTHON = `#!/bin/sh
echo "python $*" >>"$ROOT/calls"
mkdir -p "$3/bin"
cat >"$3/bin/pip" <<'END'
#!/bin/sh
echo "pip $*" >>"$ROOT/calls"
[ ! -s "$ROOT/pip-fails" ] || { sed -i 1d "$ROOT/pip-fails"; exit 1; }
END
chmod 755 "$3/bin/pip"
`;

describe("a workstation's setup, run with a folder in the place of the machine", () => {
  let root: string;
  const at = (name: string): string => join(root, name);
  const read = (name: string): string => readFileSync(at(name), "utf8");
  const mode = (name: string): string => (statSync(at(name)).mode & 0o777).toString(8);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "workstation-"));
    for (const folder of ["stubs", "etc/systemd/system", "usr/local/sbin", "dev", "tmp", "opt"]) {
      mkdirSync(at(folder), { recursive: true });
    }
    writeFileSync(at("etc/fstab"), "");
    writeFileSync(at("calls"), "");
    writeFileSync(at("dev/sdf"), "");
    truncateSync(at("dev/sdf"), 16 * 1024 * 1024);
    writeFileSync(at("python"), PYTHON, { mode: 0o755 });
    for (const [name, body] of Object.entries(STUBS)) {
      writeFileSync(at(`stubs/${name}`), `#!/bin/sh\necho "${name} $*" >>"$ROOT/calls"\n${body}\n`);
      chmodSync(at(`stubs/${name}`), 0o755);
    }
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function run(changes: Partial<Setup> = {}): { readonly code: number | null; readonly error: string } {
    const script = setupScript({ ...SETUP, ...changes }, "eu-west-1")
      .replaceAll(/(?<![\w./])\/(?=(?:data|dev\/sdf|dev\/xvdf|etc|opt|usr\/local\/sbin)\b)/g, `${root}/`)
      // A file is no block device, and this machine may have a Python of that version.
      .replaceAll("[ -b ", "[ -e ")
      .replaceAll("python3.12", "python-of-dnf");
    const { status, stderr } = spawnSync("bash", ["--norc", "--noprofile"], {
      encoding: "utf8",
      input: script,
      env: {
        ROOT: root,
        TMPDIR: at("tmp"),
        PATH: `${at("stubs")}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
      },
    });
    return { code: status, error: stderr };
  }

  const calls = (program: string): readonly string[] =>
    read("calls")
      .split("\n")
      .filter((line) => line.startsWith(`${program} `))
      .map((line) => line.slice(program.length + 1).replaceAll(root, ""));

  it("comes to a notebook server that starts with every boot, and an idle stop", () => {
    assert.deepEqual(run(), { code: 0, error: "" });
    assert.deepEqual(calls("systemctl"), [
      "daemon-reload",
      "enable --now workstation-idle.timer",
      "daemon-reload",
      "daemon-reload",
      "enable --now notebook.service",
    ]);
    assert.deepEqual(calls("dnf"), ["-q -y install python-of-dnf python-of-dnf-pip"]);
    assert.deepEqual(calls("mount"), ["/data"]);
    assert.equal(
      read("etc/fstab").replaceAll(root, ""),
      "LABEL=workstation /data ext4 defaults,nofail,nosuid,nodev,x-systemd.growfs,x-systemd.device-timeout=5min 0 2\n",
    );
    assert.deepEqual(calls("pip"), [
      "install --no-input --no-cache-dir --disable-pip-version-check -r /etc/workstation/requirements.txt",
    ]);
    assert.match(read("etc/workstation/requirements.txt"), /^jupyterlab==4\.\*\n(?:.+\n)*altair==5\.\*\n$/);
    assert.equal(read("opt/notebook/pip.conf"), "[global]\nindex-url = https://pip.internal/simple\n");
    assert.deepEqual(
      ["data/home", "data/notebooks", "etc/workstation", "usr/local/sbin/workstation-idle"].map(mode),
      ["700", "700", "755", "755"],
    );
  });

  it("puts a token into Parameter Store that stands in a file of root's alone, and on no command line", () => {
    run();
    const token = read("etc/workstation/token");
    assert.match(token, /^[\w-]{43}$/);
    assert.equal(mode("etc/workstation/token"), "600");
    assert.deepEqual(JSON.parse(read("put")), {
      Name: "/shop-dev/lab/jupyter-token",
      Value: token,
      Type: "SecureString",
      Overwrite: true,
    });
    assert.match(
      calls("aws").join("\n"),
      /^ssm put-parameter --region eu-west-1 --cli-input-json file:\/\/\/tmp\/\S+$/,
    );
    assert.ok(!read("calls").includes(token));
    assert.deepEqual(readdirSync(at("tmp")), []);
  });

  it("is another token on another machine, and the same one where it runs again", () => {
    run();
    const first = read("etc/workstation/token");
    assert.deepEqual(run(), { code: 0, error: "" });
    assert.equal(read("etc/workstation/token"), first);
    assert.equal(read("etc/fstab").split("\n").length, 2);
    assert.equal(calls("useradd").length, 1);
    assert.equal(calls("python").length, 1);
    rmSync(at("etc/workstation/token"));
    run();
    assert.notEqual(read("etc/workstation/token"), first);
  });

  it("tries packages again, for about two minutes", () => {
    writeFileSync(at("pip-fails"), "1\n2\n3\n");
    assert.equal(run().code, 0);
    assert.deepEqual(calls("sleep"), ["2", "4", "8"]);
    assert.equal(calls("pip").length, 4);
  });

  for (const [what, prepare, message, reached] of [
    ["no volume", () => rmSync(at("dev/sdf")), "its volume is not attached", "sleep"],
    [
      "a volume with something else on it",
      () => writeFileSync(at("dev/sdf"), Buffer.alloc(2 ** 22, "payroll")),
      "its volume holds something else, which is left as it is",
      "systemctl",
    ],
    [
      "a volume that cannot be mounted",
      () => writeFileSync(at("mount-fails"), ""),
      "its volume cannot be mounted",
      "mount",
    ],
    ["no Python", () => writeFileSync(at("dnf-fails"), ""), "python 3.12 cannot be had", "dnf"],
    [
      "no packages",
      () => writeFileSync(at("pip-fails"), "x\n".repeat(7)),
      "its packages cannot be had",
      "pip",
    ],
    [
      "no way to Parameter Store",
      () => writeFileSync(at("aws-fails"), ""),
      "its token cannot be put into Parameter Store",
      "aws",
    ],
  ] as const) {
    it(`says why there is no notebook, and stops when idle all the same, with ${what}`, () => {
      prepare();
      const { code, error } = run();
      assert.equal(code, 1);
      assert.equal(error.trimEnd().split("\n").at(-1), `bastionless: no notebook: ${message}`);
      assert.ok(calls(reached).length > 0);
      assert.ok(calls("systemctl").includes("enable --now workstation-idle.timer"));
      assert.ok(!calls("systemctl").includes("enable --now notebook.service"));
      assert.ok(!existsSync(at("etc/systemd/system/notebook.service")));
    });
  }
});
