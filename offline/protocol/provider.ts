import type { Wire, WireMap } from "./wire.ts";

/** One input that a provider refuses, as `CheckFailure` of Pulumi's provider protocol. */
export interface CheckFailure {
  /** The path of the property, such as `ingress[0].fromPort`; empty where the whole resource is meant. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The inputs of the last deployment; undefined where the resource is new. */
  readonly olds: WireMap | undefined;
  readonly news: WireMap;
}

export interface CheckResponse {
  /** The inputs with the provider's defaults (auto-names included). */
  readonly inputs: WireMap;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly oldInputs: WireMap;
  readonly oldOutputs: WireMap;
  readonly news: WireMap;
  readonly ignoreChanges: readonly string[];
}

export interface DiffResponse {
  /** Top-level properties that differ. Empty: nothing to do. */
  readonly diffs: readonly string[];
  /** Those of `diffs` that cannot be changed in place. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface CreateRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: WireMap;
  /** True in a preview: the id is empty and what only AWS can tell is unknown in the outputs. */
  readonly preview: boolean;
}

export interface CreateResponse {
  /** Empty in a preview, and where the id is made of an input that is not known. */
  readonly id: string;
  readonly outputs: WireMap;
}

export interface UpdateRequest extends CreateRequest {
  readonly id: string;
  readonly oldInputs: WireMap;
  readonly oldOutputs: WireMap;
}

export interface DeleteRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** The outputs of the last deployment. */
  readonly state: WireMap;
}

export interface ReadRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** What the caller knows of the resource; empty where only the id is known. */
  readonly inputs: WireMap;
  readonly state: WireMap;
}

/** `undefined` where no such resource exists. */
export type ReadResponse =
  | { readonly id: string; readonly inputs: WireMap; readonly outputs: WireMap }
  | undefined;

export type InvokeResponse =
  | { readonly kind: "result"; readonly result: WireMap }
  /** The arguments are wrong, or AWS would answer with an error. */
  | { readonly kind: "failures"; readonly failures: readonly CheckFailure[] }
  /** The simulation has no answer. `supply` is the entry of an answers file that would give it one. */
  | { readonly kind: "unanswered"; readonly token: string; readonly args: Wire; readonly supply: string };

/**
 * A provider that a preview can ask without a network, used in process by the offline engine and behind
 * `pulumi-resource-<package>` by the real engine.
 *
 * It keeps no state of its own: equal requests get equal answers, in either place.
 */
export interface SimulatedProvider {
  /** The package, such as `aws`. */
  readonly name: string;
  readonly version: string;
  /** Whether outputs of this type are modelled. Where not, inputs are kept as outputs and the rest is unknown. */
  knowsType(type: string): boolean;
  /** Checks provider configuration: that of a default provider (`aws:region`) or an explicit one. */
  checkConfig(news: WireMap): CheckResponse;
  diffConfig(olds: WireMap, news: WireMap): DiffResponse;
  /** A provider for one configuration: region, account, partition. */
  configure(inputs: WireMap): ConfiguredProvider;
}

export interface ConfiguredProvider {
  check(request: CheckRequest): CheckResponse;
  diff(request: DiffRequest): DiffResponse;
  create(request: CreateRequest): CreateResponse;
  update(request: UpdateRequest): CreateResponse;
  /** Only where what is deleted leaves a trace in the state of an account. */
  delete?(request: DeleteRequest): void;
  read(request: ReadRequest): ReadResponse;
  invoke(token: string, args: WireMap): InvokeResponse;
}

/** Answers to lookups that the simulation cannot give, by function token (`--answers FILE`). */
export interface LookupAnswer {
  readonly token: string;
  /** The arguments this answer is for; every argument named here must be equal. Absent: any arguments. */
  readonly args?: WireMap;
  readonly result: WireMap;
}
