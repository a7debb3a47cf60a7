import type { CredentialKind, ParsedDocument, ParsedStatement, PrincipalEntry } from "@bastionless/iam";

/** Whatever a user or role calls AssumeRole with, MFA or none. */
export const CALLERS: readonly CredentialKind[] = [
  "long-term",
  "temporary",
  "temporary-mfa",
  "role",
  "role-mfa",
];

/** One principal that a statement of a trust policy lets in; conditions and Denies may still keep it out. */
export interface WayIn {
  readonly statement: ParsedStatement;
  readonly entry: PrincipalEntry;
  /** As written; undefined where it is not known yet. */
  readonly value: string | undefined;
}

/** Every principal that the Allow statements of a trust policy name. */
export function waysIn(trust: ParsedDocument): readonly WayIn[] {
  return trust.statements
    .filter((statement) => statement.effect === "Allow" && mayAssume(statement))
    .flatMap((statement) =>
      (statement.principal?.entries ?? []).map((entry) => ({
        statement,
        entry,
        value: typeof entry.value === "string" ? entry.value : undefined,
      })),
    );
}

/** Whether a statement may be about assuming the role, in any of the three ways. */
export function mayAssume({ action }: ParsedStatement): boolean {
  return (
    action.negated ||
    action.patterns.some(
      (pattern) => typeof pattern !== "string" || /[*?]/.test(pattern) || /^sts:assumerole/i.test(pattern),
    )
  );
}

/** `ec2.amazonaws.com`, in any partition: instances. */
export function isInstanceService(service: string): boolean {
  return /^ec2\./i.test(service);
}

/**
 * `ssm.amazonaws.com`: hybrid machines and Default Host Management, but also automations and maintenance windows.
 *
 * Source: Systems Manager User Guide, "Create the IAM service role required for Systems Manager in hybrid environments".
 */
export function isSystemsManager(service: string): boolean {
  return /^ssm\./i.test(service);
}
