import type { CredentialKind } from "../decide/question.ts";

/**
 * Credentials that no MFA stands behind.
 *
 * Whether a role's session carries the MFA of its AssumeRole call is told differently on two of AWS's pages; `role` is
 * the session that does not. Where every way through a role's trust policy requires MFA, a caller leaves `role` out.
 */
export const CREDENTIALS_WITHOUT_MFA: readonly CredentialKind[] = [
  "long-term",
  "temporary",
  "role",
  "federated",
];
