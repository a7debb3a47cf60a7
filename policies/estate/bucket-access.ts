import { at, atFirst, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readBoolean, readOneOrList, readText, type Unreadable } from "../reader/read.ts";
import type { Estate } from "./estate.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";
import { settingsOf } from "./setting.ts";
import { accountOf, type Relation, relation } from "./whereabouts.ts";

/** A setting of a bucket that holds, does not, or cannot be told; `urn` is the resource that says so. */
export type Held =
  | { readonly kind: "on" }
  | { readonly kind: "off"; readonly urn: string }
  | { readonly kind: "unreadable"; readonly urn: string; readonly cause: Unreadable };

export const PUBLIC_ACCESS_FLAGS = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

export type PublicAccessFlag = (typeof PUBLIC_ACCESS_FLAGS)[number];

export interface PublicAccess {
  /** Whether a block of the bucket or of its account is in the stack. */
  readonly declared: boolean;
  readonly flags: ReadonlyMap<PublicAccessFlag, Held>;
}

/**
 * The public access block of a bucket. S3 applies the stricter of the bucket's and the account's, setting by setting.
 *
 * An account's block counts where it is the bucket's account; where that is not known, it may.
 *
 * Source: S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export function publicAccessOf(estate: Estate, bucket: ResourceRecord): PublicAccess {
  const { mine, perhaps } = settingsOf(estate, bucket, "bucket-public-access", "bucket");
  const accounts = estate.byKind.get("account-public-access") ?? [];
  const related = accounts.map((account) => ({ account, is: accountsRelation(estate, account, bucket) }));
  const own = related.flatMap(({ account, is }) => (is === "same" ? [account] : []));
  const blocks = [...mine, ...own];
  const doubtful = [
    ...perhaps,
    ...related
      .filter(({ is }) => is === "unsure")
      .map(({ account: { urn } }) => ({ urn, cause: { kind: "unknown", path: "accountId" } as const })),
  ];
  const flags = new Map<PublicAccessFlag, Held>();
  for (const flag of PUBLIC_ACCESS_FLAGS) {
    const read = blocks.map((block): Held => {
      const value = readBoolean(at(properties(block), flag));
      if (isUnreadable(value)) {
        return { kind: "unreadable", urn: block.urn, cause: value };
      }
      return value.kind === "known" && value.value ? { kind: "on" } : { kind: "off", urn: block.urn };
    });
    const [first] = doubtful;
    const open = first === undefined ? undefined : ({ kind: "unreadable", ...first } as const);
    flags.set(
      flag,
      read.find(({ kind }) => kind === "on") ??
        read.find(({ kind }) => kind === "unreadable") ??
        open ??
        read[0] ?? { kind: "off", urn: bucket.urn },
    );
  }
  return { declared: blocks.length > 0, flags };
}

/** A block names its account, or is its provider's. */
function accountsRelation(estate: Estate, block: ResourceRecord, bucket: ResourceRecord): Relation {
  const named = readText(at(properties(block), "accountId"));
  const its = accountOf(estate, bucket);
  if (named.kind === "known" && its !== undefined) {
    return named.value === its ? "same" : "other";
  }
  return relation(estate, block, bucket, "account");
}

/** What the ownership controls of a bucket say; each reads one resource. */
export type Ownership =
  | { readonly kind: "known"; readonly urn: string; readonly value: string }
  | { readonly kind: "unreadable"; readonly urn: string; readonly cause: Unreadable };

/** Empty: the stack says nothing, and S3 owns new buckets' objects for the bucket's owner, ACLs off. */
export function ownershipOf(estate: Estate, bucket: ResourceRecord): readonly Ownership[] {
  const { mine, perhaps } = settingsOf(estate, bucket, "bucket-ownership", "bucket");
  return [
    ...mine.flatMap((controls) => {
      const { urn } = controls;
      const rules = readOneOrList(at(properties(controls), "rule"));
      if (isUnreadable(rules)) {
        return [{ kind: "unreadable", urn, cause: rules } as const];
      }
      const places = rules.kind === "known" ? rules.value : [];
      return places.map((rule): Ownership => {
        const value = readText(at(rule, "objectOwnership"));
        return isUnreadable(value)
          ? { kind: "unreadable", urn, cause: value }
          : { kind: "known", urn, value: value.kind === "known" ? value.value : "" };
      });
    }),
    ...perhaps.map(({ urn, cause }): Ownership => ({ kind: "unreadable", urn, cause })),
  ];
}

/** Whom an ACL lets in. */
export type AclGrant =
  | { readonly kind: "owner" }
  /** Everybody, or everybody with an AWS account: `what` says it as it stands there. */
  | { readonly kind: "public" | "others"; readonly urn: string; readonly what: string }
  | { readonly kind: "unreadable"; readonly urn: string; readonly cause: Unreadable };

const PUBLIC_CANNED: ReadonlySet<string> = new Set([
  "authenticated-read",
  "public-read",
  "public-read-write",
]);
const PRIVATE_CANNED: ReadonlySet<string> = new Set(["", "private"]);
const PUBLIC_GROUP = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** Every grant of a bucket's ACLs, in the resources of their own and in the bucket's older properties. */
export function aclGrantsOf(estate: Estate, bucket: ResourceRecord): readonly AclGrant[] {
  const { mine, perhaps } = settingsOf(estate, bucket, "bucket-acl", "bucket");
  const inline = properties(bucket);
  return [
    ...mine.flatMap((acl) => {
      const props = properties(acl);
      const policy = at(props, "accessControlPolicy");
      const owner = readText(at(at(policy, "owner"), "id"));
      return [
        ...canned(acl.urn, at(props, "acl")),
        ...listed(acl.urn, atFirst(policy, "grants", "grant"), (grant) => at(grant, "grantee"), owner),
      ];
    }),
    ...canned(bucket.urn, at(inline, "acl")),
    ...listed(bucket.urn, at(inline, "grants"), (grant) => grant, undefined),
    ...perhaps.map(({ urn, cause }): AclGrant => ({ kind: "unreadable", urn, cause })),
  ];
}

function canned(urn: string, place: Place): readonly AclGrant[] {
  const acl = readText(place);
  if (acl.kind === "absent") {
    return [];
  }
  if (isUnreadable(acl)) {
    return [{ kind: "unreadable", urn, cause: acl }];
  }
  if (PRIVATE_CANNED.has(acl.value)) {
    return [{ kind: "owner" }];
  }
  return [{ kind: PUBLIC_CANNED.has(acl.value) ? "public" : "others", urn, what: acl.value }];
}

function listed(
  urn: string,
  place: Place,
  granteeOf: (grant: Place) => Place,
  owner: ReturnType<typeof readText> | undefined,
): readonly AclGrant[] {
  const grants = readOneOrList(place);
  if (isUnreadable(grants)) {
    return [{ kind: "unreadable", urn, cause: grants }];
  }
  return (grants.kind === "known" ? grants.value : []).map((grant): AclGrant => {
    const grantee = granteeOf(grant);
    const uri = readText(at(grantee, "uri"));
    if (isUnreadable(uri)) {
      return { kind: "unreadable", urn, cause: uri };
    }
    if (uri.kind === "known" && uri.value !== "") {
      return { kind: PUBLIC_GROUP.test(uri.value) ? "public" : "others", urn, what: uri.value };
    }
    const id = readText(at(grantee, "id"));
    const isOwner = owner?.kind === "known" && id.kind === "known" && owner.value === id.value;
    return isOwner
      ? { kind: "owner" }
      : { kind: "others", urn, what: id.kind === "known" ? id.value : grantee.path };
  });
}

/** A bucket's policies, with where each stands: resources of their own, and the bucket's older property. */
export function bucketPoliciesOf(
  estate: Estate,
  bucket: ResourceRecord,
): {
  readonly policies: readonly { readonly record: ResourceRecord; readonly place: Place }[];
  readonly perhaps: readonly { readonly urn: string; readonly cause: Unreadable }[];
} {
  const { mine, perhaps } = settingsOf(estate, bucket, "bucket-policy", "bucket");
  const places = [...mine, bucket].map((record) => ({ record, place: at(properties(record), "policy") }));
  return { policies: places.filter(({ place }) => !isAbsent(place) && place.data !== ""), perhaps };
}
