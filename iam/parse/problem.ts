/** What a problem is about; stable, for those who filter. */
export type ProblemCode =
  | "not-json"
  | "duplicate-key"
  | "too-deep"
  | "wrong-type"
  | "missing-element"
  | "unknown-element"
  | "exclusive-elements"
  | "bad-value"
  | "unknown-operator"
  | "duplicate-sid"
  | "unknown-action"
  | "unknown-condition-key"
  | "impossible";

/**
 * One thing that is wrong with a policy document.
 *
 * An `error` is what AWS rejects, or what cannot be read in one way only; a `warning` is what AWS accepts but cannot
 * mean what it says.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: "error" | "warning";
  /** JSON path, such as `$.Statement[2].Condition.Bool["aws:MultiFactorAuthPresent"]`. */
  readonly path: string;
  readonly message: string;
}
