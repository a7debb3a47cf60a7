import type { ParsedDocument } from "@bastionless/iam";
import type { MachineRoleUse } from "../../estate/machine-role.ts";
import type { GrantedDocument } from "../../estate/policy-grant.ts";
import { iam } from "../../iam.ts";
import { namesInstance } from "./instance-policy.ts";
import { isInstanceService, isSystemsManager, waysIn } from "./trust-ways.ts";

/** Whether machines have a role, and what shows it. */
export type MachineRole =
  | { readonly kind: "yes"; readonly why: MachineRoleReason }
  | { readonly kind: "maybe"; readonly reason: string }
  | { readonly kind: "no" };

export type MachineRoleReason =
  | { readonly by: "resource"; readonly name: string }
  | { readonly by: "trust"; readonly service: string };

/**
 * Whether a role is a machine's: because a resource gives it to machines, or by who may assume it.
 *
 * Pure. A service role of Systems Manager is a machine's only where it can do what an agent does: automations and
 * maintenance windows have roles that trust the same service.
 *
 * @param trust undefined: the role is not in the stack
 * @param use by which resource of the stack machines have it; undefined: by none
 * @param documents what the role holds
 */
export function machineRole(
  trust: GrantedDocument | undefined,
  use: MachineRoleUse | undefined,
  documents: readonly GrantedDocument[],
): MachineRole {
  if (use?.certain === true) {
    return { kind: "yes", why: { by: "resource", name: use.resource } };
  }
  const byTrust = askServices(trust, documents);
  const mayBeUsed =
    use !== undefined && (use.certain !== "unresolved" || (trust?.kind === "document" && isUsable(trust)));
  return byTrust.kind === "no" && mayBeUsed
    ? { kind: "maybe", reason: `\`${use.resource}\` may give it to machines` }
    : byTrust;
}

/** Whether machines can use a role at all: one that their services may not assume is none of theirs. */
function isUsable(trust: ParsedDocument): boolean {
  return waysIn(trust).some(
    ({ entry, value }) =>
      value === undefined ||
      entry.everyone ||
      (entry.kind === "Service" && (isInstanceService(value) || isSystemsManager(value))),
  );
}

function askServices(trust: GrantedDocument | undefined, documents: readonly GrantedDocument[]): MachineRole {
  if (trust === undefined) {
    return { kind: "maybe", reason: "its trust policy is not in this stack" };
  }
  if (trust.kind === "unknown") {
    return { kind: "maybe", reason: trust.reason };
  }
  if (trust.kind === "invalid") {
    const problem = trust.problems[0]?.message ?? "it is no policy document";
    return { kind: "maybe", reason: `its trust policy cannot be read: ${problem}` };
  }
  return askTrustedServices(trust, documents);
}

function askTrustedServices(trust: ParsedDocument, documents: readonly GrantedDocument[]): MachineRole {
  let maybe: string | undefined;
  for (const { entry, value } of waysIn(trust)) {
    if (value === undefined) {
      maybe ??= "a principal of its trust policy is not known yet";
    } else if (entry.kind === "Service" && isInstanceService(value)) {
      return { kind: "yes", why: { by: "trust", service: value } };
    } else if (entry.kind === "Service" && isSystemsManager(value)) {
      const agent = actsAsAgent(documents);
      if (agent === "by name") {
        return { kind: "yes", why: { by: "trust", service: value } };
      }
      maybe ??= agent === "maybe" ? `\`${value}\` may assume it for machines, or for automations` : undefined;
    }
  }
  return maybe === undefined ? { kind: "no" } : { kind: "maybe", reason: maybe };
}

/** Whether the documents let an agent open its channel, and whether they say so by name. */
function actsAsAgent(documents: readonly GrantedDocument[]): "by name" | "maybe" | "no" {
  const { decide, machineIdentity } = iam();
  const readable = documents.filter((document) => document.kind !== "invalid");
  const answer = decide(machineIdentity(), { identity: readable });
  if (answer.kind === "none") {
    return readable.length === documents.length ? "no" : "maybe";
  }
  return answer.kind === "witness" && readable.some(namesInstance) ? "by name" : "maybe";
}
