import type { CredentialKind, Place, Question } from "../decide/question.ts";

/** "Can this role be assumed without MFA?", asked of its trust policy (`{ resource: [trust] }`). */
export function assumeRoleWithoutMfa(
  options: { readonly place?: Place; readonly credentials?: readonly CredentialKind[] } = {},
): Question {
  return {
    name: "assume the role without MFA",
    scenarios: [
      {
        name: "sts:AssumeRole",
        checks: [
          {
            name: "role",
            actions: ["sts:AssumeRole"],
            resources: ["arn:{partition}:iam::{account}:role/{name}"],
          },
        ],
        credentials: options.credentials ?? ["long-term", "temporary", "role"],
      },
    ],
    ...(options.place === undefined ? {} : { place: options.place }),
  };
}
