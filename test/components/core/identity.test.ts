import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { arn, awsIdentity, type KnownIdentity } from "../../../components/core/identity.ts";
import { runMocked, valueOf } from "../support/mocked-program.ts";

class Parent extends pulumi.ComponentResource {
  readonly known: pulumi.Output<KnownIdentity>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Parent", name, {}, opts);
    this.known = awsIdentity(this).known;
  }
}

describe("the identity of a component", () => {
  const places: readonly [region: string, partition: string, dnsSuffix: string][] = [
    ["eu-west-1", "aws", "amazonaws.com"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ];
  for (const [region, partition, dnsSuffix] of places) {
    it(`in ${region} is in the partition ${partition}`, async () => {
      const program = await runMocked(() => new Parent("parent"), { region });
      assert.deepEqual(await valueOf(program.result.known), {
        accountId: "111122223333",
        region,
        partition,
        dnsSuffix,
      });
    });
  }

  it("is asked of the component's own provider", async () => {
    const asked: unknown[] = [];
    await pulumi.runtime.setMocks(
      {
        newResource: (args) => ({ id: `${args.name}-id`, state: args.inputs }),
        call: (args) => {
          asked.push(args.provider);
          return { accountId: "1", region: "r", partition: "aws", dnsSuffix: "d" };
        },
      },
      "shop",
      "dev",
    );
    const provider = new Provider("other", { region: "us-east-2" });
    const parent = new Parent("parent", { provider });
    await valueOf(parent.known);
    assert.equal(asked.length, 3);
    for (const reference of asked) {
      assert.match(String(reference), /pulumi:providers:aws::other::other-id$/);
    }
  });
});

describe("an ARN", () => {
  const identity: KnownIdentity = {
    accountId: "111122223333",
    region: "cn-north-1",
    partition: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
  };

  it("has the partition, and Region and account by its scope", () => {
    assert.equal(arn(identity, "kms", "alias/x"), "arn:aws-cn:kms:cn-north-1:111122223333:alias/x");
    assert.equal(arn(identity, "iam", "root", "account"), "arn:aws-cn:iam::111122223333:root");
    assert.equal(arn(identity, "s3", "logs", "global"), "arn:aws-cn:s3:::logs");
  });
});
