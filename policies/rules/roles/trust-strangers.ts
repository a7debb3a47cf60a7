import type { KeyConstraint, ParsedDocument } from "@bastionless/iam";
import { iam } from "../../iam.ts";
import { statementName } from "../access/access-fix.ts";
import type { TrustAnswer } from "./role-trust.ts";
import { CALLERS, waysIn } from "./trust-ways.ts";

const ACCOUNT = /\d{12}/g;

/**
 * Asks a trust policy whether people of accounts that nobody vouches for can assume the role. MFA does not help there:
 * anyone can open an account, and a device in it.
 *
 * @param trustedAccounts ids of accounts; empty: every account that the policy names, but not `*` for all there are
 */
export function askStrangers(trust: ParsedDocument, trustedAccounts: readonly string[]): TrustAnswer {
  const isOpen = waysIn(trust).some(({ value }) => value === undefined || value === "*");
  if (trustedAccounts.length === 0 && !isOpen) {
    return { kind: "requires-mfa" };
  }
  const { assumeRoleWithoutMfa, decide } = iam();
  const asked = assumeRoleWithoutMfa({ credentials: CALLERS });
  const keys = trustedAccounts.length > 0 ? outsideOf(trustedAccounts) : strangers(trust);
  const question = {
    ...asked,
    name: "assume the role from an account that nobody vouches for",
    scenarios: asked.scenarios.map((scenario) => ({ ...scenario, keys })),
  };
  const answer = decide(question, { resource: [trust] });
  switch (answer.kind) {
    case "none":
      return { kind: "requires-mfa" };
    case "undecided":
      return { kind: "undecided", reason: answer.reasons.map(({ message }) => message).join("; ") };
    case "witness": {
      const [check] = answer.checks;
      const [statement] = check?.allowedBy ?? [];
      return {
        kind: "open",
        statement: statement === undefined ? "$" : statementName(statement),
        who: check?.request.principal?.id ?? "anyone",
      };
    }
  }
}

function outsideOf(accounts: readonly string[]): readonly KeyConstraint[] {
  return [iam().outside("aws:PrincipalAccount", ...accounts)];
}

/** Somebody of no organisation that a condition could ask for, and of no account that one names. */
function strangers(trust: ParsedDocument): readonly KeyConstraint[] {
  const { absent } = iam();
  const values = trust.statements
    .flatMap(({ conditions }) => conditions)
    .flatMap((condition) => condition.values)
    .concat(waysIn(trust).flatMap(({ value }) => value ?? []));
  const accounts = values.flatMap((value) => (typeof value === "string" ? (value.match(ACCOUNT) ?? []) : []));
  return [
    absent("aws:PrincipalOrgID"),
    absent("aws:PrincipalOrgPaths"),
    ...(accounts.length === 0 ? [] : outsideOf([...new Set(accounts)])),
  ];
}
