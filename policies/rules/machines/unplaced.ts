import type { Estate } from "../../estate/estate.ts";
import type { ResourceFacts } from "../../estate/facts.ts";
import { known } from "../../estate/permissions-boundary.ts";
import type { Holder, PolicyGrant } from "../../estate/policy-grant.ts";
import { resolve } from "../../estate/reference.ts";
import type { RoleAccess } from "../roles/role-access.ts";

/** What is given to a role that cannot be told. */
export interface Unplaced {
  readonly urn: string;
  /** Where the document, or what attaches it, stands in its resource. */
  readonly path: string;
  readonly access: RoleAccess;
}

/** Documents that are given to roles, where nothing tells to which: the name is not known, and leads to no role or to several. */
export function unplacedInRoles(estate: Estate): readonly Unplaced[] {
  return [...estate.facts.values()].flatMap((facts) => [
    ...facts.grants
      .filter(({ holder }) => isUnplaced(estate, facts, holder))
      .map((grant) => unplaced(facts.record.urn, grant)),
    ...facts.attachments
      .filter(({ holder }) => isUnplaced(estate, facts, holder))
      .flatMap(({ policy }) => {
        const target = resolve(estate, facts.record, policy, ["policy"]);
        const records = target.kind === "found" ? target.records : [];
        return records
          .flatMap(({ urn }) => estate.facts.get(urn)?.grants ?? [])
          .map((grant) => unplaced(facts.record.urn, { ...grant, path: policy.path }));
      }),
  ]);
}

function isUnplaced(estate: Estate, { record }: ResourceFacts, holder: Holder): boolean {
  if (holder.kind !== "role") {
    return false;
  }
  const target = resolve(estate, record, holder.reference, ["role"]);
  return (
    target.kind === "unreadable" ||
    (target.kind === "found" && target.by === "dependency" && target.records.length > 1)
  );
}

function unplaced(urn: string, grant: PolicyGrant): Unplaced {
  return {
    urn,
    path: grant.path,
    access: {
      holdings: [{ urn, grant }],
      documents: [known(grant.document)],
      urns: [urn],
      boundary: undefined,
    },
  };
}
