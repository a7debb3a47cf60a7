import type { ParsedDocument, ParsedStatement, PrincipalEntry } from "@bastionless/iam";
import type { GrantedDocument } from "../estate/policy-grant.ts";
import { iam } from "../iam.ts";
import { matchesAny } from "./config.ts";

/** Whether every way into a role has MFA behind it. */
export type TrustAnswer =
  | { readonly kind: "requires-mfa" }
  /** Somebody gets in without. */
  | { readonly kind: "open"; readonly statement: string; readonly who: string }
  | { readonly kind: "undecided"; readonly reason: string };

/**
 * Asks a trust policy whether a session of the role always has MFA behind it.
 *
 * Services have none; an identity provider's sessions tell nothing of it, so only a provider that configuration vouches
 * for counts. For users and roles the question is decided.
 */
export function askTrust(
  trust: GrantedDocument | undefined,
  trustedProviders: readonly string[],
): TrustAnswer {
  if (trust === undefined) {
    return { kind: "undecided", reason: "the role has no trust policy that is known" };
  }
  if (trust.kind === "unknown") {
    return { kind: "undecided", reason: trust.reason };
  }
  if (trust.kind === "invalid") {
    return { kind: "undecided", reason: trust.problems[0]?.message ?? "the trust policy cannot be read" };
  }
  const way = wayWithoutKeys(trust, trustedProviders);
  if (way !== undefined) {
    return way;
  }
  const { assumeRoleWithoutMfa, decide } = iam();
  const answer = decide(assumeRoleWithoutMfa(), { resource: [trust] });
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
        statement: statement?.sid ?? statement?.path ?? "$",
        who: check?.request.principal?.id ?? "a user or role",
      };
    }
  }
}

/** A statement that lets in a service, or a provider that nobody vouches for. */
function wayWithoutKeys(trust: ParsedDocument, trustedProviders: readonly string[]): TrustAnswer | undefined {
  for (const statement of trust.statements) {
    if (statement.effect === "Deny" || !assumes(statement)) {
      continue;
    }
    const { principal } = statement;
    if (principal === undefined || principal.negated) {
      return { kind: "open", statement: nameOf(statement), who: "everyone but those named" };
    }
    for (const entry of principal.entries) {
      const who = withoutMfa(entry, trustedProviders);
      if (who !== undefined) {
        return { kind: "open", statement: nameOf(statement), who };
      }
    }
  }
  return undefined;
}

function assumes({ action }: ParsedStatement): boolean {
  return (
    action.negated ||
    action.patterns.some(
      (pattern) => typeof pattern !== "string" || /[*?]/.test(pattern) || /^sts:assumerole/i.test(pattern),
    )
  );
}

function withoutMfa(entry: PrincipalEntry, trustedProviders: readonly string[]): string | undefined {
  const value = typeof entry.value === "string" ? entry.value : "a principal that is not known yet";
  switch (entry.kind) {
    case "Service":
      return `the service \`${value}\``;
    case "Federated":
      return matchesAny(value, trustedProviders) ? undefined : `people of the identity provider \`${value}\``;
    case "AWS":
    case "CanonicalUser":
      return undefined;
  }
}

function nameOf(statement: ParsedStatement): string {
  return statement.sid ?? statement.path;
}
