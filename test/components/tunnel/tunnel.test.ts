import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Tunnel, type TunnelArgs } from "@bastionless/components";
import { decisionOf, parsed } from "../support/policies.ts";
import { ACCOUNT, type MockedProgram, runMocked, valueOf } from "../support/mocked-program.ts";
import { settled, text } from "../support/values.ts";

const INSTANCE = "i-0a1b2c3d4e5f60718";
const INSTANCE_GROUP = "sg-0a1b2c3d4e5f60719";
const DATABASE_GROUP = "sg-0a1b2c3d4e5f60718";
const TAGS = { Project: "shop", Environment: "dev" };
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const GOOD: TunnelArgs = {
  rds: { address: "orders.internal", engine: "postgres" },
  via: { instanceId: INSTANCE, securityGroupId: INSTANCE_GROUP, accessTags: { Project: "shop" } },
  destinationSecurityGroupId: DATABASE_GROUP,
};

function tunnel(args: Partial<TunnelArgs> = {}, region?: string): Promise<MockedProgram<Tunnel>> {
  return runMocked(() => new Tunnel("orders", { ...GOOD, ...args }), region === undefined ? {} : { region });
}

describe("a tunnel", () => {
  it("has a document that takes neither host nor port", async () => {
    const made = await tunnel();
    const content: unknown = JSON.parse(
      text(made.inputs("aws:ssm/document:Document", "orders-document")["content"]),
    );
    assert.partialDeepStrictEqual(content, {
      sessionType: "Port",
      properties: { host: "orders.internal", portNumber: "5432", type: "LocalPortForwarding" },
    });
    assert.deepEqual(made.result.parameters, ["localPortNumber"]);
  });

  it("opens the destination to the instance and the instance to the destination, on the port, and no more", async () => {
    const made = await tunnel();
    const way = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, tags: TAGS };
    assert.partialDeepStrictEqual(made.inputs(INGRESS, "orders-from-instance"), {
      ...way,
      securityGroupId: DATABASE_GROUP,
      referencedSecurityGroupId: INSTANCE_GROUP,
    });
    assert.partialDeepStrictEqual(made.inputs(EGRESS, "orders-to-destination"), {
      ...way,
      securityGroupId: INSTANCE_GROUP,
      referencedSecurityGroupId: DATABASE_GROUP,
    });
    assert.equal(made.mocks.ofType(INGRESS).length, 1);
    assert.equal(made.mocks.ofType(EGRESS).length, 1);
    assert.equal((await tunnel({ openEgress: false })).mocks.ofType(EGRESS).length, 0);
  });

  it("opens nothing for a host whose group it is not told", async () => {
    const made = await runMocked(
      () => new Tunnel("mail", { host: { host: "mail.internal", port: 25 }, via: GOOD.via }),
    );
    assert.equal(made.mocks.ofType(INGRESS).length + made.mocks.ofType(EGRESS).length, 0);
    assert.equal(await valueOf(made.result.connectionString), "127.0.0.1:10025");
  });

  it("says the command and the line for the client", async () => {
    const { result } = await tunnel();
    assert.equal(
      await valueOf(result.command),
      `aws ssm start-session --target ${INSTANCE} --region eu-west-1 --document-name shop-dev-orders --parameters "localPortNumber=15432"`,
    );
    assert.match(await valueOf(result.connectionString), /^postgresql:\/\/orders\.internal:15432\//);
    assert.equal(await valueOf(result.host), "orders.internal");
    assert.equal(result.localPort, 15_432);
  });

  it("lets whoever has the policy open this tunnel through this instance, with MFA, and start nothing else", async () => {
    const made = await tunnel({}, "cn-north-1");
    const policies = { identity: [parsed(await valueOf(made.result.policyDocument))] };
    const arn = (resource: string, account = ACCOUNT): string =>
      `arn:aws-cn:ssm:cn-north-1:${account}:${resource}`;
    const start = (resource: string, mfa = "true", project = "shop"): string =>
      decisionOf(
        {
          action: "ssm:StartSession",
          resource,
          context: {
            "aws:MultiFactorAuthPresent": mfa,
            "ssm:SessionDocumentAccessCheck": "true",
            "ssm:resourceTag/Project": project,
          },
        },
        policies,
      );
    const instance = `arn:aws-cn:ec2:cn-north-1:${ACCOUNT}:instance/${INSTANCE}`;
    assert.equal(start(instance), "allowed");
    assert.equal(start(arn("document/shop-dev-orders")), "allowed");
    assert.notEqual(start(instance, "false"), "allowed");
    assert.notEqual(start(instance, "true", "other"), "allowed");
    assert.notEqual(start(arn("document/shop-dev-shell")), "allowed");
    for (const generic of [
      "AWS-StartPortForwardingSession",
      "AWS-StartPortForwardingSessionToRemoteHost",
      "AWS-StartSSHSession",
      "SSM-SessionManagerRunShell",
    ]) {
      assert.equal(start(arn(`document/${generic}`, "")), "explicit-deny", generic);
    }
  });

  it("makes a role for those that are named", async () => {
    const trustedPrincipals = [`arn:aws:iam::${ACCOUNT}:role/analysts`];
    const made = await tunnel({ access: { role: { trustedPrincipals } } });
    assert.equal(
      await valueOf(made.result.roleArn ?? pulumi.output("")),
      `arn:aws:iam::${ACCOUNT}:role/shop-dev-orders`,
    );
  });

  it("takes a host that is known later, and refuses it then where it is none", async () => {
    const made = await tunnel({ rds: { address: pulumi.output("orders.internal"), engine: "postgres" } });
    assert.match(await valueOf(made.result.connectionString), /orders\.internal/);
    const refused = await tunnel({
      rds: { address: Promise.resolve("169.254.169.254"), engine: "postgres" },
    });
    await assert.rejects(settled(refused.result.documentName), /remotePort\.host: `169\.254\.169\.254`/);
  });

  it("can be changed by transforms, child by child", async () => {
    const tags = { Team: "web" };
    const change = { tags };
    const made = await tunnel({
      transform: { document: change, ingressRule: change, egressRule: change, access: { policy: change } },
    });
    for (const [type, name] of [
      ["aws:ssm/document:Document", "orders-document"],
      [INGRESS, "orders-from-instance"],
      [EGRESS, "orders-to-destination"],
      ["aws:iam/policy:Policy", "orders-policy"],
    ] as const) {
      assert.deepEqual(made.inputs(type, name)["tags"], tags, name);
    }
  });

  it("registers nothing where an argument is wrong", async () => {
    await assert.rejects(tunnel({ localPort: 0 }), /localPort: `0`/);
  });
});
