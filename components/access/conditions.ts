import type { PolicyStatement } from "../core/policy-document.ts";
import type { AccessWindow } from "./args.ts";

export type Condition = NonNullable<PolicyStatement["Condition"]>;

export const MFA: Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

/** What every permission of an access depends on. */
export interface AccessLimits {
  readonly mfa: boolean;
  /** Undefined: always. */
  readonly window: AccessWindow | undefined;
}

/** The conditions of a statement and further ones. All of them must hold. */
export function withConditions(
  statement: PolicyStatement,
  ...conditions: readonly Condition[]
): PolicyStatement {
  const merged: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of [statement.Condition ?? {}, ...conditions]) {
    for (const [operator, keys] of Object.entries(condition)) {
      merged[operator] = { ...merged[operator], ...keys };
    }
  }
  return Object.keys(merged).length === 0 ? statement : { ...statement, Condition: merged };
}

/** MFA and the dates in every Allow, where they are asked for: a Deny must not be weakened by a condition. */
export function withLimits(
  statements: readonly PolicyStatement[],
  { mfa, window }: AccessLimits,
): readonly PolicyStatement[] {
  return statements.map((statement) =>
    statement.Effect === "Allow"
      ? withConditions(statement, ...(mfa ? [MFA] : []), ...(window === undefined ? [] : [dates(window)]))
      : statement,
  );
}

/** Both ends in every statement: a policy whose end stands elsewhere is open for good. */
function dates({ notBefore, notAfter }: AccessWindow): Condition {
  return {
    DateGreaterThanEquals: { "aws:CurrentTime": notBefore },
    DateLessThan: { "aws:CurrentTime": notAfter },
  };
}
