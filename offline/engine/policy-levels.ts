import analyzerproto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Enforcement, PolicyInfo, Severity } from "./report.ts";

const Level = analyzerproto.EnforcementLevel;

const ENFORCEMENTS: ReadonlyMap<analyzerproto.EnforcementLevel, Enforcement> = new Map([
  [Level.ADVISORY, "advisory"],
  [Level.MANDATORY, "mandatory"],
  [Level.DISABLED, "disabled"],
  [Level.REMEDIATE, "remediate"],
]);

const SEVERITIES: ReadonlyMap<analyzerproto.PolicySeverity, Severity> = new Map([
  [analyzerproto.PolicySeverity.POLICY_SEVERITY_LOW, "low"],
  [analyzerproto.PolicySeverity.POLICY_SEVERITY_MEDIUM, "medium"],
  [analyzerproto.PolicySeverity.POLICY_SEVERITY_HIGH, "high"],
  [analyzerproto.PolicySeverity.POLICY_SEVERITY_CRITICAL, "critical"],
]);

const TYPES: ReadonlyMap<analyzerproto.PolicyType, PolicyInfo["type"]> = new Map([
  [analyzerproto.PolicyType.POLICY_TYPE_RESOURCE, "resource"],
  [analyzerproto.PolicyType.POLICY_TYPE_STACK, "stack"],
]);

export function readEnforcement(level: analyzerproto.EnforcementLevel): Enforcement {
  return ENFORCEMENTS.get(level) ?? "mandatory";
}

export function writeEnforcement(enforcement: Enforcement): analyzerproto.EnforcementLevel {
  for (const [level, name] of ENFORCEMENTS) {
    if (name === enforcement) {
      return level;
    }
  }
  return Level.MANDATORY;
}

export function isEnforcement(value: unknown): value is Enforcement {
  return [...ENFORCEMENTS.values()].some((name) => name === value);
}

export function readSeverity(severity: analyzerproto.PolicySeverity): Severity {
  return SEVERITIES.get(severity) ?? "unspecified";
}

export function readPolicyType(type: analyzerproto.PolicyType): PolicyInfo["type"] {
  return TYPES.get(type) ?? "unknown";
}
