import type { Answer, ParsedDocument, PrincipalEntry, Question } from "@bastionless/iam";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";
import type { WithoutMfa } from "../../messages/access-message.ts";
import { statementName } from "../access/access-fix.ts";
import { matchesAny } from "../config.ts";
import { mayAssume, type WayIn, waysIn } from "./trust-ways.ts";

/** Whether every way into a role has MFA behind it. */
export type TrustAnswer =
  | { readonly kind: "requires-mfa" }
  /** Somebody gets in without. */
  | {
      readonly kind: "open";
      readonly statement: string;
      readonly who: string;
      /** Whose sessions never tell of MFA, so that no condition on it helps. Default: nobody's. */
      readonly without?: WithoutMfa;
    }
  | { readonly kind: "undecided"; readonly reason: string };

/** Which ways through a trust policy are asked about. */
export interface TrustOptions {
  /** Ways that the caller does not ask about, such as those of machines. Default: none. */
  readonly leaveOut?: (way: WayIn) => boolean;
}

/**
 * Asks a trust policy whether a session of the role always has MFA behind it.
 *
 * Services have none; an identity provider's sessions tell nothing of it, so only a provider that configuration vouches
 * for counts. For users and roles the question is decided.
 */
export function askTrust(
  trust: GrantedDocument | undefined,
  trustedProviders: readonly string[],
  options: TrustOptions = {},
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
  const way = wayWithoutKeys(trust, trustedProviders, options);
  if (way?.kind === "open") {
    return way;
  }
  const { assumeRoleWithoutMfa, decide } = iam();
  const users = toTrust(decide(assumeRoleWithoutMfa(), { resource: [trust] }));
  const others = users.kind === "requires-mfa" ? askEveryone(trust) : users;
  return others.kind === "requires-mfa" ? (way ?? others) : others;
}

function toTrust(answer: Answer): TrustAnswer {
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
        who: check?.request.principal?.id ?? "a user or role",
      };
    }
  }
}

/** `"Principal": "*"` lets in the people of every identity provider, too, where it is about their ways of assuming. */
const FEDERATED: Question = {
  name: "assume the role with an identity provider's token",
  scenarios: [
    {
      name: "sts:AssumeRoleWithWebIdentity",
      checks: [
        {
          name: "role",
          actions: ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
          resources: ["arn:{partition}:iam::{account}:role/{name}"],
        },
      ],
      credentials: ["federated"],
    },
  ],
};

function askEveryone(trust: ParsedDocument): TrustAnswer {
  const statements = trust.statements.filter(
    ({ effect, principal }) =>
      effect === "Deny" || principal?.entries.some(({ everyone }) => everyone) === true,
  );
  return statements.some(({ effect }) => effect === "Allow")
    ? toTrust(iam().decide(FEDERATED, { resource: [{ ...trust, statements }] }))
    : { kind: "requires-mfa" };
}

/** A statement that lets in a service, or a provider that nobody vouches for. */
function wayWithoutKeys(
  trust: ParsedDocument,
  trustedProviders: readonly string[],
  options: TrustOptions,
): TrustAnswer | undefined {
  const { leaveOut = () => false } = options;
  const negated = trust.statements.find(
    (statement) =>
      statement.effect === "Allow" && mayAssume(statement) && statement.principal?.negated !== false,
  );
  if (negated !== undefined) {
    return { kind: "open", statement: statementName(negated), who: "everyone but those named" };
  }
  const isPartial = options.leaveOut !== undefined;
  let unsure: TrustAnswer | undefined;
  for (const way of waysIn(trust)) {
    const who = leaveOut(way) ? undefined : withoutMfa(way.entry, trustedProviders);
    const mayBeFine = way.entry.kind === "Federated" ? trustedProviders.length > 0 : isPartial;
    if (who !== undefined && way.value === undefined && mayBeFine) {
      const reason = `a principal of the statement \`${statementName(way.statement)}\` of its trust policy is not known yet`;
      unsure ??= { kind: "undecided", reason };
    } else if (who !== undefined) {
      const without = way.entry.kind === "Service" ? "service" : "identity-provider";
      return { kind: "open", statement: statementName(way.statement), who, without };
    }
  }
  return unsure;
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
