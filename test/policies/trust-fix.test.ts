import assert from "node:assert/strict";
import type { ExampleResource } from "@bastionless/policies/rules/examples/example.ts";
import { RULES } from "@bastionless/policies/rules/index.ts";
import type { RuleConfig } from "@bastionless/policies/rules/rule.ts";
import { runRules } from "./support/run-rules.ts";
import { toStack } from "./support/stack.ts";

const ASKED = ["session-access-requires-mfa", "session-roles-trusted-with-mfa", "side-doors-guarded"];
const PROVIDER = "arn:aws:iam::123456789012:saml-provider/corporate";
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

function policyText(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A role that sends commands and starts sessions on tagged machines. */
function role(trust: object): ExampleResource {
  return {
    type: "aws:iam/role:Role",
    name: "operator",
    props: {
      name: "acme-operator",
      assumeRolePolicy: policyText({ Effect: "Allow", ...trust }),
      inlinePolicies: [
        {
          name: "machines",
          policy: policyText({
            Effect: "Allow",
            Action: ["ssm:StartSession", "ssm:SendCommand"],
            Resource: "*",
            Condition: { StringEquals: { "aws:ResourceTag/Environment": "prod" } },
          }),
        },
      ],
    },
  };
}

function told(trust: object, config: RuleConfig = {}) {
  const rules = RULES.filter(({ id }) => ASKED.includes(id));
  const configs = Object.fromEntries(ASKED.map((id) => [id, config]));
  return runRules(rules, toStack([role(trust)]), configs);
}

/** Findings by which a role's way in has no MFA, and what each says. */
function mentions(trust: object, words: RegExp): void {
  const findings = told(trust);
  assert.deepEqual(
    findings.map(({ rule, kind }) => `${rule} ${kind}`).toSorted(),
    ASKED.map((id) => `${id} violation`),
  );
  for (const { rule, message } of findings) {
    assert.match(message, words, rule);
    assert.doesNotMatch(message, /Add `"Bool"/, rule);
  }
}

describe("what is to be done about a role whose sessions never tell of MFA", () => {
  const service = { Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
  const people = { Principal: { Federated: PROVIDER }, Action: "sts:AssumeRoleWithSAML" };

  it("is no condition on MFA where a service assumes it, but an exemption of the role", () => {
    mentions(service, /A service has no MFA to show/);
    mentions(service, /`exemptPrincipals`/);
    assert.deepEqual(told(service, { exemptPrincipals: ["acme-operator"] }), []);
  });

  it("is no condition on MFA where an identity provider's people do, but word that the provider asks for it", () => {
    mentions(people, /AWS tells nothing of an identity provider's MFA/);
    assert.deepEqual(told(people, { trustedIdentityProviders: [PROVIDER] }), []);
  });

  it("is a condition on MFA where users do", () => {
    const users = { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "sts:AssumeRole" };
    const findings = told(users);
    assert.equal(findings.length, ASKED.length);
    for (const { rule, message } of findings) {
      assert.match(message, /Add `"Bool": \{"aws:MultiFactorAuthPresent": "true"\}`/, rule);
    }
    assert.deepEqual(told({ ...users, Condition: MFA }), []);
  });
});
