import assert from "node:assert/strict";
import type { SessionAccessArgs } from "../../../components/access/args.ts";
import { planSessionAccess, type SessionAccessPlan } from "../../../components/access/plan.ts";
import { problemPaths } from "../../support/problem-paths.ts";

const DEPLOYMENT = { project: "shop", stack: "dev" };
const SHELL = { documentName: "shop-dev-shell", sessionType: "Standard_Stream" } as const;
const TUNNEL = { documentName: "shop-dev-db", sessionType: "Port" } as const;
const OPERATOR = { profile: "operator", documents: [SHELL], instanceTags: { Environment: "dev" } } as const;
const PRINCIPALS = { trustedPrincipals: ["arn:aws:iam::111122223333:root"] };

const plan = (args: SessionAccessArgs): SessionAccessPlan => planSessionAccess("people", args, DEPLOYMENT);

const paths = (args: object): readonly string[] => problemPaths(() => plan({ ...OPERATOR, ...args }));

describe("the plan of session access", () => {
  it("for an operator asks for MFA, denies generic documents, and makes managed policies", () => {
    assert.deepEqual(plan(OPERATOR), {
      namePrefix: "shop-dev",
      tags: { Project: "shop", Environment: "dev" },
      profile: "operator",
      documentNames: ["shop-dev-shell"],
      awsDocuments: [],
      commandDocumentNames: [],
      awsCommandDocuments: [],
      instanceTags: { Environment: "dev" },
      matchPrincipalTags: [],
      managedNodes: false,
      ownDataChannels: true,
      mfa: true,
      window: undefined,
      regions: undefined,
      denyGenericDocuments: true,
      denyOtherRegions: false,
      policyName: "shop-dev-people",
      keyPolicyName: "shop-dev-people-key",
      policies: "managed",
      groups: [],
      users: [],
      role: undefined,
      alarm: undefined,
    });
  });

  it("needs documents and tags, except for an auditor, who must not have tags", () => {
    assert.deepEqual(paths({ documents: [], instanceTags: {} }), ["documents", "instanceTags"]);
    assert.deepEqual(paths({ documents: undefined, instanceTags: undefined }), ["documents", "instanceTags"]);
    assert.deepEqual(
      problemPaths(() => plan({ profile: "auditor" })),
      [],
    );
    assert.deepEqual(
      problemPaths(() =>
        plan({ profile: "auditor", instanceTags: { a: "b" }, managedNodes: true, ownDataChannels: true }),
      ),
      ["instanceTags", "managedNodes", "ownDataChannels"],
    );
  });

  it("pins tunnels to Port documents of one's own", () => {
    assert.deepEqual(paths({ profile: "tunnel", documents: [TUNNEL] }), []);
    assert.deepEqual(paths({ profile: "tunnel", documents: [TUNNEL, SHELL] }), ["documents[1].sessionType"]);
    assert.deepEqual(
      paths({ profile: "tunnel", documents: [TUNNEL], awsDocuments: ["AWS-StartSSHSession"] }),
      ["awsDocuments"],
    );
  });

  it("takes names of documents, and AWS's own apart", () => {
    assert.deepEqual(paths({ awsDocuments: ["AWS-StartSSHSession"] }), []);
    assert.deepEqual(paths({ awsDocuments: ["AWS-RunShellScript"] }), ["awsDocuments[0]"]);
    for (const documentName of ["AWS-StartSSHSession", "*", "shop-*", "ab", "arn:aws:ssm:::document/x"]) {
      assert.deepEqual(
        paths({ documents: [{ ...SHELL, documentName }] }),
        ["documents[0].documentName"],
        documentName,
      );
    }
  });

  it("takes tags without wildcards", () => {
    assert.deepEqual(paths({ instanceTags: { Environment: ["dev", "test"] } }), []);
    assert.deepEqual(paths({ instanceTags: { Environment: "*" } }), ["instanceTags"]);
    assert.deepEqual(paths({ instanceTags: { Environment: [] } }), ["instanceTags"]);
    assert.deepEqual(paths({ instanceTags: { "aws:x": "a" } }), ["instanceTags"]);
    assert.deepEqual(paths({ instanceTags: { "${x}": "a" } }), ["instanceTags"]);
  });

  it("takes Regions of every partition", () => {
    assert.deepEqual(paths({ regions: ["eu-west-1", "cn-north-1", "us-gov-east-1", "ap-southeast-3"] }), []);
    assert.deepEqual(paths({ regions: [] }), ["regions"]);
    assert.deepEqual(paths({ regions: ["eu-west-1", "*", "eu-west-1a"] }), ["regions[1]", "regions[2]"]);
  });

  it("has policies without MFA only in a role whose trust asks for it, or as documents", () => {
    assert.equal(plan({ ...OPERATOR, mfa: "federated", role: PRINCIPALS }).policies, "inline");
    assert.equal(plan({ ...OPERATOR, mfa: "federated", createPolicies: false }).policies, "none");
    assert.deepEqual(paths({ mfa: "federated" }), ["mfa"]);
    assert.deepEqual(paths({ mfa: "federated", role: PRINCIPALS, groups: ["sre"] }), ["groups"]);
    assert.deepEqual(paths({ mfa: "no" }), ["mfa"]);
  });

  it("attaches nothing where it makes no policies", () => {
    assert.deepEqual(paths({ createPolicies: false, groups: ["sre"] }), ["createPolicies"]);
    assert.deepEqual(paths({ createPolicies: false, role: PRINCIPALS }), ["createPolicies"]);
  });

  const principals: readonly [principal: string, valid: boolean][] = [
    ["arn:aws:iam::111122223333:root", true],
    ["arn:aws-cn:iam::111122223333:role/path/name", true],
    ["arn:aws:iam::111122223333:user/jane", true],
    ["111122223333", true],
    ["*", false],
    ["arn:aws:iam::111122223333:role/*", false],
    ["arn:aws:iam::*:root", false],
    ["arn:aws:iam::111122223333:group/sre", false],
    ["arn:aws:sts::111122223333:assumed-role/a/b", false],
  ];
  for (const [principal, valid] of principals) {
    it(`${valid ? "lets" : "does not let"} \`${principal}\` assume a role`, () => {
      assert.deepEqual(
        paths({ role: { trustedPrincipals: [principal] } }),
        valid ? [] : ["role.trustedPrincipals[0]"],
      );
    });
  }

  it("has roles that last from one hour to twelve", () => {
    const role = (args: object): readonly string[] => paths({ role: { ...PRINCIPALS, ...args } });
    assert.equal(plan({ ...OPERATOR, role: PRINCIPALS }).role?.maxSessionMinutes, 60);
    assert.deepEqual(role({ maxSessionMinutes: 60 }), []);
    assert.deepEqual(role({ maxSessionMinutes: 720 }), []);
    assert.deepEqual(role({ maxSessionMinutes: 59 }), ["role.maxSessionMinutes"]);
    assert.deepEqual(role({ maxSessionMinutes: 721 }), ["role.maxSessionMinutes"]);
    assert.deepEqual(role({ trustedPrincipals: [] }), ["role.trustedPrincipals"]);
    assert.deepEqual(role({ roleName: "a/b" }), ["role.roleName"]);
    assert.deepEqual(role({ permissionsBoundaryArn: "boundary" }), ["role.permissionsBoundaryArn"]);
  });

  it("takes names of groups, no ARNs", () => {
    assert.deepEqual(paths({ groups: ["sre", "a.b@c"] }), []);
    assert.deepEqual(paths({ groups: ["arn:aws:iam::111122223333:group/sre"] }), ["groups[0]"]);
  });

  it("reports everything that is wrong at once", () => {
    assert.deepEqual(
      paths({
        namePrefix: "-",
        profile: "admin",
        mfa: "none",
        groups: ["/"],
        documents: [],
        instanceTags: {},
        regions: ["x"],
      }),
      ["namePrefix", "profile", "mfa", "groups[0]", "documents", "instanceTags", "regions[0]"],
    );
  });
});
