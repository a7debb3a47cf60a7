import assert from "node:assert/strict";
import { RULES } from "@bastionless/policies/rules/index.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const STACK = "aws:cloudformation/stack:Stack";

/** The rules that are undecided about one resource. */
function undecided(type: string, props: { readonly [property: string]: unknown }): readonly string[] {
  const told = runRules(RULES, toStack([{ type, name: "container", props }]));
  assert.deepEqual(
    told.filter(({ kind }) => kind !== "undecided"),
    [],
  );
  return [...new Set(told.map(({ rule }) => rule))];
}

function template(...types: readonly unknown[]): string {
  return JSON.stringify({
    Resources: Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type }])),
  });
}

describe("resources that contain others", () => {
  it("are nothing to rules where they contain nothing that rules are about", () => {
    for (const templateBody of [
      template("AWS::SNS::Topic", "AWS::SQS::Queue"),
      "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub '${AWS::StackName}-x'\n",
    ]) {
      assert.deepEqual(undecided(STACK, { templateBody }), [], templateBody);
      assert.deepEqual(undecided("aws:cloudformation/stackSet:StackSet", { templateBody }), []);
    }
    assert.deepEqual(undecided("aws:cloudcontrol/resource:Resource", { typeName: "AWS::SNS::Topic" }), []);
    assert.deepEqual(undecided("aws-native:index:ExtensionResource", { type: "AWS::SNS::Topic" }), []);
  });

  it("leave undecided the rules about what they contain, and no others", () => {
    const group = undecided(STACK, { templateBody: template("AWS::SNS::Topic", "AWS::EC2::SecurityGroup") });
    assert.ok(group.includes("no-inbound-admin-ports"));
    assert.ok(!group.includes("session-access-requires-mfa"));
    const role = undecided("aws:cloudcontrol/resource:Resource", { typeName: "AWS::IAM::Role" });
    assert.ok(role.includes("session-access-requires-mfa"));
    assert.ok(!role.includes("no-inbound-admin-ports"));
    for (const type of [
      "AWS::SSM::Document",
      "AWS::S3::BucketPolicy",
      "AWS::KMS::Key",
      "AWS::Logs::LogGroup",
    ]) {
      const rules = undecided(STACK, { templateBody: template(type) });
      assert.ok(rules.includes("session-logs-encrypted"), type);
      assert.ok(rules.includes("log-bucket-private"), type);
    }
  });

  it("leave every rule undecided that they would where nothing of them can be read", () => {
    const everything = undecided(STACK, {});
    assert.ok(
      everything.includes("no-inbound-admin-ports") && everything.includes("session-access-requires-mfa"),
    );
    const topic = template("AWS::SNS::Topic");
    for (const props of [
      { templateBody: { unknown: true } },
      { templateBody: "{" },
      { templateBody: "{}" },
      { templateBody: topic, templateUrl: "https://example.com/t.json" },
      { templateBody: JSON.stringify({ Transform: "AWS::Serverless-2016-10-31", ...JSON.parse(topic) }) },
      { templateBody: '{"Resources":{"a":{"Type":"AWS::IAM::Role"}},"Resources":{}}' },
      { templateBody: template("AWS::CloudFormation::Stack") },
      { templateBody: template("AWS::SNS::Topic", "Custom::Anything") },
      { templateBody: template("Acme::Network::Site::MODULE") },
      { templateBody: template("AWS::SNS::Topic::MODULE") },
      { templateBody: template({ "Fn::Sub": "AWS::IAM::Role" }) },
      { templateBody: JSON.stringify({ Resources: { "Fn::Transform": { Name: "AWS::Include" } } }) },
      { templateBody: "Resources:\n  A:\n    Type: !Sub 'AWS::${Service}::Role'\n" },
    ]) {
      assert.deepEqual(undecided(STACK, props), everything, JSON.stringify(props));
    }
    assert.deepEqual(
      undecided("aws:cloudcontrol/resource:Resource", { typeName: { unknown: true } }),
      everything,
    );
  });
});
