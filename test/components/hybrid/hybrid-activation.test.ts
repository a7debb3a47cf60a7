import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HybridActivation, type HybridActivationArgs, SessionLogging } from "@bastionless/components";
import * as pulumi from "@pulumi/pulumi";
import { linuxInstall, windowsInstall } from "../../../components/hybrid/install-commands.ts";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { decisionOf, parsed } from "../support/policies.ts";
import { text } from "../support/values.ts";

const ACTIVATION = "aws:ssm/activation:Activation";
const ROLE = "aws:iam/role:Role";
const SETTING = "aws:ssm/serviceSetting:ServiceSetting";

function plant(
  args: Partial<HybridActivationArgs> = {},
  region = "eu-west-1",
): Promise<MockedProgram<HybridActivation>> {
  return runMocked(() => new HybridActivation("plant", { tier: "advanced", ...args }), { region });
}

describe("a hybrid activation", () => {
  let made: MockedProgram<HybridActivation>;
  before(async () => {
    made = await plant({ registrationLimit: 20, accessTags: { Site: "plant" } });
  });

  it("gives machines its role, its tags and so many places", () => {
    assert.partialDeepStrictEqual(made.inputs(ACTIVATION, "plant"), {
      name: "shop-dev-plant",
      iamRole: "shop-dev-plant",
      registrationLimit: 20,
      tags: { Project: "shop", Environment: "dev", Site: "plant" },
    });
    assert.equal(made.inputs(ACTIVATION, "plant")["expirationDate"], undefined);
    assert.deepEqual(made.result.accessTags, { Site: "plant" });
  });

  it("is trusted to Systems Manager for this account and Region, and to nobody else", () => {
    const trust = parsed(text(made.inputs(ROLE, "plant")["assumeRolePolicy"]), "trust");
    const decision = (service: string, account: string, region: string): string =>
      decisionOf(
        {
          action: "sts:AssumeRole",
          resource: `arn:aws:iam::${ACCOUNT}:role/shop-dev-plant`,
          principal: { kind: "service", id: service },
          context: {
            "aws:SourceAccount": account,
            "aws:SourceArn": `arn:aws:ssm:${region}:${account}:managed-instance/mi-0a1b2c3d4e5f60718`,
          },
        },
        { resource: [trust] },
      );
    assert.equal(decision("ssm.amazonaws.com", ACCOUNT, "eu-west-1"), "allowed");
    assert.notEqual(decision("ssm.amazonaws.com", "444455556666", "eu-west-1"), "allowed");
    assert.notEqual(decision("ssm.amazonaws.com", ACCOUNT, "us-east-1"), "allowed");
    assert.notEqual(decision("ec2.amazonaws.com", ACCOUNT, "eu-west-1"), "allowed");
  });

  it("lets machines open sessions, and no more", () => {
    assert.deepEqual(
      made.mocks.ofType("aws:iam/rolePolicy:RolePolicy").map(({ name }) => name),
      ["plant-session-manager"],
    );
    assert.deepEqual(
      made.document("aws:iam/rolePolicy:RolePolicy", "plant-session-manager").Statement[0]?.["Action"],
      [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
    );
  });

  it("sets the tier of the account and Region, or leaves it to its owner", async () => {
    const setting = async (args: Partial<HybridActivationArgs>): Promise<unknown[]> =>
      (await plant(args)).mocks
        .ofType(SETTING)
        .map(({ inputs }) => [inputs["settingId"], inputs["settingValue"]]);
    const id = "/ssm/managed-instance/activation-tier";
    assert.deepEqual(await setting({}), [[id, "advanced"]]);
    assert.deepEqual(await setting({ tier: "standard", sessions: false }), [[id, "standard"]]);
    assert.deepEqual(await setting({ tier: "unmanaged" }), []);
  });

  it("tells how to install the agent, as a secret", async () => {
    const outputs = [made.result.installLinux, made.result.installWindows, made.result.activationCode];
    assert.deepEqual(await Promise.all(outputs.map((output) => pulumi.isSecret(output))), [true, true, true]);
    const code = await valueOf(made.result.activationCode);
    const id = await valueOf(made.result.activationId);
    const linux = await valueOf(made.result.installLinux);
    assert.ok(linux.includes(`-activation-code "${code}" -activation-id "${id}" -region "eu-west-1"`));
    assert.ok(linux.includes("https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/"));
  });

  it("grants logging and further policies", async () => {
    const arn = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";
    const more = await runMocked(() => {
      const logging = new SessionLogging("logging");
      return new HybridActivation("plant", {
        tier: "advanced",
        logging,
        managedPolicy: true,
        policyArns: [arn],
        permissionsBoundaryArn: arn,
      });
    });
    assert.deepEqual(
      more.mocks.ofType("aws:iam/rolePolicy:RolePolicy").map(({ name }) => name),
      ["plant-session-logging", "plant-session-key"],
    );
    assert.deepEqual(
      more.mocks
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .map(({ inputs }) => text(inputs["policyArn"]))
        .toSorted(),
      ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", arn],
    );
    assert.equal(more.inputs(ROLE, "plant")["permissionsBoundary"], arn);
  });

  it("can be changed by transforms", async () => {
    const changed = await plant({
      transform: {
        activation: { description: "d" },
        role: { description: "r" },
        rolePolicy: { name: "p" },
        tierSetting: { settingValue: "standard" },
      },
    });
    assert.equal(changed.inputs(ACTIVATION, "plant")["description"], "d");
    assert.equal(changed.inputs(ROLE, "plant")["description"], "r");
    assert.equal(changed.inputs("aws:iam/rolePolicy:RolePolicy", "plant-session-manager")["name"], "p");
    assert.equal(changed.inputs(SETTING, "plant-tier")["settingValue"], "standard");
  });

  it("works in China", async () => {
    const china = await plant({}, "cn-north-1");
    assert.ok(
      (await valueOf(china.result.installLinux)).includes(
        "https://amazon-ssm-cn-north-1.s3.cn-north-1.amazonaws.com.cn/latest/",
      ),
    );
    assert.deepEqual(china.document(ROLE, "plant", "assumeRolePolicy").Statement[0]?.["Condition"], {
      StringEquals: { "aws:SourceAccount": ACCOUNT },
      ArnLike: { "aws:SourceArn": `arn:aws-cn:ssm:cn-north-1:${ACCOUNT}:*` },
    });
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(plant({ registrationLimit: 0 }), /registrationLimit: `0`/);
  });
});

describe("the lines that install the agent on a machine", () => {
  const REGISTRATION = {
    activationId: "0a1b2c3d-0000-4000-8000-000000000000",
    activationCode: "0123456789ABCDEFGHIJ",
    region: "eu-west-1",
    dnsSuffix: "amazonaws.com",
  };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "install-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function command(name: string, body: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  /** Runs the lines for Linux with programs of ours in the place of the machine's; what they were called with. */
  function install(
    processor: string,
    packages: "debian" | "rpm",
  ): { readonly status: number; readonly calls: string } {
    const calls = join(folder, "calls");
    writeFileSync(calls, "");
    command("uname", `echo ${processor}`);
    if (packages === "debian") {
      command("dpkg", "true");
    }
    command("mktemp", `echo "${folder}"`);
    command("chmod", "true");
    command("curl", `echo curl "$@" >>"${calls}"`);
    command("sudo", `echo sudo "$@" >>"${calls}"`);
    const { status } = spawnSync("/bin/sh", ["-c", linuxInstall(REGISTRATION)], { env: { PATH: folder } });
    return { status: status ?? -1, calls: execFileSync("cat", [calls], { encoding: "utf8" }) };
  }

  for (const [processor, packages, path] of [
    ["x86_64", "debian", "debian_amd64"],
    ["aarch64", "debian", "debian_arm64"],
    ["x86_64", "rpm", "linux_amd64"],
    ["arm64", "rpm", "linux_arm64"],
  ] as const) {
    it(`fetch AWS's program for ${processor} with ${packages}, and register with it`, () => {
      const { status, calls } = install(processor, packages);
      assert.equal(status, 0);
      assert.deepEqual(calls.trim().split("\n"), [
        `curl -fsS --proto =https -o ${folder}/ssm-setup-cli https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/${path}/ssm-setup-cli`,
        `sudo ${folder}/ssm-setup-cli -register -activation-code ${REGISTRATION.activationCode} -activation-id ${REGISTRATION.activationId} -region eu-west-1`,
      ]);
    });
  }

  it("end before anything is fetched on a processor that there is no agent for", () => {
    const { status, calls } = install("riscv64", "debian");
    assert.notEqual(status, 0);
    assert.equal(calls, "");
  });

  it("are refused where a part of them would be read by a shell", () => {
    const bad = { ...REGISTRATION, activationCode: 'x"; rm -rf /' };
    assert.throws(() => linuxInstall(bad), /activationCode/);
    assert.throws(() => windowsInstall(bad), /activationCode/);
  });

  it("for Windows name code, id and Region", () => {
    const lines = windowsInstall(REGISTRATION);
    assert.ok(
      lines.includes(
        `& $program -register "-activation-code=0123456789ABCDEFGHIJ" "-activation-id=${REGISTRATION.activationId}" "-region=eu-west-1"`,
      ),
    );
    assert.ok(
      lines.includes(
        "'https://amazon-ssm-eu-west-1.s3.eu-west-1.amazonaws.com/latest/windows_amd64/ssm-setup-cli.exe'",
      ),
    );
  });
});
