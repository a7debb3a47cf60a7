import type { GrantedDocument } from "../../estate/policy-grant.ts";

/** The document of an account's session preferences: it opens where no document is named. */
export const DEFAULT_DOCUMENT = "SSM-SessionManagerRunShell";

const NAMED = /^arn:[^:]*:ssm:[^:]*:[^:]*:document\/([^*?$]+)$/;

/** Names of documents that a policy's Allows spell out, without wildcards and variables. */
export function documentsNamed(policy: GrantedDocument): readonly string[] {
  if (policy.kind !== "document") {
    return [];
  }
  return policy.statements
    .filter(({ effect, resource }) => effect === "Allow" && resource?.negated === false)
    .flatMap(({ resource }) => resource?.patterns ?? [])
    .flatMap((pattern) => (typeof pattern === "string" ? (NAMED.exec(pattern)?.[1] ?? []) : []));
}

/** The ARN pattern of documents by their name, in which `*` stands for anything, and nothing else is special. */
export function documentArn(name: string): string {
  return `arn:*:ssm:*:*:document/${name.replaceAll(/[$?]/g, (special) => `\${${special}}`)}`;
}
