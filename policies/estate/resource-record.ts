import type { DataMap } from "../reader/data.ts";
import { at, isAbsent, type Place, root } from "../reader/place.ts";
import { UNKNOWN } from "../reader/data.ts";

/** One resource of a stack, as far as the pack has been told of it. */
export interface ResourceRecord {
  readonly urn: string;
  /** Pulumi's type token, such as `aws:ec2/securityGroup:SecurityGroup`. */
  readonly type: string;
  readonly name: string;
  /** What the program asks for. `undefined`: only the stack callback has told of it (looked up, not targeted). */
  readonly inputs: DataMap | undefined;
  /** What the provider answered. `undefined` before the stack callback; in a preview, unknowns may be missing here. */
  readonly outputs: DataMap | undefined;
  /** For each property, the URNs of the resources it was computed from; empty before the stack callback. */
  readonly dependencies: { readonly [property: string]: readonly string[] };
  /** URNs of all that must be there before it; absent before the stack callback. */
  readonly dependsOn?: readonly string[];
  readonly parent: string | undefined;
  /** URN of its provider, which stands for account and region. */
  readonly provider: string | undefined;
  /** What that provider is configured with; absent where the pack was not told. */
  readonly providerInputs?: DataMap;
}

/**
 * The properties to decide by: the inputs, which keep a nested unknown as such; outputs where nothing else is there. Of a
 * resource that is looked up by an id that is not known yet, nothing is.
 *
 * Source: pulumi/pulumi issue 7854: in a preview an output that depends on an unknown is missing.
 */
export function properties(record: ResourceRecord): Place {
  const { inputs, outputs = {} } = record;
  if (inputs !== undefined) {
    return root(inputs);
  }
  return isEmpty(outputs) ? { data: UNKNOWN, path: "id" } : root(outputs);
}

/**
 * Whether the program asks for anything. Where it does not, the resource is one that is looked up: an exported state has
 * no inputs of it, as the program says its id alone, and providers add defaults to the inputs of all others.
 */
export function hasInputs({ inputs }: ResourceRecord): boolean {
  return inputs !== undefined && !isEmpty(inputs);
}

export function isEmpty(map: DataMap): boolean {
  return Object.keys(map).length === 0;
}

/** A property that says who a resource is, which the provider may have filled in. */
export function identity(record: ResourceRecord, property: string): string | undefined {
  for (const data of [record.inputs, record.outputs]) {
    const place = at(root(data ?? {}), property);
    if (!isAbsent(place) && place.data !== UNKNOWN && typeof place.data === "string" && place.data !== "") {
      return place.data;
    }
  }
  return undefined;
}

/** `urn:pulumi:STACK::PROJECT::TYPES::NAME`: the part that says which stack of which project. */
export function stackOf(urn: string): string {
  return urn.split("::", 2).join("::");
}
