import assert from "node:assert/strict";
import { join } from "node:path";
import { InputError } from "@bastionless/offline/project/input-error.ts";
import { type Passphrases, newPassphrase } from "@bastionless/offline/project/passphrase.ts";
import { readProject } from "@bastionless/offline/project/project.ts";
import { type StackConfig, readStackConfig } from "@bastionless/offline/project/stack-config.ts";
import { withFolder } from "./folder.ts";

function read(projectConfig: string, stack: string, env: Passphrases = {}): StackConfig {
  const files = {
    "Pulumi.yaml": `name: shop\nruntime: nodejs\n${projectConfig}`,
    "Pulumi.dev.yaml": stack,
  };
  return withFolder(files, (folder) => readStackConfig(readProject(folder), "dev", env));
}

/** The problems without the file they are in. */
function problems(projectConfig: string, stack: string, env: Passphrases = {}): readonly string[] {
  try {
    read(projectConfig, stack, env);
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problems.map((problem) => problem.replace(/^`[^`]*\/([^`/]*)`/, "$1"));
  }
  return assert.fail("expected an InputError");
}

describe("a stack's configuration", () => {
  it("reaches the program as text, with arrays and objects as JSON in the order of their keys", () => {
    const stack = [
      "config:",
      "  shop:zones: 3",
      "  shop:flow: true",
      "  shop:name: '007'",
      "  shop:tags: {b: 1, a: [x, {d: 2, c: null}]}",
      "  aws:config:region: eu-west-1",
      "  shop:ratio: 0.5",
    ].join("\n");
    assert.deepEqual(read("", stack), {
      values: {
        "aws:region": "eu-west-1",
        "shop:flow": "true",
        "shop:name": "007",
        "shop:ratio": "0.5",
        "shop:tags": '{"a":["x",{"c":null,"d":2}],"b":1}',
        "shop:zones": "3",
      },
      secretKeys: [],
    });
  });

  it("is completed by the project's defaults and values, which it overrides", () => {
    const project = [
      "config:",
      "  zones: {type: integer, default: 2}",
      "  egress: nat",
      "  owners: {type: array, items: {type: string}, default: [a, b]}",
      "  aws:region: {value: us-east-1}",
      "  aws:profile: work",
    ].join("\n");
    assert.deepEqual(read(project, "config:\n  shop:zones: '3'\n  aws:region: eu-west-1\n").values, {
      "aws:profile": "work",
      "aws:region": "eu-west-1",
      "shop:egress": "nat",
      "shop:owners": '["a","b"]',
      "shop:zones": "3",
    });
  });

  it("is refused with every problem at once", () => {
    const project = [
      "config:",
      "  zones: {type: integer}",
      "  owner: {type: string}",
      "  flow: {type: boolean, default: false}",
      "  names: {type: array, items: {type: integer}}",
      "  token: {type: string, secret: true}",
    ].join("\n");
    const stack = [
      "environment: [shared]",
      "config:",
      "  bare: 1",
      "  a:b:c: 1",
      "  shop:zones: two",
      "  shop:flow: 1",
      "  shop:names: [1, x]",
      "  shop:token: open",
    ].join("\n");
    assert.deepEqual(problems(project, stack), [
      "Pulumi.dev.yaml imports environments of Pulumi ESC, which cannot be read offline; put their values under `config:`",
      "Pulumi.dev.yaml: `bare` is no configuration key; expected `<namespace>:<name>`, as in `shop:bare`",
      "Pulumi.dev.yaml: `a:b:c` is no configuration key; expected `<namespace>:<name>`, as in `shop:a-b-c`",
      'Pulumi.dev.yaml: `shop:zones` is `"two"`; expected integer',
      "Pulumi.dev.yaml: `shop:owner` is missing; the project requires it (string)",
      "Pulumi.dev.yaml: `shop:flow` is `1`; expected boolean",
      'Pulumi.dev.yaml: `shop:names` is `[1,"x"]`; expected array<integer>',
      "Pulumi.dev.yaml: `shop:token` is to be secret; set it with `pulumi config set --secret`",
    ]);
  });

  it("is refused where the CLI and this reader would not agree on a value", () => {
    const stack =
      "config:\n  shop:a: 010\n  shop:b: 2024-01-31\n  shop:c: 1_000\n  shop:d: '010'\n  shop:e: 0\n  shop:f: 12345678901234567\n";
    const why = "does not mean the same to every reader of YAML; put it in quotes";
    assert.deepEqual(problems("", stack), [
      `Pulumi.dev.yaml line 2, column 11: \`010\` ${why}`,
      `Pulumi.dev.yaml line 3, column 11: \`2024-01-31\` ${why}`,
      `Pulumi.dev.yaml line 4, column 11: \`1_000\` ${why}`,
      `Pulumi.dev.yaml line 7, column 11: \`12345678901234567\` ${why}`,
    ]);
  });

  it("is refused where a value would hold itself, and takes one that stands in two places", () => {
    assert.deepEqual(problems("", "config:\n  shop:a: &a [*a]\n"), [
      "Pulumi.dev.yaml line 2, column 15: `*a` stands within what it means; write the value out",
    ]);
    const twice = "config:\n  shop:a: &a [1]\n  shop:b: *a\n";
    assert.deepEqual(read("", twice).values, { "shop:a": "[1]", "shop:b": "[1]" });
  });

  it("is refused where the stack has no file, with the names of those that have", () => {
    withFolder({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "Pulumi.dev.yaml": "" }, (folder) => {
      assert.throws(() => readStackConfig(readProject(folder), "prod", {}), {
        message: `no stack \`prod\` in \`${folder}\`; it has \`dev\``,
      });
    });
  });
});

describe("encrypted configuration", () => {
  const { salt, crypter } = newPassphrase("open sesame");
  const stack = [
    `encryptionsalt: ${salt}`,
    "config:",
    `  shop:token: {secure: "${crypter.encrypt("hunter2")}"}`,
    `  shop:db: {user: app, password: {secure: "${crypter.encrypt("p:w")}"}}`,
    "  shop:open: yes",
  ].join("\n");

  it("is decrypted with the passphrase, and its keys are named as secret", () => {
    assert.deepEqual(read("", stack, { PULUMI_CONFIG_PASSPHRASE: "open sesame" }), {
      values: { "shop:db": '{"password":"p:w","user":"app"}', "shop:open": "yes", "shop:token": "hunter2" },
      secretKeys: ["shop:db", "shop:token"],
    });
  });

  it("is decrypted with the passphrase of a file", () => {
    withFolder({ "secret.txt": "open sesame\n" }, (folder) => {
      const env = { PULUMI_CONFIG_PASSPHRASE_FILE: join(folder, "secret.txt") };
      assert.equal(read("", stack, env).values["shop:token"], "hunter2");
    });
  });

  it("is refused with a passphrase file that cannot be read, which is named", () => {
    const env = { PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere/secret.txt" };
    assert.match(
      problems("", stack, env)[0] ?? "",
      /PULUMI_CONFIG_PASSPHRASE_FILE cannot be read: .*nowhere/,
    );
  });

  it("is refused without the passphrase, for each value, and shows none of them", () => {
    const expected = "encrypted; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE";
    assert.deepEqual(problems("", stack), [
      `Pulumi.dev.yaml: shop:token: ${expected}`,
      `Pulumi.dev.yaml: shop:db: ${expected}`,
    ]);
  });

  it("is refused with another passphrase", () => {
    const expected = "the passphrase in PULUMI_CONFIG_PASSPHRASE is not the one it was encrypted with";
    assert.deepEqual(problems("", stack, { PULUMI_CONFIG_PASSPHRASE: "open barley" }), [
      `Pulumi.dev.yaml: shop:token: ${expected}`,
      `Pulumi.dev.yaml: shop:db: ${expected}`,
    ]);
  });

  it("is refused where a cloud key encrypted it, which is out of reach", () => {
    const cloud = 'secretsprovider: awskms://alias/x\nconfig:\n  shop:token: {secure: "v1:a:b"}\n';
    assert.deepEqual(problems("", cloud), [
      "Pulumi.dev.yaml: shop:token: encrypted by `awskms://alias/x`, which cannot be asked offline; a passphrase can",
    ]);
  });

  it("shows no secret in a message about its type", () => {
    const env = { PULUMI_CONFIG_PASSPHRASE: "open sesame" };
    assert.deepEqual(problems("config:\n  token: {type: integer}\n", stack, env), [
      "Pulumi.dev.yaml: `shop:token` is a secret; expected integer",
    ]);
  });
});
