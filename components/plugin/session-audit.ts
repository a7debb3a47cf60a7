import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import type { SessionAuditArgs } from "../audit/args.ts";
import { SessionAudit } from "../audit/session-audit.ts";
import { policyJson } from "../core/policy-document.ts";

export class AuditOfPlugin extends SessionAudit {
  /** What those need who read all this, as JSON: the logs, the queries and their results. */
  readonly auditorPolicyDocument: Output<string>;
  /** What they need of keys, as JSON, known once those exist; undefined where they need none. */
  readonly auditorKeyPolicyDocument: Output<string> | undefined;

  constructor(name: string, args: SessionAuditArgs, opts: ComponentResourceOptions) {
    super(name, args, opts);
    const { statements, keyStatements, hasKeyStatements } = this.permissions.auditors;
    this.auditorPolicyDocument = statements.apply(policyJson);
    this.auditorKeyPolicyDocument = hasKeyStatements ? keyStatements.apply(policyJson) : undefined;
  }
}
