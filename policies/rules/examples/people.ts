import type { ExampleResource } from "./example.ts";

/** Statements and resources that examples of rules about people's access are made of. */

export const UNKNOWN = { unknown: true };

export const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
export const CHECK = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };
export const PROD = { StringEquals: { "ssm:resourceTag/Environment": "prod" } };

export const INSTANCES = "arn:aws:ec2:*:*:instance/*";

export function documentArn(name: string): string {
  return `arn:aws:ssm:eu-west-1:123456789012:document/${name}`;
}

export function awsDocumentArn(name: string): string {
  return `arn:aws:ssm:eu-west-1::document/${name}`;
}

export interface Parts {
  readonly Sid?: string;
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

export function allow(action: string | readonly string[], parts: Parts = {}): object {
  return { Effect: "Allow", Action: action, Resource: "*", ...parts };
}

export function deny(action: string | readonly string[], parts: Parts = {}): object {
  return { Effect: "Deny", Action: action, Resource: "*", ...parts };
}

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function managedPolicy(...statements: readonly object[]): ExampleResource {
  return {
    type: "aws:iam/policy:Policy",
    name: "operators",
    props: { name: "acme-prod-operators", policy: policy(...statements) },
  };
}

export function groupPolicy(name: string, group: string, ...statements: readonly object[]): ExampleResource {
  return {
    type: "aws:iam/groupPolicy:GroupPolicy",
    name,
    props: { group, policy: policy(...statements) },
  };
}

/** A policy that nobody can read yet. */
export const LATER: ExampleResource = {
  type: "aws:iam/userPolicy:UserPolicy",
  name: "later",
  props: { user: "jo", policy: UNKNOWN },
};

/** A policy of another stack, attached here. */
export const ELSEWHERE: ExampleResource = {
  type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  name: "elsewhere",
  props: { user: "jo", policyArn: "arn:aws:iam::123456789012:policy/elsewhere" },
};

/** A policy that AWS publishes, attached to a group. */
export function ofAws(name: string): ExampleResource {
  return {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    name: "published",
    props: { group: "people", policyArn: `arn:aws:iam::aws:policy/${name}` },
  };
}

/** A session document of the stack. */
export function sessionDocument(name: string, content: object): ExampleResource {
  return {
    type: "aws:ssm/document:Document",
    name,
    props: {
      name,
      documentType: "Session",
      content: JSON.stringify({ schemaVersion: "1.0", ...content }),
    },
  };
}
