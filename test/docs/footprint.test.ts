import assert from "node:assert/strict";
import type { PreviewedResource } from "./example-previews.ts";
import { costsOf, documentsOf, instancesOf, managedPoliciesOf } from "./footprint.ts";

function resource(name: string, type: string, more: Partial<PreviewedResource> = {}): PreviewedResource {
  const custom = type.startsWith("aws:");
  return { urn: name, name, type, custom, external: false, parent: "", inputs: {}, outputs: {}, ...more };
}

describe("what a component creates", () => {
  const ship = resource("ship", "fixture:index:Ship");
  const inner = resource("inner", "fixture:index:Cabin", { parent: "ship" });
  const resources = [
    resource("stray", "aws:kms/key:Key"),
    ship,
    inner,
    resource("key", "aws:kms/key:Key", { parent: "inner" }),
    resource("alias", "aws:kms/alias:Alias", { parent: "key" }),
    resource("read", "aws:s3/bucket:Bucket", { parent: "ship", external: true }),
  ];

  it("is all that stands below it and was not only read", () => {
    const [found, ...others] = instancesOf(ship.type, [{ name: "harbour", stack: "dev", resources }]);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [
        found?.resources.map(({ name }) => name),
        found?.components.map(({ name }) => name),
        found?.exampleSize,
      ],
      [["alias", "key"], ["inner"], 3],
    );
  });

  it("is told of the smallest example first, and of one that breaks policies last", () => {
    const examples = [
      { name: "large", stack: "dev", resources },
      { name: "bad-small", stack: "dev", resources: [ship] },
      { name: "small", stack: "dev", resources: resources.slice(1, 4) },
    ];
    assert.deepEqual(
      instancesOf(ship.type, examples).map(({ example }) => example),
      ["small", "large", "bad-small"],
    );
  });
});

describe("what resources cost", () => {
  it("is counted by kind, an interface endpoint once for each of its subnets, a gateway endpoint not at all", () => {
    const endpoint = (name: string, inputs: PreviewedResource["inputs"]): PreviewedResource =>
      resource(name, "aws:ec2/vpcEndpoint:VpcEndpoint", { inputs });
    const { drivers, monthly, unpriced } = costsOf([
      endpoint("ssm", { vpcEndpointType: "Interface", subnetIds: ["a", "b"] }),
      endpoint("kms", { vpcEndpointType: "Interface", subnetIds: ["a"] }),
      endpoint("s3", { vpcEndpointType: "Gateway" }),
      resource("key", "aws:kms/key:Key"),
      resource("role", "aws:iam/role:Role"),
      resource("logs", "aws:cloudwatch/logGroup:LogGroup"),
      resource("odd", "aws:odd/thing:Thing"),
    ]);
    assert.deepEqual(
      drivers.map(({ price, count }) => [price.what, count]),
      [
        ["interface endpoint in a zone", 3],
        ["KMS key", 1],
        ["log group", 1],
      ],
    );
    assert.equal(monthly.toFixed(2), "22.90");
    assert.deepEqual(unpriced, ["aws:odd/thing:Thing"]);
  });
});

describe("what permissions resources grant", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

  it("is every policy document among their inputs, however deep", () => {
    const text = (Statement: unknown): string => JSON.stringify({ Version: "2012-10-17", Statement });
    const role = resource("role", "aws:iam/role:Role", {
      inputs: {
        assumeRolePolicy: text(statement),
        inlinePolicies: [
          { name: "none", policy: text([]) },
          { name: "one", policy: text([statement]) },
        ],
        description: '{"Statement" is no JSON',
      },
    });
    assert.deepEqual(documentsOf([role]), [
      { resource: role, property: "assumeRolePolicy", statements: [statement] },
      { resource: role, property: "inlinePolicies[1].policy", statements: [statement] },
    ]);
  });

  it("is every policy of AWS's own that they attach, in any partition", () => {
    const attachment = (policyArn: string): PreviewedResource =>
      resource(policyArn, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", { inputs: { policyArn } });
    const core = "policy/AmazonSSMManagedInstanceCore";
    assert.deepEqual(
      managedPoliciesOf([
        attachment(`arn:aws-cn:iam::aws:${core}`),
        attachment(`arn:aws:iam::aws:${core}`),
        attachment("arn:aws:iam::123456789012:policy/own"),
      ]),
      [`arn:aws-cn:iam::aws:${core}`, `arn:aws:iam::aws:${core}`],
    );
  });
});
