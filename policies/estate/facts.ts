import { INBOUND_RULE_FORMS, type InboundRule } from "./inbound-rule.ts";
import { kindOf } from "./kind.ts";
import { GRANT_FORMS, type GrantedDocument, type PolicyGrant, readTrust } from "./policy-grant.ts";
import type { ResourceRecord } from "./resource-record.ts";
import { DOCUMENT_TYPE, readSessionDocument, type SessionDocument } from "./session-document.ts";
import { type Power, unmodelledPowers } from "./unmodelled.ts";

/** What the rules read of one resource, in one shape for every form it can be written in. */
export interface ResourceFacts {
  readonly record: ResourceRecord;
  /** `undefined`: a resource of this type holds none. */
  readonly inboundRules: readonly InboundRule[] | undefined;
  /** Policy documents that give permissions to people and roles. */
  readonly grants: readonly PolicyGrant[];
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
    GRANT_FORMS.has(type) ||
    kindOf(type) !== undefined ||
    type === DOCUMENT_TYPE ||
    unmodelledPowers(type).length > 0
  );
}

export function readFacts(record: ResourceRecord): ResourceFacts {
  return {
    record,
    inboundRules: INBOUND_RULE_FORMS.get(record.type)?.(record),
    grants: GRANT_FORMS.get(record.type)?.(record) ?? [],
    trust: readTrust(record),
    sessionDocument: readSessionDocument(record),
    unmodelled: unmodelledPowers(record.type),
  };
}
