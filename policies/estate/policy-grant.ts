import type { PolicyInput, Problem } from "@bastionless/iam";
import { iam } from "../iam.ts";
import { mentionsUnknown, UNKNOWN } from "../reader/data.ts";
import { at, isAbsent, type Place } from "../reader/place.ts";
import { isUnreadable, readOneOrList } from "../reader/read.ts";
import { parseText } from "./document-text.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

/** Whom a policy document gives its permissions to. */
export type Holder =
  /** A managed policy: anybody it is attached to, here or elsewhere. */
  | { readonly kind: "anybody" }
  /** The role that the document stands in. */
  | { readonly kind: "this-role" }
  | { readonly kind: "group" | "permission-set" | "role" | "user"; readonly reference: Place };

/** A document as the `iam` room takes it, or the reason why it cannot be read. */
export type GrantedDocument =
  | PolicyInput
  | { readonly kind: "invalid"; readonly name: string; readonly problems: readonly Problem[] };

/** A policy document and whom it is for. */
export interface PolicyGrant {
  /** Where it stands in its resource: `policy`, `inlinePolicies[0].policy`. */
  readonly path: string;
  readonly holder: Holder;
  readonly document: GrantedDocument;
  /** AWS wrote it. Default: it is written in the stack. */
  readonly published?: true;
}

/** Every form in which AWS's Pulumi provider writes permissions of people and roles, by resource type. */
export const GRANT_FORMS: ReadonlyMap<string, (record: ResourceRecord) => readonly PolicyGrant[]> = new Map([
  ["aws:iam/groupPolicy:GroupPolicy", held("group", "policy", "group")],
  ["aws:iam/policy:Policy", managedPolicy],
  ["aws:iam/role:Role", inlinePolicies],
  ["aws:iam/rolePolicy:RolePolicy", held("role", "policy", "role")],
  ["aws:iam/userPolicy:UserPolicy", held("user", "policy", "user")],
  [
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    held("permission-set", "inlinePolicy", "permissionSetArn"),
  ],
]);

const ROLE_TYPE = "aws:iam/role:Role";

/** The trust policy of a role; undefined for other resources. */
export function readTrust(record: ResourceRecord): GrantedDocument | undefined {
  return record.type === ROLE_TYPE
    ? readPolicyDocument(at(properties(record), "assumeRolePolicy"), record.name, "trust")
    : undefined;
}

function managedPolicy(record: ResourceRecord): readonly PolicyGrant[] {
  return grant(record, at(properties(record), "policy"), { kind: "anybody" });
}

function held(
  kind: "group" | "permission-set" | "role" | "user",
  property: string,
  holder: string,
): (record: ResourceRecord) => readonly PolicyGrant[] {
  return (record) => {
    const props = properties(record);
    return grant(record, at(props, property), { kind, reference: at(props, holder) });
  };
}

function inlinePolicies(record: ResourceRecord): readonly PolicyGrant[] {
  const place = at(properties(record), "inlinePolicies");
  const list = readOneOrList(place);
  if (isUnreadable(list)) {
    return [
      {
        path: place.path,
        holder: { kind: "this-role" },
        document: { kind: "unknown", name: record.name, reason: `\`${place.path}\` is not known yet` },
      },
    ];
  }
  return list.kind === "absent"
    ? []
    : list.value.flatMap((policy) => grant(record, at(policy, "policy"), { kind: "this-role" }));
}

function grant(record: ResourceRecord, place: Place, holder: Holder): readonly PolicyGrant[] {
  const document = readPolicyDocument(place, record.name, "identity");
  return document === undefined ? [] : [{ path: place.path, holder, document }];
}

/** Undefined where no document is there. */
export function readPolicyDocument(
  place: Place,
  name: string,
  kind: "identity" | "resource" | "trust",
): GrantedDocument | undefined {
  const { data } = place;
  if (isAbsent(place) || data === "") {
    return undefined;
  }
  if (data === UNKNOWN || (typeof data === "string" && mentionsUnknown(data))) {
    return { kind: "unknown", name, reason: `\`${place.path}\` is not known before the deployment` };
  }
  const result =
    typeof data === "string"
      ? parseText(data, name, kind)
      : iam().parsePolicyDocument(data, {
          name,
          kind,
          unknown: (value) =>
            value === UNKNOWN ? "a value that is not known before the deployment" : undefined,
        });
  return result.kind === "parsed" ? result.document : { kind: "invalid", name, problems: result.problems };
}
