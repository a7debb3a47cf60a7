import { hasLookalike } from "./lookalike.ts";

/** What an operator compares, without its modifiers. */
export type BaseOperator =
  | "StringEquals"
  | "StringEqualsIgnoreCase"
  | "StringLike"
  | "NumericEquals"
  | "NumericLessThan"
  | "NumericLessThanEquals"
  | "NumericGreaterThan"
  | "NumericGreaterThanEquals"
  | "DateEquals"
  | "DateLessThan"
  | "DateLessThanEquals"
  | "DateGreaterThan"
  | "DateGreaterThanEquals"
  | "Bool"
  | "BinaryEquals"
  | "IpAddress"
  | "ArnLike"
  | "Null";

export type SetQualifier = "ForAllValues" | "ForAnyValue";

/**
 * A condition operator taken apart.
 *
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for multivalued context
 * keys".
 */
export interface ConditionOperator {
  /** As written. */
  readonly text: string;
  readonly base: BaseOperator;
  /** `StringNotEquals`, `NotIpAddress` and their like. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: SetQualifier | undefined;
}

interface Plain {
  readonly base: BaseOperator;
  readonly negated: boolean;
}

const PLAIN: ReadonlyMap<string, Plain> = new Map(
  (
    [
      ["StringEquals", "StringEquals", false],
      ["StringNotEquals", "StringEquals", true],
      ["StringEqualsIgnoreCase", "StringEqualsIgnoreCase", false],
      ["StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase", true],
      ["StringLike", "StringLike", false],
      ["StringNotLike", "StringLike", true],
      ["NumericEquals", "NumericEquals", false],
      ["NumericNotEquals", "NumericEquals", true],
      ["NumericLessThan", "NumericLessThan", false],
      ["NumericLessThanEquals", "NumericLessThanEquals", false],
      ["NumericGreaterThan", "NumericGreaterThan", false],
      ["NumericGreaterThanEquals", "NumericGreaterThanEquals", false],
      ["DateEquals", "DateEquals", false],
      ["DateNotEquals", "DateEquals", true],
      ["DateLessThan", "DateLessThan", false],
      ["DateLessThanEquals", "DateLessThanEquals", false],
      ["DateGreaterThan", "DateGreaterThan", false],
      ["DateGreaterThanEquals", "DateGreaterThanEquals", false],
      ["Bool", "Bool", false],
      ["BinaryEquals", "BinaryEquals", false],
      ["IpAddress", "IpAddress", false],
      ["NotIpAddress", "IpAddress", true],
      // ArnEquals and ArnLike behave identically [IAM: Condition operators].
      ["ArnEquals", "ArnLike", false],
      ["ArnNotEquals", "ArnLike", true],
      ["ArnLike", "ArnLike", false],
      ["ArnNotLike", "ArnLike", true],
      ["Null", "Null", false],
    ] as const
  ).map(([name, base, negated]) => [name.toLowerCase(), { base, negated }]),
);

/**
 * Reads an operator's name; undefined where there is no such operator.
 *
 * Names are read without regard to case, as IAM does. `IfExists` is not valid on `Null`.
 */
export function parseConditionOperator(text: string): ConditionOperator | undefined {
  if (hasLookalike(text)) {
    return undefined;
  }
  let rest = text.toLowerCase();
  let set: SetQualifier | undefined;
  if (rest.startsWith("forallvalues:")) {
    set = "ForAllValues";
    rest = rest.slice("forallvalues:".length);
  } else if (rest.startsWith("foranyvalue:")) {
    set = "ForAnyValue";
    rest = rest.slice("foranyvalue:".length);
  }
  let ifExists = false;
  if (rest.endsWith("ifexists")) {
    ifExists = true;
    rest = rest.slice(0, -"ifexists".length);
  }
  const plain = PLAIN.get(rest);
  if (plain === undefined || (plain.base === "Null" && (ifExists || set !== undefined))) {
    return undefined;
  }
  return { text, base: plain.base, negated: plain.negated, ifExists, set };
}
