import assert from "node:assert/strict";
import { Workstation, type WorkstationArgs } from "@bastionless/components";
import type * as pulumi from "@pulumi/pulumi";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { text } from "../support/values.ts";

const NETWORK = {
  vpcId: "vpc-0a1b2c3d4e5f60718",
  subnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
  zones: 2,
  instancesSecurityGroupId: "sg-0a1b2c3d4e5f60718",
};
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";
const INSTANCE = "aws:ec2/instance:Instance";
const INSTANCE_NAME = "lab-amazon-linux-2023-arm64";
const PARAMETER = "aws:ssm/parameter:Parameter";
const POLICY = "aws:iam/policy:Policy";
const VOLUME = "aws:ebs/volume:Volume";
const TAGS = { Project: "shop", Environment: "dev" };
const TOKEN_ARN = `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/shop-dev/lab/jupyter-token`;

function lab(args: WorkstationArgs = {}, region = "eu-west-1"): Promise<MockedProgram<Workstation>> {
  return runMocked(() => new Workstation("lab", { network: NETWORK, ...args }), { region });
}

describe("a workstation", () => {
  let made: MockedProgram<Workstation>;
  before(async () => {
    made = await lab();
  });

  it("keeps notebooks on an encrypted volume of its own, in the machine's zone", () => {
    assert.partialDeepStrictEqual(made.inputs(VOLUME, "lab-data"), {
      availabilityZone: text(made.mocks.named(INSTANCE, INSTANCE_NAME).outputs["availabilityZone"]),
      encrypted: true,
      finalSnapshot: true,
      size: 50,
      tags: { ...TAGS, Name: "shop-dev-lab-data" },
      type: "gp3",
    });
  });

  it("attaches it where the setup looks for it, and stops the machine before it takes it away", () => {
    const { deviceName, instanceId, stopInstanceBeforeDetaching, volumeId } = made.inputs(
      ATTACHMENT,
      "lab-data",
    );
    assert.deepEqual(
      { deviceName, instanceId, stopInstanceBeforeDetaching, volumeId },
      {
        deviceName: "/dev/sdf",
        instanceId: made.mocks.named(INSTANCE, INSTANCE_NAME).id,
        stopInstanceBeforeDetaching: true,
        volumeId: made.mocks.named(VOLUME, "lab-data").id,
      },
    );
    assert.ok(text(made.inputs(INSTANCE, INSTANCE_NAME)["userData"]).includes("/dev/sdf /dev/xvdf"));
  });

  it("stops, and is not terminated, by its own shutdown", () => {
    assert.equal(made.inputs(INSTANCE, INSTANCE_NAME)["instanceInitiatedShutdownBehavior"], "stop");
  });

  it("is replaced where what it boots with changes", () => {
    assert.equal(made.inputs(INSTANCE, INSTANCE_NAME)["userDataReplaceOnChange"], true);
  });

  it("has a secure parameter for the token, whose value is in no state", () => {
    const { name, type, value, insecureValue, valueWo, valueWoVersion } = made.inputs(PARAMETER, "lab-token");
    assert.deepEqual(
      { name, type, value, insecureValue, valueWoVersion },
      {
        name: "/shop-dev/lab/jupyter-token",
        type: "SecureString",
        value: undefined,
        insecureValue: undefined,
        valueWoVersion: 1,
      },
    );
    assert.ok(valueWo !== undefined);
  });

  it("may put its token, and not read it or another", () => {
    const statements = made.document(POLICY, "lab-put-token").Statement;
    assert.deepEqual(statements, [
      { Sid: "PutToken", Effect: "Allow", Action: "ssm:PutParameter", Resource: TOKEN_ARN },
    ]);
    assert.deepEqual(
      made.mocks
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .map(({ inputs }) => inputs["policyArn"]),
      [made.mocks.named(POLICY, "lab-put-token").outputs["arn"]],
    );
  });

  it("lets people read the token and start the machine, with MFA and by tag alone", () => {
    const mfa = { "aws:MultiFactorAuthPresent": "true" };
    assert.deepEqual(made.document(POLICY, "lab-use").Statement, [
      {
        Sid: "ReadToken",
        Effect: "Allow",
        Action: "ssm:GetParameter",
        Resource: TOKEN_ARN,
        Condition: { Bool: mfa },
      },
      {
        Sid: "StartStoppedMachine",
        Effect: "Allow",
        Action: "ec2:StartInstances",
        Resource: `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`,
        Condition: {
          StringEquals: { "aws:ResourceTag/Project": "shop", "aws:ResourceTag/Environment": "dev" },
          Bool: mfa,
        },
      },
    ]);
  });

  it("opens a tunnel to Jupyter's port and to no other", () => {
    const content: unknown = JSON.parse(
      text(made.inputs("aws:ssm/document:Document", "lab-notebook-document")["content"]),
    );
    assert.partialDeepStrictEqual(content, { sessionType: "Port", properties: { portNumber: "8888" } });
    assert.deepEqual(made.result.document.parameters, ["localPortNumber"]);
  });

  it("tells the commands from a stopped machine to a notebook", async () => {
    const instanceId = await valueOf(made.result.instanceId);
    assert.deepEqual(await valueOf(made.result.steps), {
      start: `aws ec2 start-instances --instance-ids ${instanceId} --region eu-west-1`,
      token:
        "aws ssm get-parameter --name /shop-dev/lab/jupyter-token --with-decryption --query Parameter.Value --output text --region eu-west-1",
      tunnel: `aws ssm start-session --target ${instanceId} --region eu-west-1 --document-name shop-dev-lab-notebook --parameters "localPortNumber=8888"`,
      url: "http://localhost:8888/lab",
    });
  });

  it("keeps its volume's zone, and its image where it looks that up, whatever comes later", async () => {
    const ignored = new Map<string, readonly string[]>();
    await runMocked(() => {
      const seen = (_args: object, opts: pulumi.CustomResourceOptions, name: string): void => {
        ignored.set(name, opts.ignoreChanges ?? []);
      };
      return new Workstation("lab", {
        network: NETWORK,
        environment: "pytorch",
        transform: { dataVolume: seen, instance: seen },
      });
    });
    assert.deepEqual(Object.fromEntries(ignored), { "lab-ami": ["ami"], "lab-data": ["availabilityZone"] });
  });
});

describe("a workstation with a GPU", () => {
  it("runs AWS's image with NVIDIA's driver, on a root volume that it fits on", async () => {
    const made = await lab({ environment: "pytorch" });
    assert.deepEqual(
      made.mocks.lookups.filter(({ token }) => token.includes("getParameter")).map(({ args }) => args),
      [
        {
          name: "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id",
        },
      ],
    );
    assert.partialDeepStrictEqual(made.inputs(INSTANCE, "lab-ami"), {
      instanceType: "g4dn.xlarge",
      rootBlockDevice: { volumeSize: 100, encrypted: true },
    });
  });
});

describe("a workstation's arguments", () => {
  it("say what becomes of the volume", async () => {
    const kept = new Map<string, boolean | undefined>();
    for (const dataVolumeEnd of ["delete", "retain", "snapshot"] as const) {
      // oxlint-disable-next-line no-await-in-loop -- mocks are of the process: one program at a time
      const made = await lab({
        dataVolumeEnd,
        transform: {
          dataVolume: (_args, opts) => {
            kept.set(dataVolumeEnd, opts.retainOnDelete);
          },
        },
      });
      assert.equal(made.inputs(VOLUME, "lab-data")["finalSnapshot"], dataVolumeEnd === "snapshot");
    }
    assert.deepEqual(Object.fromEntries(kept), { delete: false, retain: true, snapshot: false });
  });

  it("reach every kind of child as a transform", async () => {
    const tags = { Team: "data" };
    const made = await lab({
      transform: {
        dataVolume: { tags },
        document: { tags },
        instance: { tags },
        policy: { tags },
        role: { tags },
        tokenParameter: { tags },
        volumeAttachment: { forceDetach: true },
      },
    });
    for (const [type, name] of [
      [VOLUME, "lab-data"],
      ["aws:ssm/document:Document", "lab-notebook-document"],
      [INSTANCE, INSTANCE_NAME],
      [POLICY, "lab-use"],
      [POLICY, "lab-put-token"],
      ["aws:iam/role:Role", "lab"],
      [PARAMETER, "lab-token"],
    ] as const) {
      assert.deepEqual(made.inputs(type, name)["tags"], tags, name);
    }
    assert.equal(made.inputs(ATTACHMENT, "lab-data")["forceDetach"], true);
    assert.equal(made.inputs(INSTANCE, INSTANCE_NAME)["instanceInitiatedShutdownBehavior"], "stop");
  });

  it("work in China", async () => {
    const made = await lab({}, "cn-north-1");
    assert.equal(
      await valueOf(made.result.tokenParameterArn),
      `arn:aws-cn:ssm:cn-north-1:${ACCOUNT}:parameter/shop-dev/lab/jupyter-token`,
    );
    assert.deepEqual(
      made.document(POLICY, "lab-put-token").Statement[0]?.["Resource"],
      await valueOf(made.result.tokenParameterArn),
    );
  });

  it("register nothing where one of them is wrong", async () => {
    await assert.rejects(lab({ localPort: 80 }), /localPort: `80`/);
  });
});
