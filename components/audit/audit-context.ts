import type { Output, Resource } from "@pulumi/pulumi";
import type { KnownIdentity } from "../core/identity.ts";
import type { SessionAuditTransforms } from "./args.ts";
import type { SessionAuditPlan } from "./plan.ts";

/** What every part of an audit is built with. */
export interface AuditContext {
  readonly parent: Resource;
  /** The component's logical name, which those of its children start with. */
  readonly name: string;
  readonly plan: SessionAuditPlan;
  readonly known: Output<KnownIdentity>;
  readonly keyArn: Output<string>;
  readonly transform: SessionAuditTransforms;
}
