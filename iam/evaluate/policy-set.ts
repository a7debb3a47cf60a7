import type { PolicyInput } from "../parse/parsed.ts";

/** Where a document stands in evaluation. */
export type Layer = "identity" | "boundary" | "scp" | "session" | "resource";

/**
 * How resource policies take part.
 *
 * - `identity`: the identity's documents must allow; a resource policy only denies.
 * - `either`: the identity's documents or the resource policy (same account).
 * - `both`: each must allow (another account).
 * - `resource`: the resource policy must allow, and nothing else is asked: a trust or key policy on its own.
 */
export type Combination = "identity" | "either" | "both" | "resource";

/** All documents that take part in one decision. A layer that is left out does not limit. */
export interface PolicySet {
  /** The principal's own and its groups' documents. */
  readonly identity?: readonly PolicyInput[];
  readonly boundary?: readonly PolicyInput[];
  /** One list for each level (root, each organisational unit, account): every level must allow. */
  readonly scps?: readonly (readonly PolicyInput[])[];
  readonly session?: readonly PolicyInput[];
  /** Resource, trust or key policy. */
  readonly resource?: readonly PolicyInput[];
  /** Default: `identity` without resource policies, `either` with both, `resource` with resource policies alone. */
  readonly combine?: Combination;
}

/**
 * Whether `*` in a `Resource` crosses colons, where AWS's pages can be read either way.
 *
 * `safe` (the default) takes, for each statement, the reading that permits more.
 */
export type ResourceColons = "safe" | "crossing" | "segmented";
