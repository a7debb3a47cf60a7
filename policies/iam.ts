import type * as Iam from "@bastionless/iam";

/** AWS's managed policies, by name. */
export interface ManagedPolicies {
  readonly documents: ReadonlyMap<string, unknown>;
  readonly withoutAccess: ReadonlySet<string>;
}

const loaded: { module?: typeof Iam; table?: ManagedPolicies } = {};

/** Loads the `iam` room and AWS's managed policies; after that {@link iam} and {@link managedPolicies} give them. */
export async function loadIam(): Promise<void> {
  const [module, { default: table }] = await Promise.all([
    import("@bastionless/iam"),
    import("./estate/aws-managed-policies.json", { with: { type: "json" } }),
  ]);
  loaded.table ??= {
    documents: new Map(Object.entries(table.documents)),
    withoutAccess: new Set(table.withoutAccess),
  };
  loaded.module ??= module;
}

export function isIamLoaded(): boolean {
  return loaded.module !== undefined;
}

/**
 * The `iam` room, which is loaded when the first policy document is met: the engine waits for a pack to start before
 * anything else, and what only some stacks need does not count there.
 *
 * @throws Error before {@link loadIam}: a fault of the pack.
 */
export function iam(): typeof Iam {
  if (loaded.module === undefined) {
    throw new Error("the iam room is not loaded yet");
  }
  return loaded.module;
}

/** @throws Error before {@link loadIam}: a fault of the pack. */
export function managedPolicies(): ManagedPolicies {
  if (loaded.table === undefined) {
    throw new Error("the table of AWS's managed policies is not loaded yet");
  }
  return loaded.table;
}
