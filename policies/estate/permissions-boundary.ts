import type { PolicyInput } from "@bastionless/iam";
import { at, type Place } from "../reader/place.ts";
import { awsManagedPolicy } from "./aws-managed-policy.ts";
import type { Estate } from "./estate.ts";
import { awsManagedName } from "./policy-attachment.ts";
import type { GrantedDocument } from "./policy-grant.ts";
import type { Principal } from "./principal.ts";
import { resolve } from "./reference.ts";
import { properties, type ResourceRecord } from "./resource-record.ts";

const SET_BOUNDARY = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment";

/** Resources that give a permission set its boundary; roles and users name theirs themselves. */
export const BOUNDARY_TYPES: ReadonlySet<string> = new Set([SET_BOUNDARY]);

/**
 * The permissions boundary of a principal, as documents that limit it; undefined where it has none, or is not a resource
 * of the stack. A boundary that cannot be read here is unknown: it may allow what is asked about, or not.
 *
 * Source: IAM User Guide, "Permissions boundaries for IAM entities".
 */
export function boundaryOf(estate: Estate, principal: Principal): readonly PolicyInput[] | undefined {
  const { facts } = principal;
  switch (principal.kind) {
    case "group":
      return undefined; // Groups have none; their members' are not the group's.
    case "role":
    case "user":
      return facts === undefined
        ? undefined
        : read(estate, facts.record, at(properties(facts.record), "permissionsBoundary"));
    case "permission-set":
      return facts === undefined ? undefined : ofPermissionSet(estate, facts.record);
  }
}

function ofPermissionSet(estate: Estate, set: ResourceRecord): readonly PolicyInput[] | undefined {
  for (const { record } of estate.facts.values()) {
    if (record.type !== SET_BOUNDARY) {
      continue;
    }
    const props = properties(record);
    const target = resolve(estate, record, at(props, "permissionSetArn"), ["permission-set"]);
    if (target.kind !== "found" || target.records.length !== 1 || target.records[0]?.urn !== set.urn) {
      continue;
    }
    const boundary = at(props, "permissionsBoundary");
    return (
      read(estate, record, at(boundary, "managedPolicyArn")) ??
      read(estate, record, at(at(boundary, "customerManagedPolicyReference"), "name"))
    );
  }
  return undefined;
}

function read(estate: Estate, from: ResourceRecord, place: Place): readonly PolicyInput[] | undefined {
  const target = resolve(estate, from, place, ["policy"]);
  switch (target.kind) {
    case "absent":
      return undefined;
    case "unreadable":
      return [unknown(place.path, `which policy \`${place.path}\` is, is not known`)];
    case "outside": {
      const name = awsManagedName(place);
      // What the table of AWS's policies leaves out allows nothing that rules ask about.
      return name === undefined
        ? [unknown(target.value, `the permissions boundary \`${target.value}\` is not in this stack`)]
        : [awsManagedPolicy(name)].flatMap((document) => (document === undefined ? [] : [known(document)]));
    }
    case "found": {
      const [record, ...others] = target.records;
      const grants = record === undefined ? [] : (estate.facts.get(record.urn)?.grants ?? []);
      return others.length > 0 || grants.length === 0
        ? [unknown(place.path, `which policy \`${place.path}\` is, is not known`)]
        : grants.map(({ document }) => known(document));
    }
  }
}

/** A document that cannot be read says nothing certain. */
export function known(document: GrantedDocument): PolicyInput {
  return document.kind === "invalid"
    ? unknown(document.name, `\`${document.name}\` is not a policy document that can be read`)
    : document;
}

function unknown(name: string, reason: string): PolicyInput {
  return { kind: "unknown", name, reason };
}
