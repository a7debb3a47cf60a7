import { iam } from "../iam.ts";
import table from "./aws-managed-policies.json" with { type: "json" };
import type { GrantedDocument } from "./policy-grant.ts";

const ARN = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/;

/** The name of a policy that AWS publishes; undefined for the ARN of any other. */
export function awsManagedPolicyName(arn: string): string | undefined {
  return ARN.exec(arn)?.[1];
}

const withoutSessions: ReadonlySet<string> = new Set(table.withoutSessions);
const documents: ReadonlyMap<string, unknown> = new Map(Object.entries(table.documents));

/**
 * What a policy that AWS publishes grants; undefined where it starts no session.
 *
 * The table holds every policy as AWS published it when the table was made (see its `source`); one that is newer is
 * unknown.
 */
export function awsManagedPolicy(name: string): GrantedDocument | undefined {
  if (withoutSessions.has(name)) {
    return undefined;
  }
  const document = documents.get(name);
  if (document === undefined) {
    return { kind: "unknown", name, reason: `AWS's policy \`${name}\` is not in this pack's table of them` };
  }
  const parsed = iam().parsePolicyDocument(document, { name, kind: "identity" });
  return parsed.kind === "parsed" ? parsed.document : { kind: "invalid", name, problems: parsed.problems };
}
