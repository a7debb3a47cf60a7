import type { PolicyInput, PolicySet } from "@bastionless/iam";
import { bucketPoliciesOf } from "../../estate/bucket-access.ts";
import type { Estate } from "../../estate/estate.ts";
import { keyPoliciesOf } from "../../estate/key-policy.ts";
import { known } from "../../estate/permissions-boundary.ts";
import { readResourcePolicy } from "../../estate/resource-policy.ts";
import type { ResourceRecord } from "../../estate/resource-record.ts";
import { settingsOf } from "../../estate/setting.ts";
import { type Relation, relation } from "../../estate/whereabouts.ts";
import { keyWays, type Permission } from "../access/permission.ts";
import { agreed, Asking, type CallerPlace } from "./asking.ts";
import type { LoggingCall } from "./logging-calls.ts";

export type Refuser = "bucket-policy" | "key-policy" | "role";

/** What refuses a call, and the resource that says so. */
export interface RefusedBy {
  readonly by: Refuser;
  readonly urn: string;
  /** Where it is the policy of a bucket or key: what it says, and whether it is in another account than the role. */
  readonly guard?: { readonly isOtherAccounts: boolean; readonly documents: readonly PolicyInput[] };
}

/** What became of one call. */
export interface Asked {
  readonly permission: Permission;
  /** Where it is refused: one, or in another account both that have to allow it. */
  readonly refusers: readonly RefusedBy[];
}

/** Asks the role's policies and what guards the resource. */
export function askCall(
  estate: Estate,
  role: ResourceRecord,
  call: LoggingCall,
  policies: PolicySet,
  place: CallerPlace,
): Asked {
  const asking = new Asking(role, call, policies, place);
  switch (call.guard?.kind) {
    case undefined:
      return byRole(role, asking.alone());
    case "bucket":
      return askBucket(estate, call.guard.record, asking);
    case "key":
      return askKey(estate, call.guard.record, asking);
  }
}

/** Asks the role's policies and nothing else. */
export function askAlone(
  role: ResourceRecord,
  call: LoggingCall,
  policies: PolicySet,
  place: CallerPlace,
): Permission {
  return new Asking(role, call, policies, place).alone();
}

function byRole({ urn }: ResourceRecord, permission: Permission): Asked {
  return { permission, refusers: [{ by: "role", urn }] };
}

/**
 * In one account the role's policies or the bucket's have to allow a call, in different accounts both.
 *
 * Source: IAM User Guide, "Cross-account policy evaluation logic".
 */
function askBucket(estate: Estate, bucket: ResourceRecord, asking: Asking): Asked {
  const { role, held } = asking;
  const { policies, perhaps } = bucketPoliciesOf(estate, bucket);
  const [first] = policies;
  const [doubt] = perhaps;
  const account = relation(estate, role, bucket, "account");
  if (first === undefined && doubt !== undefined) {
    return byRole(role, open(`which bucket \`${doubt.cause.path}\` is about is not known`));
  }
  if (first === undefined && account === "same") {
    return byRole(role, asking.alone());
  }
  const resource = policies
    .flatMap(({ record, place }) => readResourcePolicy(record, place) ?? [])
    .map(known);
  const ask = (combine: "both" | "either" | "resource"): Permission =>
    asking.ask(resource, (question) => [
      { question, policies: { ...(combine === "resource" ? {} : held), resource, combine } },
    ]);
  const permission = inAccounts(
    account,
    () => ask("either"),
    () => ask("both"),
    role,
    bucket,
  );
  if (permission.kind !== "refused") {
    return byRole(role, permission);
  }
  const guard: RefusedBy = {
    by: "bucket-policy",
    urn: first?.record.urn ?? bucket.urn,
    guard: { isOtherAccounts: account === "other", documents: resource },
  };
  if (account === "other") {
    return bothRefuse(permission, asking, guard, ask("resource"));
  }
  // Refused with the bucket's policy, and not without it.
  return asking.alone().kind === "refused" ? byRole(role, permission) : { permission, refusers: [guard] };
}

/** Of two that have to allow a call, those that do not. */
function bothRefuse(permission: Permission, asking: Asking, guard: RefusedBy, byGuard: Permission): Asked {
  const refusers = [
    ...(asking.alone().kind === "refused" ? [{ by: "role", urn: asking.role.urn } as const] : []),
    ...(byGuard.kind === "refused" ? [guard] : []),
  ];
  // Neither by itself: what each allows, the other does not.
  return { permission, refusers: refusers.length > 0 ? refusers : [guard] };
}

/** What is so in one account, or in different ones; where it is not known which, what is so of both. */
function inAccounts(
  account: Relation,
  same: () => Permission,
  other: () => Permission,
  role: ResourceRecord,
  guard: ResourceRecord,
): Permission {
  switch (account) {
    case "same":
      return same();
    case "other":
      return other();
    case "unsure":
      return agreed(
        [same(), other()],
        `whether \`${role.name}\` and \`${guard.name}\` are in one account is not known`,
      );
  }
}

/** In one account a key's policy decides, or leaves it to IAM policies; in another the role's have to allow it too. */
function askKey(estate: Estate, key: ResourceRecord, asking: Asking): Asked {
  const { role, held } = asking;
  const policies = keyPoliciesOf(estate, key);
  const doubt = policies.find((policy) => policy.kind === "unreadable");
  if (doubt !== undefined) {
    return byRole(role, open(`which key \`${doubt.cause.path}\` is about is not known`));
  }
  const account = relation(estate, role, key, "account");
  const documents = policies.flatMap((policy) => (policy.kind === "policy" ? [known(policy.document)] : []));
  const byPolicy = (policySet: PolicySet): Permission =>
    asking.ask(documents, (question) => [{ question, policies: { ...policySet, resource: documents } }]);
  const permission = inAccounts(
    account,
    // By KMS's own policy, the account's IAM policies decide.
    () =>
      documents.length === 0
        ? asking.alone()
        : asking.ask(documents, (question) => keyWays(question, held, documents)),
    () => byPolicy({ ...held, combine: "both" }),
    role,
    key,
  );
  if (permission.kind !== "refused") {
    return byRole(role, permission);
  }
  const grant = keyGrantOf(estate, key);
  if (grant !== undefined && permission.deniedBy.length === 0) {
    return byRole(role, open(`the grant \`${grant}\` on the key may allow it`));
  }
  const guard: RefusedBy = {
    by: "key-policy",
    urn: policies[0]?.urn ?? key.urn,
    guard: { isOtherAccounts: account === "other", documents },
  };
  const byKey = byPolicy({ combine: "resource" });
  if (account === "other") {
    return bothRefuse(permission, asking, guard, byKey);
  }
  return documents.length > 0 && byKey.kind === "refused"
    ? { permission, refusers: [guard] }
    : byRole(role, permission);
}

/** A grant on a key, or that may be on it: what it allows is not read. */
function keyGrantOf(estate: Estate, key: ResourceRecord): string | undefined {
  const { mine, perhaps } = settingsOf(estate, key, "key-grant", "keyId");
  const [urn] = [...mine, ...perhaps].map((each) => each.urn);
  return urn === undefined ? undefined : (urn.split("::").at(-1) ?? urn);
}

/** What cannot be read may deny, and may allow. */
function open(reason: string): Permission {
  return { kind: "open", reasons: [reason] };
}
