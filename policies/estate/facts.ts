import { containedPowers } from "./contained-powers.ts";
import { isGroupRule } from "./default-group.ts";
import { ELASTIC_ADDRESS_FORMS, type ElasticAddress } from "./elastic-address.ts";
import { INBOUND_RULE_FORMS, type InboundRule } from "./inbound-rule.ts";
import { kindOf } from "./kind.ts";
import { type Launch, LAUNCH_FORMS, type LaunchInterface, standingInterface } from "./launch.ts";
import { GRANT_FORMS, type GrantedDocument, type PolicyGrant, readTrust } from "./policy-grant.ts";
import { ATTACHMENT_FORMS, awsManagedGrant, type PolicyAttachment } from "./policy-attachment.ts";
import { BOUNDARY_TYPES } from "./permissions-boundary.ts";
import { MACHINE_ROLE_FORMS } from "./machine-role.ts";
import { MEMBERSHIP_TYPES } from "./principal.ts";
import { type Presence, presenceOf } from "./presence.ts";
import type { ResourceRecord } from "./resource-record.ts";
import { DOCUMENT_TYPE, readSessionDocument, type SessionDocument } from "./session-document.ts";
import { type Power, unmodelledPowers } from "./unmodelled.ts";

/** What the rules read of one resource, in one shape for every form it can be written in. */
export interface ResourceFacts {
  readonly record: ResourceRecord;
  /** `undefined`: a resource of this type holds none. */
  readonly inboundRules: readonly InboundRule[] | undefined;
  /** What machines are launched with. */
  readonly launches: readonly Launch[];
  /** A network interface that stands by itself. */
  readonly networkInterface: LaunchInterface | undefined;
  readonly elasticAddresses: readonly ElasticAddress[];
  readonly presence: Presence | undefined;
  /** Policy documents that give permissions to people and roles: those written here, and attached ones of AWS. */
  readonly grants: readonly PolicyGrant[];
  /** Managed policies that are given to somebody. */
  readonly attachments: readonly PolicyAttachment[];
  readonly sessionDocument: SessionDocument | undefined;
  /** A role's trust policy. */
  readonly trust: GrantedDocument | undefined;
  /** What the resource may do in a form that is not read. */
  readonly unmodelled: readonly Power[];
}

/** Whether a resource of this type says anything that rules read. Cheap: most resources of a stack do not. */
export function isRelevant(type: string): boolean {
  return (
    INBOUND_RULE_FORMS.has(type) ||
    LAUNCH_FORMS.has(type) ||
    ELASTIC_ADDRESS_FORMS.has(type) ||
    isGroupRule(type) ||
    presenceOf(type) !== undefined ||
    GRANT_FORMS.has(type) ||
    ATTACHMENT_FORMS.has(type) ||
    BOUNDARY_TYPES.has(type) ||
    MACHINE_ROLE_FORMS.has(type) ||
    MEMBERSHIP_TYPES.has(type) ||
    kindOf(type) !== undefined ||
    type === DOCUMENT_TYPE ||
    unmodelledPowers(type).length > 0
  );
}

/** Whether reading a resource of this type needs the `iam` room, or deciding what session documents lead to. */
export function holdsPermissions(type: string): boolean {
  return GRANT_FORMS.has(type) || ATTACHMENT_FORMS.has(type) || type === DOCUMENT_TYPE;
}

export function readFacts(record: ResourceRecord): ResourceFacts {
  const attachments = ATTACHMENT_FORMS.get(record.type)?.(record) ?? [];
  const written = GRANT_FORMS.get(record.type)?.(record) ?? [];
  return {
    record,
    inboundRules: INBOUND_RULE_FORMS.get(record.type)?.(record),
    launches: LAUNCH_FORMS.get(record.type)?.(record) ?? [],
    networkInterface: standingInterface(record),
    elasticAddresses: ELASTIC_ADDRESS_FORMS.get(record.type)?.(record) ?? [],
    presence: presenceOf(record.type),
    grants: [...written, ...attachments.flatMap((attachment) => awsManagedGrant(attachment) ?? [])],
    attachments,
    trust: readTrust(record),
    sessionDocument: readSessionDocument(record),
    unmodelled: containedPowers(record) ?? unmodelledPowers(record.type),
  };
}
