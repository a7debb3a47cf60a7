import assert from "node:assert/strict";
import { INBOUND_RULE_FORMS } from "@bastionless/policies/estate/inbound-rule.ts";
import { ELASTIC_ADDRESS_FORMS } from "@bastionless/policies/estate/elastic-address.ts";
import { LAUNCH_FORMS } from "@bastionless/policies/estate/launch.ts";
import { GRANT_FORMS } from "@bastionless/policies/estate/policy-grant.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import fc from "fast-check";
import { runRules, type Told } from "./support/run-rules.ts";
import { toStack, UNKNOWN } from "./support/stack.ts";

const TYPES = [
  ...INBOUND_RULE_FORMS.keys(),
  ...GRANT_FORMS.keys(),
  ...LAUNCH_FORMS.keys(),
  ...ELASTIC_ADDRESS_FORMS.keys(),
  "aws:ec2/defaultSubnet:DefaultSubnet",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "aws:ec2/networkInterface:NetworkInterface",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:lightsail/instance:Instance",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:kms/alias:Alias",
  "aws:kms/key:Key",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:ssm/document:Document",
];

const PROPERTIES = `
  ingress protocol ipProtocol fromPort toPort cidrBlocks self type cidrIpv4 remoteAccess ec2SshKey
  policy role user assumeRolePolicy inlinePolicies inlinePolicy content documentType documentFormat
  bucket rules kmsKeyId name arn applyServerSideEncryptionByDefault sseAlgorithm kmsMasterKeyId
  serverSideEncryptionConfiguration inputs s3BucketName s3EncryptionEnabled
  keyName metadataOptions httpTokens httpEndpoint launchTemplate id version networkInterfaces subnetId vpcId
  associatePublicIpAddress ipv6AddressCount launchSpecifications launchTemplateConfigs launchTemplateSpecification
  mixedInstancesPolicy overrides vpcZoneIdentifiers computeResources instance egress securityGroupId
  Version Statement Effect Action Resource Condition Bool Principal __proto__ constructor`
  .trim()
  .split(/\s+/);

/** Values as they come, and as they should not. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    fc.constantFrom(
      UNKNOWN,
      null,
      true,
      false,
      "",
      "22",
      "-1",
      "tcp",
      "ingress",
      "Allow",
      "*",
      "ssm:*",
      "Session",
    ),
    fc.constantFrom(
      "true",
      "JSON",
      "YAML",
      "aws:kms",
      "[secret]",
      "{",
      "٢٢",
      "\u0000",
      "\ud800",
      "a: &a [*a]",
    ),
    fc.integer({ min: -1, max: 70_000 }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...PROPERTIES), tie("value"), { maxKeys: 4 }),
    tie("text"),
  ),
  text: tie("value").map((inner) => JSON.stringify(inner)),
}));

const resource: fc.Arbitrary<ExampleResource> = fc
  .record({
    type: fc.constantFrom(...TYPES),
    name: fc.constantFrom("a", "b", "c"),
    props: fc.dictionary(fc.constantFrom(...PROPERTIES), value, { maxKeys: 6 }),
  })
  .map((made) => made);

function faults(told: readonly Told[]): readonly string[] {
  return told
    .filter(({ message }) => message.includes("a fault in the policy"))
    .map(({ message }) => message);
}

function policyOf(policy: string): readonly Told[] {
  return runRules(
    RULES,
    toStack([{ type: "aws:iam/userPolicy:UserPolicy", name: "p", props: { user: "u", policy } }]),
  );
}

const ALL = { Effect: "Allow", Action: "*", Resource: "*" };

describe("hostile input", function () {
  // Time is bounded where nothing is undecided: a search has a budget of steps. This only ends what would never end.
  this.timeout(120_000);

  it("never breaks a rule", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(resource, { maxLength: 4, selector: ({ name, type }) => name + type }),
        (resources) => {
          assert.deepEqual(faults(runRules(RULES, toStack(resources))), []);
        },
      ),
      { numRuns: 3000 },
    );
  });

  const never: { readonly [what: string]: string } = {
    "not JSON": '{"Statement": [',
    "a text in JSON": '"Allow"',
    "a list": "[]",
    "no statement": '{"Version":"2012-10-17"}',
    "an unknown version": JSON.stringify({ Version: "2025-01-01", Statement: ALL }),
    "an effect twice": '{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
    "keys in another case": '{"statement":{"effect":"Allow","action":"*","resource":"*"}}',
    "an operator that does not exist": JSON.stringify({
      Statement: { ...ALL, Condition: { BoolIfMissing: { "aws:MultiFactorAuthPresent": "true" } } },
    }),
    "a condition on a look-alike of the key": JSON.stringify({
      Statement: { ...ALL, Condition: { Bool: { "aws:MultiFаctorAuthPresent": "true" } } },
    }),
    "an action with wildcards that explode": JSON.stringify({
      Statement: { ...ALL, Action: `s${"*s".repeat(200)}*:Start*Session` },
    }),
  };

  for (const [what, policy] of Object.entries(never)) {
    it(`is never a pass: ${what}`, () => {
      const told = policyOf(policy);
      assert.deepEqual(faults(told), []);
      const isInvalidOnly = what.includes("explode");
      assert.ok(isInvalidOnly || told.length > 0, "nothing was said");
    });
  }

  it("is decided in bounded time: 2,000 statements, of which the last is open", () => {
    const guarded = Array.from({ length: 2000 }, (_, index) => ({
      Effect: "Allow",
      Action: `ssm:Start*`,
      Resource: `arn:aws:ec2:*:*:instance/i-${index}*`,
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        StringEquals: { [`ssm:resourceTag/Tag${index % 10}`]: "x" },
      },
    }));
    const told = policyOf(JSON.stringify({ Version: "2012-10-17", Statement: [...guarded, ALL] }));
    assert.deepEqual(
      told.filter(({ kind }) => kind === "violation").map(({ rule }) => rule),
      [
        "no-unlogged-session-path",
        "own-sessions-only",
        "session-access-requires-mfa",
        "session-access-requires-tags",
        "session-documents-pinned",
        // Without MFA, and past the tags.
        "side-doors-guarded",
        "side-doors-guarded",
      ],
    );
    assert.deepEqual(
      told.filter(({ kind }) => kind === "undecided"),
      [],
    );
  });

  it("is proved in bounded time: 500 statements for machines, of which none is open", () => {
    const guarded = Array.from({ length: 500 }, (_, index) => ({
      Effect: "Allow",
      Action: "ssm:Start*",
      Resource: `arn:aws:ec2:*:*:instance/i-${index}*`,
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        StringEquals: { [`ssm:resourceTag/Tag${index % 10}`]: "x" },
      },
    }));
    const told = policyOf(JSON.stringify({ Version: "2012-10-17", Statement: guarded }));
    assert.deepEqual(told, []);
  });
});
