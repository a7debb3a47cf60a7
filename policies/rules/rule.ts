import type {
  EnforcementLevel,
  PolicyComplianceFramework,
  PolicyConfigSchema,
  Severity,
} from "@pulumi/policy";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { ResourceRecord } from "../estate/resource-record.ts";
import type { Finding, Verdict } from "./verdict.ts";

/** The properties of a rule's configuration, as its schema has let them through. */
export interface RuleConfig {
  readonly [property: string]: unknown;
}

/** A value that a safe fix sets in a resource's inputs. */
export interface InputChange {
  /**
   * Where: keys of maps, or positions in lists as they stand, such as `["metadataOptions", "httpTokens"]`. Maps that are
   * absent on the way are made.
   */
  readonly path: readonly [string, ...string[]];
  readonly value: boolean | number | string;
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
  /** Controls of other frameworks that the rule checks, for its page: Pulumi shows one framework a policy. */
  readonly otherFrameworks?: readonly PolicyComplianceFramework[];
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
  /**
   * The changes that make the rule hold for one resource, before it is created; none where it holds, where a value on
   * the way is unknown, or where what to put there is not for a policy to choose. Only where nobody can lose anything by
   * it. Runs when configuration sets the rule's level to `remediate`; what is not named in a change stays as it is,
   * unknown values and secrets included. Pure.
   */
  readonly remediate?: (record: ResourceRecord, config: RuleConfig) => readonly InputChange[];
}
