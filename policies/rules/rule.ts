import type {
  EnforcementLevel,
  PolicyComplianceFramework,
  PolicyConfigSchema,
  Severity,
} from "@pulumi/policy";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { Finding, Verdict } from "./verdict.ts";

/** The properties of a rule's configuration, as its schema has let them through. */
export interface RuleConfig {
  readonly [property: string]: unknown;
}

/** One policy: what it is and what it decides. What it looks like kept and broken stands in `examples/`. */
export interface Rule {
  /** The file's name, and the policy's name for Pulumi. */
  readonly id: string;
  /** One sentence: what must hold. */
  readonly description: string;
  readonly displayName: string;
  readonly severity: Severity;
  /** What becomes of a violation where configuration says nothing. Default `mandatory`, the pack's. */
  readonly enforcementLevel?: EnforcementLevel;
  readonly framework?: PolicyComplianceFramework;
  readonly tags: readonly string[];
  readonly remediation: string;
  readonly configSchema: PolicyConfigSchema;
  /**
   * What one resource's inputs decide, before it is created. Pure.
   *
   * A resource that the rule has nothing to say about gives no verdict.
   */
  readonly decideResource: (facts: ResourceFacts, config: RuleConfig) => readonly Verdict[];
  /** What takes several resources. Pure. Says nothing again that `decideResource` has said of a resource. */
  readonly decideStack?: (estate: Estate, config: RuleConfig) => readonly Finding[];
}
