import type { PolicyComplianceFramework, PolicyConfigSchema, Severity } from "@pulumi/policy";
import type { Estate } from "../estate/estate.ts";
import type { ResourceFacts } from "../estate/facts.ts";
import type { Finding, Verdict } from "./verdict.ts";

/** The properties of a rule's configuration, as its schema has let them through. */
export interface RuleConfig {
  readonly [property: string]: unknown;
}

/** One policy: what it is, what it decides, and what it looks like when it is kept or broken. */
export interface Rule {
  /** The file's name, and the policy's name for Pulumi. */
  readonly id: string;
  /** One sentence: what must hold. */
  readonly description: string;
  readonly displayName: string;
  readonly severity: Severity;
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
  readonly examples: readonly Example[];
}

/** A few resources, and what the rule says of them. Examples run as tests and are shown in the rule's page. */
export interface Example {
  readonly title: string;
  readonly resources: readonly ExampleResource[];
  readonly config?: RuleConfig;
  /** The kinds of verdict that matter, by resource name; a resource that is not named gets none but `satisfied`. */
  readonly expect: { readonly [name: string]: "violation" | "undecided" };
}

/** A resource as a program writes it; `{ unknown: true }` stands for a value that is not known yet. */
export interface ExampleResource {
  readonly type: string;
  readonly name: string;
  readonly props: { readonly [property: string]: unknown };
  /** For each property, names of the resources it was computed from. */
  readonly from?: { readonly [property: string]: readonly string[] };
  /** What is known once it exists. */
  readonly outputs?: { readonly [property: string]: unknown };
}
