import type { ConditionValue } from "../document.ts";
import type { Principal } from "../evaluate/request.ts";

/**
 * A constraint on one condition key, in IAM's own words: `{ operator: "Null", key, values: ["true"] }`.
 *
 * A negated operator holds for an absent key, as in a policy: "absent, or another value".
 */
export interface KeyConstraint {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly ConditionValue[];
}

/**
 * One authorisation check within a question.
 *
 * Every check has its own action, resource and resource keys (`aws:ResourceTag/*`, `ssm:resourceTag/*`,
 * `aws:ResourceAccount`); all checks of a scenario share the principal and every other key.
 */
export interface Check {
  /** What the check is of, for whoever reads the witness: `instance`, `document`. */
  readonly name: string;
  /** Actions, of which the request has one; wildcards stand for any action. */
  readonly actions: readonly string[];
  /**
   * Templates of ARNs, of which the resource fits one. Placeholders: `{partition}`, `{region}`, `{account}` (12 digits),
   * `{id}` (letters, digits, `_.-`), `{name}` (no colon), `{instance}` (`i-…`), `{managed}` (`mi-…`),
   * `{session}`, `{any}`.
   * `*` alone: an action on no resource.
   */
  readonly resources: readonly string[];
  /** ARN patterns the resource must not match. */
  readonly notResources?: readonly string[];
  /** Constraints on keys of this check's resource. */
  readonly keys?: readonly KeyConstraint[];
  /** The resource carries no tags (a document that AWS owns). Default: it may carry any. */
  readonly untagged?: boolean;
  /** The name of an earlier check of the scenario: this one is on the same resource. Default: on one of its own. */
  readonly sameResourceAs?: string;
  /** The resource is a Session Manager session: of resource tags it has only those that AWS sets. Default: false. */
  readonly sessionResource?: boolean;
}

/** Checks that must all be allowed, under constraints they share. */
export interface Scenario {
  readonly name: string;
  readonly checks: readonly Check[];
  readonly keys?: readonly KeyConstraint[];
  /** Kinds of credentials to consider; default: all of them. */
  readonly credentials?: readonly CredentialKind[];
}

/** Where the request is made, as far as it is known. */
export interface Place {
  readonly partition?: string;
  readonly region?: string;
  /** The account of the principal, and of its resources. */
  readonly account?: string;
}

/** "Is there an allowed request within these constraints?": yes, where one of the scenarios has one. */
export interface Question {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
  /** Default: any partition, region and account. */
  readonly place?: Place;
  /** Who makes the request. Default: one of each kind that the documents can tell apart. */
  readonly principal?: Principal;
}

/**
 * Credentials a person can hold, each with the keys that come along:
 *
 * - `long-term`: an IAM user's access key; `aws:MultiFactorAuthPresent` and `aws:TokenIssueTime` are absent;
 * - `temporary`: GetSessionToken without MFA, `aws:MultiFactorAuthPresent` is `false`;
 * - `temporary-mfa`: GetSessionToken with MFA, or the console: `true`, and `aws:MultiFactorAuthAge` is there;
 * - `role`: a role's session without MFA: `false`, and `aws:username` is absent;
 * - `role-mfa`: a role's session with MFA;
 * - `federated`: a federated session whose provider tells nothing of MFA: absent.
 */
export type CredentialKind = "long-term" | "temporary" | "temporary-mfa" | "role" | "role-mfa" | "federated";

export function absent(key: string): KeyConstraint {
  return { operator: "Null", key, values: ["true"] };
}

export function present(key: string): KeyConstraint {
  return { operator: "Null", key, values: ["false"] };
}

/** Present, and one of the values. */
export function equals(key: string, ...values: readonly ConditionValue[]): KeyConstraint {
  return { operator: "StringEquals", key, values };
}

/** Present, and matching one of the patterns. */
export function matches(key: string, ...patterns: readonly string[]): KeyConstraint {
  return { operator: "StringLike", key, values: patterns };
}

/** Absent, or matching none of the patterns. */
export function outside(key: string, ...patterns: readonly string[]): KeyConstraint {
  return { operator: "StringNotLike", key, values: patterns };
}
