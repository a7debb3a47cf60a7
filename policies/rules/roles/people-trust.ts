import type { ParsedDocument } from "@bastionless/iam";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";
import { CALLERS, waysIn } from "./trust-ways.ts";

/** Whether anybody but a service can assume a role. */
export type PeopleTrust =
  | { readonly kind: "people"; readonly who: string }
  | { readonly kind: "services" }
  | { readonly kind: "undecided"; readonly reason: string };

/** Pods of an EKS cluster: a workload, which may well be a machine to Systems Manager. */
const PODS = /:oidc-provider\/oidc\.eks\./;

/**
 * Asks a trust policy whether people, or other roles, can assume the role; conditions and Denies count.
 *
 * @param trust undefined: the role is not in the stack
 */
export function askPeople(trust: GrantedDocument | undefined): PeopleTrust {
  if (trust === undefined) {
    return { kind: "undecided", reason: "its trust policy is not in this stack" };
  }
  if (trust.kind === "unknown") {
    return { kind: "undecided", reason: trust.reason };
  }
  if (trust.kind === "invalid") {
    const problem = trust.problems[0]?.message ?? "it is no policy document";
    return { kind: "undecided", reason: `its trust policy cannot be read: ${problem}` };
  }
  return askUsers(trust) ?? askFederated(trust) ?? { kind: "services" };
}

function askUsers(trust: ParsedDocument): PeopleTrust | undefined {
  const { assumeRoleWithoutMfa, decide } = iam();
  const answer = decide(assumeRoleWithoutMfa({ credentials: CALLERS }), { resource: [trust] });
  switch (answer.kind) {
    case "witness": {
      const who = answer.checks[0]?.request.principal?.id;
      return { kind: "people", who: who === undefined ? "anyone" : `\`${who}\`` };
    }
    case "undecided":
      return { kind: "undecided", reason: answer.reasons.map(({ message }) => message).join("; ") };
    case "none":
      return undefined;
  }
}

function askFederated(trust: ParsedDocument): PeopleTrust | undefined {
  const federated = waysIn(trust).filter(({ entry }) => entry.kind === "Federated");
  const people = federated.find(({ value }) => value !== undefined && !PODS.test(value));
  if (people?.value !== undefined) {
    return { kind: "people", who: `people of \`${people.value}\`` };
  }
  return federated.some(({ value }) => value === undefined)
    ? { kind: "undecided", reason: "an identity provider in its trust policy is not known yet" }
    : undefined;
}
