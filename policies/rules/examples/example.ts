import type { RuleConfig } from "../rule.ts";

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
  /** Names of resources that must be there before it. */
  readonly dependsOn?: readonly string[];
  /** The explicit provider it has, and what that is configured with. Default: the stack's default provider. */
  readonly provider?: ExampleProvider;
  /** What is known once it exists. */
  readonly outputs?: { readonly [property: string]: unknown };
}

/** A provider as a program makes it; `region` and `assumeRoles` tell where its resources are. */
export interface ExampleProvider {
  readonly name: string;
  readonly inputs: { readonly [property: string]: unknown };
}
