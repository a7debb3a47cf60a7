/**
 * IAM policy documents in AWS's own JSON shape, for those who write them.
 *
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 */

export type PolicyVersion = "2012-10-17" | "2008-10-17";

/** What a condition, an action list or a principal may hold: one value or several. */
export type OneOrMany<T> = T | readonly T[];

export type ConditionValue = string | number | boolean;

/** `{ operator: { key: value or values } }`. */
export interface ConditionBlock {
  readonly [operator: string]: { readonly [key: string]: OneOrMany<ConditionValue> };
}

export interface PrincipalMap {
  readonly AWS?: OneOrMany<string>;
  readonly Service?: OneOrMany<string>;
  readonly Federated?: OneOrMany<string>;
  readonly CanonicalUser?: OneOrMany<string>;
}

export type PrincipalElement = "*" | PrincipalMap;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  /** Policy variables work in `2012-10-17` only. Absent means `2008-10-17`. */
  readonly Version?: PolicyVersion;
  readonly Id?: string;
  readonly Statement: OneOrMany<Statement>;
}
