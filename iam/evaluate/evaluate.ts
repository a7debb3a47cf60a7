import type { Evaluation } from "./evaluation.ts";
import type { PolicySet, ResourceColons } from "./policy-set.ts";
import type { Request } from "./request.ts";

export interface EvaluateOptions {
  /** See {@link ResourceColons}. Default: `safe`. */
  readonly resourceColons?: ResourceColons;
}

/** Decides one concrete request, and says of every statement why it took part or did not. */
export function evaluate(request: Request, policies: PolicySet, options: EvaluateOptions = {}): Evaluation {
  void request;
  void policies;
  void options;
  return { decision: "undecided", decidedBy: [], silentLayers: [], unknown: ["not evaluated"], trace: [] };
}
