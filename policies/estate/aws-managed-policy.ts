import { iam, managedPolicies } from "../iam.ts";
import type { GrantedDocument } from "./policy-grant.ts";

const ARN = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/** The name of a policy that AWS publishes; undefined for the ARN of any other. */
export function awsManagedPolicyName(arn: string): string | undefined {
  return ARN.exec(arn)?.[1];
}

/**
 * What a policy that AWS publishes grants; undefined where it gives nobody a way onto machines, nor a machine its name.
 *
 * The table holds every policy as AWS published it when the table was made (see its `source`); one that is newer is
 * unknown.
 */
export function awsManagedPolicy(name: string): GrantedDocument | undefined {
  const { withoutAccess, documents } = managedPolicies();
  if (withoutAccess.has(name)) {
    return undefined;
  }
  const document = documents.get(name);
  if (document === undefined) {
    return { kind: "unknown", name, reason: `AWS's policy \`${name}\` is not in this pack's table of them` };
  }
  const parsed = iam().parsePolicyDocument(document, { name, kind: "identity" });
  return parsed.kind === "parsed" ? parsed.document : { kind: "invalid", name, problems: parsed.problems };
}
