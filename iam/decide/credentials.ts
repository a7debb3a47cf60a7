import { absent, type CredentialKind, equals, type KeyConstraint, outside, present } from "./question.ts";

const MFA = "aws:MultiFactorAuthPresent";
const AGE = "aws:MultiFactorAuthAge";
const ISSUED = "aws:TokenIssueTime";
const USER = "aws:username";
const TYPE = "aws:PrincipalType";
const PROVIDER = "aws:FederatedProvider";

const NO_MFA = [equals(MFA, "false"), absent(AGE)];
const WITH_MFA = [equals(MFA, "true"), present(AGE)];
const ROLE = [present(ISSUED), absent(USER), equals(TYPE, "AssumedRole")];
const BY_USER = [present(USER), equals(TYPE, "User"), absent(PROVIDER)];

/**
 * Keys that come together with each kind of credentials: what a request can carry, and what excludes each other.
 *
 * Source: IAM User Guide, "AWS global condition context keys", "Available keys for MFA", and "Where you can use policy
 * variables" (`aws:PrincipalType`, `aws:userid` and `aws:username` by kind of principal).
 */
export const CREDENTIALS: { readonly [Kind in CredentialKind]: readonly KeyConstraint[] } = {
  "long-term": [absent(MFA), absent(AGE), absent(ISSUED), ...BY_USER],
  temporary: [...NO_MFA, present(ISSUED), ...BY_USER],
  "temporary-mfa": [...WITH_MFA, present(ISSUED), ...BY_USER],
  role: [...NO_MFA, ...ROLE, absent(PROVIDER)],
  "role-mfa": [...WITH_MFA, ...ROLE, absent(PROVIDER)],
  federated: [absent(MFA), absent(AGE), ...ROLE],
};

export const ALL_CREDENTIALS: readonly CredentialKind[] = [
  "long-term",
  "temporary",
  "temporary-mfa",
  "role",
  "role-mfa",
  "federated",
];

export function isUser(kind: CredentialKind): boolean {
  return kind === "long-term" || kind === "temporary" || kind === "temporary-mfa";
}

/** A service's call with the caller's credentials: whatever the caller proved, it comes without MFA. */
const BY_SERVICE = [equals("aws:ViaAWSService", "true"), outside(MFA, "true"), absent(AGE)];

/** Keys that exclude each other, as alternatives: a request meets one of them. */
export const TIES: readonly (readonly (readonly KeyConstraint[])[])[] = [
  [
    [
      present("aws:SourceIp"),
      absent("aws:VpcSourceIp"),
      absent("aws:SourceVpc"),
      absent("aws:SourceVpce"),
      absent("aws:SourceVpcArn"),
    ],
    [
      absent("aws:SourceIp"),
      present("aws:VpcSourceIp"),
      present("aws:SourceVpc"),
      present("aws:SourceVpce"),
      present("aws:SourceVpcArn"),
    ],
    [
      absent("aws:SourceIp"),
      absent("aws:VpcSourceIp"),
      absent("aws:SourceVpc"),
      absent("aws:SourceVpce"),
      absent("aws:SourceVpcArn"),
      ...BY_SERVICE,
    ],
  ],
  [
    [
      equals("aws:ViaAWSService", "false"),
      absent("aws:CalledVia"),
      absent("aws:CalledViaFirst"),
      absent("aws:CalledViaLast"),
    ],
    [...BY_SERVICE, present("aws:CalledVia"), present("aws:CalledViaFirst"), present("aws:CalledViaLast")],
  ],
];
