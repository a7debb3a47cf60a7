import type { WireMap } from "../protocol/wire.ts";
import { UNKNOWN } from "../protocol/wire.ts";
import type { ResourceOptionsRecord, ResourceRecord, SourcePlace } from "./report.ts";

/** A resource while its environment runs. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly external: boolean;
  readonly parent: string;
  readonly provider: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly options: ResourceOptionsRecord;
  readonly place: SourcePlace | undefined;
  inputs: WireMap;
  outputs: WireMap;
  /** Empty where it is not known yet, or where there is none. */
  id: string;
}

export function toRecord(state: ResourceState): ResourceRecord {
  return {
    urn: state.urn,
    type: state.type,
    name: state.name,
    custom: state.custom,
    external: state.external,
    ...(state.custom ? { id: state.id === "" ? UNKNOWN : state.id } : {}),
    parent: state.parent,
    provider: state.provider,
    inputs: state.inputs,
    outputs: state.outputs,
    dependencies: state.dependencies,
    propertyDependencies: state.propertyDependencies,
    options: state.options,
    ...(state.place === undefined ? {} : { place: state.place }),
  };
}
