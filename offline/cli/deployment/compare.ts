import { isDeepStrictEqual } from "node:util";
import type { ResourceRecord } from "../../engine/index.ts";
import { type Wire, isWireMap } from "../../protocol/wire.ts";
import type { EarlierDeployment, EarlierResource } from "./read.ts";
import { SEALED } from "./secret-values.ts";

export interface PropertyChange {
  readonly property: string;
  /** Absent: added. */
  readonly before?: Wire;
  /** Absent: removed. */
  readonly after?: Wire;
}

export type Change =
  | { readonly kind: "created"; readonly urn: string; readonly type: string }
  | { readonly kind: "deleted"; readonly urn: string; readonly type: string }
  | {
      readonly kind: "updated";
      readonly urn: string;
      readonly type: string;
      /** The URN it had before, where an alias connects the two. */
      readonly from?: string;
      readonly properties: readonly PropertyChange[];
    };

export interface Comparison {
  /** In the order of registration; what is gone comes last. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Secrets that could not be opened, and so were not compared. */
  readonly notCompared: number;
}

/**
 * What changed in the inputs of resources since an earlier deployment.
 *
 * Laws: comparing a deployment with itself gives no change; exchanging the two sides exchanges `created` and
 * `deleted`, and `before` and `after`.
 */
export function compareDeployments(
  earlier: EarlierDeployment,
  resources: readonly Pick<ResourceRecord, "urn" | "type" | "inputs" | "options">[],
): Comparison {
  const remaining = new Map(earlier.resources.map((resource) => [resource.urn, resource]));
  const changes: Change[] = [];
  let unchanged = 0;
  for (const { urn, type, inputs, options } of resources) {
    const match = takeMatch(remaining, [urn, ...options.aliases]);
    if (match === undefined) {
      changes.push({ kind: "created", urn, type });
      continue;
    }
    const properties = compareProperties(match, inputs);
    if (properties.length === 0 && match.urn === urn) {
      unchanged += 1;
    } else {
      changes.push({
        kind: "updated",
        urn,
        type,
        ...(match.urn === urn ? {} : { from: match.urn }),
        properties,
      });
    }
  }
  for (const { urn, type } of remaining.values()) {
    changes.push({ kind: "deleted", urn, type });
  }
  return { changes, unchanged, notCompared: earlier.unopened };
}

function takeMatch(
  remaining: Map<string, EarlierResource>,
  urns: readonly string[],
): EarlierResource | undefined {
  const urn = urns.find((candidate) => remaining.has(candidate));
  if (urn === undefined) {
    return undefined;
  }
  const match = remaining.get(urn);
  remaining.delete(urn);
  return match;
}

function compareProperties(
  earlier: EarlierResource,
  inputs: ResourceRecord["inputs"],
): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(earlier.inputs), ...Object.keys(inputs)])].toSorted();
  return names.flatMap((property): readonly PropertyChange[] => {
    const before = earlier.inputs[property];
    const after = inputs[property];
    if (same(before, after)) {
      return [];
    }
    return [
      { property, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
    ];
  });
}

/** Equal, or not to be told apart because the earlier value is a secret that nobody could open. */
function same(before: Wire | undefined, after: Wire | undefined): boolean {
  if (isDeepStrictEqual(before, SEALED)) {
    return after !== undefined;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return (
      before.length === after.length && before.every((element: Wire, index) => same(element, after[index]))
    );
  }
  if (isWireMap(before) && isWireMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].every((key) => same(before[key], after[key]));
  }
  return before === after;
}
