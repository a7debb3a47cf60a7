import type { CheckFailure } from "../protocol/provider.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";

/** One resource as the real engine's state would record it. Values carry secrets and unknowns as the wire does. */
export interface ResourceRecord {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for components and the stack. */
  readonly custom: boolean;
  /** Absent for components; the unknown sentinel where it is not known. */
  readonly id?: string;
  /** Empty for the stack and for default providers. */
  readonly parent: string;
  /** `urn::id` of the provider; empty for components that have none and for providers themselves. */
  readonly provider: string;
  /** The program's inputs with the provider's defaults, after transforms and remediations. */
  readonly inputs: WireMap;
  readonly outputs: WireMap;
  /** URNs, sorted. */
  readonly dependencies: readonly string[];
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly options: ResourceOptionsRecord;
  /** True where the resource was read (`.get`, StackReference), not created. */
  readonly external: boolean;
  /** Where the program registered it, if the SDK told. */
  readonly place?: SourcePlace;
}

export interface ResourceOptionsRecord {
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Absent where the program did not say. */
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly hideDiffs: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** Every URN the resource may have had. */
  readonly aliases: readonly string[];
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly importId: string;
  /** Seconds; 0: the provider's own. */
  readonly customTimeouts: { readonly create: number; readonly update: number; readonly delete: number };
}

export interface SourcePlace {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; 0 where unknown. */
  readonly column: number;
}

export type Enforcement = "advisory" | "mandatory" | "remediate" | "disabled";
export type Severity = "unspecified" | "low" | "medium" | "high" | "critical";

export interface Violation {
  readonly pack: string;
  readonly packVersion: string;
  readonly policy: string;
  readonly enforcement: Enforcement;
  readonly severity: Severity;
  readonly description: string;
  readonly message: string;
  /** The resource it is about; for a stack violation that names none, the stack's. */
  readonly urn: string;
  /** `resource`: found before the resource was created. `stack`: found on all resources together. */
  readonly scope: "resource" | "stack";
}

/** One change that a policy made to a resource's inputs before it was checked. */
export interface RemediationRecord {
  readonly pack: string;
  readonly packVersion: string;
  readonly policy: string;
  readonly description: string;
  readonly urn: string;
  readonly before: WireMap;
  readonly after: WireMap;
}

export interface PolicyInfo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly message: string;
  /** After config was applied. */
  readonly enforcement: Enforcement;
  readonly severity: Severity;
  readonly type: "resource" | "stack" | "unknown";
  readonly framework?: { readonly name: string; readonly version: string; readonly reference: string };
  readonly tags: readonly string[];
  readonly remediationSteps: string;
  readonly url: string;
}

export interface PackInfo {
  readonly dir: string;
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly policies: readonly PolicyInfo[];
}

/** Something the program or a pack said. */
export interface Diagnostic {
  readonly source: "program" | "pack" | "engine";
  /** `debug` is never recorded: such messages show secrets in plain text. */
  readonly level: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** Empty where it is about no resource. */
  readonly urn: string;
}

/** A type whose outputs are not modelled, with the resources of it. */
export interface UnknownType {
  readonly type: string;
  readonly urns: readonly string[];
}

/** What is known of a run, also of one that failed. */
export interface Report {
  /** In order of registration; default providers stand before the first resource that needed them. */
  readonly resources: readonly ResourceRecord[];
  readonly violations: readonly Violation[];
  readonly remediations: readonly RemediationRecord[];
  /** The stack's outputs; secrets wrapped. */
  readonly stackOutputs: WireMap;
  readonly diagnostics: readonly Diagnostic[];
  readonly unknownTypes: readonly UnknownType[];
  readonly packs: readonly PackInfo[];
}

/** Why a run failed. `message` is the whole text for a person: what, where, what was expected, what to do. */
export type Problem = { readonly message: string; readonly place?: SourcePlace } & (
  | { readonly kind: "program-error"; readonly stack: string }
  | { readonly kind: "program-exit"; readonly code: number }
  | { readonly kind: "program-hang"; readonly seconds: number }
  | { readonly kind: "program-start" }
  | { readonly kind: "registration"; readonly urn: string }
  | { readonly kind: "check"; readonly urn: string; readonly failures: readonly CheckFailure[] }
  /** `supply` is the entry of an answers file that would answer it. */
  | {
      readonly kind: "unanswered-lookup";
      readonly token: string;
      readonly args: Wire;
      readonly supply: string;
    }
  | { readonly kind: "unknown-type"; readonly type: string; readonly urns: readonly string[] }
  | { readonly kind: "pack"; readonly dir: string }
  | { readonly kind: "interrupted" }
);

export interface Finished extends Report {
  readonly kind: "finished";
}

/** The problems are all that are known, the cause first. */
export interface Failed extends Report {
  readonly kind: "failed";
  readonly problems: readonly [Problem, ...Problem[]];
}

export type Outcome = Finished | Failed;
